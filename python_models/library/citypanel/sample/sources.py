"""The sources by name. Second ones carry on what the yearbook stops printing and at times contradict it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from citypanel.sample.book import (
    BULLETIN,
    PKU_FINANCE,
    PKU_INNOVATION,
    PROVINCIAL,
    UNSURVEYED,
    YEARBOOK,
    Book,
    first_source_of,
    printed,
)
from citypanel.sample.panel import Numbers
from citypanel.sample.roster import YEARS
from citypanel.sample.streams import Array, Mask, Streams

OVERLAP_PROVINCES = ["江苏省", "浙江省", "湖北省", "四川省"]
SECTORS = [f"{name}_value_added_100m_yuan" for name in ("primary", "secondary", "tertiary")]
EMPLOYMENT = [
    "primary_employment_persons", "secondary_employment_persons", "tertiary_employment_persons",
    "urban_employment_persons", "information_employment_persons",
]  # fmt: skip
SHARE_LAST_DIGITS = 0.06
SHARE_REVISED = 0.03
SHARE_BLANK = 0.04
SOURCE_COLUMNS = [
    "source_id", "name_zh", "name_en", "kind", "precedence", "publisher", "edition", "licence", "file",
    "sheet", "sha256", "common_origin",
]  # fmt: skip
_NAMES = [
    (
        YEARBOOK,
        "中国城市统计年鉴（合成样本）",
        "China City Statistical Yearbook (synthetic sample)",
        "2008-2024",
    ),
    (
        PKU_FINANCE,
        "北京大学数字普惠金融指数（合成样本）",
        "Peking University Digital Financial Inclusion Index of China (synthetic sample)",
        "2011-2023",
    ),
    (
        PKU_INNOVATION,
        "北京大学中国区域创新创业指数（合成样本）",
        "Peking University Index of Regional Innovation and Entrepreneurship in China (synthetic sample)",
        "2007-2023",
    ),
    (
        PROVINCIAL,
        "各省统计年鉴（合成样本）",
        "Provincial statistical yearbooks (synthetic sample)",
        "2008-2024",
    ),
    (BULLETIN, "各市统计公报（合成样本）", "Statistical bulletins of cities (synthetic sample)", "2012-2023"),
]
_MADE_BY = "City Panel sample generator"
SOURCE_ROWS = [
    [source, zh, en, "synthetic", str(precedence), _MADE_BY, edition, "CC0-1.0", "", "", "", ""]
    for precedence, (source, zh, en, edition) in enumerate(_NAMES, start=1)
]


@dataclass(frozen=True)
class Coverage:
    """Which indicators of a table a second source prints, for which city-years (boolean N x T)."""

    table: str
    source: str
    indicators: list[str]
    rows: Mask


def add_second_sources(book: Book, numbers: Numbers, streams: Streams) -> None:
    """Print both second sources into the book; where the first source is silent they agree with the truth."""
    for coverage in _coverages(book):
        _print(book, numbers, streams, coverage)


def _coverages(book: Book) -> list[Coverage]:
    """Four provinces in every year, all provinces after 2020, bulletins of tiers 1 and 2 from 2012."""
    roster = book.roster
    surveyed = roster.exists & np.array([[name != UNSURVEYED] for name in roster.short_name])
    overlap = surveyed & np.array([[province in OVERLAP_PROVINCES] for province in roster.province])
    late = YEARS > 2020
    large = surveyed & (roster.tier <= 2)[:, None] & (YEARS >= 2012)
    people = ["hukou_population_10k_persons", "resident_population_10k_persons"]
    return [
        Coverage("population", PROVINCIAL, people[:1], roster.exists & late),
        Coverage("population", PROVINCIAL, [*people, "natural_growth_per_mille"], overlap & ~late),
        Coverage("gdp", PROVINCIAL, ["gdp_100m_yuan", *SECTORS], overlap),
        Coverage("employment", PROVINCIAL, EMPLOYMENT, surveyed & late),
        Coverage("population", BULLETIN, people[1:], large),
        Coverage("gdp", BULLETIN, ["gdp_100m_yuan", *SECTORS], large),
        Coverage("finance", BULLETIN, ["deposits_10k_yuan", "loans_10k_yuan"], large),
        Coverage("trade", BULLETIN, ["retail_sales_10k_yuan", "imports_10k_yuan", "exports_10k_yuan"], large),
    ]


def _print(book: Book, numbers: Numbers, streams: Streams, coverage: Coverage) -> None:
    """Print one coverage: exact where the yearbook is silent, else now and then blank, off or revised."""
    key = (coverage.table, coverage.source)
    if key not in book.text:
        book.open(*key)
    book.present[key] |= coverage.rows
    rng = streams(f"second source {key} {coverage.indicators}")
    for indicator in coverage.indicators:
        overlaps = book.text[coverage.table, first_source_of(coverage.table)][indicator] != ""
        decimals = book.dictionary.decimals[indicator]
        said = _contradicted(rng, numbers[indicator], 10.0**-decimals)
        text = printed(np.where(overlaps, said, numbers[indicator]), decimals)
        blank = overlaps & (rng.random(overlaps.shape) < SHARE_BLANK)
        grid = book.text[key][indicator]
        book.text[key][indicator] = np.where(coverage.rows & ~blank, text, grid)


def _contradicted(rng: np.random.Generator, truth: Array, unit: float) -> Array:
    """Return what the second source says: mostly the truth, some last digits off, some revised by 1-3 %."""
    lot = rng.random(truth.shape)
    digits = truth + unit * rng.integers(1, 40, truth.shape)
    revised = truth * (1 + rng.choice([-1, 1], truth.shape) * rng.uniform(0.01, 0.03, truth.shape))
    return np.select([lot < SHARE_LAST_DIGITS, lot > 1 - SHARE_REVISED], [digits, revised], truth)
