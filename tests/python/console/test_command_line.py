"""The command `citypanel` on a small hand-made database: summary, help, one message for each mistake."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from citypanel import cli
from citypanel.console.building import only_build

Run = Callable[..., tuple[int, str, str]]


def test_summary_says_where_what_and_what_to_ask(citypanel: Run, small_project: Path) -> None:
    code, out, _ = citypanel("summary")
    assert code == 0
    for words in ("sample.duckdb", "51 rows, 3 cities, 2007-2023", "synthetic", "warn 1"):
        assert words in out
    assert "1 specifications fitted, 1 not\n    B1.2: no column fiscal" in out
    line = out.splitlines()[-1].strip()
    assert line.endswith('query "select term from estimates.estimates"')
    asked = subprocess.run(line, shell=True, cwd=small_project, capture_output=True, text=True, check=False)
    assert asked.returncode == 0 and "digital" in asked.stdout, asked.stderr
    chinese = citypanel("--lang", "zh", "summary")[1]
    assert "已估计 1 个设定" in chinese and "B1.2: 没有该列" in chinese


def test_commands_work_from_below_the_root(citypanel: Run, small_project: Path) -> None:
    assert citypanel("query", "select 1 as one", cwd=small_project / "analysis")[0] == 0
    assert citypanel("summary", cwd=small_project / "analysis")[0] == 0


def test_absent_database_says_what_to_run(citypanel: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YEARBOOK", "build/real/")
    for arguments in (("query", "select 1"), ("summary",)):
        code, _, err = citypanel(*arguments)
        assert code == 1 and "real.duckdb" in err and "make build" in err


def test_a_file_that_is_no_database_is_said(citypanel: Run, small_project: Path) -> None:
    (small_project / "build" / "sample.duckdb").write_text("not a database", encoding="utf-8")
    code, _, err = citypanel("query", "select 1")
    assert code == 1 and "cannot be opened" in err and "Traceback" not in err


HOLD = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


def test_database_held_by_another_program_names_its_process(citypanel: Run, small_project: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(small_project / "build" / "sample.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        for arguments in (("query", "select 1"), ("summary",)):
            code, _, err = citypanel(*arguments)
            assert code == 1 and f"process {holder.pid}" in err
        holder.communicate()


BUILD = """
import sys
from pathlib import Path
from citypanel.console.building import only_build
try:
    with only_build(Path(sys.argv[1])):
        print("free")
except Exception as error:
    print(error)
"""


def test_second_build_names_the_first(small_project: Path) -> None:
    database = small_project / "build" / "sample.duckdb"
    command = [sys.executable, "-c", BUILD, str(database)]

    def second() -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    with only_build(database):
        assert "Another build" in second()
    assert second() == "free\n", "the lock ends with the build"


def test_help_speaks_both_languages(citypanel: Run) -> None:
    for name in cli.commands.commands:
        english, chinese = citypanel(name, "--help")[1], citypanel("--lang", "zh", name, "--help")[1]
        assert english != chinese and re.search("[\u4e00-\u9fff]", chinese), name
    assert "面板" in citypanel("--lang", "zh", "--help")[1]
