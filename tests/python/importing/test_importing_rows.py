"""Rows, cities and cells: what stands in a row, which unit its name means, and what is written of it."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from invented_workbooks import HEAD, Import, Rows, cells, import_sheets, panel_rows, table

from citypanel.importing.printed_text import cell_text, plain_decimal, printed_number, printed_year
from citypanel.importing.reference_rows import reference_folder
from citypanel.importing.roster import Roster
from citypanel.importing.tables import KEYS

REFERENCE = reference_folder()


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    return partial(import_sheets, tmp_path)


def test_numbers_and_years_are_read_as_the_staging_layer_reads_them() -> None:
    assert printed_year("2015年") == printed_year(" 2015.0") == 2015
    assert printed_year("20155") is printed_year("1899") is None
    assert str(printed_number("1,234,567.80")) == "1234567.80" and str(printed_number("１２．5")) == "12.5"
    assert printed_number("12,34") is printed_number("—") is printed_number("约35") is None
    assert cell_text(79.3000030517578) == "79.3000030517578" and cell_text(111.0) == "111"
    assert plain_decimal(Fraction("68863101.5") * Fraction(1, 10000)) == "6886.31015"


def test_values_are_converted_exactly_and_the_print_is_kept(imported: Import) -> None:
    rows = [[*HEAD, "地区生产总值_当年价格_全市_万元"], [2019, "苏州市", "江苏省", "192,358,001.5"]]
    summary = imported({"a.xlsx": {"s": rows}})
    assert table(summary, "gdp")[0] == {
        **dict.fromkeys(table(summary, "gdp")[0], ""),
        **dict(zip(KEYS, ("2019", "苏州市", "a"), strict=True)),
        "地区生产总值_亿元": "19235.80015",
    }
    (cell,) = cells(summary)
    assert (cell["value_printed"], cell["unit_printed"], cell["unit"]) == (
        "192,358,001.5",
        "万元",
        "100m yuan",
    )
    assert (cell["sheet"], cell["cell"], cell["row"], cell["factor"]) == ("s", "D2", 2, 0.0001)


def test_a_number_in_the_dictionarys_unit_stays_as_printed(imported: Import) -> None:
    summary = imported({"a.xlsx": {"s": panel_rows("常住人口（万人）", lambda i, y: "1046.850")}})
    assert {row["年末常住人口_万人"] for row in table(summary, "population")} == {"1046.850"}


def test_the_header_is_found_below_other_lines(imported: Import) -> None:
    rows = [[], [None, "某某数据 2010-2015"], [], *panel_rows("常住人口（万人）", lambda i, y: 100 + i)]
    summary = imported({"a.xlsx": {"s": rows}})
    assert len(table(summary, "population")) == 30
    assert cells(summary, "city_id = 'jiangsu_suzhou' and year = 2010")[0]["cell"] == "D5"


def test_rows_that_are_not_cities_are_recognised_and_kept_as_what_they_are(imported: Import) -> None:
    rows = panel_rows("常住人口（万人）", lambda i, y: 100 + i)
    strange: Rows = [
        [],
        [None, None, None, "更多数据，关注淘宝店【某某】"],
        [2010, "江苏省", "江苏省", 7869],
        [2010, "合计", None, 134091],
        [2010, "东部地区", None, 50000],
        ["数据来源：各省统计年鉴"],
        [None, "苏州市", "江苏省", 5],
        [2010, "桃花源市", "江苏省", 3],
        [2010, "延边朝鲜族自治州", "吉林省", 227],
        ["年份", "城市", "省份", "常住人口（万人）"],
    ]
    summary = imported({"a.xlsx": {"s": rows + strange}})
    expected = "empty advert province total region source_line no_year header_again"
    assert summary.not_cities == dict.fromkeys(expected.split(), 1)
    names = {row["城市"] for row in table(summary, "population")}
    assert {"桃花源市", "延边朝鲜族自治州"} <= names and not {"江苏省", "合计", "东部地区"} & names
    assert {cell["match_kind"] for cell in cells(summary, "city_id is null")} == {
        "province",
        "total",
        "region",
        "unknown_city",
    }


@pytest.mark.parametrize(
    ("printed", "year", "beside", "city_id", "kind"),
    [
        ("苏州市", 2010, {}, "jiangsu_suzhou", "exact"),
        ("苏州", 2010, {}, "jiangsu_suzhou", "without_suffix"),
        ("苏 州\u200b市\u00a0", 2010, {}, "jiangsu_suzhou", "exact"),
        ("襄阳市", 2005, {}, "hubei_xiangyang", "other_year_name"),
        ("毫州市", 2010, {}, "anhui_bozhou", "alias"),
        ("Suzhou", 2010, {"code": "320500"}, "jiangsu_suzhou", "english_name"),
        ("吉林", 2010, {}, "", "ambiguous"),
        ("吉林", 2010, {"province": "吉林"}, "", "ambiguous"),
        ("吉林", 2010, {"province": "吉林省"}, "jilin_jilin", "without_suffix"),
        ("吉林", 2010, {"code": "220200"}, "jilin_jilin", "without_suffix"),
        ("吉林", 2010, {"stated": True}, "jilin_jilin", "stated_by_header"),
        ("吉林省", 2010, {}, "", "province"),
        ("北京", 2010, {}, "beijing", "without_suffix"),
        ("桃花源市", 2010, {}, "", "unknown"),
    ],
)
def test_city_names_resolve_and_say_how(
    printed: str, year: int, beside: dict[str, object], city_id: str, kind: str
) -> None:
    match = Roster(REFERENCE).match(printed, year, **beside)  # type: ignore[arg-type]
    assert (match.city_id, match.kind) == (city_id, kind)


def test_a_city_is_written_under_its_name_of_the_year(imported: Import) -> None:
    rows: Rows = [
        ["year", "城市", "常住人口（万人）"],
        [2009, "襄阳", 540],
        [2011, "襄樊市", 552],
        [2015, "巢湖", 80],
    ]
    written = [(row["年份"], row["城市"]) for row in table(imported({"a.xlsx": {"s": rows}}), "population")]
    assert written == [("2009", "襄樊市"), ("2011", "襄阳市"), ("2015", "巢湖")]


def test_repeated_rows_collapse_and_of_different_ones_the_first_is_used(imported: Import) -> None:
    rows = panel_rows("常住人口（万人）", lambda i, y: 100 + i)
    rows += [[2010, "苏州", "江苏省", "100.0"], [2011, "苏州市", "江苏省", 999]]
    summary = imported({"a.xlsx": {"s": rows}})
    values = {
        row["年份"]: row["年末常住人口_万人"]
        for row in table(summary, "population")
        if row["城市"] == "苏州市"
    }
    assert values["2010"] == values["2011"] == "100" and len(table(summary, "population")) == 30
    ((kept, other),) = summary.choice.conflicts
    assert (kept.printed, other.printed, summary.choice.repeated) == ("100", "999", {"a": 1})
