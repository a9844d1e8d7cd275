"""The command `citypanel` on a small hand-made database: answers, formats, one message for each mistake."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from citypanel import cli
from citypanel.console.building import only_build

LONG = "a_column_whose_name_is_longer_than_stata_allows"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a database of a few rows, and one analysis that the summary offers."""
    (tmp_path / "dbt_project.yml").write_text("name: citypanel\n", encoding="utf-8")
    for folder in ("build", "analysis"):
        (tmp_path / folder).mkdir()
    question = "-- summary 1: which?\nselect term -- the name\nfrom {{ ref('estimates') }};\n"
    (tmp_path / "analysis" / "question.sql").write_text(question, encoding="utf-8")
    with duckdb.connect(str(tmp_path / "build" / "sample.duckdb")) as connection:
        connection.execute("create schema estimates; create schema panels; create schema quality")
        connection.execute(
            "create table estimates.estimates as select * from (values "
            "('A1.1', 'digital', 0.12345678912345, 3146, true, '苏州市', 1.5::decimal(9, 2)), "
            "('A1.2', 'a|b', 1234567.123, null, null, '襄阳', null)) "
            f"as t(specification_id, term, estimate, n_obs, is_headline, 城市, {LONG})"
        )
        connection.execute(
            "create table estimates.fit_statistics as select * from (values ('A1.1', null, 'synthetic'), "
            "('B1.2', 'no column fiscal', 'synthetic')) as t(specification_id, failure_message, data_kind)"
        )
        connection.execute(
            "create table panels.city_year as "
            "select 'c' || i as city_id, y::integer as year, i * 1.5 as value from range(3) as a(i), range(2007, 2024) as b(y)"
        )
        connection.execute("create table quality.findings as select 'warn' as severity")
    return tmp_path


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call `citypanel` in the project; return exit code, output and messages."""

    def call(*arguments: str, cwd: Path | None = None) -> tuple[int, str, str]:
        monkeypatch.chdir(cwd or project)
        monkeypatch.setattr(sys, "argv", ["citypanel", *arguments])
        monkeypatch.setenv("CITYPANEL_LANG", "en")  # --lang sets it; monkeypatch puts it back
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return call


def test_query_prints_an_aligned_table(run: Run) -> None:
    statement = "select 城市, term, estimate, is_headline from estimates.estimates order by term desc"
    code, out, err = run("query", statement)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "城市    term       estimate  is_headline",
        "------  -------  ----------  -------------",
        "苏州市  digital    0.123457  true",
        "襄阳    a|b       1234567.1",
    ]


def test_query_formats(run: Run, project: Path) -> None:
    statement = "select * from estimates.estimates order by 1"
    _, markdown, _ = run("query", statement, "--format", "md")
    assert markdown.splitlines()[0].startswith("| specification_id") and "a\\|b" in markdown
    _, text, _ = run("query", statement, "--format", "csv")
    assert "0.12345678912345" in text and text.splitlines()[2] == "A1.2,a|b,1234567.123,,,襄阳,"
    for ending in ("csv", "xlsx", "dta", "md", "txt"):
        code, _, err = run("query", statement, "--out", f"result.{ending}")
        assert code == 0 and f"result.{ending} (2 rows)" in err
    assert (project / "result.csv").read_bytes().startswith(b"specification_id,")
    assert list(pd.read_excel(project / "result.xlsx", engine="openpyxl")["城市"]) == ["苏州市", "襄阳"]


def test_stata_file_keeps_chinese_text_missing_values_and_full_names(run: Run, project: Path) -> None:
    code, _, err = run("query", "select * from estimates.estimates order by 1", "--out", "result.dta")
    assert code == 0 and LONG in err, "a renamed column is said"
    with pd.io.stata.StataReader(project / "result.dta") as reader:
        assert LONG in reader.variable_labels().values()
        frame = reader.read()
    assert list(frame["城市"]) == ["苏州市", "襄阳"]
    assert frame["n_obs"].tolist()[0] == 3146 and frame["n_obs"].isna().tolist() == [False, True]
    assert frame["estimate"].tolist() == [0.12345678912345, 1234567.123]


def test_long_results_say_what_is_not_shown(run: Run) -> None:
    code, out, err = run("query", "select * from panels.city_year", "--limit", "2")
    assert code == 0 and len(out.splitlines()) == 4 and "2 of 51 rows" in err
    assert len(run("query", "select * from panels.city_year", "--limit", "0")[1].splitlines()) == 53
    assert len(run("query", "select * from panels.city_year", "--format", "csv")[1].splitlines()) == 52


MISTAKES = {
    "select * from estimates.estimate": "estimates.estimates",
    "select * from city_yea": "panels.city_year",
    "select estimat from estimates.estimates": "estimate",
    "select e.trm from estimates.estimates as e": "term",
    "selec 1": 'syntax error at or near "selec"',
    "select 1/'a'": "Could not convert",
    "select 1; select 2": "holds 2",
    "": "holds 0",
    "create table panels.x (i integer)": "`create` is refused",
    "copy (select 1) to 'x.csv'": "`copy` is refused",
    "attach 'x.duckdb'": "`attach` is refused",
}


@pytest.mark.parametrize("statement", MISTAKES)
def test_a_mistaken_query_is_one_line(run: Run, statement: str) -> None:
    code, out, err = run("query", statement)
    assert (code, out) == (1, "")
    assert MISTAKES[statement] in err and len(err.splitlines()) == 1 and "Traceback" not in err


def test_query_reads_in_every_form(run: Run) -> None:
    for statement in ("from panels.city_year", "describe panels.city_year", "summarize panels.city_year",
                      "show all tables", "explain select 1", "with a as (select 1 as x) select * from a",
                      "pivot panels.city_year on year using sum(value) group by city_id"):
        code, out, err = run("query", statement)
        assert code == 0 and out and not err, statement


def test_formats_that_are_files_need_a_name(run: Run) -> None:
    assert "--out result.dta" in run("query", "select 1", "--format", "dta")[2]
    assert "names no format" in run("query", "select 1", "--out", "result.parquet")[2]
    assert "could not be written" in run("query", "select 1", "--out", "absent/result.xlsx")[2]
    assert run("query", "select 1", "--format", "pdf")[0] == 2


def test_summary_says_where_what_and_what_to_ask(run: Run, project: Path) -> None:
    code, out, _ = run("summary")
    assert code == 0
    for words in ("sample.duckdb", "51 rows, 3 cities, 2007-2023", "synthetic", "warn 1"):
        assert words in out
    assert "1 specifications fitted, 1 not\n    B1.2: no column fiscal" in out
    line = out.splitlines()[-1].strip()
    assert line.endswith('query "select term from estimates.estimates"')
    asked = subprocess.run(line, shell=True, cwd=project, capture_output=True, text=True, check=False)
    assert asked.returncode == 0 and "digital" in asked.stdout, asked.stderr
    assert "已估计 1 个设定" in run("--lang", "zh", "summary")[1]


def test_commands_work_from_below_the_root(run: Run, project: Path) -> None:
    assert run("query", "select 1 as one", cwd=project / "analysis")[0] == 0
    assert run("summary", cwd=project / "analysis")[0] == 0


def test_absent_database_says_what_to_run(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YEARBOOK", "build/real/")
    for arguments in (("query", "select 1"), ("summary",)):
        code, _, err = run(*arguments)
        assert code == 1 and "real.duckdb" in err and "make build" in err


def test_a_file_that_is_no_database_is_said(run: Run, project: Path) -> None:
    (project / "build" / "sample.duckdb").write_text("not a database", encoding="utf-8")
    code, _, err = run("query", "select 1")
    assert code == 1 and "cannot be opened" in err and "Traceback" not in err


HOLD = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


def test_database_held_by_another_program_names_its_process(run: Run, project: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(project / "build" / "sample.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        for arguments in (("query", "select 1"), ("summary",)):
            code, _, err = run(*arguments)
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


def test_second_build_names_the_first(project: Path) -> None:
    database = project / "build" / "sample.duckdb"
    command = [sys.executable, "-c", BUILD, str(database)]

    def second() -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    with only_build(database):
        assert "Another build" in second()
    assert second() == "free\n", "the lock ends with the build"


def test_help_speaks_both_languages(run: Run) -> None:
    for name in cli.commands.commands:
        english, chinese = run(name, "--help")[1], run("--lang", "zh", name, "--help")[1]
        assert english != chinese and re.search("[\u4e00-\u9fff]", chinese), name
    assert "面板" in run("--lang", "zh", "--help")[1]
