"""A sheet as a grid that can be turned: printed texts, merged cells, and where each stands in the file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from citypanel.importing.printed_text import cell_reference
from citypanel.importing.reading.sheet import Block as Merged
from citypanel.importing.reading.sheet import Sheet


@dataclass(frozen=True)
class Grid:
    """Printed texts by row and column (from 0); `turned`: rows and columns of the file are exchanged."""

    rows: list[list[str]]
    merged: tuple[Merged, ...]
    first_row: int
    first_column: int
    turned: bool = False

    @cached_property
    def width(self) -> int:
        """Return the number of columns."""
        return max(map(len, self.rows), default=0)

    def cell(self, row: int, column: int) -> str:
        """Return the printed text, empty beyond the end of the row."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def place(self, row: int, column: int) -> tuple[int, str]:
        """Return the row as Excel counts it and the A1 name of a cell, in the file."""
        if self.turned:
            row, column = column, row
        row, column = self.first_row + row, self.first_column + column
        return row + 1, cell_reference(row, column)

    def turn_below(self, row: int) -> Grid:
        """Return the part from `row` on with rows and columns exchanged."""
        rows = [list(cells) for cells in zip_longest(*self.rows[row:], fillvalue="")]
        merged = tuple(
            (left, max(top - row, 0), right, bottom - row)
            for top, left, bottom, right in self.merged
            if bottom >= row
        )
        return Grid(rows, merged, self.first_row + row, self.first_column, turned=True)


def grid_of(sheet: Sheet) -> Grid:
    """Return the grid of a sheet."""
    return Grid(sheet.rows, sheet.merged, sheet.first_row, sheet.first_column)
