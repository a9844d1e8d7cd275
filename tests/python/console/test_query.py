"""`citypanel query` on a small hand-made database: what it prints, what it writes, one line for a mistake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

Run = Callable[..., tuple[int, str, str]]
LONG = "a_column_whose_name_is_longer_than_stata_allows"


def test_query_prints_an_aligned_table(citypanel: Run) -> None:
    statement = "select 城市, term, estimate, is_headline from estimates.estimates order by term desc"
    code, out, err = citypanel("query", statement)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "城市    term       estimate  is_headline",
        "------  -------  ----------  -------------",
        "苏州市  digital    0.123457  true",
        "襄阳    a|b       1234567.1",
    ]


def test_no_bar_of_progress_stands_among_the_rows_of_a_pipe(citypanel: Run) -> None:
    shown = citypanel("query", "select current_setting('enable_progress_bar') as bar", "--format", "csv")
    assert shown[1].lower().split() == ["bar", "false"]


def test_query_formats(citypanel: Run, small_project: Path) -> None:
    statement = "select * from estimates.estimates order by 1"
    _, markdown, _ = citypanel("query", statement, "--format", "md")
    assert markdown.splitlines()[0].startswith("| specification_id") and "a\\|b" in markdown
    _, text, _ = citypanel("query", statement, "--format", "csv")
    assert "0.12345678912345" in text and text.splitlines()[2] == "A1.2,a|b,1234567.123,,,襄阳,"
    for ending in ("csv", "xlsx", "dta", "md", "txt"):
        code, _, err = citypanel("query", statement, "--out", f"result.{ending}")
        assert code == 0 and f"result.{ending} (2 rows)" in err
    assert (small_project / "result.csv").read_bytes().startswith(b"specification_id,")
    assert list(pd.read_excel(small_project / "result.xlsx", engine="openpyxl")["城市"]) == ["苏州市", "襄阳"]


def test_stata_file_keeps_text_missing_values_and_names(citypanel: Run, small_project: Path) -> None:
    code, _, err = citypanel("query", "select * from estimates.estimates order by 1", "--out", "result.dta")
    assert code == 0 and LONG in err, "a renamed column is said"
    with pd.io.stata.StataReader(small_project / "result.dta") as reader:
        assert LONG in reader.variable_labels().values()
        frame = reader.read()
    assert list(frame["城市"]) == ["苏州市", "襄阳"]
    assert frame["n_obs"].tolist()[0] == 3146 and frame["n_obs"].isna().tolist() == [False, True]
    assert frame["estimate"].tolist() == [0.12345678912345, 1234567.123]


def test_long_results_say_what_is_not_shown(citypanel: Run) -> None:
    code, out, err = citypanel("query", "select * from panels.city_year", "--limit", "2")
    assert code == 0 and len(out.splitlines()) == 4 and "2 of 51 rows" in err
    assert len(citypanel("query", "select * from panels.city_year", "--limit", "0")[1].splitlines()) == 53
    assert len(citypanel("query", "select * from panels.city_year", "--format", "csv")[1].splitlines()) == 52


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
def test_a_mistaken_query_is_one_line(citypanel: Run, statement: str) -> None:
    code, out, err = citypanel("query", statement)
    assert (code, out) == (1, "")
    assert MISTAKES[statement] in err and len(err.splitlines()) == 1 and "Traceback" not in err


def test_query_reads_in_every_form(citypanel: Run) -> None:
    for statement in ("from panels.city_year", "describe panels.city_year", "summarize panels.city_year",
                      "show all tables", "explain select 1", "with a as (select 1 as x) select * from a",
                      "pivot panels.city_year on year using sum(value) group by city_id"):
        code, out, err = citypanel("query", statement)
        assert code == 0 and out and not err, statement


def test_formats_that_are_files_need_a_name(citypanel: Run) -> None:
    assert "--out result.dta" in citypanel("query", "select 1", "--format", "dta")[2]
    assert "names no format" in citypanel("query", "select 1", "--out", "result.parquet")[2]
    assert "could not be written" in citypanel("query", "select 1", "--out", "absent/result.xlsx")[2]
    assert citypanel("query", "select 1", "--format", "pdf")[0] == 2
