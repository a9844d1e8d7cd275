"""The textbook panels and the numbers that R found on them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

KNOWN_ANSWERS = Path(__file__).parents[1] / "known_answers"
# plm numbers the firms; statsmodels names them and adds an eleventh
FIRMS = (
    "General Motors",
    "US Steel",
    "General Electric",
    "Chrysler",
    "Atlantic Refining",
    "IBM",
    "Union Oil",
    "Westinghouse",
    "Goodyear",
    "Diamond Match",
)


@cache
def expected(name: str) -> dict[str, Any]:
    """The answers of one JSON file."""
    return json.loads((KNOWN_ANSWERS / f"{name}_expected.json").read_text(encoding="utf-8"))


def grunfeld() -> pd.DataFrame:
    from statsmodels.datasets import grunfeld as source

    data = source.load_pandas().data.rename(columns={"invest": "inv"})
    data["firm"] = data["firm"].map({name: number for number, name in enumerate(FIRMS, start=1)})
    return data.dropna().astype({"firm": int, "year": int})


def produc() -> pd.DataFrame:
    from linearmodels.datasets import munnell

    data = munnell.load().rename(columns={"STATE": "state", "YR": "year", "UNEMP": "unemp"})
    for name, source in (("lpcap", "P_CAP"), ("lpc", "PC"), ("lemp", "EMP"), ("lgsp", "GSP")):
        data[name] = np.log(data[source])
    return data


def wage() -> pd.DataFrame:
    from linearmodels.datasets import wage_panel

    return wage_panel.load()


def unbalanced() -> pd.DataFrame:
    return pd.read_csv(KNOWN_ANSWERS / "unbalanced_singletons.csv")


def cigar() -> pd.DataFrame:
    return pd.read_csv(KNOWN_ANSWERS / "cigar.csv")


def made_up_panel(seed: int, cities: int = 60, years: int = 11, share: float = 0.8) -> pd.DataFrame:
    """An unbalanced panel of regressors nine orders of magnitude apart; `share` of the cells is kept."""
    draw = np.random.default_rng(seed)
    keys = pd.MultiIndex.from_product([[f"c{i:03d}" for i in range(cities)], range(2011, 2011 + years)])
    data = keys.to_frame(index=False, name=["city_id", "year"])
    data[["x", "z", "w"]] = draw.normal(size=(len(data), 3)) * [1, 1e-4, 1e5] + [0.1, 10, 3e6]
    data["y"] = data["x"] + 2e3 * data["z"] + 1e-5 * data["w"] + draw.normal(size=len(data))
    return data[draw.random(len(data)) < share]


def mroz() -> pd.DataFrame:
    """The 428 working women, as a panel of one year."""
    from linearmodels.datasets import mroz as source

    data = source.load().dropna(subset=["lwage"]).reset_index(drop=True)
    return data.assign(woman=data.index, year=1975)


# census regions of the states as in plm's Produc: 1 to 4 are New England to West North Central
FIRST_FOUR = """CONNECTICUT MAINE MASSACHUSET NEW_HAMPSHI RHODE_ISLAN VERMONT NEW_JERSEY NEW_YORK
    PENNSYLVANI ILLINOIS INDIANA MICHIGAN OHIO WISCONSIN IOWA KANSAS MINNESOTA MISSOURI NEBRASKA
    NORTH_DAKOT SOUTH_DAKOT"""


def in_regions() -> pd.DataFrame:
    return produc().assign(g=lambda d: d["state"].isin(FIRST_FOUR.split()).astype(int))


def places() -> pd.DataFrame:
    rows = pd.read_csv(KNOWN_ANSWERS / "conley_coords.csv")
    rows = rows.assign(state=rows["state"].str[:11])  # as linearmodels cuts the names of Produc
    return rows.rename(columns={"lat": "latitude", "lon": "longitude"}).set_index("state")


PANELS = {"grunfeld": grunfeld, "produc": produc, "wage": wage, "unbal": unbalanced, "cigar": cigar}
