"""County-level units: names that stand between the cities of a table and are none of them."""

from __future__ import annotations

import pandas as pd

from citypanel.reference.gazetteer import is_prefecture_level, revisions

KIND_BY_ENDING = {"市": "county_city", "区": "district"}
HEADINGS = ("市辖区", "县", "省直辖", "自治区直辖", "特别行政区")
PROVINCE = ("省", "自治区")


def county_rows() -> pd.DataFrame:
    """Every county-level unit of any GB/T 2260 revision since 1980: name_zh, province_code, kind; sorted."""
    rows = {
        (name, code[:2], KIND_BY_ENDING.get(name[-1], "county"))
        for divisions in revisions().values()
        for code, name in divisions.items()
        if not code.endswith("00") and not is_prefecture_level(code) and _is_name(name)
    }
    return pd.DataFrame(
        sorted(rows, key=lambda row: (row[1], row[0])), columns=["name_zh", "province_code", "kind"]
    )


def _is_name(name: str) -> bool:
    """Say whether an entry is a unit and no heading under which units stand."""
    return (
        name not in HEADINGS[:2]
        and not any(heading in name for heading in HEADINGS[2:])
        and not name.endswith(PROVINCE)
    )
