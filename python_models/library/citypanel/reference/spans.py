"""From one row per unit and year to one row per span in which name, code and level stay the same."""

from __future__ import annotations

import pandas as pd

from citypanel.reference.gazetteer import unit_level

SPAN_COLUMNS = ["city_id", "valid_from", "valid_to", "name_zh", "name_short_zh", "name_en", "code", "level"]


def corrected(units: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """Apply the rows of `roster_corrections.csv` to the gazetteer's units (year, code, name_zh).

    A correction that meets nothing to correct, or adds what is there, raises: it is out of date.
    """
    for row in corrections.itertuples():
        years = units["year"].between(int(row.first_year), int(row.last_year))
        hit = years & (units["code"] == row.code) & (units["name_zh"] == row.name_zh)
        if hit.any() == (row.action == "add"):
            raise ValueError(f"roster correction without effect: {row.action} {row.name_zh} {row.first_year}")
        if row.action == "add":
            added_years = range(int(row.first_year), int(row.last_year) + 1)
            added = pd.DataFrame({"year": added_years, "code": row.code, "name_zh": row.name_zh})
            units = pd.concat([units, added], ignore_index=True)
        elif row.action == "rename":
            units = units.assign(name_zh=units["name_zh"].mask(hit, row.new_name_zh))
        else:
            units = units[~hit]
    return units


def name_spans(units: pd.DataFrame, unit_names: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """Spans of each city, sorted by city and year; `valid_to` is empty where the span reaches `last_year`."""
    named = units.merge(unit_names, on="name_zh", how="left", validate="many_to_one")
    unknown = sorted(named.loc[named["city_id"].isna(), "name_zh"].unique())
    if unknown:
        raise ValueError(f"units without a row in unit_names.csv: {unknown}")
    named["level"] = [unit_level(row.name_zh, row.code) for row in named.itertuples()]
    named = named.sort_values(["city_id", "year"])
    state = named[["city_id", "name_zh", "code", "level"]]
    follows = state.eq(state.shift()).all(axis=1) & (named["year"] == named["year"].shift() + 1)
    spans = named.groupby((~follows).cumsum()).agg(
        {"year": ["min", "max"]} | dict.fromkeys([*unit_names.columns, "code", "level"], "first")
    )
    spans.columns = pd.Index(["valid_from", "valid_to", *unit_names.columns, "code", "level"])
    spans["valid_to"] = spans["valid_to"].astype(str).where(spans["valid_to"] < last_year, "")
    return spans[SPAN_COLUMNS].reset_index(drop=True)
