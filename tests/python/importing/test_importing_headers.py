"""Headers and units: what a printed header means, in which unit its numbers are, and what is left alone."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from invented_workbooks import HEAD, Import, cells, column, import_sheets, panel_rows, table

from citypanel.importing.grammar import Grammar
from citypanel.importing.reference_rows import reference_folder

REFERENCE = reference_folder()


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    return partial(import_sheets, tmp_path)


@pytest.mark.parametrize(
    ("printed", "name", "unit", "scope"),
    [
        ("地区生产总值_当年价格_全市_万元", "地区生产总值", "万元", "city"),
        ("人均地区生产总值_元_全市", "人均地区生产总值", "元", "city"),
        ("年末户籍人口 (万人)", "年末户籍人口", "万人", ""),
        ("gdp（亿元人民币）", "gdp", "亿元人民币", ""),
        ("年末户籍人口_市辖区(单位：万人)", "年末户籍人口", "万人", "districts"),
        ("地区生产总值（全市,亿元）", "地区生产总值", "亿元", "city"),
        ("GDP指数(上年=100)", "GDP指数", "上年=100", ""),
        ("研究与试验发展(R&D)经费内部支出", "研究与试验发展(R&D)经费内部支出", "", ""),
    ],
)
def test_both_grammars_and_brackets_are_taken_apart(printed: str, name: str, unit: str, scope: str) -> None:
    header = Grammar(REFERENCE).header(printed)
    assert (header.name, header.unit, header.scope) == (name, unit, scope)


def test_every_printed_header_of_the_dictionary_means_its_indicator() -> None:
    grammar = Grammar(REFERENCE)
    for indicator_id, row in grammar.indicators.items():
        header = grammar.header(row["printed_header"])
        meaning = grammar.meaning(header)
        assert meaning is not None and meaning.indicator_id == indicator_id
        if header.unit:
            assert grammar.units.factor(header.unit, row["unit"]) == 1, indicator_id
        else:
            assert grammar.units.needs_no_print(row["unit"]), indicator_id


def test_aliases_name_indicators_and_units_that_exist() -> None:
    grammar = Grammar(REFERENCE)
    for meaning in grammar.names.values():
        assert meaning.indicator_id in grammar.indicators
        assert not meaning.unit or grammar.units.factor(
            meaning.unit, grammar.indicators[meaning.indicator_id]["unit"]
        )


@pytest.mark.parametrize(
    ("printed", "unit", "factor"),
    [
        ("百万美元", "10k usd", Fraction(100)),
        ("万元", "100m yuan", Fraction(1, 10000)),
        ("亿元人民币", "10k yuan", Fraction(10000)),
        ("公顷", "sq km", Fraction(1, 100)),
        ("万人", "persons", Fraction(10000)),
        ("万美元", "10k yuan", None),
        ("人", "10k yuan", None),
    ],
)
def test_units_convert_exactly_and_only_within_one_quantity(
    printed: str, unit: str, factor: Fraction | None
) -> None:
    assert Grammar(REFERENCE).units.factor(printed, unit) == factor


def test_a_unit_column_gives_the_unit_row_by_row(imported: Import) -> None:
    rows = [
        ["year", "地级市", "外商直接投资", "单位"],
        [2019, "苏州", 1.5, "百万美元"],
        [2020, "苏州", 7, "万美元"],
    ]
    rows.append([2021, "苏州", 8, "百万头"])
    summary = imported({"a.xlsx": {"s": rows}})
    assert [row["当年实际使用外资金额_万美元"] for row in table(summary, "trade")] == ["150", "7"]
    assert summary.choice.units_unknown == {("外商直接投资", "百万头"): 1}
    assert [cell["is_candidate"] for cell in cells(summary)] == [True, True, False]


def test_a_unit_is_inherited_from_neighbours_of_the_table_and_recorded(imported: Import) -> None:
    head = [*HEAD, "gdp（亿元人民币）", "第二产业增加值", "各项存款余额"]
    summary = imported({"a.xlsx": {"s": [head, [2019, "苏州市", "江苏省", 19235.8, 9130.2, 3]]}})
    inherited = column(summary, "第二产业增加值")
    assert (inherited.unit_origin, inherited.unit_evidence) == ("neighbours", "gdp（亿元人民币）")
    assert table(summary, "gdp")[0]["第二产业增加值_亿元"] == "9130.2"
    assert column(summary, "各项存款余额").reason == "no_unit", "the neighbour is of another table"


def test_a_unit_printed_nowhere_is_taken_from_agreement_or_from_the_user_or_not_at_all(
    imported: Import,
) -> None:
    stated = {"a.xlsx": {"s": panel_rows("地区生产总值(万元)", lambda i, y: (i + 1) * y * 10000)}}
    silent = {"b.xlsx": {"s": panel_rows("名义GDP", lambda i, y: (i + 1) * y * 1.01)}}
    alone = imported(silent)
    assert column(alone, "名义GDP").reason == "no_unit" and not any(alone.tables.values())
    assert column(imported(silent, units={"名义GDP": "亿元"}), "名义GDP").unit_origin == "user"
    both = imported(stated | silent)
    assert column(both, "名义GDP").unit_evidence == "30/30"
    assert both.tables["gdp"] == {"a": 30, "b": 30}


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("地区生产总值_市辖区_万元", "other_scope"),
        ("地区生产总值_不变价_亿元", "constant_prices"),
        ("插值_常住人口（万人）", "derived"),
        ("常住人口_线性插值_万人_x", "unknown"),
        ("年末户籍人口_插值_万人", "treated"),
        ("ln_地区生产总值_亿元", "treated"),
        ("第一产业占GDP比重", "derived"),
        ("电信业务收入_万元", "other"),
        ("货物进口额_万美元", "unit_does_not_fit"),
        ("蓝天天数", "unknown"),
    ],
)
def test_what_is_not_an_indicator_is_kept_under_its_printed_name(
    imported: Import, header: str, reason: str
) -> None:
    summary = imported({"a.xlsx": {"s": panel_rows(header, lambda i, y: 100 + i)}})
    assert column(summary, header).reason == reason
    assert (
        not any(summary.tables.values()) and len(cells(summary, "is_candidate and indicator_id = ''")) == 30
    )
    assert header in summary.report.read_text(encoding="utf-8")


def test_an_index_of_another_base_is_not_read_as_previous_year_100(imported: Import) -> None:
    yearly = imported({"a.xlsx": {"s": panel_rows("GDP指数", lambda i, y: 108.5)}})
    assert column(yearly, "GDP指数").indicator_id == "real_gdp_index"
    chained = imported({"a.xlsx": {"s": panel_rows("GDP指数", lambda i, y: 350 + y)}})
    assert column(chained, "GDP指数").reason == "values_do_not_fit"
