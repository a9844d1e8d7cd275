"""Layouts: where the header, the cities and the years of a table stand; one invented table for each way."""

from __future__ import annotations

import pytest
from invented_workbooks import Rows, numbers, read_rows

HUKOU, RESIDENTS, GDP = "hukou_population_10k_persons", "resident_population_10k_persons", "gdp_100m_yuan"
TITLE: list[object] = ["2-1 主要指标 (2016年)"]


def test_groups_indicators_and_scopes_in_two_languages() -> None:
    head = "年末户籍人口 (万人)\r\nHousehold Registered\r\nPopulation (10 000 persons)"
    rows: Rows = [
        ["(一)人口、劳动力及土地资源"],
        ["Population, Labour Forces and Land Resources (2016)"],
        ["城 市", "City", head, "", "土地面积\r\nLand Area (sq.km)"],
        ["", "", "全市\r\nTotal City", "市辖区\r\nDistricts\r\nunder City", ""],
        ["河北省", "Hebei", "", "", ""],
        ["  石家庄市", "  Shijiazhuang", "1038", "415", "14464"],
    ]
    panel = read_rows(rows, ((2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 3, 4)))
    assert numbers(panel) == {
        ("石家庄市", HUKOU, 2016): "1038",
        ("石家庄市", "年末户籍人口_市辖区", 2016): "415",
        ("石家庄市", "land_area_sq_km", 2016): "14464",
    }
    assert [(c.header.scope, c.reason) for c in panel.columns][:2] == [
        ("city", ""),
        ("districts", "other_scope"),
    ]
    assert [cell.reference for cell in panel.cells] == ["C6", "D6", "E6"]


def test_irregular_levels_without_merged_cells() -> None:
    rows: Rows = [
        TITLE,
        ["城市", "人口", "", "", "", "GDP(亿元)"],
        ["", "年末户籍人口(万人)", "", "", "常住人口(万人)", ""],
        ["", "全市", "市辖区", "", "", ""],
        ["", "", "合计", "#女性", "", ""],
        ["", "1", "2", "3", "4", "5"],
        ["苏州市", "678", "346", "170", "1065", "15475"],
    ]
    assert numbers(read_rows(rows)) == {
        ("苏州市", HUKOU, 2016): "678",
        ("苏州市", "人口_年末户籍人口_市辖区", 2016): "346",
        ("苏州市", "人口_年末户籍人口_市辖区_#女性", 2016): "170",
        ("苏州市", RESIDENTS, 2016): "1065",
        ("苏州市", GDP, 2016): "15475",
    }


def test_a_group_that_changes_the_quantity_is_not_a_heading() -> None:
    rows: Rows = [
        TITLE,
        ["城市", "城镇", "人均"],
        ["", "常住人口(万人)", "GDP(元)"],
        ["苏州市", "800", "140000"],
    ]
    panel = read_rows(rows)
    assert [(c.indicator_id, c.reason) for c in panel.columns] == [
        ("", "unknown"),
        ("gdp_per_person_yuan", ""),
    ]


def test_a_table_that_goes_on_with_other_columns_or_cities() -> None:
    rows: Rows = [
        TITLE,
        ["城市", "年末户籍人口(万人)"],
        ["苏州市", "678"],
        ["2-1 续表 1 continued 1"],
        ["城 市", "常住人口(万人)", "GDP(亿元)"],
        ["苏州市", "1065", "15475"],
        ["2-1 续表 2"],
        ["城市", "年末户籍人口(万人)"],
        ["无锡市", "486"],
    ]
    panel = read_rows(rows)
    assert panel.blocks == 3 and len(panel.columns) == 3
    assert numbers(panel) == {
        ("苏州市", HUKOU, 2016): "678", ("苏州市", RESIDENTS, 2016): "1065",
        ("苏州市", GDP, 2016): "15475", ("无锡市", HUKOU, 2016): "486",
    }  # fmt: skip
    assert [row.kind for row in panel.rows] == ["city", "title", "city", "title", "city"]


def test_a_later_header_that_does_not_name_the_cities_again() -> None:
    rows: Rows = [
        TITLE,
        ["城市", "常住人口(万人)", "户籍人口(万人)"],
        ["苏州市", "1065", "678"],
        ["", "更多数据，关注淘宝店", ""],
        ["无锡市", "653", "486"],
        ["", "GDP(亿元)", "土地面积(平方公里)"],
        ["苏州市", "15475", "8657"],
    ]
    found = numbers(read_rows(rows))
    assert found["苏州市", GDP, 2016] == "15475" and found["苏州市", RESIDENTS, 2016] == "1065"
    assert found["无锡市", RESIDENTS, 2016] == "653" and len(found) == 6


