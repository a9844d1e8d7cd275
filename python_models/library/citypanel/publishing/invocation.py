"""The running command of dbt, as the hook `record_invocation` left it beside the database."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from citypanel.publishing.places import ENDINGS


@dataclass(frozen=True)
class Invocation:
    """A command of dbt: its id, when it began, and what of the project it leaves out."""

    invocation_id: str
    command: str
    started_at: datetime
    nodes_left_out: int = 0
    some_left_out: list[str] = field(default_factory=list)
    part_of_the_rows: bool = False
    settings: dict[str, Any] = field(default_factory=dict)


def invocation_file(database: Path) -> Path:
    """Return where the command that last wrote the database is recorded."""
    return database.with_suffix(".invocation.json")


def last_invocation(database: Path) -> Invocation | None:
    """Return the command that last wrote the database, or None where nothing tells."""
    try:
        record = json.loads(invocation_file(database).read_text(encoding="utf-8"))["invocation"]
        started = datetime.fromisoformat(record.pop("started_at"))
        return Invocation(started_at=started, **record)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def why_not(
    invocation: Invocation | None, name: str, files: Iterable[Path]
) -> tuple[str, dict[str, Any]] | None:
    """Return the message, with its arguments, why this command does not publish; None where it does.

    `files` are code and data: one that changed since the command began is not what the tables were made of.
    """
    if invocation is None:
        return "publication_left_unknown", {}
    if invocation.command != "build":
        return "publication_left_command", {"command": invocation.command}
    if invocation.nodes_left_out:
        some = ", ".join(invocation.some_left_out)
        return "publication_left_selection", {"count": invocation.nodes_left_out, "some": some}
    if invocation.part_of_the_rows:
        return "publication_left_sampled", {}
    if name.endswith(ENDINGS):
        return "publication_left_name", {"name": name, "endings": ", ".join(ENDINGS)}
    began = invocation.started_at.timestamp()
    changed = [path.name for path in files if path.exists() and path.stat().st_mtime > began]
    if changed:
        return "publication_left_changed", {"files": ", ".join(changed[:5])}
    return None
