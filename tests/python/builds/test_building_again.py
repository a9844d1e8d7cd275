"""What a second build may and may not change: another folder's database never (the numbers: test_faults)."""

from __future__ import annotations

import csv
import hashlib
import shutil
from pathlib import Path

import pytest
from conftest import Copy
from same_numbers import same_rows


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def other_folder(built: Copy, tmp_path: Path) -> Path:
    """A yearbook folder elsewhere, with a blank and a Chinese letter in its path."""
    folder = tmp_path / "我的 tables" / "other"
    shutil.copytree(built.root / "seeds" / "yearbook", folder)
    return folder


def test_another_folder_has_its_own_database_and_columns_may_move(
    built: Copy, copy_of_built: Copy, other_folder: Path
) -> None:
    """Seeds load by position: moved columns, on the database they are already in, must not swap."""
    before = _digest(copy_of_built.database)
    setting = {"YEARBOOK": f"{other_folder}/"}
    first = copy_of_built.dbt("seed", **setting)
    assert first.returncode == 0, first.stdout[-4000:]
    for path in other_folder.glob("*.csv"):
        _reverse_columns(path)
    selected = ("--select", "+city_year", "--exclude-resource-type", "test")
    second = copy_of_built.dbt("build", *selected, **setting)
    assert second.returncode == 0, second.stdout[-4000:]
    other = copy_of_built.root / "build" / "other.duckdb"
    panel = "from panels.city_year"
    same_rows(built.query(panel), copy_of_built.query(panel, other), "city_year")
    assert _digest(copy_of_built.database) == before, "the sample's database is not touched"


def _reverse_columns(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [row[::-1] for row in csv.reader(stream)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def test_a_failing_build_is_passed_on(copy_of_built: Copy) -> None:
    """dbt's exit code is the command's, and no summary pretends that all is well."""
    done = copy_of_built.run("citypanel", "build", "--", "--select", "no_such_model", "--warn-error")
    assert done.returncode != 0 and "dbt build ended with code" in done.stderr
    assert "Ask it" not in done.stdout
