"""From cells to the yearbook tables: one row per city, year and source, the first of repeated numbers.

A number printed twice by one source stands once; where the two differ the first is kept in the table, both
stay in cells.parquet, and the report names them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from citypanel.importing.cells import Cell
from citypanel.importing.grammar import Grammar
from citypanel.importing.reference_rows import tables_of
from citypanel.importing.roster import Roster
from citypanel.importing.row_kinds import IN_TABLES
from citypanel.importing.sources import Source

KEYS = ("年份", "城市", "来源")
LAST_CODE = "999999"

# precedence of the source, year, code and name of the city, source_id
RowKey = tuple[int, int, str, str, str]


@dataclass
class Choice:
    """Which cells stand in the tables, and why others do not."""

    repeated: Counter[str] = field(default_factory=Counter)
    conflicts: list[tuple[Cell, Cell]] = field(default_factory=list)
    units_unknown: Counter[tuple[str, str]] = field(default_factory=Counter)


def choose_candidates(sources: list[Source]) -> Choice:
    """Mark of each source the one cell that stands for a city, year and indicator; return what was set
    aside.
    """
    choice = Choice()
    for source in sources:
        first: dict[tuple[str, int, str, str], Cell] = {}
        for cell in source.cells:
            if cell.kind not in IN_TABLES:
                continue
            column = cell.column
            if column.indicator_id and cell.factor is None:
                choice.units_unknown[(column.header.printed, cell.unit)] += 1
            else:
                key = (
                    cell.unit_key,
                    cell.year,
                    column.indicator_id,
                    "" if column.indicator_id else column.header.label,
                )
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
    """Return the rows of every yearbook table, header first, sorted by precedence, year and code of the
    city.
    """
    tables = tables_of(list(grammar.indicators.values()))
    filled: dict[str, dict[RowKey, dict[str, str]]] = {table: {} for table in tables}
    for source in sources:
        keys: dict[tuple[str, int], RowKey] = {}
        for cell in source.cells:
            if cell.candidate and cell.column.indicator_id:
                place = cell.unit_key, cell.year
                if place not in keys:
                    code = roster.code(cell.match.city_id, cell.year) or LAST_CODE
                    keys[place] = (source.precedence, cell.year, code, cell.city, source.source_id)
                entry = grammar.indicators[cell.column.indicator_id]
                row = filled[entry["source_table"]].setdefault(keys[place], {})
                row[entry["printed_header"]] = cell.written
    return {
        table: _with_header([row["printed_header"] for row in rows], filled[table])
        for table, rows in tables.items()
    }


def _with_header(columns: list[str], filled: dict[RowKey, dict[str, str]]) -> list[list[str]]:
    """Return the sorted rows of one table under its header."""
    rows = [
        [str(year), name, source_id, *(values.get(column, "") for column in columns)]
        for (_, year, _, name, source_id), values in sorted(filled.items())
    ]
    return [[*KEYS, *columns], *rows]


def rows_by_source(rows: list[list[str]]) -> dict[str, int]:
    """Return the number of rows by source_id (the third key of a yearbook table)."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row[2]] = counts.get(row[2], 0) + 1
    return counts
