"""Cells: every number that was read, with the place it stands in and what it means.

A cell becomes a number of the dictionary's unit by exact arithmetic; its printed text never changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from citypanel.importing.grammar import Grammar
from citypanel.importing.layouts.data_year import DataYear
from citypanel.importing.layouts.grid import Grid
from citypanel.importing.mapping import Column
from citypanel.importing.printed_text import exact_product, folded, plain_decimal, printed_number
from citypanel.importing.roster import CityMatch, Roster
from citypanel.importing.row_kinds import IN_HEADER, NO_NUMBERS, Row, YearOrigin
from citypanel.importing.row_names import RowNames

LONGEST_SHOWN = 60
# the columns share few factors, and a fraction becomes a float a million times in an import
_RATES: dict[int, tuple[Fraction, float]] = {}


def _rate(factor: Fraction) -> float:
    """Return a factor as a float."""
    known = _RATES.get(id(factor))
    if known is None:
        known = _RATES[id(factor)] = (factor, factor.numerator / factor.denominator)
    return known[1]


@dataclass(slots=True)
class Cell:
    """One printed number (or missing mark); `candidate` says that it stands for its city, year and indicator.

    Of cells that repeat each other inside one source only the first is the candidate. `dressed`: the number
    stands between other signs; `has_unit`: its unit is one of them (`12.3亿元`, `3.2‰`).
    """

    column: Column
    kind: str
    city: str
    match: CityMatch
    city_printed: str
    year: int
    reference: str
    row: int
    printed: str
    number: Decimal | None
    unit: str
    factor: Fraction | None
    year_origin: YearOrigin
    dressed: bool = False
    has_unit: bool = False
    source_id: str = ""
    candidate: bool = False

    @property
    def value(self) -> Decimal | Fraction | None:
        """Return the number in the dictionary's unit, `None` where there is no number or no unit."""
        if self.number is None or self.factor is None:
            return None
        return self.number if self.factor == 1 else exact_product(self.number, self.factor)

    @property
    def rough(self) -> float | None:
        """Return `value` as a float, for comparisons that allow a margin."""
        if self.number is None or self.factor is None:
            return None
        return float(self.number) * _rate(self.factor)

    @property
    def written(self) -> str:
        """Return the text for the yearbook table: as printed where nothing is converted, else the exact
        decimal.
        """
        plain = self.factor is not None and _rate(self.factor) == 1 and not self.dressed
        if plain or (value := self.value) is None:
            return self.printed
        return plain_decimal(value)

    @property
    def unit_key(self) -> str:
        """Return what identifies the city inside a source: the unit of the roster, else the printed name."""
        return self.match.city_id or self.city


@dataclass
class Panel:
    """A sheet read as a city panel: its columns, its city-years with their cells, its other rows.

    `data_years`: the years of tables that print none in rows or columns, with their origin; `blocks`: how
    many tables the sheet holds; `turned`: their cities stand beside each other; `edition`: the yearbook's,
    with the words that name it. `odd_texts`: header and text of cells that are neither number nor mark.
    """

    file: str
    sheet: str
    columns: list[Column]
    cells: list[Cell] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    unnamed: int = 0
    blank_city_years: int = 0
    unit_texts: dict[str, int] = field(default_factory=dict)
    odd_texts: Counter[tuple[str, str]] = field(default_factory=Counter)
    data_years: list[DataYear] = field(default_factory=list)
    edition: tuple[int, str] | None = None
    blocks: int = 1
    turned: bool = False

    @property
    def count(self) -> int:
        """Return the number of cells that go to cells.parquet."""
        return len(self.cells)


ColumnsOfRow = Callable[[Row], Iterable[Column]]


def read_cells(
    panel: Panel,
    grid: Grid,
    rows: list[Row],
    columns: ColumnsOfRow,
    grammar: Grammar,
    roster: Roster,
    marks: set[str],
) -> None:
    """Add the cells of `rows` to the panel; `columns` says which value columns a row has.

    A unit is written under its official name of the year, under the printed one where it did not exist.
    `marks` are the folded missing marks. A blank cell is no number and is not kept; text that is neither
    number nor mark is kept in mapped columns only.
    """
    panel.rows.extend(rows)
    for row in rows:
        if row.year is None or row.kind in NO_NUMBERS:
            continue
        before = len(panel.cells)
        names = RowNames(row, roster)
        panel.cells.extend(_cells_of_row(panel, grid, row, columns(row), grammar, marks, names))
        panel.blank_city_years += row.kind == "city" and len(panel.cells) == before


def _cells_of_row(
    panel: Panel,
    grid: Grid,
    row: Row,
    columns: Iterable[Column],
    grammar: Grammar,
    marks: set[str],
    names: dict[int, str],
) -> Iterator[Cell]:
    """Yield the printed cells of one row; `names` is the unit's name by year."""
    for column in columns:
        printed = row.cell(column.index)
        if not printed or printed.isspace():
            continue
        number = printed_number(printed)
        unit, factor = column.unit, column.factor
        if column.unit_index is not None:
            unit, factor = _unit_of(panel, column, row, grammar)
        dressed = grammar.dressed_number(printed) if number is None else None
        own_unit = ""
        if dressed:
            number, own_unit = dressed
        if own_unit:
            unit, factor = own_unit, _factor(column, own_unit, grammar)
        if number is not None:
            column.numbers += 1
        elif folded(printed) not in marks:
            if not column.indicator_id:
                continue
            panel.odd_texts[column.header.printed, printed.strip()[:LONGEST_SHOWN]] += 1
        year = column.year or row.year or 0
        origin = IN_HEADER if column.year else row.year_origin
        file_row, reference = grid.place(row.index, column.index)
        yield Cell(
            column, row.kind, names[year], row.match, row.city_printed, year,
            reference, file_row, printed, number, unit, factor, origin,
            bool(dressed), bool(own_unit),
        )  # fmt: skip


def _unit_of(panel: Panel, column: Column, row: Row, grammar: Grammar) -> tuple[str, Fraction | None]:
    """Return the unit that the unit column prints in the row, and its factor."""
    unit = row.cell(column.unit_index or 0).strip()
    panel.unit_texts[unit] = panel.unit_texts.get(unit, 0) + 1
    return unit, _factor(column, unit, grammar)


def _factor(column: Column, unit: str, grammar: Grammar) -> Fraction | None:
    """Return the factor from a unit to that of the column's indicator."""
    if not column.indicator_id:
        return None
    return grammar.units.factor(unit, grammar.indicators[column.indicator_id]["unit"])
