"""What stands above a table: its data year, its unit; and tables that are refused with the reason."""

from __future__ import annotations

import pytest
from invented_workbooks import Rows, numbers, read_rows

from citypanel.importing.reading.sheet import Refused

RESIDENTS = "resident_population_10k_persons"
TITLE: list[object] = ["2-1 主要指标 (2016年)"]


@pytest.mark.parametrize(
    ("line", "header", "printed", "factor"),
    [
        ("单位:万元", "地区生产总值", "万元", "1/10000"),
        ("(Unit: 10 000 yuan)", "Gross Regional Product", "10 000 yuan", "1/10000"),
        ("单位：人、亿元", "地区生产总值", "亿元", "1"),
        ("各市地区生产总值(亿元)", "地区生产总值", "亿元", "1"),
        ("计量单位:万人", "地区生产总值", "万人", None),
    ],
)
def test_the_unit_of_a_line_above_the_table(line: str, header: str, printed: str, factor: str | None) -> None:
    panel = read_rows([TITLE, ["", line], ["城市", header], ["苏州市", "15475"]])
    (column,) = panel.columns
    assert column.unit == printed and str(column.factor) == str(factor)


@pytest.mark.parametrize(
    ("title", "file", "name", "stated", "year", "origin"),
    [
        ("人口 (2016年)", "a.xls", "s", {}, 2016, "title"),
        ("中国2014年地级以上城市人口", "a_2017_edition.xls", "s", {}, 2014, "title"),
        ("人口", "a.xls", "2016", {}, 2016, "sheet_name"),
        ("人口", "a_2017_edition.xls", "1-7", {}, 2016, "edition"),
        ("摘自《中国城市统计年鉴2015》", "a.xls", "s", {}, 2014, "edition"),
        ("人口 (2016年)", "a.xls", "s", {"years": {"a.xls": 2013}}, 2013, "user"),
        ("人口", "b/a.xls", "s", {"editions": {"a.xls": 2017}}, 2016, "user_edition"),
        ("人口", "a.xls", "s", {"years": {"a.xls#s": 2012}}, 2012, "user"),
    ],
)
def test_the_data_year_and_where_it_comes_from(
    title: str, file: str, name: str, stated: dict[str, dict[str, int]], year: int, origin: str
) -> None:
    rows: Rows = [[title], ["城市", "常住人口(万人)"], ["苏州市", "1065"]]
    panel = read_rows(rows, file=file, name=name, **stated)
    assert [(found.year, found.origin) for found in panel.data_years] == [(year, origin)]
    assert numbers(panel) == {("苏州市", RESIDENTS, year): "1065"}


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([["人口 2010-2015年"], ["城市", "常住人口(万人)"], ["苏州市", "1065"]], "import_no_year_column"),
        ([["城市", "常住人口(万人)"], ["苏州市", "1065"]], "import_no_year_column"),
        ([["年份", "1美元兑人民币（元）"], [2007, 7.604]], "import_no_city_column"),
        ([TITLE, ["地区", "地级市", "县级市"], ["河北", 11, 20], ["山西", 11, 11], ["北京", "", ""]],
         "import_provinces_only"),
        ([TITLE, ["县市", "常住人口(万人)"]], "import_no_table"),
        ([["年份", "城市", "常住人口(万人)"], [2010, "昆山市", 165]], "import_no_city_rows"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_cities_is_refused_with_the_reason(rows: Rows, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_rows(rows)
    assert refused.value.message_id == reason
