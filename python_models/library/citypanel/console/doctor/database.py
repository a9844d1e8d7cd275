"""What the doctor asks of the database: there, whole, readable by this DuckDB, and held by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb

from citypanel.console.database import named_holder, one_line, opening_mistake
from citypanel.console.doctor.check import Check
from citypanel.console.holders import holders
from citypanel.messages import message
from citypanel.project import database_path
from citypanel.publishing.places import Places


def database(root: Path) -> Iterator[Check]:
    """Yield how the database is; every table is read, since a damaged block shows only then."""
    path = database_path(root)
    place = {"database": path.relative_to(root)}
    if not path.exists():
        yield Check("database", "warn", "doctor_database_absent", place)
        return
    try:
        tables = _read_all(path)
    except duckdb.Error as error:
        yield _refused(root, path, place, error)
        return
    except OSError as error:
        yield _damaged(root, path, place, error.strerror)
        return
    written = datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H:%M")
    size = f"{path.stat().st_size / 2**20:,.0f}"
    if not tables:
        yield Check("database", "warn", "doctor_database_empty", place)
    else:
        yield Check(
            "database", "ok", "doctor_database", {**place, "tables": tables, "size": size, "written": written}
        )


def holder(root: Path) -> Iterator[Check]:
    """Yield each other process that has the database open: a build fails while one has."""
    path = database_path(root)
    found = holders(path) if path.exists() else []
    for other in found:
        named = {"pid": other.pid, "program": other.command, "user": other.user}
        yield Check("holder", "warn", "doctor_holder", {"database": path.relative_to(root), **named})
    if not found:
        yield Check("holder", "ok", "doctor_holder_none")


def _read_all(path: Path) -> int:
    """Read every cell of every table; return how many tables. Raises `duckdb.Error` at a damaged block."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "select schema_name, table_name from duckdb_tables() where not internal"
        ).fetchall()
        for schema, table in names:
            quoted = '"{}"."{}"'.format(schema.replace('"', '""'), table.replace('"', '""'))
            connection.execute(f"select bit_xor(hash(t)) from {quoted} as t").fetchall()
    return len(names)


def _refused(root: Path, path: Path, place: dict[str, Path], error: duckdb.Error) -> Check:
    """Return why DuckDB does not read the database: held, of another DuckDB, or damaged."""
    text = one_line(error)
    other = named_holder(path, text)
    if other is not None:
        named = {"pid": other.pid or "?", "program": other.command, "user": other.user}
        return Check("database", "error", "doctor_database_held", {**place, **named})
    if opening_mistake(path, error).message_id == "database_of_another_duckdb":
        version = {"version": duckdb.__version__, "error": text}
        return Check("database", "error", "doctor_database_of_another", {**place, **version})
    return _damaged(root, path, place, text)


def _damaged(root: Path, path: Path, place: dict[str, Path], error: str | None) -> Check:
    """Return the check of a damaged database; the published copy is named where one stands."""
    standing = Places.of(root, path.stem).standing()
    kept = message("doctor_published_copy_stays", folder=standing.relative_to(root)) if standing else ""
    about = {**place, "error": error, "published": kept}
    return Check("database", "error", "doctor_database_unreadable", about)
