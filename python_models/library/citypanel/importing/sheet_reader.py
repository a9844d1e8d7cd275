"""One sheet read as a panel of cities: its tables found, their headers, rows and years understood."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

from citypanel.importing.cells import Panel, read_cells
from citypanel.importing.finer_rows import check_grain
from citypanel.importing.grammar import Grammar
from citypanel.importing.layouts.data_year import (
    NOTHING_STATED,
    DataYear,
    Stated,
    data_year,
    edition,
    part_of_year,
)
from citypanel.importing.layouts.finding import find_blocks
from citypanel.importing.layouts.section_years import section_years, whole_table
from citypanel.importing.layouts.signs import Signs
from citypanel.importing.mapping import Column
from citypanel.importing.printed_text import folded
from citypanel.importing.reading.sheet import Refused, Sheet
from citypanel.importing.reference_rows import seed_rows
from citypanel.importing.roster import PREFECTURE, Roster
from citypanel.importing.row_kinds import IN_TABLES, RowKinds
from citypanel.importing.table_columns import Table

LINES_BELOW = 12


class SheetReader:
    """Reads sheets by the rows of the reference seeds."""

    def __init__(
        self, reference: Path, grammar: Grammar, roster: Roster, stated: Stated = NOTHING_STATED
    ) -> None:
        """Take grammar and roster; read missing marks and row markers of the folder `reference`.

        `stated`: the data years and editions that the user names.
        """
        self._grammar, self._roster, self._stated = grammar, roster, stated
        self._marks = {folded(row["mark"]) for row in seed_rows(reference, "missing_marks")}
        self._signs = Signs(grammar, roster, self._marks, seed_rows(reference, "row_markers"))
        self._kinds = RowKinds(reference, self._signs)
        self._last: Table | None = None

    def read(self, sheet: Sheet) -> Panel:
        """Return the panel that a sheet holds.

        Raises `Refused` where it is no table of cities, or nothing says of which year it is.
        """
        blocks = find_blocks(sheet, self._signs)
        panel = Panel(sheet.file, sheet.name, [], blocks=len(blocks), turned=blocks[0].grid.turned)
        panel.unnamed = len({column for block in blocks for column in block.unnamed})
        known: dict[object, Column] = {}
        before = self._last if self._last and self._last.goes_on(sheet, blocks[0]) else None
        for block in blocks:
            self._last = before = table = Table(self._grammar, sheet, block, before)
            columns = table.columns(known)
            notes = [text for row in sheet.rows[-LINES_BELOW:] for text in row if "年鉴" in text]
            panel.edition = panel.edition or edition(sheet.name, table.titles, notes, sheet.file)
            year, stated = self._year(sheet, table, panel, notes)
            rows = self._kinds.rows(block, year, stated)
            start = len(panel.cells)
            read_cells(
                panel, block.grid, rows, table.columns_of_row(columns, known), self._grammar, self._roster,
                self._marks,
            )  # fmt: skip
            check_grain(islice(panel.cells, start, None))
        panel.columns.extend(known.values())
        _check_cities(panel, self._roster)
        return panel

    def _year(
        self, sheet: Sheet, table: Table, panel: Panel, notes: list[str]
    ) -> tuple[int | None, DataYear | None]:
        """Return the year of rows that print none: the last of the columns' years, or the data year with its
        origin.
        """
        if "year" in table.block.roles:
            return None, None
        if table.years:
            return max(table.years), None
        if (sections := section_years(table.block, self._signs)) and whole_table(table.block, sections):
            return max(sections.values()), None
        found = data_year(self._stated, sheet.file, sheet.name, table.titles, notes)
        if found is None and not panel.data_years:
            pieces = (piece for path in table.block.paths.values() for piece in path.pieces)
            if part := part_of_year([*table.titles, *pieces]):
                raise Refused("import_part_of_year", seen=" ".join(part.split())[:40])
            raise Refused("import_no_year_column", file=sheet.file)
        year = found or panel.data_years[0]
        if year not in panel.data_years:
            panel.data_years.append(year)
        return year.year, year


def _check_cities(panel: Panel, roster: Roster) -> None:
    """Raise `Refused` where no row is a city: a table of provinces, or of nothing the roster knows."""
    kinds = Counter(row.kind for row in panel.rows)
    cities = {row.match.city_id for row in panel.rows if row.kind == "city"}
    provincial = kinds["province"] > max(1, 4 * kinds["unknown_city"])
    if provincial and all(map(roster.is_municipality, cities)):
        raise Refused("import_provinces_only", provinces=kinds["province"])
    if not any(kinds[kind] for kind in IN_TABLES):
        if any(row.kind == "no_year" and row.match.kind in PREFECTURE for row in panel.rows):
            raise Refused("import_years_unreadable", rows=kinds["no_year"])
        raise Refused("import_no_city_rows", rows=len(panel.rows))


__all__ = ["DataYear", "SheetReader", "Stated"]
