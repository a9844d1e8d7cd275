"""When a build publishes and when it leaves things as they are; what the reading commands then read."""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from small_publication import TABLES, published, small_database, sums

from citypanel.publishing import disk
from citypanel.publishing.manifest import read_manifest
from citypanel.publishing.places import Places
from citypanel.publishing.whole_build import publish_build

Run = Callable[..., tuple[int, str, str]]
WHOLE: dict[str, Any] = {
    "invocation_id": "run 1", "command": "build", "nodes_left_out": 0, "some_left_out": [],
    "part_of_the_rows": False, "settings": {"boundaries": "as_was"},
}  # fmt: skip


def _record(root: Path, name: str = "sample", **changes: Any) -> None:
    """Write what the hook of dbt_project.yml writes; the command began a second from now unless told."""
    started = changes.pop("started_at", datetime.now(UTC) + timedelta(seconds=1)).isoformat()
    record = {"invocation": {**WHOLE, "started_at": started, **changes}}
    (root / "build" / f"{name}.invocation.json").write_text(json.dumps(record), encoding="utf-8")


@pytest.fixture
def build(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """Call the last node in the project as dbt does; return its row."""
    monkeypatch.chdir(small_project)
    tables = pd.DataFrame([(*name, own) for name, own in TABLES.items()],
                          columns=["table_schema", "table_name", "has_file"])  # fmt: skip

    def call(connection: duckdb.DuckDBPyConnection | None = None) -> dict[str, Any]:
        frame = publish_build(connection or small_database(), tables)
        assert len(frame) == 1
        return {str(name): None if pd.isna(value) else value for name, value in frame.iloc[0].items()}

    return call


def test_a_whole_build_publishes(build: Callable[..., dict[str, Any]], small_project: Path) -> None:
    _record(small_project)
    row = build()
    assert (row["outcome"], row["invocation_id"], row["command"]) == ("published", "run 1", "build")
    manifest = read_manifest(Places.of(small_project, "sample").current)
    assert manifest == json.loads(row["manifest"])
    assert manifest["settings"] == {"boundaries": "as_was"} and manifest["data_kind"] == "synthetic"
    assert "build/published/sample" in row["message_en"] and "已将" in row["message_zh"]


LEFT: list[tuple[dict[str, Any], str]] = [
    ({"command": "run"}, "`dbt run` does not run the tests"),
    ({"command": "seed"}, "`dbt seed` does not run the tests"),
    ({"nodes_left_out": 7, "some_left_out": ["a", "b"]}, "leaves out 7 tables or tests"),
    ({"part_of_the_rows": True}, "--empty"),
    ({"started_at": datetime.now(UTC) - timedelta(days=1)}, "dbt_project.yml changed while the build ran"),
]


@pytest.mark.parametrize(("changes", "words"), LEFT)
def test_what_is_no_whole_build_leaves_the_publication(
    build: Callable[..., dict[str, Any]], small_project: Path, changes: dict[str, Any], words: str
) -> None:
    _record(small_project)
    build()
    folder = Places.of(small_project, "sample").current
    before = sums(folder)
    _record(small_project, **{"invocation_id": "run 2", **changes})
    row = build()
    assert (row["outcome"], row["invocation_id"]) == ("left", "run 2") and words in row["message_en"]
    assert sums(folder) == before and json.loads(row["manifest"])["invocation_id"] == "run 1"
    assert sorted(path.name for path in folder.parent.iterdir()) == ["sample"]


def test_without_the_hook_or_a_publication_nothing_is_published(
    build: Callable[..., dict[str, Any]], small_project: Path
) -> None:
    row = build()
    assert (row["outcome"], row["manifest"]) == ("left", None) and "record_invocation" in row["message_en"]
    (small_project / "build" / "sample.invocation.json").write_text("{half", encoding="utf-8")
    assert build()["outcome"] == "left"


def test_another_folder_publishes_under_its_own_name(
    build: Callable[..., dict[str, Any]], small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _record(small_project)
    build()
    sample = sums(Places.of(small_project, "sample").current)
    for name, outcome in (("mine", "published"), ("sample.previous", "left")):
        monkeypatch.setenv("YEARBOOK", f"build/{name}/")
        _record(small_project, name)
        assert build()["outcome"] == outcome
    assert sums(Places.of(small_project, "sample").current) == sample
    assert read_manifest(Places.of(small_project, "mine").current)
    assert (Places.of(small_project, "mine").current / "mine.duckdb").exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_disk_that_refuses_is_a_sentence_in_both_languages(
    build: Callable[..., dict[str, Any]], small_project: Path, monkeypatch: pytest.MonkeyPatch, number: int,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    _record(small_project)
    build()
    before = sums(Places.of(small_project, "sample").current)

    def refuse(*_arguments: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(disk, "write", refuse)
    row = build()
    words = ("disk is full", "磁盘已满") if number == errno.ENOSPC else ("could not be written", "无法写入")
    assert row["outcome"] == "failed" and words[0] in row["message_en"] and words[1] in row["message_zh"]
    assert words[0] in capsys.readouterr().err
    assert sums(Places.of(small_project, "sample").current) == before
    assert not Places.of(small_project, "sample").writing.exists()


def test_commands_read_the_publication_and_say_when_it_is_older(citypanel: Run, small_project: Path) -> None:
    places = published(small_database(), Places.of(small_project, "sample").folder)
    count = "select count(*) as n from panels.city_year"
    code, out, err = citypanel("query", count)
    assert (code, err) == (0, "") and out.split()[-1] == "12"
    assert citypanel("query", count, "--unpublished")[1].split()[-1] == "51"
    _record(small_project, invocation_id="i")
    assert citypanel("query", count)[2] == "", "the run that published"
    _record(small_project, invocation_id="j", command="run")
    code, out, err = citypanel("query", count)
    assert code == 0 and out.split()[-1] == "12" and len(err.splitlines()) == 1
    assert "`dbt run`" in err and "--unpublished" in err
    assert citypanel("query", count, "--unpublished")[2] == ""
    assert "build/published/sample" in citypanel("summary")[1]
    places.current.rename(places.previous)
    assert citypanel("query", count)[1].split()[-1] == "12", "in the moment of the exchange"


def test_a_publication_that_cannot_be_opened_is_said(citypanel: Run, small_project: Path) -> None:
    places = published(small_database(), Places.of(small_project, "sample").folder)
    copy = places.current / "sample.duckdb"
    copy.chmod(0o644)
    copy.write_text("no database", encoding="utf-8")
    started = time.monotonic()
    code, _, err = citypanel("query", "select 1")
    assert code == 1 and "--unpublished" in err and "Traceback" not in err and time.monotonic() - started < 5
    assert citypanel("query", "select 1", "--unpublished")[0] == 0


def test_a_table_of_the_database_alone_is_hinted_at(citypanel: Run, small_project: Path) -> None:
    published(small_database(), Places.of(small_project, "sample").folder)
    code, _, err = citypanel("query", "from estimates.fit_statistics")
    assert code == 1 and "--unpublished" in err and len(err.splitlines()) == 1
    assert citypanel("query", "from estimates.fit_statistics", "--unpublished")[0] == 0
