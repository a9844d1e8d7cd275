"""One build at a time: dbt runs, the scorecard is written, the exit code of dbt is returned.

A plain `dbt build` does the same work; what is added here is words: messages for a database that another
program holds, that cannot be read or that another DuckDB wrote, and for a second build of the same database.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from citypanel.console.database import refuse_if_held
from citypanel.console.holders import Holder, process
from citypanel.messages import Mistake, language, message
from citypanel.project import database_path

# `python -m dbt.cli.main` warns that the module is there already
DBT = "import sys; sys.argv[0] = 'dbt'; from dbt.cli.main import cli; cli()"


def build(root: Path, dbt_arguments: Sequence[str] = ()) -> int:
    """Run `dbt build` at the root with its output streamed; return its exit code.

    Raises `Mistake` when another program or another build holds the database.
    """
    database = database_path(root)
    database.parent.mkdir(exist_ok=True)
    with only_build(database):
        refuse_if_held(database)
        code = run_dbt(root, ["build", *dbt_arguments])
        tell_scorecard(database)
    return code


def tell_scorecard(database: Path) -> None:
    """Write the scorecard, of a failed build too, and say where; what hinders it fails no build."""
    from citypanel.quality.scorecard.page import FILES, scorecard_folder, write_scorecard

    try:
        written = write_scorecard(database, scorecard_folder(database))
    except Mistake as mistake:
        click.echo(str(mistake), err=True)
        return
    spoken = next(path for path in written if path.name == FILES[language()])
    shown = spoken.relative_to(Path.cwd()) if spoken.is_relative_to(Path.cwd()) else spoken
    click.echo(message("scorecard_written", file=shown))


def run_dbt(root: Path, arguments: Sequence[str], settings: Mapping[str, str] | None = None) -> int:
    """Run dbt of this Python in a process of its own, so that it has let go of the database when it ends.

    `settings` are environment variables beside the ones in force.
    """
    places = ["--project-dir", str(root), "--profiles-dir", str(root)]
    command = [sys.executable, "-c", DBT, arguments[0], *places, *arguments[1:]]
    environment = {**_environment(), **(settings or {})}
    return subprocess.run(command, cwd=root, env=environment, check=False).returncode


def _environment() -> dict[str, str]:
    """Return the environment without an empty `YEARBOOK`, which dbt would take for a folder's name."""
    return {name: value for name, value in os.environ.items() if name != "YEARBOOK" or value}


@contextmanager
def only_build(database: Path) -> Iterator[None]:
    """Hold the database's lock file while a build runs; the system lets go of it even if the build is killed.

    DuckDB's own lock comes seconds later, when dbt has read the project. Raises `Mistake` with the number of
    the process that holds it.
    """
    with database.with_suffix(".lock").open("a+", encoding="utf-8") as stream:
        if not _lock(stream):
            other = _builder(stream)
            raise Mistake("build_already_running", database=database, pid=other.pid or "?",
                          program=other.command, user=other.user)  # fmt: skip
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        try:
            yield
        finally:
            stream.truncate(0)


def running_build(database: Path) -> Holder | None:
    """Return the process of the build that holds the lock file, or None where none does."""
    lock = database.with_suffix(".lock")
    if not lock.exists():
        return None
    with lock.open("a+", encoding="utf-8") as stream:
        return None if _lock(stream) else _builder(stream)


def _builder(stream: IO[str]) -> Holder:
    """Return the process whose number stands in the lock file; 0 where it has not written it yet."""
    stream.seek(0)
    number = stream.read().strip()
    return process(int(number)) if number.isdecimal() else Holder(0)


def _lock(stream: IO[str]) -> bool:
    """Try to lock the open file without waiting; return whether it worked."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # a byte far behind the text, so that others may read who holds it
            stream.seek(1 << 20)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
