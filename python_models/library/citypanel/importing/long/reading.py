"""Reading a long sheet: each city-year and each series is looked at once, the numbers are joined to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from citypanel.importing.finer_rows import LEAST_SHARE
from citypanel.importing.grammar import Grammar
from citypanel.importing.layouts.unit_lines import table_units
from citypanel.importing.long.numbers import with_own_units, write_numbers, write_odd_texts
from citypanel.importing.long.panel import LongPanel
from citypanel.importing.long.shape import Shape, find_shape
from citypanel.importing.long.store import Store
from citypanel.importing.mapping import Column, map_columns
from citypanel.importing.meaning.header_paths import path_header
from citypanel.importing.meaning.scopes import area_of, scoped, stated_scope
from citypanel.importing.printed_text import cell_reference
from citypanel.importing.reading.sheet import Refused, Sheet
from citypanel.importing.roster import Roster
from citypanel.importing.row_kinds import NO_NUMBERS, Row

# more different city-years, or indicators, than any panel of cities has
MOST_PLACES = 1_000_000
MOST_SERIES = 20_000
_A_NUMBER = "1"


@dataclass(frozen=True)
class _Series:
    """An indicator (or the header of a value column) with unit and area, and the first row of theirs."""

    label: str
    column: int
    unit: str
    area: str
    row: int


class LongReader:
    """Reads long sheets with the rules of short ones: `rows_of` reads the rows of a short sheet."""

    def __init__(
        self,
        store: Store,
        grammar: Grammar,
        roster: Roster,
        marks: set[str],
        rows_of: Callable[[Sheet], list[Row]],
    ) -> None:
        """Take what short sheets are read with; `marks` are the folded missing marks."""
        self._store, self._grammar, self._roster, self._marks = store, grammar, roster, marks
        self._rows_of = rows_of
        self._number = 0

    def read(self, sheet: Sheet) -> LongPanel:
        """Read a long sheet.

        Raises `Refused` where it is no city panel, or its columns are not what their headers say.
        """
        assert sheet.long is not None
        shape = find_shape(sheet, self._grammar)
        self._number += 1
        panel = LongPanel(
            sheet.file, sheet.name, [], store=self._store, number=self._number,
            first_row=sheet.first_row, first_column=sheet.first_column,
        )  # fmt: skip
        self._store.load("printed_rows", sheet.long, shape)
        write_odd_texts(self._store, shape, self._grammar, self._marks)
        shape = with_own_units(self._store, shape)
        self._places(panel, sheet, shape)
        self._series(panel, sheet, shape)
        write_numbers(panel, shape)
        self._store.unload("printed", "printed_rows")
        _check_grain(panel)
        return panel

    def _places(self, panel: LongPanel, sheet: Sheet, shape: Shape) -> None:
        """Resolve the city-years, each different combination of key texts once, as rows of a short sheet."""
        keys = [shape.roles[role] for role in shape.keys]
        found = self._store.run(
            f"select {', '.join(f'c{column}' for column in keys)}, min(r) as first from printed "
            f"group by all order by first limit {MOST_PLACES + 1}"
        )
        if len(found) > MOST_PLACES:
            raise _too_many(shape.headers[shape.roles["city"]], MOST_PLACES)
        city = shape.keys.index("city")
        found = [row for row in found if not self._grammar.key(row[city])]  # a header that is repeated
        first = next((header for column in shape.values if (header := shape.headers[column])), _A_NUMBER)
        head = [*(shape.headers[column] for column in keys), first]
        panel.rows = self._rows_of(
            Sheet(sheet.file, sheet.name, [head, *([*row[:-1], _A_NUMBER] for row in found)])
        )
        if len(panel.rows) != len(found):
            raise Refused("import_no_table")
        panel.names = [self._name(row) for row in panel.rows]
        kept = [row.year is not None and row.kind not in NO_NUMBERS for row in panel.rows]
        columns = [*(f"k{index} varchar" for index in range(len(keys))), "place integer", "is_kept boolean"]
        places = ((*row[:-1], number, kept[number]) for number, row in enumerate(found))
        self._store.keep(panel.table("places"), columns, places)

    def _name(self, row: Row) -> str:
        """Return the unit's official name of the year, the printed one where it did not exist."""
        official = self._roster.official_name(row.match.city_id, row.year) if row.year else ""
        return official or row.city_printed

    def _series(self, panel: LongPanel, sheet: Sheet, shape: Shape) -> None:
        """Resolve the series, each different indicator (or value column) and unit once."""
        found = []
        for column in shape.values:
            first = self._store.run(
                f"select {shape.label(column)} as label, {shape.unit(column)} as unit, {shape.area} as area, "
                f"min(r) as first "
                f"from printed where c{column} <> '' group by all order by first limit {MOST_SERIES + 1}"
            )
            found += [_Series(label, column, unit, area, row) for label, unit, area, row in first]
        if len(found) > MOST_SERIES:
            raise _too_many(shape.headers[found[0].column], MOST_SERIES)
        panel.columns = self._named(sheet, shape, found)
        panel.value_columns = [series.column for series in found]
        kinds = "label varchar, c integer, unit varchar, area varchar, series integer, is_mapped boolean"
        mapped = [bool(column.indicator_id) for column in panel.columns]
        rows = ((s.label, s.column, s.unit, s.area, n, mapped[n]) for n, s in enumerate(found))
        self._store.keep(panel.table("series"), kinds.split(", "), rows)

    def _named(self, sheet: Sheet, shape: Shape, found: list[_Series]) -> list[Column]:
        """Return the series as columns with their meaning; a unit that a column prints is the header's."""
        columns = []
        for series in found:
            row, index = (shape.header_row, series.column)
            if shape.is_long:
                row, index = series.row, shape.roles["indicator"]
            reference = cell_reference(sheet.first_row + row, sheet.first_column + index)
            header = path_header(self._grammar, [series.label])
            header = replace(header, unit=series.unit) if series.unit else header
            header = scoped(header, area_of(self._grammar, series.area), series.area)
            columns.append(Column(sheet.file, sheet.name, index, reference, header))
        titles = [text for row in sheet.rows[: shape.header_row] for text in row if text.strip()]
        if shape.areas is None and not any(column.header.scope for column in columns):
            stated = stated_scope(self._grammar, [*titles, sheet.name, PurePosixPath(sheet.file).stem])
            for column in columns:
                column.header = scoped(column.header, *stated)
        map_columns(self._grammar, columns, [*titles, sheet.name], table_units(self._grammar, titles))
        for column, series in zip(columns, found, strict=True):
            if series.unit and (shape.values[series.column] or 0) >= shape.width and column.indicator_id:
                column.unit_origin, column.unit_evidence = "cell", series.unit
        return columns


def _check_grain(panel: LongPanel) -> None:
    """Raise `Refused` where there are half as many numbers again as city-years and series can hold."""
    places = {(row.match.city_id or row.city_printed, row.year) for row in panel.rows}
    most = len(places) * len(panel.columns)
    if panel.kept > (1 + LEAST_SHARE) * most:
        raise Refused("import_finer_rows", numbers=panel.kept, places=most)


def _too_many(column: str, limit: int) -> Refused:
    return Refused("import_too_many_different", column=column, limit=f"{limit:,}")
