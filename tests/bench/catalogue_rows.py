"""The rows of seeds/specifications/regressions.csv, and the complete rows of the panel each is fitted on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from citypanel.messages import Mistake
from citypanel.regressions import PredicateSandbox, Specification, parse_specification
from citypanel.regressions.sample import SampleFlow, build_sample

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds" / "specifications"
DATABASE = ROOT / "build" / "sample.duckdb"


@dataclass(frozen=True)
class Row:
    """One fit: its complete rows under plain names, y, x0 … and z0 … for the instruments, and its roles."""

    data: pd.DataFrame
    estimator: str
    regressors: list[str]
    endogenous: list[str]
    instruments: list[str]
    effects: tuple[str, ...]


def catalogue() -> list[Row]:
    """Return every row that stands for one fit; rows that stand for many, or cannot run, are left out."""
    specifications = [spec for row in _queue() if (spec := _parsed(row))]
    data = _built_panel() if DATABASE.exists() else _made_up_panel(specifications)
    rows = []
    with PredicateSandbox(data) as sandbox:
        for spec in specifications:
            try:
                rows.append(_plain(spec, build_sample(spec, data, sandbox, SampleFlow(len(data)))))
            except Mistake:
                continue
    return rows


def _plain(spec: Specification, data: pd.DataFrame) -> Row:
    names = {spec.outcome.text: "y"}
    names |= {term.text: f"x{number}" for number, term in enumerate(spec.terms)}
    names |= {term.text: f"z{number}" for number, term in enumerate(spec.instruments)}
    terms, endogenous, instruments = (
        [names[term.text] for term in part] for part in (spec.terms, spec.endogenous, spec.instruments)
    )
    data = data.rename(columns=names)
    return Row(data, spec.estimator, terms, endogenous, instruments, spec.effects)


def source() -> str:
    """Return where the numbers of the panel come from."""
    return "the built sample" if DATABASE.exists() else "a made-up panel of the sample's shape"


def _queue() -> list[dict]:
    read = {"keep_default_na": False, "dtype": str}
    rows, controls, samples = (
        pd.read_csv(SEEDS / f"{name}.csv", **read) for name in ("regressions", "control_sets", "samples")
    )
    rows = rows.merge(controls[["control_set_id", "variables"]], on="control_set_id", how="left")
    rows = rows.merge(samples[["sample_id", "predicate"]], on="sample_id", how="left")
    return rows.rename(columns={"variables": "controls"}).to_dict("records")


def _parsed(row: dict) -> Specification | None:
    try:
        return parse_specification(row)
    except Mistake:
        return None


def _built_panel() -> pd.DataFrame:
    with duckdb.connect(str(DATABASE), read_only=True) as database:
        return database.execute("select * from panels.city_year order by city_id, year").df()


def _made_up_panel(specifications: list[Specification]) -> pd.DataFrame:
    """Return 286 cities x 2007-2023, 120 of them on the Belt, every variable of the rows random."""
    draw, cities = np.random.default_rng(1), 286
    keys = pd.MultiIndex.from_product([[f"city_{n:03d}" for n in range(cities)], range(2007, 2024)])
    data = keys.to_frame(index=False, name=["city_id", "year"])
    city = pd.factorize(data["city_id"])[0]
    flags = {
        "study_a_city": np.ones(len(data), dtype=bool),
        "belt": city < 120,
        "delta": city < 41,
        "belt_reach": np.select([city < 41, city < 80, city < 120], ["lower", "middle", "upper"], ""),
        "region_three": np.where(city % 3 == 0, "east", "west"),
        "level": np.where(city < 4, "municipality", "prefecture_city"),
    }
    names = {name for spec in specifications for name in spec.variables} - set(flags) - set(data.columns)
    numbers = pd.DataFrame(draw.normal(size=(len(data), len(names))), columns=sorted(names))
    return pd.concat([data.assign(**flags), numbers], axis=1)
