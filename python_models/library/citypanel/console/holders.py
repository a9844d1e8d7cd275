"""Who holds a file open: the process, its command and its user.

Linux tells through /proc, other systems through `lsof` where it is installed; a process of another user shows
its files to the administrator alone. DuckDB itself names the process whose lock is in its way.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LONGEST_COMMAND = 100
LSOF_SECONDS = 10
PROCESSES = Path("/proc")


@dataclass(frozen=True)
class Holder:
    """A process: number, command line (shortened), user; `?` where the system does not tell."""

    pid: int
    command: str = "?"
    user: str = "?"


def holders(path: Path) -> list[Holder]:
    """Return the other processes that have the file open, as far as this user may see them."""
    pids = _by_proc(path) if PROCESSES.is_dir() else _by_lsof(path)
    return [process(pid) for pid in sorted(set(pids) - {os.getpid()})]


def process(pid: int) -> Holder:
    """Return command and user of a process."""
    folder = PROCESSES / str(pid)
    if not PROCESSES.is_dir():
        return _by_ps(pid)
    try:
        words = (folder / "cmdline").read_bytes().split(b"\0")
        return Holder(
            pid, _short(" ".join(word.decode("utf-8", "replace") for word in words)), _owner(folder)
        )
    except OSError:
        return Holder(pid)


def _by_proc(path: Path) -> Iterator[int]:
    """Yield the processes one of whose open files is this one."""
    wanted = path.resolve()
    for folder in PROCESSES.iterdir():
        if folder.name.isdecimal():
            try:
                if any(Path(os.readlink(link)) == wanted for link in (folder / "fd").iterdir()):
                    yield int(folder.name)
            except OSError:
                continue  # it ended meanwhile, or belongs to somebody else


def _by_lsof(path: Path) -> Iterator[int]:
    for line in _output("lsof", "-F", "p", "--", str(path)):
        if line[:1] == "p" and line[1:].isdecimal():
            yield int(line[1:])


def _by_ps(pid: int) -> Holder:
    for line in _output("ps", "-o", "user=,command=", "-p", str(pid)):
        user, _, command = line.strip().partition(" ")
        return Holder(pid, _short(command), user)
    return Holder(pid)


def _output(*command: str) -> list[str]:
    """Return the lines of a program; none where it is not installed or does not answer."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LSOF_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError):
        return []
    return done.stdout.splitlines()


def _owner(folder: Path) -> str:
    try:
        return folder.owner()
    except (OSError, KeyError):
        return str(folder.stat().st_uid)


def _short(command: str) -> str:
    line = " ".join(command.split())
    return line if len(line) <= LONGEST_COMMAND else f"{line[: LONGEST_COMMAND - 2]} …"
