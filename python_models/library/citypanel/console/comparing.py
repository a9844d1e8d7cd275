"""`citypanel compare`: which two publications, and what changed between them as text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from citypanel.console.database import one_line
from citypanel.console.formats import as_text
from citypanel.messages import Mistake, message
from citypanel.project import database_name
from citypanel.publishing.comparison import PARTS, Published, compare, differences
from citypanel.publishing.manifest import read_manifest
from citypanel.publishing.places import Places

NAMED = ("name", "published_at", "data_kind", "project_version", "code_version", "data_version")


def find_published(root: Path, named: str) -> Published:
    """Return a publication: `previous` or `current` of the folder in force, another name, a folder.

    Raises `Mistake` with the names there are.
    """
    places = Places.of(root, database_name())
    own = {"previous": places.previous, "current": places.standing() or places.current}
    for folder in (own.get(named), places.folder / named, Path(named)):
        manifest = read_manifest(folder)
        if folder is not None and manifest is not None:
            return Published(folder, manifest)
    there = sorted(path.parent.name for path in places.folder.glob("*/manifest.json"))
    others = message("compare_others", names=", ".join(there)) if there else ""
    raise Mistake("compare_no_publication", name=named, folder=places.folder, others=others)


def compared(earlier: Published, later: Published) -> pd.DataFrame:
    """Return what changed; raises `Mistake` where a copy cannot be opened."""
    try:
        return compare(earlier, later)
    except duckdb.Error as error:
        both = f"{earlier.database}, {later.database}"
        raise Mistake("publication_unreadable", database=both, error=one_line(error)) from error


def comparison_text(
    earlier: Published, later: Published, changes: pd.DataFrame, style: str, limit: int
) -> str:
    """Return the comparison as `table` or `md` (the largest changes), `csv` or `json` (all of them)."""
    if style == "csv":
        return as_text(changes, "csv")
    if style == "json":
        return _json(earlier, later, changes)
    lines = [_heading(earlier, later)]
    for part in PARTS:
        rows = changes[changes["part"] == part]
        if len(rows):
            lines += ["", *_section(part, rows, style, limit)]
    if not differences(changes):
        lines += ["", message("compare_nothing")]
    return "\n".join(lines)


def _heading(earlier: Published, later: Published) -> str:
    return message(
        "compare_heading",
        before=earlier.folder.name,
        before_at=earlier.manifest.get("published_at"),
        after=later.folder.name,
        after_at=later.manifest.get("published_at"),
    )


def _section(part: str, rows: pd.DataFrame, style: str, limit: int) -> list[str]:
    """Return heading with counts, the first rows, and how many are not shown."""
    counts = rows["change"].value_counts()
    title = message(
        "compare_counts",
        title=message(f"compare_part_{part}"),
        changed=counts.get("changed", 0),
        added=counts.get("added", 0),
        removed=counts.get("removed", 0),
    )
    first = rows.head(limit) if limit else rows
    # columns that say nothing of this part are left out
    used = [name for name in rows.columns if name != "part" and rows[name].notna().any()]
    lines = [f"## {title}" if style == "md" else title, as_text(first[used], style)]
    if len(first) < len(rows):
        lines.append(message("compare_not_shown", count=len(rows) - len(first)))
    return lines


def _json(earlier: Published, later: Published, changes: pd.DataFrame) -> str:
    rows = changes.astype(object).where(changes.notna(), None).to_dict("records")
    document: dict[str, Any] = {
        "before": {name: earlier.manifest.get(name) for name in NAMED},
        "after": {name: later.manifest.get(name) for name in NAMED},
        "differences": differences(changes),
        "changes": rows,
    }
    return json.dumps(document, ensure_ascii=False, indent=1)
