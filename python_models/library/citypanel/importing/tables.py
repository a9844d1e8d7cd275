"""From cells to the yearbook tables: one row per city, year and source, the first of repeated numbers.

A number printed twice by one source stands once; where the two differ the first is kept in the table, both stay in
cells.parquet, and the report names them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from citypanel.importing.cells import Cell
from citypanel.importing.grammar import Grammar
from citypanel.importing.roster import Roster
from citypanel.importing.row_kinds import IN_TABLES
from citypanel.importing.sources import Source

LAST_YEAR = 2100
KEYS = ("年份", "城市", "来源")


@dataclass
class Choice:
    """Which cells stand in the tables, and why others do not."""

    repeated: Counter[str] = field(default_factory=Counter)
    conflicts: list[tuple[Cell, Cell]] = field(default_factory=list)
    outside_roster: Counter[int] = field(default_factory=Counter)
    units_unknown: Counter[tuple[str, str]] = field(default_factory=Counter)


def choose_candidates(sources: list[Source], roster: Roster) -> Choice:
    """Mark of each source the one cell that stands for a city, year and indicator; return what was set aside.

    Years before the roster begins have no dated names: their numbers stay in cells.parquet.
    """
    choice = Choice()
    for source in sources:
        first: dict[tuple[str, int, str, str], Cell] = {}
        for cell in source.cells:
            if cell.kind not in IN_TABLES:
                continue
            column = cell.column
            if not roster.first_year <= cell.year <= LAST_YEAR:
                choice.outside_roster[cell.year] += 1
            elif column.indicator_id and cell.factor is None:
                choice.units_unknown[(column.header.printed, cell.unit)] += 1
            else:
                key = (cell.unit_key, cell.year, column.indicator_id, "" if column.indicator_id else column.header.label)
                kept = first.setdefault(key, cell)
                cell.candidate = kept is cell
                if kept is not cell:
                    _note_repetition(choice, source, kept, cell)
    return choice


def _note_repetition(choice: Choice, source: Source, kept: Cell, cell: Cell) -> None:
    """Count a repeated number, or keep the pair where the two differ."""
    same = kept.written == cell.written or (kept.value is not None and kept.value == cell.value)
    if same:
        choice.repeated[source.source_id] += 1
    else:
        choice.conflicts.append((kept, cell))


def table_rows(sources: list[Source], grammar: Grammar, roster: Roster) -> dict[str, list[list[str]]]:
    """Return the rows of every yearbook table, header first, sorted by precedence, year and code of the city."""
    columns: dict[str, list[str]] = {}
    for indicator_id, row in grammar.indicators.items():
        columns.setdefault(row["source_table"], []).append(indicator_id)
    filled: dict[str, dict[tuple[int, int, str, str, str], dict[str, str]]] = {table: {} for table in columns}
    names: dict[tuple[str, str, int], str] = {}
    for source in sources:
        for cell in source.cells:
            if not (cell.candidate and cell.column.indicator_id):
                continue
            table = grammar.indicators[cell.column.indicator_id]["source_table"]
            name = names.setdefault((source.source_id, cell.unit_key, cell.year), cell.city)
            code = roster.code(cell.match.city_id, cell.year) or "999999"
            key = (source.precedence, cell.year, code, name, source.source_id)
            filled[table].setdefault(key, {})[cell.column.indicator_id] = cell.written
    return {
        table: [
            [*KEYS, *(grammar.indicators[indicator_id]["printed_header"] for indicator_id in columns[table])],
            *(
                [str(year), name, source_id, *(values.get(indicator_id, "") for indicator_id in columns[table])]
                for (_, year, _, name, source_id), values in sorted(filled[table].items())
            ),
        ]
        for table in columns
    }
