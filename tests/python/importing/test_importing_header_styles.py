"""Years, units and languages in headers as people and programs write them; columns known by their texts."""

from __future__ import annotations

import pytest
from invented_workbooks import GRAMMAR, Rows, numbers, read_rows

from citypanel.importing.meaning.header_paths import path_header
from citypanel.importing.meaning.languages import split_languages

GDP, HUKOU, PER_PERSON = "gdp_100m_yuan", "hukou_population_10k_persons", "gdp_per_person_yuan"
NANJING, SUZHOU = "南京市", "苏州市"


@pytest.mark.parametrize(
    ("printed", "indicator", "unit"),
    [
        ("地区生产总值\n（当年价）\n单位：万元", GDP, "万元"), ("GDP/亿元", GDP, "亿元"),
        ("GDP亿元", GDP, "亿元"), ("GDP指数", "real_gdp_index", ""),
        ("GDP (RMB 100 million)", GDP, "RMB 100 million"), ("人均GDP/元", PER_PERSON, "元"),
        ("GDP, Unit: RMB mn", GDP, "RMB mn"), ("户籍人口：万", HUKOU, "万"),
        ("存款/人", "", ""), ("存款余额/万元", "deposits_10k_yuan", "万元"),
        ("人口密度(人/km2)", "", "人/km2"),
    ],
)  # fmt: skip
def test_a_unit_stands_at_the_end_of_a_header(printed: str, indicator: str, unit: str) -> None:
    header = path_header(GRAMMAR, [printed])
    meaning = GRAMMAR.meaning(header)
    assert (meaning.indicator_id if meaning else "", header.unit) == (indicator, unit)


@pytest.mark.parametrize(
    ("printed", "name", "year"),
    [
        ("2010年数据", "", 2010), ("FY2010", "", 2010), ("X2010", "", 2010), ("2010年末", "", 2010),
        ("2010年（预计）", "", 2010), ("GDP(亿元)(2010)", "GDP", 2010),
        ("2010年末户籍人口", "年末户籍人口", 2010),
        ("2010年度GDP", "GDP", 2010), ("2015年1季度", "2015年1季度", None), ("2015Q1", "2015Q1", None),
        ("GDP_2015", "GDP", 2015), ("2006-10", "2006-10", None),
    ],
)  # fmt: skip
def test_a_year_stands_anywhere_in_a_header(printed: str, name: str, year: int | None) -> None:
    header = path_header(GRAMMAR, [printed], years=True)
    assert (header.name, header.year) == (name, year)


def test_a_slash_parts_languages_and_no_units() -> None:
    assert split_languages("城市/City") == ("城市", "City")
    assert split_languages("地区生产总值(亿元)/GDP(100m yuan)") == ("地区生产总值(亿元)", "GDP(100m yuan)")
    for one in ("人口密度(人/KM2)", "人/km2", "R/D经费"):
        assert split_languages(one) == (one, "")


def test_columns_are_known_by_their_texts() -> None:
    silent: Rows = [["城市", "", "GDP(亿元)"], [NANJING, "2015", "1"], [SUZHOU, "2016", "2"]]
    assert numbers(read_rows(silent)) == {(NANJING, GDP, 2015): "1", (SUZHOU, GDP, 2016): "2"}
    long: Rows = [["年份", "城市", "变量", "本期", "备注"], ["2015", NANJING, "GDP(亿元)_全市", "1", "甲"],
                  ["2015", NANJING, "GDP(亿元)_市辖区", "2", ""]]  # fmt: skip
    assert numbers(read_rows(long)) == {(NANJING, GDP, 2015): "1", (NANJING, "GDP_市辖区", 2015): "2"}


FOUND = {
    (NANJING, GDP, 2015): "1", (SUZHOU, GDP, 2015): "2", (NANJING, GDP, 2016): "3", (SUZHOU, GDP, 2016): "4",
    (NANJING, HUKOU, 2015): "5", (SUZHOU, HUKOU, 2015): "6", (NANJING, HUKOU, 2016): "7",
    (SUZHOU, HUKOU, 2016): "8",
}  # fmt: skip
OVER: Rows = [
    ["指标", "2015年", "", "2016年", ""], ["", NANJING, SUZHOU, NANJING, SUZHOU],
    ["GDP（亿元）", "1", "2", "3", "4"], ["年末户籍人口（万人）", "5", "6", "7", "8"],
]  # fmt: skip
BELOW: Rows = [
    ["指标", NANJING, "", SUZHOU, ""], ["", "2015", "2016", "2015", "2016"],
    ["GDP（亿元）", "1", "3", "2", "4"], ["年末户籍人口（万人）", "5", "7", "6", "8"],
]  # fmt: skip


@pytest.mark.parametrize("merged", [True, False])
def test_turned_tables_have_years_over_cities_or_below(merged: bool) -> None:
    ranges = ((0, 1, 0, 2), (0, 3, 0, 4), (0, 0, 1, 0)) if merged else ()
    assert numbers(read_rows(OVER, ranges)) == numbers(read_rows(BELOW, ranges)) == FOUND


def test_english_levels_translate_the_chinese_ones_above() -> None:
    rows: Rows = [
        ["城市", "地区生产总值(万元)", "", "地区生产总值增长率(%)", ""],
        ["", "全市", "市辖区", "全市", "市辖区"],
        ["City", "Gross Regional Product (10 000 yuan)", "", "GRP Growth Rate (%)", ""],
        ["", "Total City", "Districts under City", "Total City", "Districts under City"],
        [NANJING, "1", "2", "3", "4"],
    ]  # fmt: skip
    growth = "地区生产总值增长率_{}"
    assert numbers(read_rows(rows, name="2015")) == {
        (NANJING, GDP, 2015): "1", (NANJING, "地区生产总值_市辖区", 2015): "2",
        (NANJING, growth.format("全市"), 2015): "3", (NANJING, growth.format("市辖区"), 2015): "4",
    }  # fmt: skip
    below: Rows = [["城市", "地区生产总值(亿元)", ""], ["", "Value", "Growth rate (%)"], [NANJING, "1", "2"]]
    assert numbers(read_rows(below, name="2015")) == {
        (NANJING, GDP, 2015): "1", (NANJING, "地区生产总值_Growth rate", 2015): "2",
    }  # fmt: skip
    turned: Rows = [
        ["城市", "", "", "City", NANJING, SUZHOU],
        ["人口", "自然增长率 (‰)", "2010", "Natural Growth Rate", "1", "2"],
        ["", "", "2011", "", "3", "4"],
    ]
    found = numbers(read_rows(turned))
    assert found[NANJING, "natural_growth_per_mille", 2011] == "3"
