"""What a second build may and may not change: the numbers never, another folder's database neither."""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import Copy

SCHEMAS = ("panels", "indicators", "estimates")
# run ids and times differ between runs by their nature
VARYING = re.compile(r"(^|_)(run_id|invocation_id|seconds|duration|started_at|finished_at|fitted_at)$")
# numbers inside JSON text are numbers too, and compared as such
NUMBER_IN_TEXT = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _tables(copy: Copy, database: Path | None = None) -> list[str]:
    found = copy.query("select table_schema || '.' || table_name as t, table_schema as s "
                       "from information_schema.tables order by 1", database)
    return [table for table, schema in zip(found["t"], found["s"], strict=True) if schema in SCHEMAS]


def _numbers_taken_out(frame: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """A frame whose JSON columns hold `#` for each number, and those numbers in the order of the rows."""
    json = [column for column in frame if frame[column].astype(str).str.startswith(("{", "[")).any()]
    texts = frame[json].astype(str).fillna("")
    numbers = [float(x) for row in texts.to_numpy() for text in row for x in NUMBER_IN_TEXT.findall(text)]
    blanked = {column: texts[column].str.replace(NUMBER_IN_TEXT, "#", regex=True) for column in json}
    return frame.assign(**blanked), np.array(numbers)


def _same(left: pd.DataFrame, right: pd.DataFrame, table: str) -> None:
    """Assert that two tables hold the same rows, numbers to 12 significant digits."""
    columns = [column for column in left.columns if not VARYING.search(column)]
    assert list(left.columns) == list(right.columns), table
    floats = [column for column in columns if pd.api.types.is_float_dtype(left[column])]
    exact = [column for column in columns if column not in floats]
    frames = []
    for frame in (left, right):
        ordered = frame[columns].assign(**{column: frame[column].astype(str) for column in exact})
        by = [*exact, *floats]
        frames.append(ordered.sort_values(by, ignore_index=True, kind="stable"))
    (one, numbers_of_one), (two, numbers_of_two) = (_numbers_taken_out(frame[exact]) for frame in frames)
    pd.testing.assert_frame_equal(one, two, obj=table)
    np.testing.assert_allclose(numbers_of_one, numbers_of_two, rtol=1e-12, atol=1e-15, err_msg=table)
    for column in floats:
        values = [frame[column].to_numpy(dtype=float) for frame in frames]
        np.testing.assert_allclose(*values, rtol=1e-12, atol=1e-15, err_msg=f"{table}.{column}")


def test_second_build_from_elsewhere_gives_the_same_numbers(built: Copy, copy_of_built: Copy) -> None:
    """One build, three promises: idempotent, from another folder, under other hash seed and threads."""
    again = copy_of_built.run("citypanel", "build", "--", "--threads", "1",
                              cwd=copy_of_built.root / "docs", PYTHONHASHSEED="7")
    assert again.returncode == 0, again.stdout[-4000:] + again.stderr[-2000:]
    assert ' query "select' in again.stdout.splitlines()[-1], "a build ends with the summary"
    assert not list((copy_of_built.root / "docs").glob("*.duckdb"))
    tables = _tables(built)
    assert tables == _tables(copy_of_built) and {"panels.city_year", "estimates.estimates"} <= set(tables)
    for table in tables:
        _same(built.query(f"from {table}"), copy_of_built.query(f"from {table}"), table)


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
    _same(built.query(panel), copy_of_built.query(panel, other), "city_year")
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
