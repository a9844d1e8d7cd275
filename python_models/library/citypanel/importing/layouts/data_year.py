"""The data year of a table whose rows and columns print none: stated by the user, printed in the title, or
one year before the edition of the yearbook. Where it came from is kept; nothing else is tried.

The convention: an edition of a Chinese yearbook prints the year before it (edition 2017 = data 2016).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from citypanel.importing.printed_text import printed_year

_DIGITS = r"(?<!\d)((?:19|20)\d{2})"
_YEAR = re.compile(rf"{_DIGITS}\s*年(?!\s*(?:版|[^，,。；;]{{0,12}}年鉴))|[(（]{_DIGITS}[)）]")
_PART = re.compile(
    r"(?:19|20)\d{2}\s*年?\s*(?:\d{1,2}\s*[-—–~～至到]\s*\d{0,2}\s*月|\d{1,2}\s*月|[上下]半年|前?[一二三四1-4]个?季|前\d+个?月)"
    r"|(?:19|20)\d{2}\s*年?\s*第[一二三四1-4]季"
)
_RANGE = re.compile(
    rf"{_DIGITS}\s*年?\s*(?:[-—–~～至到])\s*(?:19|20)\d{{2}}\s*年?|以\s*(?:19|20)\d{{2}}\s*年?"
)
_EDITION = re.compile(
    rf"(?:年鉴|yearbook)[^\d]{{0,6}}{_DIGITS}|{_DIGITS}[\s_-]*(?:年?版|edition)|{_DIGITS}\s*年?[^\d]{{0,12}}年鉴",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DataYear:
    """The year of a table and where it was found: user, title, sheet_name or edition; `evidence` in words."""

    year: int
    origin: str
    evidence: str


@dataclass(frozen=True)
class Stated:
    """What the user states: file (path or name, or `file#sheet`) -> data year, file -> edition."""

    years: Mapping[str, int]
    editions: Mapping[str, int]

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
    titles = list(titles)
    if any(map(_PART.search, titles)):
        return None  # months or quarters: no year's numbers
    for text in titles:
        if year := _only(_YEAR, _RANGE.sub("", text)):
            return DataYear(year, "title", " ".join(text.split())[:80])
    if year := printed_year(sheet):
        return DataYear(year, "sheet_name", sheet)
    for text in (sheet, *titles, *notes, file):
        if edition := _only(_EDITION, text):
            return DataYear(edition - 1, "edition", " ".join(text.split())[:80])
    return None


def _only(pattern: re.Pattern[str], text: str) -> int | None:
    """Return the one year that the pattern finds, `None` for none or several."""
    found = {next(group for group in match if group) for match in pattern.findall(text)}
    return int(found.pop()) if len(found) == 1 else None
