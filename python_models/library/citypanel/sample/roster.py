"""The cities of the sample: real names and codes by year, read from the reference seeds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from citypanel.sample.tiers import tier_of

YEARS = np.arange(2007, 2024)
INDEX_YEARS = (YEARS >= 2011) & (YEARS <= 2021)
CITY_LEVELS = ["municipality", "prefecture_city"]
# 286 by the printed N; the one city of the 287 that leaves the sample
OUTSIDE_STUDY_A = "拉萨"


@dataclass(frozen=True)
class Roster:
    """N cities (rows, in the order of their last codes) and T = 17 years (columns)."""

    city_id: list[str]
    short_name: list[str]
    province: list[str]
    province_id: list[str]
    region_three: NDArray[np.object_]
    belt: NDArray[np.bool_]
    belt_reach: NDArray[np.object_]
    delta: NDArray[np.bool_]
    municipality: NDArray[np.bool_]
    tier: NDArray[np.int64]
    name: NDArray[np.object_]
    code: NDArray[np.object_]
    exists: NDArray[np.bool_]
    study_a: NDArray[np.bool_]
    yuan_per_usd: NDArray[np.float64]

    def row(self, short_name: str) -> int:
        """Return the row of a city by its short Chinese name, a former one included; raises ValueError."""
        found = [i for i, names in enumerate(self.name) if short_name in {str(n)[:-1] for n in names if n}]
        if len(found) != 1:
            raise ValueError(f"{short_name} names {len(found)} cities of the roster")
        return found[0]


def read_roster(reference: Path) -> Roster:
    """Read cities, city_names and usd_rates of `reference`; keep who is a city at some year-end."""
    cities = pd.read_csv(reference / "cities.csv", dtype=str, keep_default_na=False)
    spans = pd.read_csv(reference / "city_names.csv", dtype=str, keep_default_na=False)
    spans = spans[spans["level"].isin(CITY_LEVELS) & (spans["valid_from"].astype(int) <= YEARS[-1])]
    spans = spans[(spans["valid_to"] == "") | (spans["valid_to"].replace("", "9999").astype(int) >= YEARS[0])]
    cities = cities[cities["city_id"].isin(spans["city_id"])].sort_values(["code", "city_id"])
    name, code = _by_year(cities["city_id"].tolist(), spans)
    short = [[str(n)[:-1] for n in names if n][-1] for names in name]
    exists = name != ""
    study_a = exists[:, INDEX_YEARS].all(axis=1) & np.array([s != OUTSIDE_STUDY_A for s in short])
    municipal = set(spans.loc[spans["level"] == "municipality", "city_id"])
    rates = pd.read_csv(reference / "usd_rates.csv").set_index("year")["yuan_per_usd"]
    return Roster(
        city_id=cities["city_id"].tolist(),
        short_name=short,
        province=cities["province_zh"].tolist(),
        province_id=cities["province_en"].str.lower().str.replace(" ", "_").tolist(),
        region_three=cities["region_three"].to_numpy(dtype=object),
        belt=(cities["belt"] == "true").to_numpy(),
        belt_reach=cities["belt_reach"].to_numpy(dtype=object),
        delta=(cities["delta"] == "true").to_numpy(),
        municipality=cities["city_id"].isin(municipal).to_numpy(),
        tier=np.array([tier_of(s, p) for s, p in zip(short, cities["province_zh"], strict=True)]),
        name=name,
        code=code,
        exists=exists,
        study_a=study_a,
        yuan_per_usd=rates.reindex(YEARS).to_numpy(dtype=float),
    )


def _by_year(city_ids: list[str], spans: pd.DataFrame) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Return full names and codes (N x T), empty where the unit is no city at that year-end."""
    name = np.full((len(city_ids), len(YEARS)), "", dtype=object)
    code = name.copy()
    rows = {city_id: i for i, city_id in enumerate(city_ids)}
    for span in spans.itertuples():
        years = (int(span.valid_from) <= YEARS) & (int(span.valid_to or 9999) >= YEARS)
        name[rows[span.city_id], years] = span.name_zh
        code[rows[span.city_id], years] = span.code
    return name, code
