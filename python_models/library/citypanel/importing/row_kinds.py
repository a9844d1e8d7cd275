"""What a row below the header is: a city-year, or one of the things that stand between them.

Nothing is dropped in silence: a row that is no city-year is counted under its kind, and its numbers are kept
where it has a year (a province or a total is a number too, only not a city's).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from citypanel.importing.layout import Layout
from citypanel.importing.printed_text import folded, printed_year, without_spaces
from citypanel.importing.readers import Sheet
from citypanel.importing.reference_rows import seed_rows
from citypanel.importing.roster import PREFECTURE, CityMatch, Roster

IN_TABLES = ("city", "unknown_city")


@dataclass(frozen=True)
class Row:
    """A row of a sheet: its number as Excel shows it, what it is, its year, and the unit that its name
    means.
    """

    number: int
    kind: str
    year: int | None
    city_printed: str
    match: CityMatch
    cells: list[str]

    def cell(self, index: int) -> str:
        """Return the printed text of a column, empty beyond the end of the row."""
        return self.cells[index] if index < len(self.cells) else ""


class RowKinds:
    """Decides what a row is, by the roster and by the rows of row_markers.csv."""

    def __init__(self, reference: Path, roster: Roster) -> None:
        """Read the markers of the folder `reference`."""
        self._roster = roster
        self._markers = [
            (folded(row["marker"]), row["position"], row["kind"])
            for row in seed_rows(reference, "row_markers")
        ]

    def rows(self, sheet: Sheet, layout: Layout) -> Iterator[Row]:
        """Yield every row below the header of the panel."""
        header = [folded(cell) for cell in sheet.rows[layout.header_row]]
        index = layout.roles["city"]
        below = sheet.rows[layout.header_row + 1 :]
        provinces = {
            cells[index] for cells in below if index < len(cells) and self._roster.is_province(cells[index])
        }
        stated = layout.cities_only and not provinces
        for offset, cells in enumerate(below):
            number = sheet.first_row + layout.header_row + offset + 2
            yield self._row(number, cells, layout, header, stated)

    def _row(self, number: int, cells: list[str], layout: Layout, header: list[str], stated: bool) -> Row:
        """Return one row with its kind."""

        def key(role: str) -> str:
            index = layout.roles.get(role, len(cells))
            return cells[index] if index < len(cells) else ""

        printed, year = key("city"), printed_year(key("year"))
        match = CityMatch("", "unknown")
        if printed.strip():
            match = self._roster.match(printed, year or 0, key("province"), key("city_code"), stated)
        kind = self._kind(cells, printed, year, match, header)
        return Row(number, kind, year, without_spaces(printed), match, cells)

    def _kind(
        self, cells: list[str], printed: str, year: int | None, match: CityMatch, header: list[str]
    ) -> str:
        """Return the kind of a row: a unit of the roster first, then what the markers say, then what is
        lacking.
        """
        if match.kind in PREFECTURE:
            return "city" if year else "no_year"
        texts = [folded(cell) for cell in cells if cell.strip()]
        if not texts:
            return "empty"
        if texts == [text for text in header if text]:
            return "header_again"
        marked = self._marker([folded(printed)] if printed.strip() else texts)
        if marked:
            return marked
        if not printed.strip():
            return "no_city"
        if not year:
            return "no_year"
        return "unknown_city" if match.kind == "unknown" else match.kind

    def _marker(self, texts: list[str]) -> str:
        """Return the kind that a marker gives to one of the texts, empty where none does."""
        tests: dict[str, Callable[[str, str], bool]] = {
            "anywhere": str.__contains__,
            "start": str.startswith,
            "equal": str.__eq__,
        }
        for marker, position, kind in self._markers:
            if any(tests[position](text, marker) for text in texts):
                return kind
        return ""
