"""The trace of an import: `cells.parquet`, one row per number that was read, with the place it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd

from citypanel.importing.cells import Cell
from citypanel.importing.grammar import Grammar
from citypanel.importing.long.shape import quoted
from citypanel.importing.long.store import Store
from citypanel.importing.long.trace import long_cells
from citypanel.importing.mapping import Column
from citypanel.importing.sources import Source

# the columns and their types; is_candidate marks the one cell of its source for a city, year and indicator,
# is_tabulated the candidates that stand in a yearbook table; value is the number in `unit`, or for indicators
# that the dictionary does not hold in `unit_printed`
CELL_COLUMNS = {
    "source_table": "varchar",
    "city_id": "varchar",
    "city_printed": "varchar",
    "year": "integer",
    "year_origin": "varchar",
    "year_evidence": "varchar",
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
# those that are the same for all cells of a column
COLUMN_FIELDS = (
    "source_table", "column_printed", "indicator_id", "indicator_printed", "scope", "unit", "file", "sheet",
)  # fmt: skip
TEXTS_OF_CELLS = (
    "city_id", "city_printed", "unit_printed", "source_id", "cell", "value_printed", "match_kind",
)  # fmt: skip
_ROWS_AT_ONCE = 100_000


def _frame(cells: Sequence[Cell], grammar: Grammar) -> pd.DataFrame:
    """Return the rows of cells.parquet of some cells; what their columns say is looked up once for each."""
    columns = {id(cell.column): cell.column for cell in cells}
    numbers = {key: number for number, key in enumerate(columns)}
    of_columns = zip(*(_column_record(column, grammar) for column in columns.values()), strict=True)
    of_cells = np.array([numbers[id(cell.column)] for cell in cells])
    said = (_repeated(texts, of_cells) for texts in of_columns)
    values = dict(zip(COLUMN_FIELDS, said, strict=True)) | {
        "city_id": [cell.match.city_id or None for cell in cells],
        "city_printed": [cell.city_printed for cell in cells],
        "year": [cell.year for cell in cells],
        "year_origin": _repeated(*_distinct([cell.year_origin[0] for cell in cells])),
        "year_evidence": _repeated(*_distinct([cell.year_origin[1] for cell in cells])),
        "unit_printed": [cell.unit for cell in cells],
        "factor": np.array([cell.factor for cell in cells], dtype=float),
        "source_id": [cell.source_id for cell in cells],
        "cell": [cell.reference for cell in cells],
        "row": [cell.row for cell in cells],
        "value_printed": [cell.printed for cell in cells],
        "value": np.array([_value(cell) for cell in cells], dtype=float),
        "match_kind": [cell.match.kind if cell.kind == "city" else cell.kind for cell in cells],
        "is_candidate": [cell.candidate for cell in cells],
        "is_tabulated": [cell.candidate and bool(cell.column.indicator_id) for cell in cells],
    }
    return pd.DataFrame(
        {
            name: pd.Series(values[name], dtype=object) if name in TEXTS_OF_CELLS else values[name]
            for name in CELL_COLUMNS
        }
    )


def _distinct(texts: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """Return the different texts, and the place of each text among them."""
    places, distinct = pd.factorize(np.array(texts, dtype=object))
    return list(distinct), places


def _repeated(texts: Sequence[str], places: np.ndarray) -> pd.Categorical:
    """Return the texts at `places`, each kept once."""
    codes, distinct = pd.factorize(np.array(texts, dtype=object))
    return pd.Categorical.from_codes(codes[places], categories=pd.Index(distinct, dtype=object))


def _column_record(column: Column, grammar: Grammar) -> list[str]:
    """Return what a column says of each of its cells, in the order of COLUMN_FIELDS."""
    entry = grammar.indicators.get(column.indicator_id, {})
    header = column.header
    scope = header.scope or entry.get("scope", "")
    return [
        entry.get("source_table", ""), header.printed, column.indicator_id,
        header.label if column.indicator_id else grammar.extra_name(header), scope,
        entry.get("unit", ""), column.file, column.sheet,
    ]  # fmt: skip


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
        yield _frame(batch, grammar)


def batched(cells: Iterable[Cell], size: int) -> Iterator[list[Cell]]:
    """Yield lists of at most `size` cells."""
    every = iter(cells)
    while batch := list(islice(every, size)):
        yield batch
