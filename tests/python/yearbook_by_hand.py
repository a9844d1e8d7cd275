"""A yearbook folder read with plain pandas: register, precedence, ratios, dummy least squares.

An outside answer for the sample's tests: it shares no code with the generator and none with the models.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "seeds" / "reference"
COMMITTED, PLANTED = ROOT / "seeds" / "yearbook", ROOT / "tests" / "planted"
TABLES = [
    "population", "gdp", "employment", "finance", "fiscal", "telecom", "trade", "education_research",
    "digital_finance", "innovation",
]  # fmt: skip
# they repeat cells of the first ones
SECOND_SOURCES = {"provincial_yearbook", "statistical_bulletin"}
MARKS = {"", "—", "－", "-", "…", "..", "NA", "/", "无"}
FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
A1 = ["digital", "financial", "gdp", "education", "science", "mobile"]


def read(path: Path) -> pd.DataFrame:
    """Every cell as text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def number(text: str) -> float:
    """NaN for a missing mark; blanks, commas and full-width digits are read through; anything else raises."""
    if text in MARKS:
        return np.nan
    for blank in (" ", "\u3000", "\u00a0", ","):
        text = text.replace(blank, "")
    return float(text.translate(FULL_WIDTH))


def cells(folder: Path) -> pd.DataFrame:
    """Long: table, year, city (as printed), source, indicator, text."""
    dictionary = read(REFERENCE / "indicators.csv").set_index("printed_header")["indicator_id"]
    parts = []
    for table in TABLES:
        wide = read(folder / f"{table}.csv").drop_duplicates().rename(columns=dictionary)
        keys = {"年份": "year", "城市": "city", "来源": "source"}
        long = wide.rename(columns=keys).melt([*keys.values()], var_name="indicator", value_name="text")
        parts.append(long.assign(table=table))
    return pd.concat(parts, ignore_index=True)


def city_ids() -> dict[str, str]:
    """Every name a city ever had, and its aliases with 市, to the city's id."""
    spans = read(REFERENCE / "city_names.csv")
    spans = spans[spans["level"].isin(["municipality", "prefecture_city"])]
    aliases = read(REFERENCE / "city_aliases.csv")
    misprinted = dict(zip(aliases["alias"] + "市", aliases["city_id"], strict=True))
    return misprinted | dict(zip(spans["name_zh"], spans["city_id"], strict=True))


def panel(folder: Path, use_corrections: bool = True) -> pd.DataFrame:
    """One row per city and year, a column per indicator: register, then the first source that speaks."""
    long = cells(folder)
    long["value"] = long["text"].map({text: number(text) for text in long["text"].unique()})
    if use_corrections:
        long["value"] = _corrected(long, read(folder / "corrections.csv"))
    long["city_id"] = long["city"].map(city_ids())
    assert long["city_id"].notna().all(), long.loc[long["city_id"].isna(), "city"].unique()
    long["year"] = long["year"].astype(int)
    order = read(folder / "sources.csv").set_index("source_id")["precedence"].astype(int)
    long["precedence"] = long["source"].map(order)
    assert not long.duplicated(["city_id", "year", "indicator", "source"]).any()
    first = long.dropna(subset="value").sort_values("precedence", kind="stable")
    first = first.drop_duplicates(["city_id", "year", "indicator"])
    wide = first.pivot(index=["city_id", "year"], columns="indicator", values="value").sort_index()
    cities = read(REFERENCE / "cities.csv").set_index("city_id")[
        ["region_three", "belt", "belt_reach", "delta"]
    ]
    return wide.join(cities, on="city_id")


def _corrected(long: pd.DataFrame, register: pd.DataFrame) -> pd.Series:
    """Values after the register; each row but `*` must find exactly one cell with the text it expects."""
    value = long["value"].copy()
    blocks = long.groupby(["source", "indicator", "year"]).groups
    for row in register.itertuples():
        hit = blocks[row.source_id, row.indicator_id, row.year]
        if row.city != "*":
            block = long.loc[hit]
            hit = hit[(block["city"] == row.city) & (block["text"] == row.value_expected)]
            assert len(hit) == 1, row
        if row.action == "scale":
            value[hit] *= float(row.value_new)
        else:
            value[hit] = float(row.value_new) if row.action == "override" else np.nan
    return value


