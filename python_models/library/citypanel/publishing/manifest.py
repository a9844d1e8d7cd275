"""manifest.json: what a publication holds, of which code and data, with the sums to check it by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from citypanel.publishing import disk
from citypanel.publishing.places import MANIFEST

Manifest = dict[str, Any]


def read_manifest(folder: Path | None) -> Manifest | None:
    """Return the manifest of a publication; None where there is none or it is no manifest."""
    if folder is None:
        return None
    try:
        read = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return read if isinstance(read, dict) and "tables" in read else None


def files_of(folder: Path) -> list[dict[str, Any]]:
    """Return name, size (bytes) and SHA-256 of every file below the folder but the manifest."""
    return [
        {
            "file": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": disk.sha256(path),
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    ]


def with_files(manifest: Manifest, files: list[dict[str, Any]]) -> Manifest:
    """Return the manifest with its files, and with size and sum at each table."""
    by_name = {str(entry["file"]): entry for entry in files}
    tables = [{**table, **by_name[table["file"]]} for table in manifest["tables"]]
    return {**manifest, "tables": tables, "files": files}


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write manifest.json; it is the last file, so a folder that has one is whole."""
    written = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    disk.write(folder / MANIFEST, lambda path: path.write_text(written, encoding="utf-8", newline="\n"))
