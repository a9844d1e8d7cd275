"""The data year of a table whose rows and columns print none: stated by the user, printed in the title, or
one year before the edition of the yearbook. Where it came from is kept; nothing else is tried.

The convention: an edition of a Chinese yearbook prints the year before it (edition 2017 = data 2016).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from citypanel.importing.printed_text import printed_year

_DIGITS = r"(?<!\d)((?:19|20)\d{2})"
_PRICES = r"不变|可比|价|为?基期|为?\s*100|=\s*100"
_YEAR = re.compile(rf"{_DIGITS}\s*年(?!\s*(?:版|{_PRICES}|[^，,。；;]{{0,12}}年鉴))|[(（]{_DIGITS}[)）]")
_PART = re.compile(
    r"(?:19|20)\d{2}\s*年?\s*(?:\d{1,2}\s*[-—–~～至到]\s*\d{0,2}\s*月|\d{1,2}\s*月|\d\s*[-—–~～至到]\s*\d\s*季|[上下]半年|前?[一二三四1-4]个?季|前\d+个?月)"
    r"|(?:19|20)\d{2}\s*年?\s*第?[一二三四1-4]季|(?:19|20)\d{2}\s*年?[-_./\s]*(?:Q[1-4]|H[12])(?!\d)|(?<!\d)\d{1,2}\s*[-—–~～至到]\s*\d{1,2}\s*月"
)
_PART_KEY = re.compile(r"月份?|月度|季度?|months?|quarters?", re.IGNORECASE)
_RANGE = re.compile(
    rf"{_DIGITS}\s*年?\s*(?:[-—–~～至到])\s*(?:19|20)\d{{2}}\s*年?|以\s*(?:19|20)\d{{2}}\s*年?"
)
_EDITION = re.compile(
    rf"(?:年鉴|yearbook)[^\d]{{0,6}}{_DIGITS}|{_DIGITS}[\s_-]*(?:年?版|edition)|{_DIGITS}\s*年?[^\d]{{0,12}}年鉴",
    re.IGNORECASE,
)
# a year without 年 in a title (`Population, 2016`, `2016 各市人口`): not of an edition, of prices, of a base
_BARE = re.compile(rf"(?<![\d.\-/—–]){_DIGITS}(?![\d.\-/—–~年=]|\s*(?:[-—–~至到]\s*\d|[万亿元人户]))")
_OTHER_YEAR = re.compile(r"年鉴|yearbook|版|edition|价|price|基期|base|=\s*100|标准|GB", re.IGNORECASE)
# a line on the file itself, not on its numbers
_MAKING = re.compile(r"更新|制表|下载|发布|导出|出版|打印|updated|published|download", re.I)


@dataclass(frozen=True)
class DataYear:
    """The year of a table and where it was found: user, title, sheet_name or edition; `evidence` in words.

    Of rows and columns that print their year the origin is `column`, `header` or `line`, without evidence.
    """

    year: int
    origin: str
    evidence: str


@dataclass(frozen=True)
class Stated:
    """What the user states: file (path or name, or `file#sheet`) -> data year, file -> edition.

    `registered`: the editions in the sources.csv of an earlier import; they count where they differ from what
    the file says of itself.
    """

    years: Mapping[str, int]
    editions: Mapping[str, int]
    registered: Mapping[str, int] = field(default_factory=dict)

    def year(self, file: str, sheet: str) -> DataYear | None:
        """Return the year stated for a sheet or its file, by data year or by edition."""
        for name in (f"{file}#{sheet}", file, PurePosixPath(file).name, PurePosixPath(file).stem):
            if name in self.years:
                return DataYear(self.years[name], "user", str(self.years[name]))
            if name in self.editions:
                return DataYear(self.editions[name] - 1, "user_edition", str(self.editions[name]))
        return None


NOTHING_STATED = Stated({}, {})


def data_year(
    stated: Stated, file: str, sheet: str, titles: Iterable[str], notes: Iterable[str]
) -> DataYear | None:
    """Return the data year of a table, `None` where nothing says it or two things contradict each other.

    `titles` stand above the table, `notes` below it.
    """
    if said := stated.year(file, sheet):
        return said
    printed = list(titles)
    told = edition(sheet, printed, notes, file)
    registered = stated.registered.get(file)
    if registered and (told is None or told[0] != registered):
        return DataYear(registered - 1, "user_edition", str(registered))
    titles = [text for text in printed if not _MAKING.search(text)]
    if any(map(_PART.search, titles)):
        return None  # months or quarters: no year's numbers
    for text in titles:
        if year := _only(_YEAR, _RANGE.sub("", text)):
            return DataYear(year, "title", " ".join(text.split())[:80])
    if year := printed_year(sheet) or _only(_YEAR, _RANGE.sub("", sheet)) or _bare([sheet]):
        return DataYear(year, "sheet_name", sheet)
    if year := _bare(titles):
        return DataYear(year, "title", " ".join(" | ".join(titles).split())[:80])
    return DataYear(told[0] - 1, "edition", told[1]) if told else None


def part_of_year(texts: Iterable[str]) -> str:
    """Return the first text that speaks of months, quarters or half a year, empty where none does."""
    return next((text for text in texts if _PART.search(text) or _PART_KEY.fullmatch(text.strip())), "")


def edition(sheet: str, titles: Iterable[str], notes: Iterable[str], file: str) -> tuple[int, str] | None:
    """Return the edition of the yearbook that a table names, and the words that do."""
    for text in (sheet, *titles, *notes, file):
        if found := _only(_EDITION, text):
            return found, " ".join(text.split())[:80]
    return None


def _bare(texts: Sequence[str]) -> int | None:
    """Return the one year that stands in the texts without 年, `None` where it may be of something else."""
    if any(map(_OTHER_YEAR.search, texts)):
        return None
    return _only(_BARE, " | ".join(_RANGE.sub("", text) for text in texts))


def _only(pattern: re.Pattern[str], text: str) -> int | None:
    """Return the one year that the pattern finds, `None` for none or several."""
    found = {next(filter(None, match.groups())) for match in pattern.finditer(text)}
    return int(found.pop()) if len(found) == 1 else None
