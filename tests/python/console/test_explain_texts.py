"""What `citypanel explain` says: no more than needed, in both languages, the printed number beside ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb
import pytest
from conftest import Copy

from citypanel.console.database import open_read_only
from citypanel.console.explaining.candidates import candidate_lines
from citypanel.console.explaining.explanation import explain_estimate, explain_number
from citypanel.console.explaining.words import unit_text

CHINESE = re.compile("[\u4e00-\u9fff]")
CELL = {
    "is_used": True, "source_id": "a", "name_en": "A", "edition": "2016", "precedence": "1",
    "value_printed": "12", "printed_header": "收入", "city_printed": "苏州市", "cell": None,
    "file": "fiscal.csv", "row_number": 2, "year_origin": None, "unit_printed": None, "unit": "10k yuan",
    "factor": 1.0, "value_reported": 12.0, "value_corrected": 12.0, "moved_from": None, "correction_id": None,
    "agreement": None,
}  # fmt: skip
CONVERTED = {"unit_printed": "亿元", "factor": 1e4, "value_reported": 12e4, "value_corrected": 12e4}
COEFFICIENTS = (
    "from replication.replication where number_kind = 'coefficient' and specification_id in ('A1.6', 'B1.2')"
)


@pytest.fixture(scope="module")
def connection(built: Copy) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_read_only(built.database) as opened:
        yield opened


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, None),
        ({"unit_printed": "万元"}, None),
        (CONVERTED, "unit: 亿元 × 10000 = 120000 10k yuan"),
        ({"value_corrected": 13.0}, "after corrections: 13"),
    ],
)
def test_a_unit_is_told_only_where_it_was_converted(change: dict[str, object], says: str | None) -> None:
    with duckdb.connect() as empty:
        empty.execute("create schema yearbook; create table yearbook.corrections (correction_id varchar)")
        lines = candidate_lines(empty, CELL | change, None)
    assert len(lines) == 3 + (says is not None)
    assert says is None or lines[-1].strip() == says


def test_the_dictionary_is_written_in_both_languages(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = connection.sql("from indicators.dictionary").df().set_index("indicator_id").fillna("")
    assert len(entries) > 100
    assert entries["description_zh"].str.contains(CHINESE).all()
    # names of columns and signs are the same in both
    in_words = {
        column: entries[column].str.replace(r"\w*[_.]\w*", "", regex=True).str.contains("[a-z]{4}")
        for column in ("formula", "formula_zh")
    }
    assert in_words["formula"].sum() > 30 and not in_words["formula_zh"].any()
    monkeypatch.setenv("CITYPANEL_LANG", "zh")
    numbers = entries[entries["kind"] != "key"]
    assert all(CHINESE.search(unit_text(unit)) for unit in numbers["unit"].unique())
    assert unit_text("barrels") == "barrels" and unit_text(None) == ""


@pytest.mark.parametrize("name", ["digital", "gdp_100m_yuan", "net_migration_rate"])
def test_an_explanation_in_chinese_has_no_english_sentence(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("CITYPANEL_LANG", "zh")
    lines = explain_number(connection, name, "苏州市", 2015).splitlines()
    # the register of the folder is in the language of who wrote it; a query is SQL
    told = [line for line in lines if "citypanel query" not in line and "更正 " not in line]
    assert not [line for line in told if re.search("[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}", line)]


@pytest.mark.parametrize("name", ["digital", "gdp"])
def test_specifications_without_a_province_are_counted(
    built: Copy, connection: duckdb.DuckDBPyConnection, name: str
) -> None:
    text = explain_number(connection, name, "苏州", 2014)
    listings = [line for line in text.splitlines() if "AX.8," in line]
    assert listings
    for line in listings:
        assert line.count("AX.8.") == 3 and "and 27 more without one province (AX.8)" in line
    (asked,) = re.findall('citypanel query "(.*)"', text)
    assert built.query(asked)["specification_id"].fillna("").str.startswith("AX.8.").sum() >= 30


def test_the_printed_number_and_the_verdict_stand_beside_the_estimate(
    built: Copy, connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = built.query(COEFFICIENTS)
    assert len(ledger) > 10
    for row in ledger.itertuples():
        text = explain_estimate(connection, row.specification_id, row.printed_item)
        error = f"{row.published_std_error:.4g}"
        assert f"In print: {row.printed}{'*' * int(row.stars)} (standard error {error})" in text
        assert f"ours less the print: {row.difference:+.4g}" in text and row.reason_en in text
    monkeypatch.setenv("CITYPANEL_LANG", "zh")
    verdict = "对照结论:模拟数据，不作判断。两数互在对方的95%置信区间内"
    assert verdict in explain_estimate(connection, "A1.6", "digital")


def test_an_estimate_that_no_study_prints_says_so(connection: duckdb.DuckDBPyConnection) -> None:
    text = explain_estimate(connection, "ax.8.beijing", "digital")
    assert text.startswith("AX.8.beijing") and "In print: no number" in text


def test_every_verdict_of_the_ledger_has_its_words(built: Copy) -> None:
    ladder = built.query("select comparison as name from published.comparison_ladder")["name"]
    ids = set(built.query("select message_id from reference.messages")["message_id"])
    assert {f"scorecard_verdict_{name}" for name in [*ladder, "synthetic", "not_estimable"]} <= ids
