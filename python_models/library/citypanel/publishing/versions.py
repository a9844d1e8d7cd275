"""What a publication was made of: the version of the code, and that of the data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb

from citypanel.project import CELL_TRACE
from citypanel.publishing import disk
from citypanel.publishing.content import content_sha256, quoted, text

CODE_FOLDERS = ("models", "python_models", "seeds/specifications", "seeds/reference", "seeds/published",
                "tests/generic")  # fmt: skip
CODE_ENDINGS = {".sql", ".py", ".yml", ".csv"}
YEARBOOK_SCHEMA = "yearbook"


def project_version(root: Path) -> str:
    """Return the version that dbt_project.yml states; `?` where it states none."""
    written = (root / "dbt_project.yml").read_text(encoding="utf-8")
    found = re.search(r"^version:\s*['\"]?([^'\"\s]+)", written, flags=re.MULTILINE)
    return found[1] if found else "?"


def code_files(root: Path) -> Iterator[Path]:
    """Yield the files that decide what a build makes of its data."""
    yield root / "dbt_project.yml"
    for folder in CODE_FOLDERS:
        yield from (path for path in sorted((root / folder).rglob("*")) if path.suffix in CODE_ENDINGS)


def code_version(root: Path) -> str:
    """Return one SHA-256 of all code: names and contents, line ends as on Unix, so that it needs no git."""
    total = hashlib.sha256()
    for path in code_files(root):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        total.update(f"{path.relative_to(root).as_posix()} {hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()


def data_version(connection: duckdb.DuckDBPyConnection, yearbook: Path) -> str:
    """Return one SHA-256 of the yearbook folder as it was loaded: its tables, and the cells of an import.

    The loaded tables, not the files: a file that is edited while the build runs is not what was built.
    """
    tables = connection.execute(
        "select table_name from information_schema.tables where table_schema = ? and table_catalog = "
        "current_database() order by 1", [YEARBOOK_SCHEMA],
    ).fetchall()
    total = hashlib.sha256()
    for (table,) in tables:
        content = content_sha256(connection, quoted(YEARBOOK_SCHEMA, table))
        total.update(f"{table} {content}\n".encode())
    if (yearbook / CELL_TRACE).exists():
        total.update(f"{CELL_TRACE} {disk.sha256(yearbook / CELL_TRACE)}\n".encode())
    return total.hexdigest()


def data_kind(connection: duckdb.DuckDBPyConnection) -> str:
    """Return `real` where every source is, else `synthetic`: the rule of estimates.fit_statistics."""
    schema = text(YEARBOOK_SCHEMA)
    known = connection.execute(
        f"select 1 from information_schema.columns where table_schema = {schema} and table_name = 'sources' "
        "and column_name = 'kind'"
    ).fetchone()
    if known is None:
        return "synthetic"
    found = connection.execute(
        f"select coalesce(bool_and(kind = 'real'), false) from {quoted(YEARBOOK_SCHEMA, 'sources')}"
    ).fetchone()
    return "real" if found and found[0] else "synthetic"
