"""The trace of an import: `cells.parquet`, one row per number that was read, with the place it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb
import pandas as pd

from citypanel.importing.cells import Cell
from citypanel.importing.grammar import Grammar

# the columns and their types; is_candidate marks the one cell of its source for a city, year and indicator
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
    "match_kind": "varchar",
    "is_candidate": "boolean",
}


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
        "match_kind": cell.match.kind if cell.kind == "city" else cell.kind,
        "is_candidate": cell.candidate,
    }


def write_cells(path: Path, cells: Iterable[Cell], grammar: Grammar) -> None:
    """Write every cell as a row of the Parquet file `path`, in reading order."""
    frame = pd.DataFrame.from_records(
        [_cell_record(cell, grammar) for cell in cells], columns=list(CELL_COLUMNS)
    )
    typed = ", ".join(f'"{column}"::{kind} as "{column}"' for column, kind in CELL_COLUMNS.items())
    target = str(path).replace("'", "''")
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("frame", frame)
        connection.execute(f"copy (select {typed} from frame) to '{target}' (format parquet)")
