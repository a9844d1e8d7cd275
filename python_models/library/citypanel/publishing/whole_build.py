"""The last node of `dbt build`: publish where the command is a whole, green build, and say what happened."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from citypanel.messages import LANGUAGES, language, message
from citypanel.project import CELL_TRACE, database_name, database_path, project_root, yearbook_folder
from citypanel.publishing.invocation import Invocation, last_invocation, why_not
from citypanel.publishing.manifest import read_manifest
from citypanel.publishing.places import Places
from citypanel.publishing.publication import publish
from citypanel.publishing.versions import (
    code_files,
    code_version,
    data_kind,
    data_version,
    project_version,
)
from citypanel.quality.scorecard.runs import read_runs


def publish_build(connection: duckdb.DuckDBPyConnection, tables: pd.DataFrame) -> pd.DataFrame:
    """Publish `tables` (table_schema, table_name, has_file); return one row about what happened.

    dbt calls it after every table and its tests, so a whole build that comes here is green. Columns:
    outcome (published, left, failed), message_en, message_zh, invocation_id, command, manifest (JSON of the
    publication that stands). A disk that refuses is an outcome, not an exception: its words fail a test of
    the table `publication`, and dbt ends non-zero without a traceback.
    """
    root, name = project_root(), database_name()
    places = Places.of(root, name)
    invocation = last_invocation(database_path(root))
    reason = why_not(invocation, name, _inputs(root))
    if reason is not None:
        return _row("left", reason[0], reason[1], invocation, places)
    names = zip(tables["table_schema"].map(str), tables["table_name"].map(str), strict=True)
    wanted = dict(zip(names, tables["has_file"].map(bool), strict=True))
    try:
        manifest = publish(connection, wanted, places, _facts(connection, root, name, invocation),
                           read_runs(database_path(root)))
    except (OSError, duckdb.Error) as error:
        return _row("failed", _refusal(error), {"folder": _shown(places, root), "error": _one_line(error)},
                    invocation, places)
    done = {"folder": _shown(places, root), "tables": len(wanted), "files": len(manifest["files"]) + 1}
    return _row("published", "publication_done", done, invocation, places)


def _inputs(root: Path) -> Iterator[Path]:
    """Yield code and data of the build."""
    yield from code_files(root)
    folder = yearbook_folder(root)
    yield from (*sorted(folder.glob("*.csv")), folder / CELL_TRACE)


def _facts(
    connection: duckdb.DuckDBPyConnection, root: Path, name: str, invocation: Invocation | None
) -> dict[str, Any]:
    """Return what the manifest says of code, data and build."""
    return {
        "name": name,
        "data_kind": data_kind(connection),
        "project_version": project_version(root),
        "code_version": code_version(root),
        "data_version": data_version(connection, yearbook_folder(root)),
        "invocation_id": invocation.invocation_id if invocation else None,
        "command": f"dbt {invocation.command}" if invocation else None,
        "settings": invocation.settings if invocation else {},
    }


def _row(
    outcome: str, message_id: str, arguments: dict[str, Any], invocation: Invocation | None, places: Places
) -> pd.DataFrame:
    """Print what happened in the language in force, and return it as the row of the table."""
    said = {spoken: message(message_id, lang=spoken, **arguments) for spoken in LANGUAGES}
    print(said[language()], file=sys.stderr, flush=True)
    manifest = read_manifest(places.standing())
    row = {
        "outcome": outcome,
        "message_en": said["en"],
        "message_zh": said["zh"],
        "invocation_id": invocation.invocation_id if invocation else None,
        "command": invocation.command if invocation else None,
        "manifest": json.dumps(manifest, ensure_ascii=False) if manifest else None,
    }
    # a column of nothing but None would have no type
    return pd.DataFrame([row]).astype("str")


def _refusal(error: Exception) -> str:
    """Return the message for what the disk said: full, or anything else."""
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    said = str(error).lower()
    return "publication_disk_full" if full or "no space left" in said or "quota exceeded" in said else (
        "publication_not_written")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _shown(places: Places, root: Path) -> str:
    """Return the folder from the project's root: no path of this machine enters a table."""
    return places.current.relative_to(root).as_posix()
