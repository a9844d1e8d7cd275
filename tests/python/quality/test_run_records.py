"""Every run of dbt leaves a record that no other run can damage; a killed one leaves that it began."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Copy

from citypanel.quality.scorecard.runs import Run, layers_tested, read_runs


def _write(folder: Path, name: str, **record: object) -> None:
    told = {"event": "started", "database": "sample", "command": "build", "selected": "", **record}
    (folder / f"{name}.json").write_text(json.dumps({"run": told}), encoding="utf-8")


@pytest.fixture
def history(tmp_path: Path) -> Path:
    folder = tmp_path / "history"
    folder.mkdir()
    for number, layers in (
        (1, {"panels": {"test_good": 4, "test_failed": 1}}),
        (2, {"panels": {"test_good": 5}}),
    ):
        times = {
            "run_id": f"r{number}",
            "started": f"2026-01-0{number}T00:00:00Z",
            "at": "2026-01-09T00:00:00Z",
        }
        _write(folder, f"sample_started_{number}", **times)
        _write(
            folder, f"sample_ended_{number}", **times, event="ended", layers=layers, gate="open", failed=["t"]
        )
    return folder


def test_begin_and_end_are_one_run_the_latest_first(history: Path) -> None:
    runs, unreadable = read_runs(history.parent / "sample.duckdb")
    assert [run.run_id for run in runs] == ["r2", "r1"] and not unreadable
    assert [run.outcome for run in runs] == ["passed", "failed"]
    assert runs[1].failed == ("t",) and runs[1].count("test_good") == 4


def test_a_killed_run_has_no_end(history: Path) -> None:
    _write(history, "sample_started_3", run_id="r3", started="2026-01-03T00:00:00Z", at="x")
    assert read_runs(history.parent / "sample.duckdb")[0][0].outcome == "unfinished"


@pytest.mark.parametrize("content", [
    b"", b"{", b"\xff\xfe\x00", b"[]", b'{"run": 3}', b'{"run": {"event": "ended"}}', b"null",
    b'{"run": {"event": "ended", "database": "sample", "run_id": "r", "started": "", "at": "", "layers": 1}}',
])  # fmt: skip
def test_a_record_that_cannot_be_read_is_counted_and_hurts_no_other(history: Path, content: bytes) -> None:
    (history / "sample_ended_9.json").write_bytes(content)
    runs, unreadable = read_runs(history.parent / "sample.duckdb")
    assert len(runs) == 2 and unreadable == 1


def test_records_of_other_databases_are_theirs(history: Path) -> None:
    _write(history, "mine_started_1", database="mine", run_id="m", started="2026-01-05T00:00:00Z", at="x")
    _write(
        history, "sample_started_x_started_1", database="sample_started_x", run_id="x", started="2", at="x"
    )
    assert len(read_runs(history.parent / "sample.duckdb")[0]) == 2
    assert read_runs(history.parent / "none.duckdb") == ([], 0)


def test_tests_of_a_layer_are_those_of_the_last_whole_run() -> None:
    part = Run(
        "3", "3", "test", "panels", "3", layers={"panels": {"test_good": 1}, "quality": {"test_good": 2}}
    )
    whole = Run("2", "2", "build", "", "2", layers={"panels": {"test_good": 4}, "staging": {"table_good": 9}})
    cut = Run("4", "4", "build")
    assert layers_tested([cut, part, whole]) == {
        "panels": Counter(test_good=4), "quality": Counter(test_good=2)
    }  # fmt: skip


def test_dbt_records_what_passed_and_what_failed(copy_of_project: Callable[[str], Copy]) -> None:
    project = copy_of_project("runs")
    done = project.run("citypanel", "build", "--", "--select", "usd_rates")
    assert done.returncode == 0 and "build/scorecard/sample/scorecard.html" in done.stdout
    page = (project.root / "build/scorecard/sample/scorecard.zh.html").read_text(encoding="utf-8")
    assert "dbt build --select usd_rates" in page
    broken = project.root / "seeds" / "reference" / "usd_rates.csv"
    lines = broken.read_text(encoding="utf-8").splitlines()
    broken.write_text("\n".join([*lines, lines[-1]]) + "\n", encoding="utf-8")
    assert project.dbt("build", "--select", "usd_rates").returncode != 0
    runs, unreadable = read_runs(project.database)
    assert [run.outcome for run in runs] == ["failed", "passed"] and not unreadable
    assert runs[0].selected == "usd_rates" and runs[0].failed and runs[0].gate == "not reached"
    assert runs[1].layers["reference"]["table_good"] == 1 and runs[1].count("test_good") > 1
