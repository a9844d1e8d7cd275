"""The project's database, opened for reading, with a sentence instead of a traceback where that fails."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from citypanel.console.holders import Holder, holders, process
from citypanel.messages import Mistake
from citypanel.progress import bars_in_a_terminal_alone


def open_read_only(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the database for reading.

    Raises `Mistake` when it was never built, another program holds it, or it is not a DuckDB database.
    """
    if not path.exists():
        raise Mistake("database_absent", database=path, remedy="make build")
    try:
        return bars_in_a_terminal_alone(duckdb.connect(str(path), read_only=True))
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
    holder = named_holder(path, text)
    if holder is not None:
        return Mistake("database_held", database=path, program=holder.command, pid=holder.pid or "?",
                       user=holder.user)
    if re.search(r"version number|newer version|older version", text, re.IGNORECASE):
        return Mistake("database_of_another_duckdb", database=path, version=duckdb.__version__, error=text)
    return Mistake("database_unreadable", database=path, error=text)


def named_holder(path: Path, text: str) -> Holder | None:
    """Return who holds the database, if DuckDB's message `text` says that somebody does.

    DuckDB names the process and its program; the system its command line and user. Where nobody tells, the
    process is 0 and the rest `?`.
    """
    told = re.search(r"lock is held in (.+?) \(PID (\d+)\)(?: by user (\w+))?", text)
    if told:
        found = process(int(told[2]))
        return Holder(found.pid, told[1] if found.command == "?" else found.command,
                      (told[3] or "?") if found.user == "?" else found.user)  # fmt: skip
    if re.search(r"could not set lock|being used by another process|already open", text, re.IGNORECASE):
        return next(iter(holders(path)), Holder(0))
    return None


def one_line(error: Exception) -> str:
    """Return DuckDB's message on one line, without the echo of the statement and its caret."""
    text = str(error).split("\n\nLINE ")[0]
    return " ".join(text.split())
