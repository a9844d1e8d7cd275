"""The grid that a web page's tables make: cells in rows and columns, spans as merged blocks."""

from __future__ import annotations

from dataclasses import dataclass, field

from citypanel.importing.reading.limits import LARGEST_SHEET_CELLS, WIDEST_ROW
from citypanel.importing.reading.sheet import Block, Refused


@dataclass
class _Table:
    """An open table: `taken` says until which row (exclusive) a column is covered by a cell above."""

    row: int = -1
    column: int = 0
    taken: dict[int, int] = field(default_factory=dict)
    cell: list[str] | None = None
    place: tuple[int, int] = (0, 0)


class PageGrid:
    """Rows of text, grown while the page is read; tables inside cells follow as rows of their own."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._rows: list[dict[int, str]] = []
        self._blocks: list[Block] = []
        self._tables: list[_Table] = []
        self._loose: list[str] = []
        self._covered = 0

    def open_table(self) -> None:
        """Begin a table; what a cell around it has said so far is written first."""
        self.close_cell()
        self._flush_loose()
        self._tables.append(_Table())

    def close_table(self) -> None:
        """End the innermost table with a blank row."""
        if self._tables:
            self.close_row()
            self._tables.pop()
            self._rows.append({})

    def open_row(self) -> None:
        """Begin a row (the one before ends, whether the page says so or not)."""
        self.close_row()
        if self._tables:
            self._rows.append({})
            self._tables[-1].row, self._tables[-1].column = len(self._rows) - 1, 0

    def close_row(self) -> None:
        """End a row."""
        self.close_cell()
        if self._tables:
            self._tables[-1].row = -1

    def open_cell(self, row_span: int, column_span: int) -> None:
        """Begin a cell at the next free column of its row."""
        if not self._tables:
            return
        if self._tables[-1].row < 0:
            self.open_row()
        self.close_cell()
        table = self._tables[-1]
        while table.taken.get(table.column, 0) > table.row:
            table.column += 1
        self._covered += column_span
        if table.column + column_span > WIDEST_ROW or self._covered > LARGEST_SHEET_CELLS:
            raise Refused("import_row_too_wide", columns=table.column + column_span, limit=WIDEST_ROW)
        table.place, table.cell = (table.row, table.column), []
        for column in range(table.column, table.column + column_span):
            table.taken[column] = table.row + row_span
        if row_span > 1 or column_span > 1:
            self._blocks.append(
                (table.row, table.column, table.row + row_span - 1, table.column + column_span - 1)
            )
        table.column += column_span

    def close_cell(self) -> None:
        """End a cell: its text stands in its first row and column."""
        if self._tables and (table := self._tables[-1]).cell is not None:
            row, column = table.place
            self._rows[row][column] = _plain(table.cell)
            table.cell = None

    def text(self, text: str) -> None:
        """Take text into the open cell, else into the lines between tables."""
        if self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.append(_spaced(text))
        elif not self._tables or text.strip():
            self._loose.append(_spaced(text))

    def line_break(self) -> None:
        """End a line of the text."""
        if self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.append("\n")
        else:
            self._flush_loose()

    def _flush_loose(self) -> None:
        line = _plain(self._loose)
        self._loose.clear()
        if line:
            self._rows.append({0: line})

    def close_all(self) -> None:
        """End whatever the page left open."""
        while self._tables:
            self.close_table()
        self._flush_loose()

    def rows_and_blocks(self) -> tuple[list[list[str]], tuple[Block, ...]]:
        """Return the rows without blank ones at the end, and the merged blocks inside them."""
        while self._rows and not any(self._rows[-1].values()):
            self._rows.pop()
        rows = [
            [cells.get(column, "") for column in range(max(cells, default=-1) + 1)] for cells in self._rows
        ]
        last = len(rows) - 1
        inside = ((top, left, min(bottom, last), right) for top, left, bottom, right in self._blocks)
        return rows, tuple(block for block in inside if block[0] <= block[2] and block[:2] != block[2:])


def _spaced(text: str) -> str:
    """Return text with the line breaks of the page's source as blanks (a no-break space stays)."""
    return text.replace("\r", " ").replace("\n", " ").replace("\t", " ")


def _plain(pieces: list[str]) -> str:
    """Return the text of a cell: runs of blanks as one, lines without blanks around them."""
    lines = ("".join(pieces)).split("\n")
    return "\n".join(line for line in (" ".join(part.split(" ")).strip() for part in lines) if line)
