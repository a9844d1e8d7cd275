"""Tables as data services export them, and keys that are printed in ways of their own."""

from __future__ import annotations

import pytest
from invented_workbooks import Rows, numbers, read_rows

from citypanel.importing.reading import Refused

GDP, HUKOU, RESIDENTS = "gdp_100m_yuan", "hukou_population_10k_persons", "resident_population_10k_persons"
SUZHOU, WUXI = "苏州市", "无锡市"
Found = dict[tuple[str, str, int], str]

STYLES: dict[str, tuple[Rows, Found]] = {
    "names of the vendor over Chinese ones, and a row of units": (
        [["Sgnyear", "Prvcnm_id", "Prvcnm", "Ctnm_id", "Ctnm", "Gdp0101"],
         ["统计年度", "省份编码", "省份名称", "城市编码", "城市名称", "地区生产总值"],
         ["没有单位", "没有单位", "没有单位", "没有单位", "没有单位", "亿元"],
         [2012, 320000, "江苏省", 320500, SUZHOU, "12011.65"], [2013, 320000, "江苏省", 320500, SUZHOU, "1"]],
        {(SUZHOU, GDP, 2012): "12011.65", (SUZHOU, GDP, 2013): "1"},
    ),
    "a group over the keys": (
        [["基本信息", "", "", "经济", ""], ["年份", "城市", "省份", "GDP(亿元)", "年末户籍人口(万人)"],
         [2015, SUZHOU, "江苏省", "1", "2"]],
        {(SUZHOU, GDP, 2015): "1", (SUZHOU, HUKOU, 2015): "2"},
    ),
    "series that name their cities": (
        [["指标名称", "苏州:GDP", "江苏:无锡:GDP", "苏州:常住人口"], ["频率", "年", "年", "年"],
         ["单位", "亿元", "亿元", "万人"], ["指标ID", "M1", "M2", "M3"], ["2014-12-31", "1", "2", "3"],
         ["2015-12-31", "4", "", "6"], ["数据来源：某某", "", "", ""]],
        {("苏州", GDP, 2014): "1", ("无锡", GDP, 2014): "2", ("苏州", RESIDENTS, 2014): "3",
         ("苏州", GDP, 2015): "4", ("苏州", RESIDENTS, 2015): "6"},
    ),
    "series in English, two cities of one name": (
        [["", "CN: GDP: Jiangsu: Suzhou", "CN: GDP: Anhui: Suzhou"], ["Country", "China", "China"],
         ["Frequency", "Annual", "Annual"], ["Unit", "RMB mn", "RMB mn"], ["Series ID", "1", "2"],
         ["12/2014", "1376089", "112656"]],
        {("Suzhou", GDP, 2014): "112656"},
    ),
    "indicator and unit once for their cities": (
        [["指标", "单位", "地区", "2014年", "2015年"], ["地区生产总值", "亿元", "苏州", "1", "2"],
         ["", "", "无锡", "3", "4"], ["年末户籍人口", "万人", "苏州", "5", "6"], ["", "", "无锡", "7", "8"]],
        {("苏州", GDP, 2014): "1", ("苏州", GDP, 2015): "2", ("无锡", GDP, 2014): "3",
         ("无锡", GDP, 2015): "4",
         ("苏州", HUKOU, 2014): "5", ("苏州", HUKOU, 2015): "6", ("无锡", HUKOU, 2014): "7",
         ("无锡", HUKOU, 2015): "8"},
    ),
    "pivot table": (
        [["行标签", "2014", "2015", "总计"], [SUZHOU, "1", "2", "3"], [WUXI, "4", "5", "9"],
         ["总计", "5", "7", "12"]],
        {(SUZHOU, GDP, 2014): "1", (SUZHOU, GDP, 2015): "2", (WUXI, GDP, 2014): "4", (WUXI, GDP, 2015): "5"},
    ),
    "years below their cities in a pivot table": (
        [["行标签", "求和项:GDP(亿元)"], [SUZHOU, "3"], ["2010", "1"], ["2011", "2"], [WUXI, "4"],
         ["2010", "4"], ["总计", "7"]],
        {(SUZHOU, GDP, 2010): "1", (SUZHOU, GDP, 2011): "2", (WUXI, GDP, 2010): "4"},
    ),
    "province before the city": (
        [["地区", "年份", "GDP(亿元)"], ["江苏省-苏州市", 2010, "1"], ["江苏/无锡市", 2010, "2"],
         ["江苏南京", 2010, "3"], ["#宿州市", 2010, "4"]],
        {("江苏省-苏州市", GDP, 2010): "1", ("江苏/无锡市", GDP, 2010): "2", ("江苏南京", GDP, 2010): "3",
         ("#宿州市", GDP, 2010): "4"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_every_number_comes_back(style: str) -> None:
    rows, expected = STYLES[style]
    merged = ((0, 0, 0, 2), (0, 3, 0, 4)) if style == "a group over the keys" else ()
    panel = read_rows(rows, merged, name="地区生产总值(亿元)")
    assert numbers(panel) == expected
    assert all(cell.factor for cell in panel.cells)


def test_series_of_one_name_are_told_apart_by_the_province() -> None:
    panel = read_rows(STYLES["series in English, two cities of one name"][0])
    found = {cell.match.city_id: (str(cell.value), cell.reference) for cell in panel.cells}
    assert found == {"jiangsu_suzhou": ("13760.89", "B6"), "anhui_suzhou": ("1126.56", "C6")}


def test_what_sums_up_years_is_said_and_not_written() -> None:
    (last,) = [c for c in read_rows(STYLES["pivot table"][0], name="GDP(亿元)").columns if not c.indicator_id]
    assert (last.header.printed, last.reason, last.cell, last.numbers) == ("总计", "sum_of_years", "D1", 0)


YEARS: dict[str, tuple[list[str], list[int]]] = {
    "short": (["98年", "15年", "16年末"], [1998, 2015, 2016]),
    "dates": (["2014/12/31", "2015-12-31 00:00:00"], [2014, 2015]),
    "months": (["2014-12", "12/2015", "2016年12月", "Dec 2017"], [2014, 2015, 2016, 2017]),
}


@pytest.mark.parametrize("kind", YEARS)
def test_years_stand_in_a_column_or_beside_each_other(kind: str) -> None:
    printed, years = YEARS[kind]
    found: Found = {(SUZHOU, GDP, year): str(n) for n, year in enumerate(years)}
    down: Rows = [["城市", "时间", "GDP(亿元)"], *([SUZHOU, t, str(n)] for n, t in enumerate(printed))]
    across: Rows = [["城市", *printed], [SUZHOU, *map(str, range(len(printed)))]]
    assert numbers(read_rows(down)) == numbers(read_rows(across, name="GDP(亿元)")) == found


@pytest.mark.parametrize(
    "head",
    [["2015-06-30", "2015-12-31"], ["2015-11", "2015-12"], ["2015Q1", "2015Q2"],
     ["2015年1季度", "2015年上半年"], ["2015年1-3月", "2015年9月"]],
)  # fmt: skip
def test_parts_of_a_year_beside_each_other_are_no_years(head: list[object]) -> None:
    with pytest.raises(Refused, match=r"import_(years_unreadable|part_of_year)"):
        read_rows([["城市", *head], [SUZHOU, "1", "2"], [WUXI, "3", "4"]], name="GDP(亿元)")


def test_a_number_that_looks_like_a_month_is_a_number() -> None:
    rows: Rows = [["城市", "GDP(亿元)"], [SUZHOU, "2014.12"], [WUXI, "2015.11"]]
    assert set(numbers(read_rows(rows, name="2013")).values()) == {"2014.12", "2015.11"}
