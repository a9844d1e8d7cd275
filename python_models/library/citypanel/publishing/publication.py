"""One publication: written whole beside the one that stands, then exchanged for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from citypanel.publishing import disk
from citypanel.publishing.manifest import Manifest, files_of, with_files, write_manifest
from citypanel.publishing.panel_files import DICTIONARY, PANEL, write_panel
from citypanel.publishing.places import Places, exchange, recover
from citypanel.publishing.tables import Table, attached_copy, copy_tables, write_parquet
from citypanel.quality.scorecard.page import FILES, scorecard_pages
from citypanel.quality.scorecard.runs import Run


def publish(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[Table, bool],
    places: Places,
    facts: dict[str, Any],
    runs: tuple[Sequence[Run], int] = ((), 0),
) -> Manifest:
    """Publish the tables (schema, name; true: with a file of its own) of the database; return the manifest.

    `facts` are what the manifest says besides: name, data_kind, versions. `runs`, with the number of records
    that could not be read, are for the scorecard. The publication that stands is
    touched by renames alone, once the next one is whole and on the disk. Raises `OSError` or `duckdb.Error`
    when the disk refuses: then the one that stood stands, and nothing half-written is left.
    """
    recover(places)
    try:
        manifest = _written(connection, tables, places.writing, facts, runs)
        exchange(places)
    except (OSError, duckdb.Error):
        recover(places)
        raise
    return manifest


def _written(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[Table, bool],
    folder: Path,
    facts: dict[str, Any],
    runs: tuple[Sequence[Run], int],
) -> Manifest:
    """Write everything into the folder and force it to the disk; return the manifest."""
    published_at = datetime.now(UTC).replace(microsecond=0)
    disk.make_folder(folder)
    copy = folder / f"{facts['name']}.duckdb"
    manifest: Manifest = {**facts, "published_at": published_at.isoformat()}
    with attached_copy(connection, copy):
        copy_tables(connection, sorted(tables))
        with_file = [table for table in sorted(tables) if tables[table]]
        manifest["tables"] = write_parquet(connection, with_file, folder)
        if {PANEL, DICTIONARY} <= set(tables):
            names = write_panel(connection, folder, facts, published_at.replace(tzinfo=None))
            manifest["stata_names"] = {column: name for column, name in names.items() if column != name}
    disk.write(copy, lambda _path: None)
    for lang, file in FILES.items():
        page = scorecard_pages(connection, lang, facts["name"], *runs)
        disk.write(folder / file, partial(Path.write_text, data=page, encoding="utf-8"))
    manifest = with_files(manifest, files_of(folder))
    write_manifest(manifest, folder)
    for entry in sorted({folder, *(path.parent for path in folder.rglob("*"))}):
        disk.sync_folder(entry)
    return manifest
