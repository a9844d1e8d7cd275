"""The rows of a long sheet in a DuckDB file, as printed, beside the lists that were resolved of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pandas as pd

from citypanel.importing.long.shape import Shape, quoted
from citypanel.importing.reading.sheet import LongTable, Refused
from citypanel.progress import bars_in_a_terminal_alone

MEMORY, THREADS = "1500MB", 2
_EXPONENT = "rtrim(rtrim(({0}::decimal(38, 18))::varchar, '0'), '.')"
_NUMBER = (
    "case when {0} = trunc({0}) and abs({0}) < 1e16 then {0}::bigint::varchar "
    "when abs({0}) between 1e-15 and 1e18 and contains({0}::varchar, 'e') then " + _EXPONENT + " "
    "else {0}::varchar end"
)


class Store:
    """Tables on disk, within a limit of memory; one per import."""

    def __init__(self, spool: Path) -> None:
        """Open a database in the folder `spool`."""
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "temp_directory": str(spool / "spilled"),
            "threads": THREADS,
        }
        connection = duckdb.connect(str(spool / "long.duckdb"), config=settings)
        self._connection = bars_in_a_terminal_alone(connection)

    def __enter__(self) -> Store:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the database."""
        self._connection.close()

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        return self._connection.execute(statement).fetchall()

    def keep(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Write rows as the table `name` (columns are `name type`)."""
        names = [column.split()[0] for column in columns]
        frame = pd.DataFrame.from_records(list(rows), columns=names)
        self._connection.register("given", frame)
        typed = ", ".join(
            f'"{column.split()[0]}"::{column.split()[1]} as "{column.split()[0]}"' for column in columns
        )
        self._connection.execute(f"create or replace table {name} as select {typed} from given")
        self._connection.unregister("given")

    def append(self, name: str, frame: pd.DataFrame) -> None:
        """Add the rows of a frame to the table `name`, column by column in its order."""
        self._connection.register("given", frame)
        self._connection.execute(f"insert into {name} select * from given")
        self._connection.unregister("given")

    def load(self, name: str, table: LongTable, shape: Shape) -> None:
        """Load the rows below the header as the view `name`: `r` (the row, counted from 0), `c0`, `c1`, …

        Raises `Refused` (`import_unreadable`) where the rows cannot be told apart.
        """
        try:
            self._load(name, table, shape)
        except duckdb.Error as error:
            raise Refused("import_unreadable", error=" ".join(str(error).split())[:200]) from error

    def _load(self, name: str, table: LongTable, shape: Shape) -> None:
        used = sorted(
            {
                *shape.roles.values(),
                *shape.values,
                *(c for c in (*shape.values.values(), shape.areas) if c is not None),
            }
        )
        if table.delimiter:
            texts = {column: f"coalesce(c{column}, '')" for column in used}
            self._load_text(name, table, shape)
            first = 0
        else:
            kinds = self.run(f"describe select * from read_parquet({quoted(str(table.path))})")
            texts = {column: _printed(kinds[column][0], kinds[column][1]) for column in used}
            self.run(f"create or replace table loaded as from read_parquet({quoted(str(table.path))})")
            first = 1
        selected = ", ".join(f"{text} as c{column}" for column, text in texts.items())
        self.run(
            f"create or replace view {name} as select rowid + {first} as r, {selected} from loaded "
            f"where rowid + {first} > {shape.header_row}"
        )

    def unload(self, *views: str) -> None:
        """Drop views and the rows that `load` loaded."""
        for view in views:
            self.run(f"drop view {view}")
        self.run("drop table loaded")

    def _load_text(self, name: str, table: LongTable, shape: Shape) -> None:
        """Load a text table; one whose rows differ in length is read more slowly."""
        columns = ", ".join(f"'c{column}': 'varchar'" for column in range(shape.width))
        read = (
            f"create or replace table loaded as from read_csv({quoted(str(table.path))}, header = false, "
            f"delim = {quoted(table.delimiter)}, quote = '\"', escape = '\"', auto_detect = false, "
            f"columns = {{{columns}}}, max_line_size = 16000000"
        )
        try:
            self.run(f"{read})")
        except duckdb.Error:
            self.run(f"{read}, null_padding = true, strict_mode = false, parallel = false)")


def _printed(name: str, kind: str) -> str:
    """Return the SQL of a Parquet column as printed text."""
    column = '"' + name.replace('"', '""') + '"'
    if kind in ("DOUBLE", "FLOAT"):
        return f"coalesce({_NUMBER.format(column)}, '')"
    return f"coalesce({column}::varchar, '')"
