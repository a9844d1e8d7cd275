"""The value columns of one table: their headers taken apart, their units and areas, also where a line above
the table, a column or the title says them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from citypanel.importing.grammar import Grammar, Header
from citypanel.importing.layouts.block import Block
from citypanel.importing.layouts.unit_lines import table_units
from citypanel.importing.mapping import Column, map_columns
from citypanel.importing.meaning.dependent_headers import completed_headers, sums_of_years
from citypanel.importing.meaning.header_paths import path_header
from citypanel.importing.meaning.scopes import area_of, scope_column, scoped, stated_scope
from citypanel.importing.meaning.subjects import subject
from citypanel.importing.printed_text import folded_name, one_day
from citypanel.importing.reading.sheet import Refused, Sheet
from citypanel.importing.row_kinds import Row

_CONTINUED = re.compile(r"续表|续上表|\(续|（续|continued", re.IGNORECASE)
_PART_OF = re.compile(r"^(其中|#)\s*[:：]?\s*")
_UNIT_LINE = re.compile(r"^[(（\[【]?(计量)?(单位|unit)", re.IGNORECASE)


class Table:
    """The columns of one block; `years` are those that its headers print."""

    def __init__(self, grammar: Grammar, sheet: Sheet, block: Block, before: Table | None) -> None:
        """Take the headers apart and read the lines above them, the nearest first, then those of the table
        `before`.
        """
        self._grammar, self._sheet, self.block = grammar, sheet, block
        earlier = before.titles if before else []
        self.titles: list[str] = list(dict.fromkeys([*reversed(block.titles), *earlier]))
        self.units: list[str] = table_units(grammar, block.titles) or (before.units if before else [])
        across = "year" not in block.roles
        self._long = "indicator" in block.roles
        self._listed: dict[int, list[Column]] = {}
        self._headers, self._sums = self._read_headers(across)
        self.years = {header.year for header in self._headers.values() if header.year}
        self._scopes = scope_column(grammar, block)
        self._headers.pop(-1 if self._scopes is None else self._scopes, None)
        self._scope = ("", "")
        if self._scopes is None and not any(header.scope for header in self._headers.values()):
            own = [text for text in block.titles if not (_CONTINUED.search(text) or _UNIT_LINE.match(text))]
            titles = reversed(own) if own else self.titles
            self._scope = stated_scope(grammar, [*titles, sheet.name, PurePosixPath(sheet.file).stem])
        self._headers = {index: scoped(header, *self._scope) for index, header in self._headers.items()}

    def _read_headers(self, across: bool) -> tuple[dict[int, Header], dict[int, Header]]:
        """Return the headers of the value columns, and those of columns that sum up years.

        Raises `Refused` (`import_years_unreadable`) where they are dates of several days of the year.
        """
        block = self.block
        if not one_day(piece for path in block.paths.values() for piece in path.pieces):
            raise Refused("import_years_unreadable", rows=block.end - block.last - 1)
        headers = {index: self._header(path.pieces, across) for index, path in block.paths.items()}
        sums = {index: headers.pop(index) for index in sums_of_years(self._grammar, headers)}
        if self._long and "value" in block.roles:
            headers = {block.roles["value"]: Header("", "", "")}
        elif not self._long:
            titles = [*reversed(block.titles), self._sheet.name]
            headers = completed_headers(self._grammar, headers, titles)
        return headers, sums

    def goes_on(self, sheet: Sheet, block: Block) -> bool:
        """Say whether the first block of the next sheet says that it continues this table."""
        return sheet.file == self._sheet.file and any(map(_CONTINUED.search, block.titles))

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
        for index, header in self._sums.items():
            cell = self.block.grid.place(self.block.paths[index].row, index)[1]
            column = Column(self._sheet.file, self._sheet.name, index, cell, header, reason="sum_of_years")
            known.setdefault(("sum", index, header.label), column)
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
        """Return what says which columns a row has: all, or in a long table those of its indicator, each of
        the area that a column of areas prints.
        """
        of_row = self._columns_of_indicator(columns, known)
        if (scopes := self._scopes) is None:
            return of_row
        return lambda row: [self._of_area(column, row.cell(scopes).strip(), known) for column in of_row(row)]

    def _of_area(self, column: Column, word: str, known: dict[object, Column]) -> Column:
        """Return the column of the area that a row prints."""
        header = scoped(column.header, area_of(self._grammar, word), word)
        if header.scope in ("", "city", column.header.scope):
            return column
        key = (id(column), header.scope)
        if key not in known:
            known[key] = replace(column, header=header, indicator_id="", factor=None, numbers=0)
            map_columns(self._grammar, [known[key]], self.titles, self.units)
        return known[key]

    def _columns_of_indicator(
        self, columns: list[Column], known: dict[object, Column]
    ) -> Callable[[Row], Iterable[Column]]:
        if not self._long:
            return lambda row: columns
        indicator = self.block.roles["indicator"]
        by_text: dict[tuple[str, ...], list[Column]] = {}
        above = ""

        def of_row(row: Row) -> list[Column]:
            nonlocal above
            text = row.cell(indicator)
            part = _PART_OF.sub("", text.strip())
            names = (above, part) if above and self._cannot_stand_alone(part) else (text,)
            if len(names) == 1:
                above = text.strip()
            if names not in by_text:
                by_text[names] = self._long_columns(names, row, known) if text.strip() else []
            return by_text[names]

        return of_row

    def _cannot_stand_alone(self, part: str) -> bool:
        """Say whether an indicator of a long table is about the one above it: 其中:市辖区, 比上年增长(%)."""
        return bool(self._grammar.qualifier(part) or self._grammar.dependent(self._grammar.header(part).name))

    def _in_area(self, pieces: tuple[str, ...], years: bool) -> Header:
        """Return the header of an indicator of a long table, in the area that the title states."""
        return scoped(path_header(self._grammar, pieces, years=years), *self._scope)

    def _long_columns(self, names: tuple[str, ...], row: Row, known: dict[object, Column]) -> list[Column]:
        """Return the columns of one indicator of a long table (`names`: the one above, and 其中:市辖区): its
        values, one column per year across.
        """
        found = []
        for index, across in self._headers.items():
            pieces = (*names, *self.block.paths[index].pieces) if index in self.block.paths else names
            column = self._column(known, index, self._in_area(pieces, bool(across.year)))
            if not column.cell:
                column.cell = self.block.grid.place(row.index, self.block.roles["indicator"])[1]
                column.unit_index = (
                    next(iter(self.block.unit_columns), None) if not column.header.unit else None
                )
                above = self._listed.setdefault(index, [])
                map_columns(self._grammar, [column], self.titles, self.units, above)
                above.append(column)
            found.append(column)
        return found
