"""DuckDB draws a bar of progress on standard output when a statement takes long, be it a file or a pipe."""

from __future__ import annotations

import sys

import duckdb


def bars_in_a_terminal_alone(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Return the connection, its bars of progress switched off unless standard output is a terminal.

    In a pipe they would stand among the rows that a command prints.
    """
    connection.execute(f"set enable_progress_bar = {sys.stdout.isatty()}")
    return connection
