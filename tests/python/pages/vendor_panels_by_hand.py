"""BR.1 from the vendor workbooks and the legal roster alone: pandas, dummies and least squares.

Nothing here comes from the project: no dbt, no SQL, no import, no seed, no estimator. It is the outside
answer to what the whole line makes of the same files.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

BELT = [
    "上海市", "江苏省", "浙江省", "安徽省", "江西省", "湖北省",
    "湖南省", "重庆市", "四川省", "贵州省", "云南省",
]  # fmt: skip
FIRST, LAST = 2008, 2022
SECTORS = ["primary", "secondary", "tertiary"]


@dataclass(frozen=True)
class Answer:
    """What BR.1 is: rows, cities, coefficient and clustered standard error by term."""

    n_obs: int
    n_cities: int
    estimates: dict[str, float]
    std_errors: dict[str, float]


def panel(shared: Path) -> pd.DataFrame:
    """One row per unit of the roster and year 1998-2023 with REG, LM and IA, NaN where a number lacks.

    `is_city`: the unit's name at the year's end ends in 市; a prefecture before its upgrade has rows too.
    """
    roster = pd.read_csv(shared / "real" / "reference" / "legal_roster_year_end_1987_2026.csv")
    roster = roster[roster["status"] == "active"].rename(columns={"legal_name_zh": "name"})
    ever = roster[["name", "entity_id"]].drop_duplicates()
    frame = roster.query("1998 <= year <= 2023")[["entity_id", "year", "name", "province_name_zh"]]
    frame = frame.assign(is_city=frame["name"].str.endswith("市", na=False)).drop(columns="name")
    keys = ["entity_id", "year"]
    for numbers in _workbooks(shared / "real" / "vendor_panels"):
        named = numbers.merge(ever, on="name").drop(columns="name").drop_duplicates(keys)
        frame = frame.merge(named, on=keys, how="left")
    frame = frame.sort_values(keys, ignore_index=True)
    frame["lm"] = frame["residents"] / _year_before(frame, "residents") - 1
    frame["ia"] = _location_quotient(frame)
    frame["reg"] = _real_gdp(frame) / frame["residents"]
    return frame


def _workbooks(folder: Path) -> list[pd.DataFrame]:
    """Three frames of name, year and numbers: value added, index of real GDP, residents."""
    sectors = {"第二产业增加值": "secondary", "第三产业增加值": "tertiary"}
    wanted = [
        ("2000-2023地级市产业结构 .xlsx", "面板数据2000-2023",
         {"城市名称": "name", "年度标识": "year", "gdp（亿元人民币）": "gdp",
          "第一产业增加值（亿元人民币）": "primary", **sectors}),
        ("296个地级市GDP相关数据（以2000年为基期）.xlsx", "Sheet1",
         {"城市": "name", "年份": "year", "GDP指数": "index"}),
        ("298个地级市人口密度1998-2024年无缺失.xlsx", "面板数据",
         {"城市": "name", "年份": "year", "常住人口（万人）": "residents"}),
    ]  # fmt: skip
    frames = []
    for file, sheet, columns in wanted:
        book = pd.read_excel(folder / file, sheet_name=sheet, engine="calamine").rename(columns=columns)
        book = book[list(columns.values())]
        numbers = book.columns.drop("name")
        book[numbers] = book[numbers].apply(pd.to_numeric, errors="coerce")
        frames.append(book.dropna(subset=["name", "year"]))
    return frames


def _year_before(frame: pd.DataFrame, column: str) -> pd.Series:
    """The number of the same city one calendar year before."""
    previous = frame.groupby("entity_id")[["year", column]].shift()
    return previous[column].where(previous["year"] == frame["year"] - 1)


def _location_quotient(frame: pd.DataFrame) -> pd.Series:
    """LQ of secondary value added against the cities that print three sectors in each of the 15 years."""
    whole = frame[frame["is_city"] & frame["year"].between(FIRST, LAST) & frame[SECTORS].notna().all(axis=1)]
    years = whole.groupby("entity_id")["year"].count()
    reference = frame[frame["entity_id"].isin(years[years == LAST - FIRST + 1].index)]
    sums = reference.groupby("year")[SECTORS].sum()
    share = frame["year"].map(sums["secondary"] / sums.sum(axis=1))
    return frame["secondary"] / frame[SECTORS].sum(axis=1, skipna=False) / share


def _real_gdp(frame: pd.DataFrame) -> pd.Series:
    """GDP of 2008 times the chained index, in 100m yuan of 2008 (years after 2008 and 2008 itself)."""
    base = frame[frame["year"] == FIRST].set_index("entity_id")["gdp"]
    factor = (frame["index"] / 100).where(frame["year"] > FIRST, 1.0)
    chained = factor.groupby(frame["entity_id"]).cumprod()  # a missing link leaves its own year empty
    return (frame["entity_id"].map(base) * chained).where(frame["index"].notna())


def belt_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The city-years of the sample: prefecture-level cities and municipalities of the Belt, 2008-2022."""
    belt = frame["province_name_zh"].isin(BELT) & frame["year"].between(FIRST, LAST)
    return frame[belt & frame["is_city"]]


def first_regression(frame: pd.DataFrame) -> Answer:
    """REG on LM and IA with a dummy for each city and year; errors clustered by city."""
    rows = belt_rows(frame).dropna(subset=["reg", "lm", "ia"])
    effects = pd.get_dummies(rows[["entity_id", "year"]].astype(str), dtype=float)
    x = np.column_stack([rows[["lm", "ia"]].to_numpy(), effects.to_numpy()])
    y = rows["reg"].to_numpy()
    coefficients, _, rank, _ = np.linalg.lstsq(x, y, rcond=None)
    bread = np.linalg.pinv(x.T @ x)
    scores = pd.DataFrame(x * (y - x @ coefficients)[:, None]).groupby(rows["entity_id"].to_numpy()).sum()
    cities = len(scores)
    # city effects are nested in the clusters and are not counted: slopes, constant, T - 1 years
    counted = rank - cities + 1
    factor = cities / (cities - 1) * (len(y) - 1) / (len(y) - counted)
    variance = factor * bread @ (scores.T.to_numpy() @ scores.to_numpy()) @ bread
    terms = ["resident_growth_rate", "secondary_location_quotient_ratio"]
    return Answer(
        len(y), cities, dict(zip(terms, coefficients[:2], strict=True)),
        dict(zip(terms, np.sqrt(np.diag(variance)[:2]), strict=True)),
    )  # fmt: skip
