"""What the reading commands read: the publication where there is one, else the database that builds write.

A build holds its database for itself; the publication is never written, so it answers while a build runs.
"""

from __future__ import annotations

from pathlib import Path

import click
import duckdb

from citypanel.console.database import one_line, open_read_only
from citypanel.messages import Mistake, message
from citypanel.progress import bars_in_a_terminal_alone
from citypanel.project import database_name, database_path
from citypanel.publishing.invocation import last_invocation
from citypanel.publishing.manifest import Manifest, read_manifest
from citypanel.publishing.places import Places

# a publication that is exchanged for the next while it is being opened has moved by the second look
LOOKS = 3


def open_for_reading(root: Path, unpublished: bool = False) -> duckdb.DuckDBPyConnection:
    """Open the publication of the yearbook folder in force; without one, or if asked to, the database.

    One line on stderr says where a later command has written the database since. Raises `Mistake` when it
    cannot be opened.
    """
    database = database_path(root)
    places = Places.of(root, database_name())
    for look in range(1, LOOKS + 1):
        standing = None if unpublished else places.standing()
        if standing is None:
            return open_read_only(database)
        path = standing / f"{places.name}.duckdb"
        manifest = read_manifest(standing)
        try:
            connection = bars_in_a_terminal_alone(duckdb.connect(str(path), read_only=True))
        except duckdb.Error as error:
            if look < LOOKS:
                continue
            raise Mistake("publication_unreadable", database=path, error=one_line(error)) from error
        _say_if_older(database, manifest)
        return connection
    raise AssertionError("the last look returns or raises")


def with_hint(mistake: Mistake, root: Path, unpublished: bool) -> Mistake:
    """Return the mistake of a query; a table that the publication lacks may be one of the database's."""
    absent = "Table with name" in str(mistake.arguments.get("error", ""))
    if unpublished or not absent or Places.of(root, database_name()).standing() is None:
        return mistake
    hint = f"{mistake.arguments['hint']} {message('query_table_unpublished')}"
    return Mistake(mistake.message_id, **{**mistake.arguments, "hint": hint})


def published_lines(root: Path) -> list[str]:
    """Return the summary's line about the publication."""
    places = Places.of(root, database_name())
    manifest = read_manifest(places.standing())
    if manifest is None:
        return [message("summary_not_published")]
    folder = places.current.relative_to(root).as_posix()
    return [message("summary_published", folder=folder, published_at=_moment(manifest["published_at"]))]


def _say_if_older(database: Path, manifest: Manifest | None) -> None:
    """Say on stderr that a command has written the database since; a build that runs is one, too."""
    invocation = last_invocation(database)
    if invocation is None or manifest is None or manifest.get("invocation_id") == invocation.invocation_id:
        return
    click.echo(
        message(
            "publication_is_older",
            published_at=_moment(manifest["published_at"]),
            command=invocation.command,
            started_at=_moment(invocation.started_at.isoformat()),
        ),
        err=True,
    )


def _moment(iso: str) -> str:
    """Return a UTC moment for reading: 2026-11-22 17:40 UTC."""
    return f"{iso[:16].replace('T', ' ')} UTC"
