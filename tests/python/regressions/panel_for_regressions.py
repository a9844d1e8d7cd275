"""A small made-up panel and a row of the queue, for the tests of the regressions room."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd


def made_up_panel(cities: int = 30, first: int = 2010, last: int = 2021) -> pd.DataFrame:
    """`cities` cities, one seen in one year only; one value of `gdp` and two of `wage` are missing."""
    draw = np.random.default_rng(4)
    keys = pd.MultiIndex.from_product([[f"city_{i:02d}" for i in range(cities)], range(first, last + 1)])
    panel = keys.to_frame(index=False, name=["city_id", "year"])
    for name in ("digital", "gdp", "wage", "rain"):
        panel[name] = draw.normal(size=len(panel))
    panel["flow"] = 0.5 * panel["digital"] - 0.2 * panel["gdp"] + draw.normal(size=len(panel))
    panel["belt"] = pd.array(panel["city_id"] < "city_20", dtype="boolean")
    panel["region_three"] = np.where(panel["city_id"] < "city_10", "east", "west")
    panel["unpublished"] = np.nan
    panel.loc[[30], "gdp"] = np.nan
    panel.loc[[40, 41], "wage"] = np.nan
    alone = (panel["city_id"] == "city_00") & (panel["year"] != 2015)
    return panel[~alone].reset_index(drop=True)


def row(**changes: Any) -> dict[str, Any]:
    """A row of the queue that runs; `changes` replace its cells."""
    cells = {
        "specification_id": "T1.1",
        "estimator": "two_way_fixed_effects",
        "outcome": "flow",
        "regressors": "digital",
        "controls": "gdp + wage",
        "endogenous": None,
        "instruments": float("nan"),
        "fixed_effects": "city + year",
        "predicate": "belt and year between 2011 and 2021",
        "transform": "",
        "covariance": "cluster_city",
        "seed": None,
    }
    return cells | changes
