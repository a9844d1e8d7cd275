"""The tables of a publication: copied into one DuckDB file, and from there into one Parquet file each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from citypanel.publishing import disk
from citypanel.publishing.content import content_sha256, quoted, text

# name of the published file inside the connection while it is written
COPY = "publication_copy"
PARQUET = "parquet"
Table = tuple[str, str]


@contextmanager
def attached_copy(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    """Attach a DuckDB file for writing as `publication_copy`; detached, all of it is in the file."""
    connection.execute(f"detach database if exists {COPY}")
    connection.execute(f"attach {text(str(path))} as {COPY}")
    try:
        yield
        # what a detaching database cannot write, it does not tell
        connection.execute(f"checkpoint {COPY}")
    finally:
        connection.execute(f"detach {COPY}")


def copy_tables(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table]) -> None:
    """Copy tables and views, as tables, into the attached copy; either all are there or none."""
    connection.execute("begin transaction")
    try:
        for schema in sorted({schema for schema, _ in tables}):
            connection.execute(f"create schema if not exists {quoted(COPY, schema)}")
        for schema, table in tables:
            connection.execute(f"create table {quoted(COPY, schema, table)} as from {quoted(schema, table)}")
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def write_parquet(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], folder: Path
) -> list[dict[str, Any]]:
    """Write one Parquet file per table of the attached copy; return what the manifest says of each."""
    disk.make_folder(folder / PARQUET)
    return [_one_parquet(connection, table, folder) for table in tables]


def _one_parquet(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> dict[str, Any]:
    name = quoted(COPY, *table)
    path = folder / PARQUET / f"{table[0]}.{table[1]}.parquet"
    disk.write(path, lambda to: connection.execute(
        f"copy {name} to {text(str(to))} (format parquet, compression zstd)"))
    rows = connection.execute(f"select count(*) from {name}").fetchone()
    return {
        "schema": table[0],
        "table": table[1],
        "rows": int(rows[0]) if rows else 0,
        "columns": len(connection.execute(f"describe {name}").fetchall()),
        "content_sha256": content_sha256(connection, name),
        "file": path.relative_to(folder).as_posix(),
    }
