"""The trace of an import: `cells.parquet`, one row per number that was read, with the place it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pandas as pd

from citypanel.importing.cells import Cell
from citypanel.importing.grammar import Grammar
from citypanel.importing.long.shape import quoted
from citypanel.importing.long.store import Store
from citypanel.importing.long.trace import long_cells
from citypanel.importing.sources import Source

# the columns and their types; is_candidate marks the one cell of its source for a city, year and indicator,
# is_tabulated the candidates that stand in a yearbook table; value is the number in `unit`, or for indicators
# that the dictionary does not hold in `unit_printed`
CELL_COLUMNS = {
    "source_table": "varchar",
    "city_id": "varchar",
    "city_printed": "varchar",
    "year": "integer",
    "column_printed": "varchar",
    "indicator_id": "varchar",
    "indicator_printed": "varchar",
    "scope": "varchar",
    "unit_printed": "varchar",
    "unit": "varchar",
    "factor": "double",
    "source_id": "varchar",
    "file": "varchar",
    "sheet": "varchar",
    "cell": "varchar",
    "row": "integer",
    "value_printed": "varchar",
    "value": "double",
    "match_kind": "varchar",
    "is_candidate": "boolean",
    "is_tabulated": "boolean",
}
_ROWS_AT_ONCE = 100_000


def _cell_record(cell: Cell, grammar: Grammar) -> dict[str, object]:
    """Return the row of cells.parquet of one cell."""
    column = cell.column
    entry = grammar.indicators.get(column.indicator_id, {})
    return {
        "source_table": entry.get("source_table", ""),
        "city_id": cell.match.city_id or None,
        "city_printed": cell.city_printed,
        "year": cell.year,
        "column_printed": column.header.printed,
        "indicator_id": column.indicator_id,
        "indicator_printed": column.header.label,
        "scope": column.header.scope or entry.get("scope", ""),
        "unit_printed": cell.unit,
        "unit": entry.get("unit", ""),
        "factor": None if cell.factor is None else float(cell.factor),
        "source_id": cell.source_id,
        "file": column.file,
        "sheet": column.sheet,
        "cell": cell.reference,
        "row": cell.row,
        "value_printed": cell.printed,
        "value": _value(cell),
        "match_kind": cell.match.kind if cell.kind == "city" else cell.kind,
        "is_candidate": cell.candidate,
        "is_tabulated": cell.candidate and bool(column.indicator_id),
    }


def _value(cell: Cell) -> float | None:
    """Return the double nearest to the exact number."""
    exact = cell.value if cell.column.indicator_id else cell.number
    return None if exact is None else float(exact)


def write_cells(path: Path, sources: Sequence[Source], grammar: Grammar, store: Store) -> None:
    """Write every cell as a row of the Parquet file `path`, in reading order, those of long sheets last.

    Memory does not grow with the number of cells.
    """
    store.run("create or replace table short (" + ", ".join(f"{c} {k}" for c, k in _columns()) + ")")
    for frame in _frames(sources, grammar):
        store.append("short", frame)
    columns = ", ".join(f"{column}::{kind} as {column}" for column, kind in _columns())
    parts = ["from short", *long_cells(sources, grammar)]
    store.run("set threads = 1")  # two threads write the same rows in another order each time
    store.run(
        f"copy (select {columns} from ({' union all by name '.join(f'({part})' for part in parts)})) "
        f"to {quoted(str(path))} (format parquet, compression zstd)"
    )


def _columns() -> list[tuple[str, str]]:
    """Return the columns as SQL names with their types."""
    return [(f'"{column}"', kind) for column, kind in CELL_COLUMNS.items()]


def _frames(sources: Sequence[Source], grammar: Grammar) -> Iterator[pd.DataFrame]:
    """Yield the cells of short sheets in batches."""
    cells = (cell for source in sources for cell in source.cells)
    for batch in batched(cells, _ROWS_AT_ONCE):
        yield pd.DataFrame.from_records(
            [_cell_record(cell, grammar) for cell in batch], columns=list(CELL_COLUMNS)
        )


def batched(cells: Iterable[Cell], size: int) -> Iterator[list[Cell]]:
    """Yield lists of at most `size` cells."""
    every = iter(cells)
    while batch := list(islice(every, size)):
        yield batch
