"""Cities that are printed as administrative codes alone, in short tables and long ones."""

from __future__ import annotations

import pytest
from invented_workbooks import ROSTER, Rows, numbers, read_rows

from citypanel.importing.reading import Refused

GDP = "gdp_100m_yuan"
HEAD: list[object] = ["行政区划代码", "年份", "GDP(亿元)"]


def test_a_code_is_a_name_of_its_year() -> None:
    printed = {
        "110100.0": "北京市", " 320500　": "苏州市", "3202": "无锡市", "341400": "巢湖市",
        "522200": "铜仁地区", "520600": "铜仁地区", "330100000000": "杭州市",
    }  # fmt: skip
    panel = read_rows([HEAD, *([code, 2005, str(n)] for n, code in enumerate(printed))])
    assert [cell.city for cell in panel.cells] == list(printed.values())
    assert {cell.match.kind for cell in panel.cells} == {"code"}
    assert [cell.city_printed for cell in panel.cells] == [code.strip() for code in printed]


def test_a_code_of_no_city_is_said_and_not_guessed() -> None:
    codes = ["320500", "320200", "320000", "320583", "320508", "320826", "429004", "329900", "999900"]
    rows = read_rows([HEAD, *([code, 2010, "1"] for code in codes)]).rows
    assert [row.kind for row in rows] == [
        "city", "city", "province", "county_level_city", "district", "county", "county_level_city",
        "unknown_city", "unknown_city",
    ]  # fmt: skip
    assert not any(row.match.city_id for row in rows[2:])


def test_names_are_preferred_and_codes_fill_their_gaps() -> None:
    rows: Rows = [
        ["代码", "名称", "城市", "年份", "GDP(亿元)"],
        ["320500", "甲", "苏州市", 2010, "1"],
        ["320200", "乙", "", 2010, "2"],
    ]
    assert numbers(read_rows(rows)) == {("苏州市", GDP, 2010): "1", ("320200", GDP, 2010): "2"}
    unheaded: Rows = [["code", "单位名称", "GDP(亿元)"], ["320500", "苏州市", "1"], ["320200", "无锡市", "2"]]
    assert numbers(read_rows(unheaded, name="2010")) == {
        ("苏州市", GDP, 2010): "1",
        ("无锡市", GDP, 2010): "2",
    }


@pytest.mark.parametrize(
    "rows",
    [
        [["city", "year", "GDP(亿元)"], ["320500", 2010, "1"], ["320200", 2010, "2"]],
        [["2010年"], ["代码", "GDP(亿元)"], ["320500", "1"], ["320200", "2"]],
        [["城市代码", "指标", "2010"], ["320500", "GDP(亿元)", "1"], ["320200", "GDP(亿元)", "2"]],
    ],
)  # fmt: skip
def test_codes_stand_where_names_do(rows: Rows) -> None:
    assert numbers(read_rows(rows)) == {("320500", GDP, 2010): "1", ("320200", GDP, 2010): "2"}


def test_codes_of_companies_are_none_of_cities() -> None:
    with pytest.raises(Refused, match="import_no_city_column"):
        read_rows([["code", "year", "GDP(亿元)"], ["600000", 2010, "1"], ["000002", 2010, "2"]])
    assert not ROSTER.codes.is_code("2010") and not ROSTER.codes.is_code("600000")
