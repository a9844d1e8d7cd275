"""Every operation on files that a publication consists of, one function each.

What is published must survive a crash between any two of them, so they are few, each is forced to the disk
before the next begins, and the tests fail every one in turn.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


def make_folder(folder: Path) -> None:
    """Make the folder and those above it."""
    folder.mkdir(parents=True, exist_ok=True)


def write(path: Path, writer: Callable[[Path], Any]) -> Any:
    """Let `writer` write the file, force it to the disk, make it read-only; return the writer's answer."""
    written = writer(path)
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
    path.chmod(READ_ONLY)
    return written


def sync_folder(folder: Path) -> None:
    """Force the folder's entries to the disk; Windows does so by itself and cannot open a folder."""
    if os.name == "nt":
        return
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)


def rename(source: Path, target: Path) -> None:
    """Give the folder another name beside it; nothing has that name."""
    source.rename(target)
    sync_folder(target.parent)


def remove(folder: Path) -> None:
    """Remove the folder with its read-only files; nothing happens where it is absent."""
    if not folder.exists():
        return
    for path in folder.rglob("*"):
        # Windows deletes no read-only file
        if not path.is_dir():
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    shutil.rmtree(folder)


def sha256(path: Path) -> str:
    """Return the SHA-256 of the file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
