"""The short text that ends a build: where the database is, what it holds, and three questions to ask it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import duckdb

from citypanel.console.reading import open_for_reading, published_lines
from citypanel.messages import language, message
from citypanel.project import SAMPLE_YEARBOOK, database_path, yearbook_setting
from citypanel.publishing.versions import data_kind

REASONS_SHOWN = 8
# the first line of an analysis that the summary offers: `-- summary 1: the question`
OFFERED = re.compile(r"--\s*summary\s+(\d+):\s*(.*)")
REF = re.compile(r"\{\{\s*ref\(\s*['\"](\w+)['\"]\s*\)\s*\}\}")


def summary(root: Path, unpublished: bool = False) -> str:
    """Return the summary of the publication of the yearbook folder in force, or of the database.

    Raises `Mistake` when there is no database or another program holds it.
    """
    database = database_path(root)
    with open_for_reading(root, unpublished) as connection:
        tables = _tables(connection)
        lines = [message("summary_database", database=_short(database)), *_panel(connection, tables),
                 *_regressions(connection, tables), *_findings(connection, tables),
                 *_left(connection, tables), *published_lines(root)]
        questions = [f"  {command}" for command in query_commands(root, tables)]
    return "\n".join([*lines, message("summary_questions"), *questions])


def query_commands(root: Path, tables: dict[str, str]) -> list[str]:
    """Return the commands that ask the summary's questions, ready for a shell.

    `tables` gives schema.table by table name; questions about a table that is not there are left out.
    """
    statements = [statement_of(text, tables) for _, text in offered_analyses(root)]
    prefix = _yearbook_prefix() + _program(root)
    return [f'{prefix} query "{statement}"' for statement in statements if "{{" not in statement]


def offered_analyses(root: Path) -> list[tuple[Path, str]]:
    """Return path and text of the analyses marked `-- summary n:`, in the order of n."""
    texts = [(path, path.read_text(encoding="utf-8")) for path in sorted((root / "analysis").glob("*.sql"))]
    marked = [(int(found[1]), path, text) for path, text in texts if (found := OFFERED.match(text))]
    return [(path, text) for _, path, text in sorted(marked)]


def statement_of(text: str, tables: dict[str, str]) -> str:
    """Return an analysis as one line of plain SQL: without comments, with `ref('x')` as schema.x."""
    bare = " ".join(re.sub(r"--[^\n]*", "", text).split()).rstrip("; ")
    return REF.sub(lambda found: tables.get(found[1], found[0]), bare)


def _tables(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    rows = connection.execute("select table_name, table_schema from information_schema.tables order by 1, 2")
    return {name: f"{schema}.{name}" for name, schema in rows.fetchall()}


def _panel(connection: duckdb.DuckDBPyConnection, tables: dict[str, str]) -> list[str]:
    """Return one line: rows, cities and years of the panel, or that there is none."""
    if "city_year" not in tables:
        return [message("summary_no_panel")]
    found = connection.execute("select count(*), count(distinct city_id), min(year), max(year) "
                               f"from {tables['city_year']}").fetchone() or (0, 0, None, None)
    return [message("summary_panel", rows=f"{found[0]:,}", cities=found[1], first=found[2], last=found[3])]


def _regressions(connection: duckdb.DuckDBPyConnection, tables: dict[str, str]) -> list[str]:
    """Return data kind and number of fits, then the reasons of those that could not run."""
    if "fit_statistics" not in tables:
        return [message("summary_no_regressions")]
    reason = "failure_message_zh" if language() == "zh" else "failure_message"
    rows = connection.execute(f"select specification_id, {reason} "
                              f"from {tables['fit_statistics']} order by specification_id").fetchall()
    failed = {name: reason for name, reason in rows if reason is not None}
    fitted = len({name for name, _ in rows}) - len(failed)
    lines = [message("summary_data_kind", kind=data_kind(connection)),
             message("summary_regressions", fitted=fitted, failed=len(failed))]
    lines += [f"    {name}: {reason}" for name, reason in list(failed.items())[:REASONS_SHOWN]]
    if len(failed) > REASONS_SHOWN:
        lines.append(message("summary_more_reasons", count=len(failed) - REASONS_SHOWN))
    return lines


def _findings(connection: duckdb.DuckDBPyConnection, tables: dict[str, str]) -> list[str]:
    """Return one line: findings by severity; nothing where the findings were not built."""
    if "findings" not in tables:
        return []
    rows = connection.execute("select severity, count(*) "
                              f"from {tables['findings']} group by 1 order by 1").fetchall()
    counts = ", ".join(f"{severity} {count:,}" for severity, count in rows) or "0"
    return [message("summary_findings", counts=counts)]


def _left(connection: duckdb.DuckDBPyConnection, tables: dict[str, str]) -> list[str]:
    """Return why the last build of the database published nothing; nothing where it did, or has not ended."""
    if "publication" not in tables:
        return []
    rows = connection.execute(f"select outcome, message_{language()} from {tables['publication']}").fetchall()
    return [message("summary_left", said=said) for outcome, said in rows if outcome != "published"]


def _short(path: Path) -> Path:
    """Return the path from the working folder where it lies below it, else in full."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _program(root: Path) -> str:
    """Return how to call `citypanel` here: by name if that finds this one, else by path."""
    own = Path(sys.executable).parent / ("citypanel.exe" if os.name == "nt" else "citypanel")
    found = shutil.which("citypanel")
    if found and Path(found).resolve() == own.resolve():
        return "citypanel"
    shown = str(_short(own))
    return f'"{shown}"' if " " in shown else shown


def _yearbook_prefix() -> str:
    """Return what sets `YEARBOOK` before a command; nothing for the sample."""
    setting = yearbook_setting()
    if setting == SAMPLE_YEARBOOK:
        return ""
    return f"$env:YEARBOOK='{setting}'; " if os.name == "nt" else f"YEARBOOK='{setting}' "
