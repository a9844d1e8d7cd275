"""The ledger of planted defects: it picks cells, misprints them, and notes truth and repair of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from citypanel.sample.book import PROVINCIAL, UNSURVEYED, Book, Cell, first_source_of
from citypanel.sample.roster import YEARS

DEFECT_COLUMNS = ["table", "city", "year", "column", "class", "printed", "true", "source"]
CORRECTION_COLUMNS = [
    "correction_id", "source_id", "indicator_id", "city", "year", "action", "value_expected", "value_new",
    "reason", "evidence",
]  # fmt: skip
# no specification of the studies needs these; a number of theirs may stay missing
DISPENSABLE = [
    "deposits_10k_yuan", "fiscal_revenue_10k_yuan", "imports_10k_yuan", "exports_10k_yuan",
    "hotels_catering_employment_persons", "culture_employment_persons", "real_estate_employment_persons",
]  # fmt: skip
CITY_COLUMN = "城市"


@dataclass
class Ledger:
    """State of the planting: the book, one generator, cells already used, rows of both lists."""

    book: Book
    rng: np.random.Generator
    scale: float
    taken: set[tuple[str, int, int]] = field(default_factory=set)
    defects: list[list[str]] = field(default_factory=list)
    corrections: list[list[str]] = field(default_factory=list)

    def count(self, at_one: int) -> int:
        """Return how many of a class to plant at this scale."""
        return round(at_one * self.scale)

    def cell(self, indicator: str, city: int, year: int, source: str | None = None) -> Cell:
        """Return the cell of an indicator (of its first source); `year` is a column of the grid."""
        table = self.book.dictionary.table[indicator]
        return Cell(table, source or first_source_of(table), indicator, city, year)

    def pick(
        self, indicators: list[str], count: int, fits: Callable[[Cell], bool] | None = None
    ) -> list[Cell]:
        """Return `count` unused printed cells of the first source at random (fewer if none are left)."""
        found: list[Cell] = []
        for _ in range(400 * count):
            if len(found) == count:
                break
            indicator = str(self.rng.choice(indicators))
            city, year = (
                int(self.rng.integers(len(self.book.roster.tier))),
                int(self.rng.integers(len(YEARS))),
            )
            cell = self.cell(indicator, city, year)
            if self.free(cell) and (fits is None or fits(cell)):
                self.taken.add((indicator, city, year))
                found.append(cell)
        return found

    def free(self, cell: Cell) -> bool:
        """Return whether the cell holds a number of a surveyed city and no defect lies in it."""
        used = (cell.indicator, cell.city, cell.year) in self.taken
        return (
            not used and self.book.read(cell) != "" and self.book.roster.short_name[cell.city] != UNSURVEYED
        )

    def spoil(self, cell: Cell, kind: str, text: str) -> None:
        """Print `text` in the cell and note what stood there."""
        self.taken.add((cell.indicator, cell.city, cell.year))
        self.note(cell, kind, text, self.book.read(cell))
        self.book.write(cell, text)

    def note(self, cell: Cell, kind: str, printed: str, true: str, column: str | None = None) -> None:
        """Add a row to the list of planted defects."""
        header = self.book.dictionary.header[cell.indicator] if column is None else column
        self.defects.append(
            [
                cell.table,
                self.city_name(cell),
                str(YEARS[cell.year]),
                header,
                kind,
                printed,
                true,
                cell.source,
            ]
        )

    def city_name(self, cell: Cell) -> str:
        """Return the city as the table prints it in that row."""
        return str(self.book.name[cell.table, cell.source][cell.city, cell.year])

    def confirm(self, cell: Cell, text: str) -> None:
        """Have the provincial yearbook print the true number of a cell, so that a repair has its evidence."""
        self.book.write(cell._replace(source=PROVINCIAL), text)

    def correct(self, cell: Cell, action: str, value_new: str, reason: str, evidence: str, kind: str) -> None:
        """Add a row to the register for a cell that is already spoiled: it expects the text now printed."""
        number = 1 + sum(row[0].startswith(f"{kind}_") for row in self.corrections)
        self.corrections.append(
            [f"{kind}_{number:03d}", cell.source, cell.indicator, self.city_name(cell),
             str(YEARS[cell.year]), action, self.book.read(cell), value_new, reason, evidence]
        )  # fmt: skip
