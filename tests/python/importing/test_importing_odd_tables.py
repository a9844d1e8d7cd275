"""Tables as they are really printed: each was once read wrongly, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_workbooks import Rows, cells, import_sheets, numbers, panel_rows, read_rows

from citypanel.importing.printed_text import one_day, printed_period
from citypanel.importing.reading import Refused
from citypanel.importing.reading.text import decoded

GDP, HUKOU, RESIDENTS = "gdp_100m_yuan", "hukou_population_10k_persons", "resident_population_10k_persons"
SUZHOU, WUXI, DISTRICTS = "苏州市", "无锡市", "年末户籍人口_市辖区"
Found = dict[tuple[str, str, int], str]

AREAS: dict[str, tuple[Rows, Found]] = {
    "title": (
        [["2-1 市辖区人口 (2016年)"], ["城市", "年末户籍人口（万人）"], [SUZHOU, "346.4"]],
        {(SUZHOU, DISTRICTS, 2016): "346.4"},
    ),
    "both in the title": (
        [["人口(全市、市辖区) 2016年"], ["城市", "年末户籍人口（万人）"], [SUZHOU, "678.2"]],
        {(SUZHOU, HUKOU, 2016): "678.2"},
    ),
    "one after the other": (
        [["全市人口（2015年）"], ["城市", "年末户籍人口(万人)"], [SUZHOU, "667"],
         ["市辖区人口（2016年）"], ["城市", "年末户籍人口(万人)"], [SUZHOU, "346.4"],
         ["续表"], ["城市", "年末户籍人口(万人)"], [WUXI, "252.7"]],
        {(SUZHOU, HUKOU, 2015): "667", (SUZHOU, DISTRICTS, 2016): "346.4", (WUXI, DISTRICTS, 2016): "252.7"},
    ),
    "column": (
        [["年份", "城市", "统计口径", "年末户籍人口(万人)"],
         [2016, SUZHOU, "全市", "678.2"], [2016, SUZHOU, "市辖区", "346.4"]],
        {(SUZHOU, HUKOU, 2016): "678.2", (SUZHOU, DISTRICTS, 2016): "346.4"},
    ),
    "column of a long table": (
        [["年份", "城市", "指标", "范围", "单位", "数值"],
         [2016, SUZHOU, "年末户籍人口", "全市", "万人", "678.2"],
         [2016, SUZHOU, "年末户籍人口", "市辖区", "万人", "346.4"]],
        {(SUZHOU, HUKOU, 2016): "678.2", (SUZHOU, DISTRICTS, 2016): "346.4"},
    ),
}  # fmt: skip

KEYS: dict[str, tuple[Rows, Found]] = {
    "city once": (
        [["城市", "年份", "GDP(亿元)"], [SUZHOU, 2015, "1"], ["", 2016, "2"], [WUXI, 2015, "3"],
         ["", 2016, "4"]],
        {(SUZHOU, GDP, 2015): "1", (SUZHOU, GDP, 2016): "2", (WUXI, GDP, 2015): "3", (WUXI, GDP, 2016): "4"},
    ),
    "year once": (
        [["年份", "城市", "GDP(亿元)"], [2015, SUZHOU, "1"], ["", WUXI, "2"], [2016, SUZHOU, "3"],
         ["", WUXI, "4"]],
        {(SUZHOU, GDP, 2015): "1", (WUXI, GDP, 2015): "2", (SUZHOU, GDP, 2016): "3", (WUXI, GDP, 2016): "4"},
    ),
    "province once": (
        [["2016年"], ["省份", "城市", "GDP(亿元)"], ["江苏省", "Suzhou", "1"], ["", "Taizhou", "2"],
         ["浙江省", "Taizhou", "3"], ["", "Hangzhou", "4"]],
        {("Suzhou", GDP, 2016): "1", ("Taizhou", GDP, 2016): "3", ("Hangzhou", GDP, 2016): "4"},
    ),
    "dates": (
        [["会计年度", "城市", "GDP(亿元)"], ["2015-12-31", SUZHOU, "1"], ["2016-12-31", SUZHOU, "2"]],
        {(SUZHOU, GDP, 2015): "1", (SUZHOU, GDP, 2016): "2"},
    ),
    "cities head their years": (
        [["年份", "GDP(亿元)", "常住人口(万人)"], [SUZHOU, "", ""], [2015, "1", "2"], [WUXI, "", ""],
         [2015, "3", "4"]],
        {(SUZHOU, GDP, 2015): "1", (SUZHOU, RESIDENTS, 2015): "2", (WUXI, GDP, 2015): "3",
         (WUXI, RESIDENTS, 2015): "4"},
    ),
    "title names the city": (
        [["苏州市主要年份经济指标"], ["年份", "GDP(亿元)"], [2015, "1"], [2016, "2"]],
        {(SUZHOU, GDP, 2015): "1", (SUZHOU, GDP, 2016): "2"},
    ),
    "indicators head their cities": (
        [["地区", "2015年", "2016年"], ["地区生产总值(亿元)", "", ""], [SUZHOU, "1", "2"],
         ["年末常住人口(万人)", "", ""], [SUZHOU, "3", "4"]],
        {(SUZHOU, GDP, 2015): "1", (SUZHOU, GDP, 2016): "2",
         (SUZHOU, RESIDENTS, 2015): "3", (SUZHOU, RESIDENTS, 2016): "4"},
    ),
    "turned, 年份 over the indicators": (
        [["", SUZHOU, "", WUXI, ""], ["年份", "GDP(亿元)", "常住人口(万人)", "GDP(亿元)", "常住人口(万人)"],
         [2015, "1", "2", "3", "4"], [2016, "5", "6", "7", "8"]],
        {(SUZHOU, GDP, 2015): "1", (SUZHOU, RESIDENTS, 2015): "2", (WUXI, GDP, 2015): "3",
         (WUXI, RESIDENTS, 2015): "4", (SUZHOU, GDP, 2016): "5", (SUZHOU, RESIDENTS, 2016): "6",
         (WUXI, GDP, 2016): "7", (WUXI, RESIDENTS, 2016): "8"},
    ),
    "province before, English behind": (
        [["地区", "GDP(亿元)"], ["江苏省苏州市", "1"], ["无锡市 Wuxi", "2"], ["Suzhou (Anhui)", "3"]],
        {("江苏省苏州市", GDP, 2016): "1", ("无锡市Wuxi", GDP, 2016): "2", ("Suzhou(Anhui)", GDP, 2016): "3"},
    ),
}  # fmt: skip

HEADERS: dict[str, tuple[Rows, Found]] = {
    "growth below an English name": (
        [["城市", "GDP", ""], ["", "亿元", "增速%"], [SUZHOU, "15475", "7.5"]],
        {(SUZHOU, GDP, 2016): "15475", (SUZHOU, "GDP_增速%", 2016): "7.5"},
    ),
    "绝对数 with its unit": (
        [["城市", "地区生产总值", ""], ["", "绝对数(亿元)", "增长(%)"], [SUZHOU, "15475", "7.5"]],
        {(SUZHOU, GDP, 2016): "15475", (SUZHOU, "地区生产总值_增长", 2016): "7.5"},
    ),
    "parts beside their total": (
        [["城市", "地区生产总值(亿元)", "第一产业", "第二产业", "#工业"],
         [SUZHOU, "15475", "221", "7274", "6800"]],
        {(SUZHOU, GDP, 2016): "15475", (SUZHOU, "primary_value_added_100m_yuan", 2016): "221",
         (SUZHOU, "secondary_value_added_100m_yuan", 2016): "7274", (SUZHOU, "#工业", 2016): "6800"},
    ),
    "ids and a comma in the unit": (
        [["城市", "gdp_100m_yuan", "Registered population (year-end, 10,000 persons)"],
         [SUZHOU, "15475", "678"]],
        {(SUZHOU, GDP, 2016): "15475", (SUZHOU, HUKOU, 2016): "678"},
    ),
    "合计 under a title of employees": (
        [["按行业分组的年末城镇单位从业人员"], ["单位：万人"], ["城市", "合计", "制造业"],
         [SUZHOU, "300", "200"]],
        {(SUZHOU, "urban_employment_persons", 2016): "300",
         (SUZHOU, "manufacturing_employment_persons", 2016): "200"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", [*AREAS, *KEYS, *HEADERS])
def test_every_number_comes_back(kind: str) -> None:
    rows, expected = (AREAS | KEYS | HEADERS)[kind]
    assert numbers(read_rows(rows, name="2016")) == expected


COUNTIES = [("昆山市", 3160), ("张家港市", 2317), ("太仓市", 1155)]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([["年份", "地级市", "区县", "GDP(亿元)"], *([2016, SUZHOU, *county] for county in COUNTIES)],
         "import_finer_rows"),
        ([["证券代码", "年份", "所属城市", "营业收入"], ["000001", 2016, SUZHOU, 1],
         ["000002", 2016, SUZHOU, 2],
          ["000003", 2016, SUZHOU, 3]], "import_finer_rows"),
        ([["日期", "城市", "GDP(亿元)"], ["2016-03-31", SUZHOU, 1],
         ["2016-06-30", SUZHOU, 2]], "import_years_unreadable"),
        ([["2016年1-11月各市指标"], ["城市", "GDP(亿元)"], [SUZHOU, 1]], "import_part_of_year"),
        ([["2016年前三季度各市指标"], ["城市", "GDP(亿元)"], [SUZHOU, 1]], "import_part_of_year"),
    ],
    ids=["counties", "companies", "quarters", "months in the title", "quarters in the title"],
)  # fmt: skip
def test_what_no_city_year_is_is_refused(rows: Rows, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_rows(rows)
    assert refused.value.message_id == reason


def test_a_missing_key_is_filled_only_where_the_column_is_printed_so() -> None:
    rows: Rows = [
        ["年份", "城市", "GDP(亿元)"],
        [2015, SUZHOU, 1],
        [2015, WUXI, 2],
        ["", "南京市", 3],
        [2016, SUZHOU, 4],
    ]
    assert [row.kind for row in read_rows(rows).rows] == ["city", "city", "no_year", "city"]


def test_a_page_that_goes_on_has_the_year_of_the_page_before(tmp_path: Path) -> None:
    head: list[object] = ["城市", "GDP(亿元)"]
    pages: dict[str, Rows] = {"p1": [["GDP（2016年）"], head, [SUZHOU, 1]], "p2": [["续表"], head, [WUXI, 2]]}
    summary = import_sheets(tmp_path, {"a.xlsx": pages})
    found = {(row["city_id"], row["year"]) for row in cells(summary)}
    assert found == {("jiangsu_suzhou", 2016), ("jiangsu_wuxi", 2016)}


def test_dates_of_one_day_are_years_and_utf_16_needs_no_mark() -> None:
    assert (
        printed_period("2016年12月31日")
        == printed_period("2016-12-31 00:00:00")
        == printed_period("2016年度")
        == 2016
    )
    assert one_day(["2016-12-31", "2015/12/31", "年份"]) and not one_day(["2016-12-31", "2016-09-30"])
    text = "年份,城市,GDP\n2016,苏州市,1\n"
    assert decoded(text.encode("utf-16-le")) == decoded(text.encode("utf-16-be")) == text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_opens_offline_and_what_was_printed_is_inert(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("CITYPANEL_LANG", lang)
    rows = panel_rows("<img src=x onerror=alert(1)>", lambda i, year: 100 + i + year)
    page = import_sheets(tmp_path, {"a.xlsx": {"<script>": rows, "b": [["无"]]}}).report.read_text(
        encoding="utf-8"
    )
    assert "&lt;script&gt;" in page and "<script" not in page and "<img" not in page
    assert "http" not in page.replace("http-equiv", "") and "src=x" not in page.replace("&lt;img src=x", "")
    for section in ("read", "refused", "mapped", "unmapped", "matches", "cells", "conflicts"):
        assert f'id="{section}"' in page
    assert ("各状态的单元格" in page) == (lang == "zh") == ('lang="zh-CN"' in page)
