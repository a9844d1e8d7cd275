"""Units behind a header or a number, areas before a name, two names of one indicator, notes on cities."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from invented_workbooks import GRAMMAR, Import, Rows, cells, column, import_sheets, table

from citypanel.importing.layouts.data_year import NOTHING_STATED, data_year
from citypanel.importing.meaning.header_paths import path_header

HEADERS = ["GDP:现价:亿元", "GDP，亿元", "GDP-亿元", "GDP 亿元", "nominal gdp, 亿元"]


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    return partial(import_sheets, tmp_path)


@pytest.mark.parametrize("header", HEADERS)
def test_a_unit_at_the_end_of_a_header_needs_no_brackets(header: str) -> None:
    found = path_header(GRAMMAR, [header])
    meaning = GRAMMAR.meaning(found)
    assert meaning and (meaning.indicator_id, found.unit) == ("gdp_100m_yuan", "亿元")


@pytest.mark.parametrize("header", ["存款/人", "mobile telephone users", "数字普惠金融 指数"])
def test_a_word_that_is_part_of_the_name_is_no_unit(header: str) -> None:
    assert path_header(GRAMMAR, [header]).unit in ("", "指数")


def test_an_area_before_a_name_is_its_scope(imported: Import) -> None:
    rows: Rows = [
        ["年份", "城市", "全市年末总人口(万人)", "市辖区年末总人口(万人)", "市辖区公交车(辆)"],
        [2015, "苏州市", 667, 340, 4000],
        [2015, "无锡市", 481, 250, 3000],
    ]
    summary = imported({"a.xlsx": {"s": rows}})
    assert column(summary, "全市年末总人口(万人)").indicator_id == "hukou_population_10k_persons"
    assert column(summary, "市辖区年末总人口(万人)").reason == "other_scope"
    assert {c["scope"] for c in cells(summary, "indicator_printed = '市辖区公交车'")} == {"districts"}


def test_of_two_names_the_surer_one_is_the_indicator(imported: Import) -> None:
    rows: Rows = [
        ["年份", "城市", "年末总人口(万人)", "年末户籍人口(万人)"],
        [2015, "苏州市", 1061, 667],
        [2015, "无锡市", 651, 481],
    ]
    summary = imported({"a.xlsx": {"s": rows}})
    assert column(summary, "年末总人口(万人)").reason == "twice"
    assert {row["年末户籍人口_万人"] for row in table(summary, "population")} == {"667", "481"}
    alone = imported({"a.xlsx": {"s": [row[:3] for row in rows]}})
    assert column(alone, "年末总人口(万人)").indicator_id == "hukou_population_10k_persons"


def test_a_unit_behind_a_number_is_that_number_s(imported: Import) -> None:
    rows: Rows = [
        ["年份", "城市", "GDP", "自然增长率(‰)", "教育支出(万元)"],
        [2015, "苏州市", "12.3亿元", "3.2‰", "12①"],
        [2015, "无锡市", "150000万元", "2.2‰", "1.5亿元"],
        [2015, "常州市", "3", "5元", "13"],
    ]
    summary = imported({"a.xlsx": {"s": rows}})
    found = {(c["city_printed"], c["indicator_id"]): (c["value_printed"], c["value"]) for c in cells(summary)}
    assert found["苏州市", "gdp_100m_yuan"] == ("12.3亿元", 12.3)
    assert found["无锡市", "gdp_100m_yuan"] == ("150000万元", 15.0)
    assert found["无锡市", "education_expenditure_10k_yuan"] == ("1.5亿元", 15000.0)
    assert found["苏州市", "education_expenditure_10k_yuan"] == ("12①", 12.0)
    assert found["常州市", "gdp_100m_yuan"][1] is None, "no unit beside numbers with one is not guessed"
    assert found["常州市", "natural_growth_per_mille"][1] is None
    assert [row["地区生产总值_亿元"] for row in table(summary, "gdp")] == ["15", "12.3"]


def test_notes_on_cities_and_sums_of_provinces_are_what_they_are(imported: Import) -> None:
    names = ["苏州市①", "无锡市(注1)", "徐州市 [2]", "江苏省合计", "江苏(小计)", "小计", "其中：张家港市"]
    rows: Rows = [["2-1 人口 2016"], ["城市", "常住人口(万人)"], *([name, "100"] for name in names)]
    summary = imported({"a.xlsx": {"s": rows}})
    kinds = [c["match_kind"] for c in cells(summary)]
    assert kinds == ["exact", "exact", "exact", "province", "province", "total", "county_level_city"]


def test_a_city_that_became_a_county_is_one_among_counties(imported: Import) -> None:
    rows: Rows = [["2015年"], ["市县", "常住人口(万人)"], ["合肥市", 779], ["长丰县", 60], ["巢湖市", 80]]
    assert [c["match_kind"] for c in cells(imported({"a.xlsx": {"s": rows}}))][-1] == "county_level_city"


def test_the_districts_of_an_indicator_above_are_that_indicator_there(imported: Import) -> None:
    rows: Rows = [["城市", "指标", 2015, 2016]]
    for city in ("苏州市", "无锡市"):
        rows += [[city, "常住人口(万人)", 1, 2], [None, "其中:市辖区", 3, 4]]
    found = cells(imported({"a.xlsx": {"s": rows}}), "scope = 'districts'")
    assert {c["indicator_printed"] for c in found} == {"常住人口_市辖区"} and len(found) == 4


@pytest.mark.parametrize(
    ("titles", "sheet", "year"),
    [
        (["2-3 Population 2016"], "s", 2016),
        (["2016 各市人口"], "s", 2016),
        (["人口"], "2015年数据", 2015),
        (["人口"], "Sheet2015", 2015),
        (["2000年不变价 2016"], "s", None),
        (["中国城市统计年鉴", "2017"], "s", None),
        (["2016年1-3季度"], "s", None),
        (["1-8月 2016"], "s", None),
        (["更新于2018年"], "s", None),
        (["GDP (2000=100)"], "s", None),
        (["人口 2015 2016"], "s", None),
    ],
)
def test_a_year_in_a_title_is_the_data_s_or_none(titles: list[str], sheet: str, year: int | None) -> None:
    found = data_year(NOTHING_STATED, "a.xlsx", sheet, titles, [])
    assert (found.year if found else None) == year
