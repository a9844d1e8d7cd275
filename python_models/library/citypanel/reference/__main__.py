"""Rewrite the roster seeds: `python -m citypanel.reference [folder]` (default: this checkout's seeds)."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from citypanel.reference.cities import city_rows
from citypanel.reference.counties import county_rows
from citypanel.reference.gazetteer import points_by_code, units_by_year
from citypanel.reference.spans import corrected, name_spans

FIRST_YEAR, LAST_YEAR = 2000, 2023
FACTS = Path(__file__).parent / "facts"
SEEDS = Path(__file__).parents[4] / "seeds" / "reference"


def read(path: Path) -> pd.DataFrame:
    """A CSV as text, empty cells as empty strings."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def write_roster(folder: Path) -> None:
    """Write `cities.csv`, `city_names.csv` and `county_level_units.csv` into `folder`; events are read from
    the project's own seed.
    """
    units = corrected(units_by_year(FIRST_YEAR, LAST_YEAR), read(FACTS / "roster_corrections.csv"))
    spans = name_spans(units, read(FACTS / "unit_names.csv"), LAST_YEAR)
    cities = city_rows(
        spans,
        read(FACTS / "provinces.csv"),
        points_by_code(),
        read(FACTS / "borrowed_coordinates.csv"),
        read(SEEDS / "city_events.csv"),
    )
    spans = spans.sort_values(["city_id", "valid_from"])
    seeds = {"cities": cities, "city_names": spans, "county_level_units": county_rows()}
    for name, frame in seeds.items():
        frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")


if __name__ == "__main__":
    write_roster(Path(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)
