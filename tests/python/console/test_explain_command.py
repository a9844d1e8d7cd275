"""`citypanel explain` on the command line: which database it reads, and what it says where it cannot."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from conftest import Completed, Copy

from citypanel.console.database import open_read_only
from citypanel.console.explaining.explanation import explain_number
from citypanel.messages import Mistake


def test_the_command_reads_the_database_of_the_folder_in_force(built: Copy, tmp_path: Path) -> None:
    def explain(*arguments: str, **environment: str) -> Completed:
        return built.run("citypanel", "explain", *arguments, **environment)

    done = explain("gdp", "--city", "苏州", "--year", "2019", "--lang", "zh")
    assert done.returncode == 0 and "状态 A" in done.stdout, done.stderr
    done = explain("--estimate", "A1.6", "digital")
    assert done.returncode == 0 and "study_a_city" in done.stdout
    done = explain("gdp", "--city", "苏州")
    assert done.returncode == 1 and "--year" in done.stderr and "Traceback" not in done.stderr
    done = explain("gdp", "--city", "苏州", "--year", "2019", YEARBOOK=str(tmp_path / "elsewhere"))
    assert done.returncode == 1 and "elsewhere.duckdb" in done.stderr


def test_a_database_without_the_trace_asks_for_a_build(built: Copy, tmp_path: Path) -> None:
    old = tmp_path / "old.duckdb"
    shutil.copy(built.database, old)
    with duckdb.connect(str(old)) as writing:
        writing.execute("drop view observations.cell_trace")
    with open_read_only(old) as opened, pytest.raises(Mistake) as raised:
        explain_number(opened, "gdp", "苏州", 2019)
    assert raised.value.message_id == "explain_not_built"
