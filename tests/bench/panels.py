"""The panels that one fit is timed on."""

from __future__ import annotations

import numpy as np
import pandas as pd

REGRESSORS = [f"x{number}" for number in range(6)]
CONTROLS = [f"c{number}" for number in range(7)]
# rows of the balanced panel: (cities, years)
SIZES = {"3,146": (286, 11), "100,000": (5_000, 20), "1,000,000": (50_000, 20)}
KEPT = 0.9  # share of the rows of the unbalanced panel


def panel(cities: int, years: int, balanced: bool = True, text: bool = False) -> pd.DataFrame:
    """Return six regressors, an outcome and keys; ids are whole numbers, or text as in the warehouse."""
    draw = np.random.default_rng(1)
    names = [f"province_city_{number:05d}" for number in range(cities)] if text else range(cities)
    index = pd.MultiIndex.from_product([names, range(2000, 2000 + years)], names=["city_id", "year"])
    frame = pd.DataFrame(draw.normal(size=(len(index), len(REGRESSORS))), index, REGRESSORS)
    frame["y"] = frame.sum(axis=1) + draw.normal(size=len(index))
    frame = frame.reset_index()
    return frame if balanced else frame[draw.random(len(frame)) < KEPT].reset_index(drop=True)


def curve_panel() -> pd.DataFrame:
    """Return 286 cities x 11 years with two treatments and seven controls."""
    data, draw = panel(*SIZES["3,146"]), np.random.default_rng(2)
    data[CONTROLS] = draw.normal(size=(len(data), len(CONTROLS))) + 0.2 * data[["x0"]].to_numpy()
    return data
