"""One read-only statement against the built database, answered as a frame or with a one-line mistake."""

from __future__ import annotations

import difflib
import re

import duckdb
import pandas as pd

from citypanel.console.database import one_line
from citypanel.messages import Mistake

# a PIVOT parses as MULTI; what writes (copy, create, insert, attach, set) is refused before the read-only
# connection would refuse most of it
READING = {"SELECT", "EXPLAIN", "MULTI"}


def run_query(connection: duckdb.DuckDBPyConnection, statement: str) -> pd.DataFrame:
    """Return the rows of one reading statement.

    Raises `Mistake` when there is no or more than one statement, when it writes, or when DuckDB refuses it.
    """
    try:
        parsed = connection.extract_statements(statement)
        if len(parsed) != 1:
            raise Mistake("query_not_one_statement", count=len(parsed))
        kind = parsed[0].type.name
        if kind not in READING:
            raise Mistake("query_does_not_read", kind=kind.lower())
        return connection.execute(parsed[0]).df()
    except duckdb.Error as error:
        text = one_line(error)
        raise Mistake("query_failed", error=text, hint=_hint(connection, text)) from error


def _hint(connection: duckdb.DuckDBPyConnection, text: str) -> str:
    """Return the names nearest to the one DuckDB did not find, led by a blank; empty where it names them."""
    table = re.search(r"Table with name (\S+) does not exist", text)
    column = re.search(r"(?:Referenced column|column named) \"(.+?)\"", text)
    wanted = table or column
    if wanted is None:
        return ""
    if table:
        names = connection.execute("select table_schema || '.' || table_name from information_schema.tables")
    else:
        names = connection.execute("select distinct column_name from duckdb_columns() where not internal")
    nearest = _nearest(wanted[1], [name for (name,) in names.fetchall()])
    unsaid = [name for name in nearest if f'"{name}"' not in text]
    return f" ({', '.join(unsaid)}?)" if unsaid else ""


def _nearest(wanted: str, names: list[str]) -> list[str]:
    """Return up to three of the names nearest to `wanted`, a table also by its name without the schema."""
    spelt = {key: name for name in sorted(names) for key in (name.split(".")[-1].lower(), name.lower())}
    found = difflib.get_close_matches(wanted.strip('"').lower(), list(spelt), n=6, cutoff=0.6)
    return list(dict.fromkeys(spelt[key] for key in found))[:3]
