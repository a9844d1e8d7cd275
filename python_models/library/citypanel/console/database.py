"""The project's database, opened for reading, with a sentence instead of a traceback where that fails."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from citypanel.messages import Mistake


def open_read_only(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the database for reading.

    Raises `Mistake` when it was never built, another program holds it, or it is not a DuckDB database.
    """
    if not path.exists():
        raise Mistake("database_absent", database=path, remedy="make build")
    try:
        return duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise opening_mistake(path, error) from error


def refuse_if_held(path: Path) -> None:
    """Raise `Mistake` when a build could not write the database: held by another program, or no database."""
    if not path.exists():
        return
    try:
        duckdb.connect(str(path)).close()
    except duckdb.Error as error:
        raise opening_mistake(path, error) from error


def opening_mistake(path: Path, error: Exception) -> Mistake:
    """Return the mistake behind DuckDB's refusal to open `path`, naming the holder where DuckDB tells it."""
    text = one_line(error)
    holder = re.search(r"lock is held in (.+?) \(PID (\d+)\)", text)
    if holder:
        return Mistake("database_held", database=path, program=holder[1], pid=holder[2])
    if re.search(r"could not set lock|being used by another process|already open", text, re.IGNORECASE):
        return Mistake("database_held", database=path, program="?", pid="?")
    return Mistake("database_unreadable", database=path, error=text)


def one_line(error: Exception) -> str:
    """Return DuckDB's message on one line, without the echo of the statement and its caret."""
    text = str(error).split("\n\nLINE ")[0]
    return " ".join(text.split())
