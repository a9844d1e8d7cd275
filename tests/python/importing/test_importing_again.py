"""Importing again: one more edition adds and disturbs nothing; an import that is killed leaves the folder."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from conftest import ROOT
from invented_workbooks import Import, cells, import_sheets, panel_rows

from citypanel.importing import ImportSummary, import_folder

KILLED = """
import os, sys
from pathlib import Path
from citypanel.importing import folder, import_folder
folder.{where} = lambda *_: os._exit(9)
import_folder(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    return partial(import_sheets, tmp_path)


def lines(summary: ImportSummary, source_id: str) -> list[list[str]]:
    """Rows of the population table of one source."""
    rows = [
        line.split(",") for line in (summary.out / "population.csv").read_text(encoding="utf-8").splitlines()
    ]
    return [row for row in rows if row[2] == source_id]


def test_one_more_edition_adds_and_disturbs_nothing(imported: Import) -> None:
    first = imported({"b.xlsx": {"s": panel_rows("年末户籍人口(万人)", lambda i, y: 100 + i)}})
    before, traced = lines(first, "b"), cells(first)
    more = panel_rows("年末户籍人口(万人)", lambda i, y: 101 + i, range(2012, 2018))
    both = imported({"a.xlsx": {"s": more}})
    assert lines(both, "b") == before and cells(both, "source_id = 'b'") == traced
    assert len(lines(both, "a")) == 30


def test_a_file_of_the_same_name_does_not_take_the_name_of_a_source(imported: Import, tmp_path: Path) -> None:
    first = imported({"a.xlsx": {"s": panel_rows("年末户籍人口(万人)", lambda i, y: 100 + i)}})
    before = lines(first, "a")
    (tmp_path / "workbooks" / "a.csv").write_text(
        "年份,城市,年末户籍人口(万人)\n2010,苏州市,7\n", encoding="utf-8"
    )
    both = imported({})
    assert lines(both, "a") == before
    assert [source.file for source in both.sources if source.source_id == "a_csv"] == ["a.csv"]


@pytest.mark.parametrize("where", ["write_cells", "_put_in_place"])
def test_an_import_that_is_killed_leaves_the_old_folder(imported: Import, tmp_path: Path, where: str) -> None:
    out = imported({"a.xlsx": {"s": panel_rows("年末户籍人口(万人)", lambda i, y: 100 + i)}}).out
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    (tmp_path / "workbooks" / "b.csv").write_text(
        "年份,城市,年末户籍人口(万人)\n2010,苏州市,7\n", encoding="utf-8"
    )
    library = str(ROOT / "python_models" / "library")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED.format(where=where), str(tmp_path / "workbooks"), str(out)],
        env={**os.environ, "PYTHONPATH": library},
        check=False,
    )
    assert killed.returncode == 9
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_folder_between_two_moves_is_found_again(imported: Import) -> None:
    summary = imported({"a.xlsx": {"s": panel_rows("年末户籍人口(万人)", lambda i, y: 100 + i)}})
    corrections = summary.out / "corrections.csv"
    corrections.write_text(corrections.read_text(encoding="utf-8") + "mine,a\n", encoding="utf-8")
    summary.out.rename(summary.out.with_name(f".{summary.out.name}-previous"))
    again = import_folder(summary.out.parent / "workbooks", summary.out)
    assert "mine,a" in corrections.read_text(encoding="utf-8") and again.cells == 30
