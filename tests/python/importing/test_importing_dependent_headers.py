"""Headers that say nothing by themselves, parts below their total, areas below their city."""

from __future__ import annotations

import pytest
from invented_workbooks import Rows, numbers, read_rows

GDP, HUKOU, PRIMARY = "gdp_100m_yuan", "hukou_population_10k_persons", "primary_value_added_100m_yuan"
SECONDARY, PER_PERSON, FISCAL = (
    "secondary_value_added_100m_yuan",
    "gdp_per_person_yuan",
    "fiscal_revenue_10k_yuan",
)
SUZHOU, WUXI = "苏州市", "无锡市"
Found = dict[tuple[str, str, int], str]

TABLES: dict[str, tuple[Rows, Found]] = {
    "beside what they say something of": (
        [["城市", "GDP(亿元)", "人均(元)", "位次", "年末户籍人口(万人)", "位次"],
         [SUZHOU, "1", "2", "3", "4", "5"]],
        {(SUZHOU, GDP, 2015): "1", (SUZHOU, PER_PERSON, 2015): "2", (SUZHOU, "GDP_位次", 2015): "3",
         (SUZHOU, HUKOU, 2015): "4", (SUZHOU, "年末户籍人口_位次", 2015): "5"},
    ),
    "below a group with a unit": (
        [["城市", "地区生产总值(亿元)", ""], ["", "总量", "增长率(%)"], [SUZHOU, "1", "2"]],
        {(SUZHOU, GDP, 2015): "1", (SUZHOU, "地区生产总值_增长率", 2015): "2"},
    ),
    "below a year": (
        [["城市", "2010年", "", ""], ["", "地区生产总值(亿元)", "指数(上年=100)", "位次"],
         [SUZHOU, "1", "2", "3"]],
        {(SUZHOU, GDP, 2010): "1", (SUZHOU, "real_gdp_index", 2010): "2",
         (SUZHOU, "地区生产总值_位次", 2010): "3"},
    ),
    "under titles": (
        [["一、地区生产总值（2013年）"], ["单位：亿元"], ["城市", "总量", "增速(%)"], [SUZHOU, "1", "2"],
         ["二、年末户籍人口（2013年）"], ["单位：万人"], ["城市", "合计", "男性"], [SUZHOU, "3", "4"]],
        {(SUZHOU, GDP, 2013): "1", (SUZHOU, "地区生产总值_增速", 2013): "2", (SUZHOU, HUKOU, 2013): "3",
         (SUZHOU, "男性", 2013): "4"},
    ),
    "a title of two indicators decides nothing": (
        [["地区生产总值和年末户籍人口（2013年）"], ["单位：亿元"], ["城市", "总量"], [SUZHOU, "1"]],
        {(SUZHOU, "总量", 2013): "1"},
    ),
    "parts of a total with growth between": (
        [["城市", "GDP(亿元)", "增速(%)", "第一产业", "增速(%)", "第二产业"],
         [SUZHOU, "1", "2", "3", "4", "5"]],
        {(SUZHOU, GDP, 2015): "1", (SUZHOU, "GDP_增速", 2015): "2", (SUZHOU, PRIMARY, 2015): "3",
         (SUZHOU, "第一产业_增速", 2015): "4", (SUZHOU, SECONDARY, 2015): "5"},
    ),
    "parts and growth below each other": (
        [[SUZHOU], ["指标", "2014", "2015"], ["地区生产总值(亿元)", "1", "2"], ["  比上年增长(%)", "3", "4"],
         ["  #第一产业", "5", "6"], ["    第二产业", "7", "8"], ["财政收入(万元)", "9", "10"],
         ["  比上年增长(%)", "11", "12"]],
        {(SUZHOU, GDP, 2014): "1", (SUZHOU, GDP, 2015): "2", (SUZHOU, "地区生产总值_比上年增长", 2014): "3",
         (SUZHOU, "地区生产总值_比上年增长", 2015): "4", (SUZHOU, PRIMARY, 2014): "5",
         (SUZHOU, PRIMARY, 2015): "6", (SUZHOU, SECONDARY, 2014): "7", (SUZHOU, SECONDARY, 2015): "8",
         (SUZHOU, FISCAL, 2014): "9", (SUZHOU, FISCAL, 2015): "10",
         (SUZHOU, "财政收入_比上年增长", 2014): "11", (SUZHOU, "财政收入_比上年增长", 2015): "12"},
    ),
    "其中 over the parts": (
        [["城市", "地区生产总值(亿元)", "其中：", ""], ["", "", "第一产业", "第二产业"],
         [SUZHOU, "1", "2", "3"]],
        {(SUZHOU, GDP, 2015): "1", (SUZHOU, PRIMARY, 2015): "2", (SUZHOU, SECONDARY, 2015): "3"},
    ),
    "ranks beside the cities of a turned table": (
        [["指标", "单位", SUZHOU, "位次", WUXI, "位次"], ["一、人口", "", "", "", "", ""],
         ["年末户籍人口", "万人", "1", "3", "2", "5"], ["地区生产总值", "亿元", "3", "", "4", ""]],
        {(SUZHOU, HUKOU, 2015): "1", (WUXI, HUKOU, 2015): "2", (SUZHOU, GDP, 2015): "3",
         (WUXI, GDP, 2015): "4"},
    ),
    "areas behind their city": (
        [["说明：单位均为万元（特殊标明者除外）"], ["城市", "地区生产总值"], ["苏州市（全市）", "1"],
         ["苏州市市辖区", "2"],
         ["#市辖区", "2"], ["无锡市", "3"], ["无锡市-市区", "4"], ["大兴安岭地区", "5"]],
        {(SUZHOU, GDP, 2015): "1", ("苏州市", "地区生产总值_市辖区", 2015): "2", (WUXI, GDP, 2015): "3",
         ("无锡市", "地区生产总值_市辖区", 2015): "4", ("大兴安岭地区", GDP, 2015): "5"},
    ),
    "areas below their city": (
        [["地区", "地区生产总值(万元)"], [SUZHOU, ""], ["  全市", "1"], ["  市辖区", "2"], ["  昆山市", "3"],
         [WUXI, "4"], ["  市区", "5"]],
        {(SUZHOU, GDP, 2015): "1", (SUZHOU, "地区生产总值_市辖区", 2015): "2", (WUXI, GDP, 2015): "4",
         (WUXI, "地区生产总值_市辖区", 2015): "5"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", TABLES)
def test_every_number_comes_back(kind: str) -> None:
    rows, expected = TABLES[kind]
    panel = read_rows(rows, name="2015")
    assert numbers(panel) == expected
    growth = {cell.unit for cell in panel.cells if "增" in cell.column.header.label}
    assert growth <= {"%"}


def test_an_area_below_its_city_is_the_citys() -> None:
    cells = read_rows(TABLES["areas below their city"][0], name="2015").cells
    assert {(c.reference, c.match.city_id, c.column.header.scope) for c in cells if c.kind == "city"} == {
        ("B3", "jiangsu_suzhou", ""), ("B4", "jiangsu_suzhou", "districts"), ("B6", "jiangsu_wuxi", ""),
        ("B7", "jiangsu_wuxi", "districts"),
    }  # fmt: skip
