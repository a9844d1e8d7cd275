"""A database that another program or another build holds: who holds it, and nothing half-written."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ENTRY, Copy

HOLD = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
ONE_SEED = ("--select", "usd_rates")


@pytest.fixture(scope="module")
def project(copy_of_project: Callable[[str], Copy]) -> Copy:
    return copy_of_project("in use")


@pytest.fixture
def holder(project: Copy) -> Iterator[subprocess.Popen[str]]:
    """A program that has the database open for writing, as a database browser does."""
    command = [sys.executable, "-c", HOLD, str(project.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline() == "held\n"
        yield process
        process.communicate()


def test_a_held_database_stops_both_builds_and_names_the_process(
    project: Copy, holder: subprocess.Popen[str]
) -> None:
    plain = project.dbt("build", *ONE_SEED)
    assert plain.returncode != 0 and "Could not set lock on file" in plain.stdout
    assert f"PID {holder.pid}" in plain.stdout
    for language, words in (("en", f"process {holder.pid}"), ("zh", f"进程 {holder.pid}")):
        done = project.run("citypanel", "--lang", language, "build", "--", *ONE_SEED)
        assert done.returncode == 1 and words in done.stderr and "sample.duckdb" in done.stderr
        assert "Traceback" not in done.stderr and not done.stdout, "dbt is not started"


def test_of_two_builds_at_once_the_second_is_told_of_the_first_which_ends_well(project: Copy) -> None:
    lock = project.database.with_suffix(".lock")
    lock.unlink(missing_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(project.root / "python_models" / "library")}
    command = [sys.executable, "-c", ENTRY["citypanel"], "build", "--", *ONE_SEED]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=project.root, env=environment, **streams) as first:
        _wait_for(lock, first)
        second = project.run("citypanel", "build", "--", *ONE_SEED)
        printed, _ = first.communicate()
    assert second.returncode == 1 and f"process {first.pid}" in second.stderr, second.stderr
    assert first.returncode == 0, printed[-3000:]
    assert len(project.query("from reference.usd_rates")) > 20
    assert project.run("citypanel", "query", "select 1 as one").returncode == 0, "nothing stays locked"


def _wait_for(lock: Path, process: subprocess.Popen[str]) -> None:
    """Return when the first build has written its number into the lock."""
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail("the first build ended before the second began")
        if lock.exists() and lock.read_text(encoding="utf-8"):
            return
        time.sleep(0.1)
    pytest.fail("the first build did not take the lock")
