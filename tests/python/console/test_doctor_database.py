"""What the doctor, and a build before it starts, say of the database: held, damaged, absent, being built."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from doctor_project import Ask, Run, asking, make_well
from small_publication import published, small_database

from citypanel.console.building import only_build

Hold = Callable[[str], int]
HOLD = (
    "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == 'read'); "
    "print(1, flush=True); input()"
)


@pytest.fixture
def project(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YEARBOOK", "mine")
    return make_well(small_project)


@pytest.fixture
def doctor(citypanel: Run, project: Path) -> Ask:
    return asking(citypanel)


@pytest.fixture
def hold(project: Path) -> Iterator[Callable[[str], int]]:
    """Let another process open the database, to `read` or to `write`; return its number."""
    started = []

    def open_it(mode: str) -> int:
        command = [sys.executable, "-c", HOLD, str(project / "build" / "mine.duckdb"), mode]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout and process.stdout.readline() == "1\n"
        return process.pid

    yield open_it
    for process in started:
        process.communicate("\n")


def test_a_writer_that_holds_the_database_is_named_with_command_and_user(
    doctor: Ask, hold: Hold, citypanel: Run
) -> None:
    pid = hold("write")
    code, rows = doctor()
    found = rows["database"]
    assert code == 1 and found["status"] == "error"
    assert f"process {pid}" in found["found"] and "import duckdb" in found["found"]
    assert f"kill {pid}" in found["remedy"]
    err = citypanel("query", "select 1")[2]
    assert f"process {pid}" in err and "import duckdb" in err


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are seen through /proc")
def test_a_reader_is_a_warning_since_a_build_could_not_start(doctor: Ask, hold: Hold) -> None:
    pid = hold("read")
    code, rows = doctor()
    assert code == 0 and rows["database"]["status"] == "ok"
    assert rows["holder"]["status"] == "warn" and f"process {pid}" in rows["holder"]["found"]


@pytest.mark.parametrize("damage", ["text", "cut", "block"])
def test_a_damaged_database_is_told_from_a_held_one(doctor: Ask, project: Path, damage: str) -> None:
    database = project / "build" / "mine.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table long as select range as i, hash(range) as h from range(300000)")
    whole = bytearray(database.read_bytes())
    if damage == "block":
        for place in range(len(whole) // 2, len(whole) // 2 + 4096):
            whole[place] ^= 0xFF
    database.write_bytes({"text": b"no database", "cut": bytes(whole[:5000]), "block": bytes(whole)}[damage])
    code, rows = doctor()
    assert code == 1 and rows["database"]["status"] == "error"
    remedy = rows["database"]["remedy"]
    assert "damaged" in rows["database"]["found"] and "Delete build/mine.duckdb" in remedy
    assert "published" not in remedy, "none stands"
    published(small_database(), project / "build" / "published", "mine")
    assert "build/published/mine stays readable" in doctor()[1]["database"]["remedy"]


def test_a_database_of_another_duckdb_is_said(
    doctor: Ask, citypanel: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise duckdb.IOException(
            "Trying to read a database file with version number 99, but we can only read 64"
        )

    monkeypatch.setattr(duckdb, "connect", refuse)
    code, rows = doctor()
    assert code == 1 and "another DuckDB" in rows["database"]["found"]
    assert "another version of DuckDB" in citypanel("query", "select 1")[2]


def test_a_build_says_who_or_what_is_in_its_way_before_dbt_starts(
    citypanel: Run, project: Path, hold: Hold
) -> None:
    pid = hold("write")
    code, out, err = citypanel("build")
    assert code == 1 and f"process {pid}" in err and "import duckdb" in err and "user " in err
    (project / "build" / "mine.duckdb").unlink()
    (project / "build" / "mine.duckdb").write_bytes(b"no database")
    code, more, err = citypanel("build")
    assert code == 1 and "cannot be opened" in err and "deleting it" in err
    assert "Running with dbt" not in out + more


def test_an_absent_and_an_empty_database_are_warnings(doctor: Ask, project: Path) -> None:
    database = project / "build" / "mine.duckdb"
    database.unlink()
    code, rows = doctor()
    assert code == 0 and "make build" in rows["database"]["remedy"]
    duckdb.connect(str(database)).close()
    assert "no table" in doctor()[1]["database"]["found"]


def test_a_running_build_and_what_a_killed_one_left(doctor: Ask, project: Path) -> None:
    with only_build(project / "build" / "mine.duckdb"):
        assert "a build runs" in doctor()[1]["leftovers"]["found"]
    assert doctor()[1]["leftovers"]["status"] == "ok"
    (project / "build" / "published" / "mine.writing").mkdir(parents=True)
    code, rows = doctor()
    assert code == 0 and "mine.writing" in rows["leftovers"]["found"]
