"""The yearbook as text: one grid of printed cells per table and source, before it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from citypanel.sample.panel import Numbers
from citypanel.sample.roster import YEARS, Roster

YEARBOOK = "yearbook"
PKU_FINANCE = "pku_digital_finance"
PKU_INNOVATION = "pku_innovation"
PROVINCIAL = "provincial_yearbook"
BULLETIN = "statistical_bulletin"
# in the order of use, in which the rows of a table stand as well
SOURCES = [YEARBOOK, PKU_FINANCE, PKU_INNOVATION, PROVINCIAL, BULLETIN]
# two indices of Peking University, which no yearbook prints
OWN_SOURCE = {"digital_finance": PKU_FINANCE, "innovation": PKU_INNOVATION}
TABLES = [
    "population", "gdp", "employment", "finance", "fiscal", "telecom", "trade", "education_research",
    "digital_finance", "innovation",
]  # fmt: skip
DECIMALS = {
    "10k persons": 4, "per mille": 2, "sq km": 0, "100m yuan": 4, "yuan": 0, "previous year = 100": 4,
    "persons": 0, "10k yuan": 0, "10k users": 4, "10k usd": 0, "index": 4,
}  # fmt: skip
# the city yearbook stops printing these after data year 2020; second sources carry on
LAST_IN_YEARBOOK = {
    "hukou_population_10k_persons": 2020, "primary_employment_persons": 2020,
    "secondary_employment_persons": 2020, "tertiary_employment_persons": 2020,
    "urban_employment_persons": 2020, "information_employment_persons": 2020,
}  # fmt: skip
# too small to be surveyed: land and people are printed, all else carries a dash
UNSURVEYED = "三沙"


class Cell(NamedTuple):
    """One printed number: its table, source, indicator, and the row and column of the roster's grid."""

    table: str
    source: str
    indicator: str
    city: int
    year: int


@dataclass(frozen=True)
class Dictionary:
    """What indicators.csv says of the printed columns, in its order."""

    table: dict[str, str]
    header: dict[str, str]
    decimals: dict[str, int]
    first_year: dict[str, int]
    last_year: dict[str, int]

    def indicators(self, table: str) -> list[str]:
        """Return the indicators of a table in the order of the dictionary."""
        return [indicator for indicator, of in self.table.items() if of == table]


def read_dictionary(reference: Path) -> Dictionary:
    """Read seeds/reference/indicators.csv."""
    rows = pd.read_csv(reference / "indicators.csv", dtype=str, keep_default_na=False).set_index(
        "indicator_id"
    )
    decimals = rows["unit"].map(DECIMALS).astype(int).to_dict()
    return Dictionary(
        table=rows["source_table"].to_dict(),
        header=rows["printed_header"].to_dict(),
        decimals=decimals | {"digital_finance_index": 2},
        first_year=rows["first_year"].astype(int).to_dict(),
        last_year=rows["last_year"].replace("", "9999").astype(int).to_dict(),
    )


@dataclass
class Book:
    """Printed text by (table, source) and indicator (N x T); absent rows are False in `present`."""

    roster: Roster
    dictionary: Dictionary
    text: dict[tuple[str, str], dict[str, NDArray[np.object_]]] = field(default_factory=dict)
    present: dict[tuple[str, str], NDArray[np.bool_]] = field(default_factory=dict)
    name: dict[tuple[str, str], NDArray[np.object_]] = field(default_factory=dict)
    repeated: set[tuple[str, str, int, int]] = field(default_factory=set)

    def open(self, table: str, source: str) -> None:
        """Add an empty grid for a table of a source."""
        blank = np.full(self.roster.exists.shape, "", dtype=object)
        key = (table, source)
        self.text[key] = {indicator: blank.copy() for indicator in self.dictionary.indicators(table)}
        self.present[key] = np.zeros(self.roster.exists.shape, dtype=bool)
        self.name[key] = self.roster.name.copy()

    def read(self, cell: Cell) -> str:
        """Return the printed text of a cell, empty where the table or row is absent."""
        grid = self.text.get((cell.table, cell.source))
        return "" if grid is None else str(grid[cell.indicator][cell.city, cell.year])

    def write(self, cell: Cell, text: str) -> None:
        """Print `text` in a cell; the row comes into being if it is not there."""
        key = (cell.table, cell.source)
        if key not in self.text:
            self.open(*key)
        self.text[key][cell.indicator][cell.city, cell.year] = text
        self.present[key][cell.city, cell.year] = True


def printed(values: NDArray[np.float64], decimals: int) -> NDArray[np.object_]:
    """Return numbers as text with a fixed count of decimals; NaN is blank."""
    flat = ["" if np.isnan(value) else f"{value:.{decimals}f}" for value in np.ravel(values)]
    return np.array(flat, dtype=object).reshape(np.shape(values))


def first_source_of(table: str) -> str:
    """Return the source that prints the whole table: the city yearbook, or who makes the index."""
    return OWN_SOURCE.get(table, YEARBOOK)


def first_sources(roster: Roster, dictionary: Dictionary, numbers: Numbers) -> Book:
    """Return each table of its first source: every city of every year-end, indicators for their years."""
    book = Book(roster, dictionary)
    for table in TABLES:
        key = (table, first_source_of(table))
        book.open(*key)
        first = min(dictionary.first_year[indicator] for indicator in dictionary.indicators(table))
        book.present[key] = roster.exists & (first <= YEARS)
        for indicator in dictionary.indicators(table):
            last = min(dictionary.last_year[indicator], LAST_IN_YEARBOOK.get(indicator, 9999))
            printable = roster.exists & (dictionary.first_year[indicator] <= YEARS) & (last >= YEARS)
            text = printed(numbers[indicator], dictionary.decimals[indicator])
            book.text[key][indicator] = np.where(printable, text, "")
    _dash_the_unsurveyed(book)
    return book


def _dash_the_unsurveyed(book: Book) -> None:
    if UNSURVEYED not in book.roster.short_name:
        return
    city = book.roster.row(UNSURVEYED)
    for table in TABLES[1:]:
        for grid in book.text[table, first_source_of(table)].values():
            grid[city] = np.where(grid[city] == "", "", "—")
