"""A printed text is the same number for the importer, for `citypanel check` and for the staging layer."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citypanel.importing.printed_text import printed_number, printed_period

MACROS = Path(__file__).resolve().parents[3] / "tests" / "generic" / "macros" / "number.sql"
TEXTS = {
    "123.4①": 123.4, "123.4*": 123.4, "12²": 12.0, "1,234※ ": 1234.0, "3⑴": 3.0, "12 *②": 12.0,
    "1 234.5": 1234.5, "１２３．４": 123.4, "−12": -12.0, "1.2E+05": 120000.0, "12²3": None, "12½": None,
    "①12": None, "*": None,
    "⒈": None, "1,23": None, "约35": None, "(12)": None, "12%": None, "": None,
}  # fmt: skip


def staged(text: str) -> float | None:
    """What the macro `number` of the staging layer makes of a text."""
    text_of = MACROS.read_text("utf-8")
    macros = dict(re.findall(r"macro (\w+)\(column\) -%\}\n(.*?)\{%- endmacro", text_of, re.DOTALL))
    plain = macros["typed_plain"].replace("{{ column }}", "t").strip()
    sql = macros["number"].replace("{{ typed_plain(column) }}", plain)
    row = duckdb.connect().execute(f"select {sql} from (select ?::varchar as t)", [text]).fetchone()
    return row[0] if row else None


@pytest.mark.parametrize(("text", "number"), TEXTS.items())
def test_footnote_marks_are_no_digits(text: str, number: float | None) -> None:
    read = printed_number(text)
    assert (None if read is None else float(read)) == number == staged(text)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="0129.,-+eE①²½*※ 　１．−\u00a0\u200b%", max_size=8))
def test_importer_and_staging_read_the_same_number(text: str) -> None:
    read = printed_number(text)
    assert (None if read is None else float(read)) == staged(text)


def test_years_are_read_in_digits_and_in_characters() -> None:
    assert printed_period("二〇一五年") == printed_period("二零一五") == printed_period("20151231") == 2015
    assert printed_period("二百") is printed_period("20150630") is None
