"""One row per unit: its last code and name, its province, the regions it belongs to, a point, and its kin."""

from __future__ import annotations

import pandas as pd

SEAT = "cpca 0.5.5 (MIT), adcodes.csv: seat of government"
BORROWED = "cpca 0.5.5 (MIT), adcodes.csv: seat of government of {adcode}, chosen by hand"
CITY_COLUMNS = [
    "city_id", "code", "name_zh", "name_en", "province_zh", "province_en", "province_code",
    "region_three", "region_four", "belt", "belt_reach", "delta",
    "longitude", "latitude", "coordinate_source", "predecessors", "successors",
]  # fmt: skip


def city_rows(
    spans: pd.DataFrame,
    provinces: pd.DataFrame,
    points: dict[str, tuple[str, str]],
    borrowed: pd.DataFrame,
    events: pd.DataFrame,
) -> pd.DataFrame:
    """Rows of `cities.csv`, sorted by the code of the last span.

    The Economic Belt takes every unit of its eleven provinces; the Delta takes the cities of its four
    provinces that stood in December 2019, when it was extended to all of the four (41 cities).
    """
    last = spans.sort_values("valid_from").groupby("city_id", as_index=False).last()
    last["province_code"] = last["code"].str[:2]
    rows = last.merge(provinces, on="province_code", validate="many_to_one")
    rows["belt"] = (rows["belt_reach"] != "").map({True: "true", False: "false"})
    rows["delta"] = rows["delta"].where(rows["valid_to"] == "", "false")
    adcode = rows["city_id"].map(borrowed.set_index("city_id")["adcode"])
    found = adcode.fillna(rows["code"]).map(points)
    rows["longitude"], rows["latitude"] = found.str[0], found.str[1]
    rows["coordinate_source"] = [SEAT if pd.isna(code) else BORROWED.format(adcode=code) for code in adcode]
    rows["predecessors"] = rows["city_id"].map(_kin(events, "other_city_id", "city_id")).fillna("")
    rows["successors"] = rows["city_id"].map(_kin(events, "city_id", "other_city_id")).fillna("")
    missing = rows.loc[rows["longitude"].isna(), "city_id"].tolist()
    if missing:
        raise ValueError(f"no point for {missing}: add a row to borrowed_coordinates.csv")
    return rows.sort_values(["code", "city_id"])[CITY_COLUMNS].reset_index(drop=True)


def _kin(events: pd.DataFrame, of: str, relative: str) -> pd.Series:
    """Ids joined by `|`: in a merger or split `city_id` gives territory to `other_city_id`."""
    passed_on = events[events["kind"].isin(["merger", "split"]) & (events["other_city_id"] != "")]
    return passed_on.groupby(of)[relative].agg(lambda ids: "|".join(sorted(set(ids))))
