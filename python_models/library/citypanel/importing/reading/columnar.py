"""Parquet files, by DuckDB: a row of column names, then the rows as printed text."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import duckdb

from citypanel.importing.printed_text import cell_text
from citypanel.importing.reading.limits import LONG_FROM_CELLS, ROWS_SHOWN
from citypanel.importing.reading.sheet import LongTable, Refused, Sheet


def read_parquet(path: Path, file: str, spool: Path) -> list[Sheet]:
    """Read a Parquet file as one sheet whose first row is its column names."""
    plain = without_pattern(path, spool)
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            found = connection.read_parquet(str(plain))
            names, is_long = list(found.columns), found.shape[0] * len(found.columns) > LONG_FROM_CELLS
            shown = found.limit(ROWS_SHOWN) if is_long else found
            rows = shown.project(", ".join(map(_selected, names, found.types))).fetchall()
            texts = [[cell_text(cell) for cell in row] for row in rows]
    except Exception as error:  # DuckDB's own errors, and names of columns that are no text
        raise Refused("import_unreadable", error=" ".join(str(error).split())[:200]) from error
    return [Sheet(file, "", [names, *texts], long=LongTable(plain) if is_long else None)]


def _selected(name: str, kind: object) -> str:
    """Return the SQL of a column; a single-precision number with the digits that it holds."""
    quoted = '"' + name.replace('"', '""') + '"'
    return f"{quoted}::varchar" if str(kind) == "FLOAT" else quoted


def without_pattern(path: Path, spool: Path) -> Path:
    """Return a path that DuckDB does not take for a pattern of names: `path`, or a link or copy of it."""
    if not set("*?[]{}") & set(str(path)):
        return path
    handle, name = tempfile.mkstemp(dir=spool, prefix="plain-", suffix=path.suffix)
    os.close(handle)
    os.unlink(name)
    try:
        os.symlink(path.resolve(), name)
    except OSError:  # Windows asks for a right to make links
        shutil.copyfile(path, name)
    return Path(name)
