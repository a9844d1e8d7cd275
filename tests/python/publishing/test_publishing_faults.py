"""A publication killed, or on a full disk, at any operation on files: the last whole one stands."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from small_publication import published, small_database, sums

from citypanel.publishing import disk
from citypanel.publishing.manifest import read_manifest
from citypanel.publishing.places import Places, exchange, recover

OPERATIONS = ("make_folder", "write", "sync_folder", "rename", "remove")


class Killed(BaseException):
    """The process is gone: nothing catches this."""


class Faults:
    """Counts the operations of `disk` and fails from the one with number `at` (0: none)."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, fault: Callable[[], BaseException], goes_on: bool
    ) -> None:
        self.count, self.at, self.fault, self.goes_on = 0, 0, fault, goes_on
        for name in OPERATIONS:
            monkeypatch.setattr(disk, name, self._counted(getattr(disk, name)))

    def _counted(self, operation: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            self.count += 1
            # a dead process does nothing more; a full disk may let a later operation through
            if self.at and (self.count == self.at if self.goes_on else self.count >= self.at):
                raise self.fault()
            return operation(*arguments)

        return run

    def arm(self, at: int) -> None:
        self.count, self.at = 0, at


def version_of(folder: Path) -> str:
    """The code version of the whole publication in the folder; its files are those of its manifest."""
    manifest = read_manifest(folder)
    assert manifest is not None, folder
    found = sums(folder)
    found.pop("manifest.json")
    assert found == {entry["file"]: entry["sha256"] for entry in manifest["files"]}, folder
    with duckdb.connect(str(folder / "sample.duckdb"), read_only=True) as connection:
        assert connection.execute("select count(*) from panels.city_year").fetchone() == (12,)
    return str(manifest["code_version"])


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> Faults:
    return Faults(monkeypatch, Killed, goes_on=False)


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Faults:
    return Faults(monkeypatch, lambda: OSError(errno.ENOSPC, "No space left on device"), goes_on=True)


def _kills(folder: Path, killed: Faults, before: int) -> Iterator[tuple[int, Places]]:
    """Publish `before` times, then once more, killed at each operation in turn: a folder for every kill."""
    connection = small_database()
    first = folder / "first"
    first.mkdir()
    for number in range(before):
        published(connection, first, code_version=str(number))
    at = 0
    while True:
        at += 1
        places = Places(Path(shutil.copytree(first, folder / str(at))), "sample")
        killed.arm(at)
        try:
            published(connection, places.folder, code_version="new")
        except Killed:
            killed.arm(0)
            yield at, places
            continue
        assert at > 15, "every file and every rename was tried"
        return


@pytest.mark.parametrize("before", [0, 1, 2])
def test_a_kill_at_any_operation_leaves_a_whole_publication(
    tmp_path: Path, killed: Faults, before: int
) -> None:
    seen = set()
    for at, places in _kills(tmp_path, killed, before):
        standing = places.standing()
        assert (standing is not None) == (before > 0) or standing == places.current
        version = version_of(standing) if standing else None
        assert version in ({str(before - 1), "new"} if before else {None, "new"})
        recover(places)
        after = version_of(places.current) if before or version else None
        assert after == version, "what readers saw is what is put back"
        assert not places.writing.exists() and not places.oldest.exists()
        seen.add(version)
        if at % 4:
            continue
        published(small_database(), places.folder, code_version="next")
        assert version_of(places.current) == "next"
        if before:
            assert version_of(places.previous) == version
        assert {path.name for path in places.folder.iterdir()} <= {"sample", "sample.previous"}
    assert "new" in seen, "the kills reach past the exchange"


def test_a_full_disk_at_any_operation_leaves_the_publication_alone(tmp_path: Path, full: Faults) -> None:
    places = published(small_database(), tmp_path, code_version="old")
    whole = sums(places.current)
    at = 0
    while True:
        at += 1
        full.arm(at)
        try:
            published(small_database(), tmp_path, code_version="new")
        except OSError as error:
            assert error.errno == errno.ENOSPC
            full.arm(0)
        else:
            break
        if version_of(places.current) == "new":  # the last operation removes the oldest: the new one stands
            break
        assert sums(places.current) == whole and not places.writing.exists(), at
    assert at > 15 and version_of(places.current) == "new"


def test_readers_find_the_previous_one_in_the_moment_of_the_exchange(tmp_path: Path, killed: Faults) -> None:
    places = published(small_database(), tmp_path, code_version="old")
    places.writing.mkdir()
    killed.arm(2)  # the second rename: the first has moved the old one
    with pytest.raises(Killed):
        exchange(places)
    assert not places.current.exists() and places.standing() == places.previous
    assert version_of(places.previous) == "old"
