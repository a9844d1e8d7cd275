"""Names of cities that need more than the roster's own spelling, and numbers of a suspect magnitude."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from invented_workbooks import CITIES, ROSTER, Import, Rows, import_sheets, panel_rows, read_rows, table

from citypanel.importing.stated_years import stated_years
from citypanel.messages import Mistake

TITLE: list[object] = ["人口 (2016年)"]


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    return partial(import_sheets, tmp_path)


def kinds(rows: Rows) -> dict[str, tuple[str, str]]:
    """Kind of row and unit by printed name."""
    panel = read_rows([TITLE, *rows])
    return {
        row.city_printed: (row.match.kind if row.kind == "city" else row.kind, row.match.city_id)
        for row in panel.rows
    }


@pytest.mark.parametrize(
    ("printed", "province", "city_id", "kind"),
    [
        ("苏卅市", "江苏省", "jiangsu_suzhou", "misprint"),
        ("石家庒市", "", "hebei_shijiazhuang", "misprint"),
        ("惠洲市", "", "", "unknown_city"),  # 惠州 or 株洲 or 泸州 …
        ("惠洲市", "广东省", "guangdong_huizhou", "misprint"),
        ("江阴市", "江苏省", "", "county_level_city"),
        ("苏周市", "安徽省", "", "unknown_city"),
    ],
)
def test_a_misprint_is_one_character_from_one_name_of_the_province(
    printed: str, province: str, city_id: str, kind: str
) -> None:
    rows: Rows = [["城市", "省份", "常住人口(万人)"], [printed, province, 5], ["北京市", "北京市", 2173]]
    assert kinds(rows)[printed] == (kind, city_id)


def test_no_misprint_is_read_for_a_city_that_stands_in_the_table() -> None:
    rows: Rows = [["城市", "省份", "常住人口(万人)"], ["苏卅市", "江苏省", 5], ["苏州市", "江苏省", 1065]]
    assert kinds(rows)["苏卅市"] == ("unknown_city", "")


def test_english_names_need_a_province_where_two_cities_bear_them() -> None:
    rows: Rows = [
        ["City", "Resident Population (10 000 persons)"],
        ["Suzhou", 1],
        ["Wuxi", 2],
        ["Xi’an City", 3],
    ]
    assert kinds(rows) == {
        "Suzhou": ("ambiguous", ""),
        "Wuxi": ("english_name", "jiangsu_wuxi"),
        "Xi’anCity": ("english_name", "shaanxi_xian"),
    }
    provinces: Rows = [
        ["Hebei", ""], ["Tangshan", 1], ["Handan", 2],
        ["Anhui", ""], ["Hefei", 3], ["Suzhou", 4],
        ["Jilin", ""], ["Jilin", 5],
    ]  # fmt: skip
    found = read_rows([TITLE, rows[0], *provinces]).rows
    assert [(row.kind, row.match.kind, row.match.city_id) for row in found[-3:]] == [
        ("city", "province_heading", "anhui_suzhou"),
        ("province", "province", ""),
        ("city", "province_heading", "jilin_jilin"),
    ]


def test_the_english_name_beside_an_unknown_chinese_one() -> None:
    rows: Rows = [
        ["城市", "英文名", "常住人口(万人)"],
        ["？山市", "Tangshan", 5],
        ["北京市", "Beijing", 2173],
    ]
    assert kinds(rows)["？山市"] == ("english_name", "hebei_tangshan")


def test_a_short_province_heads_the_city_of_its_name() -> None:
    rows: Rows = [
        ["地区", "常住人口(万人)"],
        ["辽宁", ""], ["沈阳", 1], ["大连", 2],
        ["吉林", 900], ["长春", 3], ["吉林", 4], ["四平", 5],
    ]  # fmt: skip
    found = read_rows([TITLE, *rows]).rows
    assert [(row.kind, row.match.city_id) for row in found if row.city_printed == "吉林"] == [
        ("province", ""), ("city", "jilin_jilin"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "printed", ["江苏省苏州市", "苏州(市)", "1 苏州", "苏州市*", "苏州市①", "苏 州\u200b市"]
)
def test_what_stands_around_a_name_does_not_hide_it(printed: str) -> None:
    found = read_rows([TITLE, ["城市", "常住人口(万人)"], [printed, 1065]]).rows
    assert [(row.kind, row.match.city_id) for row in found] == [("city", "jiangsu_suzhou")]


def test_rows_of_counties_are_kept_as_what_they_are() -> None:
    rows: Rows = [
        ["城市", "常住人口(万人)"],
        ["苏州市", 1065],
        ["昆山市", 165],
        ["吴中区", 112],
        ["泗洪县", 88],
    ]
    assert [kind for kind, _ in kinds(rows).values()] == ["exact", "county_level_city", "district", "county"]
    assert ROSTER.is_unit("吕梁") and ROSTER.is_unit("Lüliang") and not ROSTER.is_unit("")


def test_a_suspect_factor_is_a_finding_and_changes_nothing(imported: Import) -> None:
    wrong = {(0, 2012): 10, (1, 2013): 10000, (2, 2011): 1e-4}
    rows = panel_rows("地区生产总值(亿元)", lambda i, y: (1000 + 50 * (y - 2010)) * wrong.get((i, y), 1))
    summary = imported({"a.xlsx": {"s": rows}})
    found = {(one.cell.city, one.cell.year, one.factor) for one in summary.magnitudes}
    assert found == {
        (CITIES[0][0], 2012, "10"),
        (CITIES[1][0], 2013, "10,000"),
        (CITIES[2][0], 2011, "1/10,000"),
    }
    assert "11000" in {row["地区生产总值_亿元"] for row in table(summary, "gdp")}
    assert "look 10, 10,000 or 100 million" in str(summary)


def test_years_that_the_user_states(tmp_path: Path, imported: Import) -> None:
    (tmp_path / "workbooks").mkdir()
    (tmp_path / "workbooks" / "a.xlsx").write_bytes(b"")
    source, out = tmp_path / "workbooks", tmp_path / "mine"
    assert stated_years(source, out, ["a.xlsx=2016"], ["a=2017"]).years == {"a.xlsx": 2016}
    for value, message_id in (
        ("a.xlsx", "import_year_unreadable"),
        ("b.xlsx=2016", "import_year_file_unknown"),
    ):
        with pytest.raises(Mistake) as mistake:
            stated_years(source, out, [value], [])
        assert mistake.value.message_id == message_id
    files = {"a.xlsx": {"s": [["城市", "常住人口(万人)"], ["苏州市", 1065]]}}
    summary = imported(files, stated=stated_years(source, out, [], ["a.xlsx=2017"]))
    assert table(summary, "population")[0]["年份"] == "2016"
    sources = summary.out / "sources.csv"
    text = sources.read_text(encoding="utf-8").replace(",,unknown: not", ",2018,unknown: not")
    sources.write_text(text, encoding="utf-8")
    again = imported(files, stated=stated_years(source, out, [], []))
    assert table(again, "population")[0]["年份"] == "2017", "the edition that the user wrote into sources.csv"
