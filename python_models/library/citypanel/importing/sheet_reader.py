"""One sheet read as a panel of cities: its tables found, their headers, rows and years understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from citypanel.importing.cells import Panel, read_cells
from citypanel.importing.grammar import Grammar, Header
from citypanel.importing.layouts.block import Block
from citypanel.importing.layouts.data_year import NOTHING_STATED, DataYear, Stated, data_year
from citypanel.importing.layouts.finding import find_blocks
from citypanel.importing.layouts.section_years import section_years, whole_table
from citypanel.importing.layouts.signs import Signs
from citypanel.importing.layouts.unit_lines import table_units
from citypanel.importing.mapping import Column, map_columns
from citypanel.importing.meaning.header_paths import path_header
from citypanel.importing.meaning.subjects import subject
from citypanel.importing.printed_text import folded, folded_name
from citypanel.importing.reading.sheet import Refused, Sheet
from citypanel.importing.reference_rows import seed_rows
from citypanel.importing.roster import Roster
from citypanel.importing.row_kinds import IN_TABLES, Row, RowKinds

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

    def read(self, sheet: Sheet) -> Panel:
        """Return the panel that a sheet holds.

        Raises `Refused` where it is no table of cities, or nothing says of which year it is.
        """
        blocks = find_blocks(sheet, self._signs)
        panel = Panel(sheet.file, sheet.name, [], blocks=len(blocks), turned=blocks[0].grid.turned)
        panel.unnamed = len({column for block in blocks for column in block.unnamed})
        known: dict[object, Column] = {}
        for block in blocks:
            table = _Table(self._grammar, sheet, block, blocks[0].titles)
            columns = table.columns(known)
            year = self._year(sheet, table, panel)
            rows = self._kinds.rows(block, year)
            read_cells(
                panel, block.grid, rows, table.columns_of_row(columns, known), self._grammar, self._roster,
                self._marks,
            )  # fmt: skip
        panel.columns.extend(known.values())
        _check_cities(panel, self._roster)
        return panel

    def _year(self, sheet: Sheet, table: _Table, panel: Panel) -> int | None:
        """Return the year of rows that print none: the last of the columns' years, or the data year."""
        if "year" in table.block.roles:
            return None
        if table.years:
            return max(table.years)
        if (sections := section_years(table.block, self._signs)) and whole_table(table.block, sections):
            return max(sections.values())
        notes = [text for row in sheet.rows[-LINES_BELOW:] for text in row if "年鉴" in text]
        found = data_year(self._stated, sheet.file, sheet.name, table.titles, notes)
        if found is None and not panel.data_years:
            raise Refused("import_no_year_column", file=sheet.file)
        year = found or panel.data_years[0]
        if year not in panel.data_years:
            panel.data_years.append(year)
        return year.year


class _Table:
    """The columns of one block; `years` are those that its headers print."""

    def __init__(self, grammar: Grammar, sheet: Sheet, block: Block, sheet_titles: tuple[str, ...]) -> None:
        """Take the headers apart and read the lines above them, the nearest first."""
        self._grammar, self._sheet, self.block = grammar, sheet, block
        self.titles = list(dict.fromkeys([*reversed(block.titles), *reversed(sheet_titles)]))
        self.units = table_units(grammar, block.titles) or table_units(grammar, sheet_titles)
        across = "year" not in block.roles
        self._long = "indicator" in block.roles
        self._headers = {index: self._header(path.pieces, across) for index, path in block.paths.items()}
        if self._long and "value" in block.roles:
            self._headers = {block.roles["value"]: Header("", "", "")}
        self.years = {header.year for header in self._headers.values() if header.year}

    def _header(self, pieces: tuple[str, ...], across: bool) -> Header:
        """Return the header of a column; one that prints only a year is about what the table is about."""
        header = path_header(self._grammar, pieces, years=across)
        if header.name or self._long or not header.year:
            return header
        path = PurePosixPath(self._sheet.file)
        about = subject(self._grammar, [*self.titles, self._sheet.name, path.stem])
        return path_header(self._grammar, (about, *pieces), years=across) if about else header

    def columns(self, known: dict[object, Column]) -> list[Column]:
        """Return the value columns of the block; a repeated header gives the columns of its first print."""
        if self._long:
            return []
        found = [self._column(known, index, header) for index, header in sorted(self._headers.items())]
        new = [column for column in found if not column.cell]
        for column in new:
            row = self.block.paths[column.index].row
            column.cell = self.block.grid.place(row, column.index)[1]
        for unit_index in self.block.unit_columns:
            left = [column for column in found if column.index < unit_index and not column.header.unit]
            if left and left[-1] in new:
                left[-1].unit_index = unit_index
        map_columns(self._grammar, new, [*self.titles, self._sheet.name], self.units)
        return found

    def _column(self, known: dict[object, Column], index: int, header: Header) -> Column:
        """Return the column of a header, a new one (without cell) where no block before printed it."""
        key = (
            index, folded_name(header.label), header.unit, header.scope, header.price, header.treatment,
            header.year, tuple(self.units), "year" in self.block.roles,
        )  # fmt: skip
        if key not in known:
            known[key] = Column(self._sheet.file, self._sheet.name, index, "", header, year=header.year)
        return known[key]

    def columns_of_row(
        self, columns: list[Column], known: dict[object, Column]
    ) -> Callable[[Row], Iterable[Column]]:
        """Return what says which columns a row has: all, or in a long table those of its indicator."""
        if not self._long:
            return lambda row: columns
        indicator = self.block.roles["indicator"]
        by_text: dict[str, list[Column]] = {}

        def of_row(row: Row) -> list[Column]:
            text = row.cell(indicator)
            if text not in by_text:
                by_text[text] = self._long_columns(text, row, known) if text.strip() else []
            return by_text[text]

        return of_row

    def _long_columns(self, text: str, row: Row, known: dict[object, Column]) -> list[Column]:
        """Return the columns of one indicator of a long table: its values, one column per year across."""
        found = []
        for index, across in self._headers.items():
            pieces = (text, *self.block.paths[index].pieces) if index in self.block.paths else (text,)
            column = self._column(known, index, path_header(self._grammar, pieces, years=bool(across.year)))
            if not column.cell:
                column.cell = self.block.grid.place(row.index, self.block.roles["indicator"])[1]
                column.unit_index = (
                    next(iter(self.block.unit_columns), None) if not column.header.unit else None
                )
                map_columns(self._grammar, [column], self.titles, self.units)
            found.append(column)
        return found


def _check_cities(panel: Panel, roster: Roster) -> None:
    """Raise `Refused` where no row is a city: a table of provinces, or of nothing the roster knows."""
    kinds = Counter(row.kind for row in panel.rows)
    cities = {row.match.city_id for row in panel.rows if row.kind == "city"}
    provincial = kinds["province"] > max(1, 4 * kinds["unknown_city"])
    if provincial and all(map(roster.is_municipality, cities)):
        raise Refused("import_provinces_only", provinces=kinds["province"])
    if not any(kinds[kind] for kind in IN_TABLES):
        raise Refused("import_no_city_rows", rows=len(panel.rows))


__all__ = ["DataYear", "SheetReader", "Stated"]