def test_blocks_beside_each_other() -> None:
    rows: Rows = [
        TITLE,
        ["城市", "常住人口(万人)", "", "城市", "常住人口(万人)"],
        ["苏州市", "1065", "", "杭州市", "919"],
        ["无锡市", "653", "", "", ""],
    ]
    assert numbers(read_rows(rows)) == {
        ("苏州市", RESIDENTS, 2016): "1065", ("无锡市", RESIDENTS, 2016): "653",
        ("杭州市", RESIDENTS, 2016): "919",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([["2-3 各市常住人口 (2010-2011年)"], ["单位:万人"],
          ["城市", 2010, 2011], ["苏州市", 1047, 1052]], "s"),
        ([["城市", "2010年", "2011年"], ["苏州市", 1047, 1052]], "常住人口(万人)"),
        ([["城市", "常住人口(万人)", ""], ["", 2010, 2011], ["苏州市", 1047, 1052]], "s"),
        ([["城市", "常住人口_2010(万人)", "2011年常住人口(万人)"], ["苏州市", 1047, 1052]], "s"),
        ([["城市", "指标", 2010, 2011], ["苏州市", "常住人口(万人)", 1047, 1052]], "s"),
        ([["城市", "年份", "指标", "数值", "单位"], ["苏州市", 2010, "常住人口", 1047, "万人"],
          ["苏州市", 2011, "常住人口", 1052, "万人"]], "s"),
        ([["常住人口"], ["单位:万人"],
          ["年份", "苏州市", "无锡市"], [2010, 1047, 637], [2011, 1052, 643]], "s"),
        ([["年份", "苏州市", "", "无锡市"], ["", "GDP(亿元)", "常住人口(万人)", "GDP(亿元)"],
          [2010, 1, 1047, 3], [2011, 2, 1052, 4]], "s"),
        ([["年份", "常住人口(万人)"], [2010, 1047], [2011, 1052]], "苏州市"),
        ([["城市", "常住人口(万人)"], ["2010年"], ["苏州市", 1047], ["2011年"], ["苏州市", 1052]], "s"),
        ([["指标", "年份", "苏州市", "无锡市"],
          ["常住人口(万人)", 2010, 1047, 637], ["", 2011, 1052, 643]], "s"),
    ],
    ids=["title", "sheet name", "two levels", "in the name", "indicator column", "long", "turned",
         "two levels turned", "sheet of one city", "years head rows", "both"],
)  # fmt: skip
def test_years_beside_each_other_below_each_other_and_turned(rows: Rows, name: str) -> None:
    panel = read_rows(rows, name=name)
    found = numbers(panel)
    assert (found["苏州市", RESIDENTS, 2010], found["苏州市", RESIDENTS, 2011]) == ("1047", "1052")
    assert all(cell.factor == 1 or cell.unit == "万人" for cell in panel.cells)


def test_indicators_below_each_other_and_cities_beside() -> None:
    rows: Rows = [
        TITLE,
        ["指标", "单位", "苏州市", "无锡市"],
        ["常住人口", "万人", "1065", "653"],
        ["地区生产总值", "亿元", "15475", "9210"],
        ["资料来源：各市统计局"],
    ]
    panel = read_rows(rows)
    assert panel.turned and numbers(panel)["无锡市", GDP, 2016] == "9210"
    assert next(cell.reference for cell in panel.cells if cell.printed == "9210") == "D4"


def test_a_city_merged_over_its_years() -> None:
    rows: Rows = [
        ["城市", "年份", "常住人口(万人)"],
        ["苏州市", 2010, 1047],
        ["", 2011, 1052],
        ["无锡市", 2010, 637],
    ]
    panel = read_rows(rows, ((1, 0, 2, 0),))
    assert numbers(panel)["苏州市", RESIDENTS, 2011] == "1052"


def test_a_table_whose_column_of_cities_has_no_header() -> None:
    rows: Rows = [TITLE, ["", "常住人口(万人)"], ["合计", "1718"], ["苏州市", "1065"], ["无锡市", "653"]]
    assert numbers(read_rows(rows))["无锡市", RESIDENTS, 2016] == "653"


def test_a_row_of_units_and_a_row_of_english_below_the_header() -> None:
    rows: Rows = [
        TITLE,
        ["城市", "常住人口", "GDP"],
        ["City", "Resident Population", "GDP"],
        ["", "(万人)", "(亿元)"],
        ["苏州市", "1065", "15475"],
    ]
    assert [(c.indicator_id, c.unit) for c in read_rows(rows).columns] == [(RESIDENTS, "万人"), (GDP, "亿元")]
