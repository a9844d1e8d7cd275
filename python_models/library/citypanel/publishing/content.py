"""The sum of a table's content: equal for equal rows in any order, floats to 12 significant digits."""

from __future__ import annotations

import duckdb

FLOATS = ("DOUBLE", "FLOAT")
# a missing value is not an empty text, and a cell does not run into the next
MISSING, BETWEEN = "chr(1)", "chr(31)"
# the halves of an MD5 are summed apart: sums of whole ones would not fit
LOW_HALF = 2**64 - 1


def quoted(*names: str) -> str:
    """Return the names as one quoted SQL name: "schema"."table"."""
    return ".".join('"' + name.replace('"', '""') + '"' for name in names)


def text(value: str) -> str:
    """Return the value as an SQL text."""
    return "'" + value.replace("'", "''") + "'"


def content_sha256(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """Return the SHA-256 of the table's content: its column names, how many rows, and the sum of their MD5s.

    `table` is a quoted name. A sum has no order, so that the rows need none, and takes no memory, so that ten
    million rows are summed on a small computer; a row printed twice counts twice.
    """
    columns = connection.execute(f"describe {table}").fetchall()
    names = text("|".join(str(name) for name, *_ in columns))
    cells = ", ".join(f"coalesce({_cell(quoted(name), kind)}, {MISSING})" for name, kind, *_ in columns)
    sums = f"count(*), coalesce(sum((m >> 64)::hugeint), 0), coalesce(sum((m & {LOW_HALF})::hugeint), 0)"
    found = connection.execute(
        f"select sha256(concat_ws('|', {names}, {sums})) "
        f"from (select md5_number(concat_ws({BETWEEN}, {cells})) as m from {table})"
    ).fetchone()
    return str(found[0]) if found else ""


def _cell(column: str, kind: str) -> str:
    """Return a cell as text; minus zero is zero."""
    return f"format('{{:.12g}}', {column} + 0.0)" if kind in FLOATS else f"{column}::varchar"