def study_a(frame: pd.DataFrame) -> pd.DataFrame:
    """The 3,146 rows of study A with its variables under the study's names, missing cells left missing."""
    spans = (
        frame.reset_index().groupby("city_id")["year"].agg(lambda years: set(range(2011, 2022)) <= set(years))
    )
    chosen = [city for city in spans[spans].index if city != "tibet_lhasa"]
    rows = frame.loc[(chosen, slice(2011, 2021)), :].copy()
    people, gdp = rows["resident_population_10k_persons"], rows["gdp_100m_yuan"] * 1e4
    employed = rows["primary_employment_persons"] + rows["secondary_employment_persons"]
    employed = employed + rows["tertiary_employment_persons"]
    rows["flow"] = 1 - rows["primary_employment_persons"] / employed
    rows["digital"] = entropy(
        pd.DataFrame(
            {
                "internet": rows["broadband_users_10k_users"] / people * 100,
                "information": rows["information_employment_persons"] / rows["urban_employment_persons"],
                "finance": rows["digital_finance_index"],
                "telecom": rows["telecom_business_10k_yuan"] / (people * 1e4),
                "mobile": rows["mobile_users_10k_users"] / people * 100,
            }
        )
    )
    rows["financial"] = rows["loans_10k_yuan"] / gdp
    rows["gdp"] = np.log(rows["gdp_per_person_yuan"])
    rows["education"] = rows["education_expenditure_10k_yuan"] / gdp
    rows["science"] = rows["science_expenditure_10k_yuan"] / gdp
    rows["mobile"] = np.log(rows["mobile_users_10k_users"])
    rows["tertiary"] = rows["tertiary_value_added_100m_yuan"] / rows["gdp_100m_yuan"]
    rows["innovation"] = rows["innovation_index"] / 100
    return rows


def entropy(parts: pd.DataFrame) -> pd.Series:
    """Entropy-weighted index of the columns, pooled min-max, no shift."""
    z = (parts - parts.min()) / (parts.max() - parts.min())
    p = z / z.sum()
    weight = 1 + (p * np.log(p.where(p > 0, 1))).sum() / np.log(len(p))
    return (z * (weight / weight.sum())).sum(axis=1, skipna=False)


def study_b(frame: pd.DataFrame) -> pd.DataFrame:
    """The Belt's rows 2008-2023 that hold every variable of study B."""
    rates = pd.read_csv(REFERENCE / "usd_rates.csv").set_index("year")["yuan_per_usd"]
    rows = frame.copy()
    year = rows.index.get_level_values("year")
    people, gdp = rows["resident_population_10k_persons"], rows["gdp_100m_yuan"]
    before = people.reindex(pd.MultiIndex.from_arrays([rows.index.get_level_values(0), year - 1])).to_numpy()
    rows["LM"] = people / before - rows["natural_growth_per_mille"] / 1000 - 1
    sectors = rows[[f"{name}_value_added_100m_yuan" for name in ("primary", "secondary", "tertiary")]]
    observed = sectors.notna().all(axis=1)[year >= 2008].groupby("city_id").sum()
    area = rows.index.get_level_values("city_id").isin(observed[observed == 16].index)
    secondary = rows["secondary_value_added_100m_yuan"]
    reference = secondary[area].groupby("year").sum() / gdp[area].groupby("year").sum()
    rows["IA"] = (secondary / gdp) / year.map(reference)
    rows["LM_IA"] = rows["LM"] * rows["IA"]
    rows["ODI"] = rows["fdi_10k_usd"] * year.map(rates) / (gdp * 1e4)
    rows["TE"] = rows["urban_employment_persons"] / 1e6
    rows["GR"] = rows["fiscal_expenditure_10k_yuan"] / (gdp * 1e4)
    rows["RLR"] = rows["average_wage_yuan"] / 1e4
    rows["RISSL"] = rows["tertiary_value_added_100m_yuan"] / secondary
    index = (rows["real_gdp_index"] / 100).where(year > 2008, 1.0)
    base = gdp.where(year == 2008).groupby("city_id").transform("max")
    rows["REG"] = (base * index.groupby("city_id").cumprod() / people).where(year >= 2008)
    needed = ["REG", "LM", "IA", "ODI", "TE", "GR", "RLR", "RISSL"]
    return rows[(rows["belt"] == "true") & (year >= 2008)].dropna(subset=needed)


def within(rows: pd.DataFrame) -> pd.DataFrame:
    """Every number of the rows less its projection on city and year dummies."""
    city, year = (pd.factorize(rows.index.get_level_values(level), sort=True)[0] for level in (0, 1))
    dummies = np.hstack([np.eye(city.max() + 1)[city], np.eye(year.max() + 1)[year][:, 1:]])
    basis, numbers = np.linalg.qr(dummies)[0], rows.select_dtypes("number")
    return numbers - basis @ (basis.T @ numbers.to_numpy())


def dummy_least_squares(rows: pd.DataFrame, outcome: str, terms: list[str]) -> pd.DataFrame:
    """Slopes and city-clustered standard errors of `within` rows: G/(G-1) (N-1)/(N-k-T)."""
    city, year = (pd.factorize(rows.index.get_level_values(level), sort=True)[0] for level in (0, 1))
    x, y = rows[terms].to_numpy(), rows[outcome].to_numpy()
    slopes = np.linalg.lstsq(x, y, rcond=None)[0]
    residual = y - x @ slopes
    scores = pd.DataFrame(x * residual[:, None]).groupby(city).sum().to_numpy()
    bread = np.linalg.inv(x.T @ x)
    groups, n, k = len(scores), len(y), len(terms) + year.max() + 1
    factor = groups / (groups - 1) * (n - 1) / (n - k)
    errors = np.sqrt(np.diag(bread @ scores.T @ scores @ bread) * factor)
    return pd.DataFrame({"estimate": slopes, "std_error": errors}, index=terms)
