"""Text in cells that looks like a formula, SQL or HTML stays text in whatever is exported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from citypanel.console.inert_text import inert, looks_like_a_formula

Run = Callable[..., tuple[int, str, str]]
HOSTILE = ("=1+1", '=HYPERLINK("http://x.invalid","y")', "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\t=1")
HARMLESS = ("-3.5", "+7", "-1,234.5", "-1.5e-07", "-", "—", "襄阳", "'=1", "", "-12%", "a=b")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_spreadsheet_would_run_is_seen(text: str) -> None:
    assert looks_like_a_formula(text)


@pytest.mark.parametrize("value", [*HARMLESS, -1.5, 3, None, float("nan")])
def test_numbers_marks_and_words_are_left_alone(value: object) -> None:
    assert not looks_like_a_formula(value)


def test_inert_changes_the_suspect_cells_alone() -> None:
    frame = pd.DataFrame({"text": ["=1", "x", None], "number": [-1.0, 2.0, None], "whole": [-1, 2, 3]})
    made = inert(frame)
    assert made["text"].tolist()[:2] == ["'=1", "x"] and made["text"].isna().tolist() == [False, False, True]
    pd.testing.assert_frame_equal(made[["number", "whole"]], frame[["number", "whole"]])
    doubled = inert(frame.set_axis(["a", "a", "b"], axis=1))
    assert doubled.iloc[0].tolist() == ["'=1", -1.0, -1]


def test_formulas_are_inert_in_every_export(citypanel: Run, small_project: Path) -> None:
    texts = [*HOSTILE, "'; drop table x; --", "<script>alert(1)</script>"]
    rows = ", ".join("({}, '{}')".format(i, text.replace("'", "''")) for i, text in enumerate(texts))
    statement = f"select t from (values {rows}) as v(i, t) order by i"
    for ending in ("csv", "xlsx", "dta"):
        code, _, err = citypanel("query", statement, "--out", f"hostile.{ending}")
        assert code == 0, err
    printed = pd.read_csv(small_project / "hostile.csv", dtype=str)["t"].tolist()
    assert printed == [f"'{text}" for text in HOSTILE] + texts[len(HOSTILE) :]
    cells = [
        row[0] for row in openpyxl.load_workbook(small_project / "hostile.xlsx").active.iter_rows(min_row=2)
    ]
    assert [cell.value for cell in cells] == texts and {cell.data_type for cell in cells} == {"s"}
    assert pd.read_stata(small_project / "hostile.dta")["t"].tolist() == texts
