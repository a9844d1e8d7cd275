"""Where the predicate of a sample runs: a DuckDB of its own that holds the panel and nothing else.

The predicate is text from a CSV, so it is not trusted: no file, no network, no Python object, no setting, one
statement, bounded memory and time. What it may say is decided in `predicate_grammar`.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pandas as pd

from citypanel.estimation.errors import nearest
from citypanel.regressions.cell_grammar import SpecificationError
from citypanel.regressions.predicate_grammar import require_plain

TIME_LIMIT_SECONDS = 10.0
MEMORY_LIMIT = "512MB"
_LOCKS = (
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set temp_directory = ''",
    "set enable_external_access = false",
    "set python_enable_replacements = false",
    "set threads = 1",
    f"set memory_limit = '{MEMORY_LIMIT}'",
    "set lock_configuration = true",
)
_FAILURES: dict[type[duckdb.Error], str] = {
    duckdb.PermissionException: "predicate_reads_outside",
    duckdb.InterruptException: "predicate_too_slow",
    duckdb.OutOfMemoryException: "predicate_too_large",
    duckdb.ParserException: "predicate_syntax",
}


class PredicateSandbox:
    """The panel as table `city_year` in a locked in-memory DuckDB; a context manager.

    columns: of the panel; repeated_keys: city_id and year of its rows whose key stands before them already.
    """

    def __init__(self, panel: pd.DataFrame, time_limit: float = TIME_LIMIT_SECONDS) -> None:
        """Copy `panel` (keys city_id, year) in; `time_limit` in seconds holds for each predicate."""
        self.columns = [str(column) for column in panel.columns]
        self.time_limit = time_limit
        self.repeated_keys = panel.loc[panel.duplicated(["city_id", "year"]), ["city_id", "year"]]
        self._answers: dict[str, pd.DataFrame] = {}
        self._connection = duckdb.connect(":memory:")
        self._connection.register("panel_to_copy", panel)
        self._connection.execute("create table city_year as select * from panel_to_copy")
        self._connection.unregister("panel_to_copy")
        for lock in _LOCKS:
            self._connection.execute(lock)

    def __enter__(self) -> PredicateSandbox:
        """Return self."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the database."""
        self._connection.close()

    def rows(self, predicate: str) -> pd.DataFrame:
        """Return the (city_id, year) for which `predicate` is true, sorted by both; asked once per predicate.

        Raises SpecificationError: predicate_second_statement, predicate_syntax, predicate_empty,
        predicate_not_plain, predicate_not_repeatable, predicate_unknown_column, predicate_unknown_table,
        predicate_unknown_function, predicate_reads_outside, predicate_not_boolean, predicate_too_slow,
        predicate_too_large, predicate_failed.
        """
        if predicate not in self._answers:
            self._answers[predicate] = self._selected(predicate)
        return self._answers[predicate]

    def _selected(self, predicate: str) -> pd.DataFrame:
        # the line break ends a trailing comment, which would else swallow the bracket
        condition = f"({predicate.strip().rstrip(';')}\n)"
        query = f"select city_id, year from city_year where {condition}"
        with self._guard(predicate):
            self._require_one_statement(predicate, query)
            require_plain(self._syntax_tree(query, predicate), predicate)
            self._require_boolean(condition, predicate)
            return self._connection.execute(query + " order by city_id, year").df()

    @contextmanager
    def _guard(self, predicate: str) -> Iterator[None]:
        """Interrupt at the time limit and turn what DuckDB raises into a message."""
        timer = threading.Timer(self.time_limit, self._connection.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield
        except duckdb.Error as error:
            raise self._explained(error, predicate) from error
        finally:
            timer.cancel()

    def _require_one_statement(self, predicate: str, query: str) -> None:
        for text in (f"select 1 where {predicate}", query):
            try:
                count = len(self._connection.extract_statements(text))
            except duckdb.ParserException:
                # the bare form may fail where the bracketed one parses, and the reverse; the query decides
                if text is query:
                    raise
                continue
            if count != 1:
                raise SpecificationError("predicate_second_statement", predicate=predicate)

    def _syntax_tree(self, query: str, predicate: str) -> dict:
        answer = self._connection.execute("select json_serialize_sql(?)", [query]).fetchone()
        tree = json.loads(answer[0]) if answer else {"error": True}
        if tree.get("error"):
            raise SpecificationError("predicate_not_plain", predicate=predicate)
        return tree

    def _require_boolean(self, condition: str, predicate: str) -> None:
        described = self._connection.execute(
            f"describe select {condition} as answer from city_year"
        ).fetchone()
        kind = described[1] if described else "nothing"
        if kind != "BOOLEAN":
            raise SpecificationError("predicate_not_boolean", predicate=predicate, kind=kind)

    def _explained(self, error: duckdb.Error, predicate: str) -> SpecificationError:
        """Return the message that names the word to change, where DuckDB names it."""
        text = str(error)
        if match := re.search(r'Referenced column "([^"]+)" (?:was )?not found', text):
            near = nearest(match[1], self.columns)
            return SpecificationError("predicate_unknown_column", variable=match[1], nearest=near)
        if match := re.search(r'Referenced table "([^"]+)" not found', text):
            return SpecificationError("predicate_unknown_table", name=match[1])
        kinds = [message_id for kind, message_id in _FAILURES.items() if isinstance(error, kind)]
        message_id = kinds[0] if kinds else "predicate_failed"
        arguments = {
            "predicate_reads_outside": {"name": predicate},
            "predicate_too_slow": {"predicate": predicate, "seconds": f"{self.time_limit:g}"},
            "predicate_too_large": {"predicate": predicate, "memory": MEMORY_LIMIT},
        }.get(message_id, {"predicate": predicate, "detail": text.split("\n", 1)[0]})
        return SpecificationError(message_id, **arguments)
