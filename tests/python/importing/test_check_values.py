"""The cells of a yearbook folder, one case each: years, cities, numbers, repetitions, the two registers."""

from __future__ import annotations

from pathlib import Path

import pytest
from good_folder import ROW, append, good_folder, only, place

from citypanel.importing import check_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return good_folder(tmp_path)


@pytest.mark.parametrize("year", ["二〇一五", "15", "1948", "2101", "2015-2016", ""])
def test_a_year_that_is_none_is_an_error(folder: Path, year: str) -> None:
    append(folder, "population", f"{year},无锡市,a,1,,,\n")
    assert place(only(folder)) == ("error", "check_year", "population.csv", 3, "年份", year)


@pytest.mark.parametrize("year", ["2015.0", "2015年", " 2015 "])
def test_a_year_that_the_staging_layer_reads_is_no_problem(folder: Path, year: str) -> None:
    append(folder, "population", f"{year},无锡市,a,1,,,\n")
    assert check_folder(folder) == []


def test_an_unknown_city_is_a_warning_with_the_nearest_names_once_per_table(folder: Path) -> None:
    append(folder, "population", "2015,苏洲市,a,1,,,\n2016,苏洲市,a,1,,,\n")
    problem = only(folder)
    assert place(problem) == ("warn", "check_city_unknown", "population.csv", 3, "城市", "苏洲市")
    assert "苏州市" in str(problem)


@pytest.mark.parametrize("city", ["无锡", "无 锡 市", "毫州市", "襄樊市"])
def test_a_city_that_staging_resolves_is_no_problem(folder: Path, city: str) -> None:
    append(folder, "population", f"2015,{city},a,1,,,\n")
    assert check_folder(folder) == []


def test_a_city_year_repeated_with_the_same_numbers_is_a_warning(folder: Path) -> None:
    append(
        folder,
        "population",
        ROW.replace("苏州市", "苏州").replace("1061.60", "1061.6"),
    )
    assert place(only(folder)) == ("warn", "check_row_repeated", "population.csv", 3, "城市", "苏州")


def test_a_contradiction_within_a_source_is_an_error_with_the_ready_correction(folder: Path) -> None:
    append(folder, "population", ROW.replace("1061.60", "1071.6"))
    problem = only(folder)
    assert place(problem) == (
        "error",
        "check_row_conflict",
        "population.csv",
        3,
        "年末常住人口_万人",
        "1071.6",
    )
    append(folder, "corrections", problem.arguments["correction"] + "\n")
    assert check_folder(folder) == [], "the printed row, pasted, is the remedy"


def test_two_sources_may_contradict_each_other(folder: Path) -> None:
    append(folder, "sources", "b,公报,Bulletin,real,2,,,,,,,\n")
    append(folder, "population", ROW.replace(",a,", ",b,").replace("1061.60", "1071.6"))
    assert check_folder(folder) == []


@pytest.mark.parametrize("text", ["约35", "1.2.3", "12,34", "3万"])
def test_a_number_that_is_none_is_a_warning(folder: Path, text: str) -> None:
    quoted = f'"{text}"' if "," in text else text
    append(folder, "population", f"2015,无锡市,a,{quoted},,,\n")
    assert place(only(folder)) == (
        "warn",
        "check_not_a_number",
        "population.csv",
        3,
        "年末户籍人口_万人",
        text,
    )


@pytest.mark.parametrize("text", ["—", "…", "", " 1 234.5 ", '"1,234.5"', "１２"])
def test_missing_marks_and_spaced_numbers_are_no_problem(folder: Path, text: str) -> None:
    append(folder, "population", f"2015,无锡市,a,{text},,,\n")
    assert check_folder(folder) == []


def test_a_source_that_sources_csv_lacks_is_an_error_once_per_table(folder: Path) -> None:
    append(folder, "population", "2015,无锡市,b,1,,,\n2016,无锡市,b,1,,,\n")
    assert place(only(folder)) == ("error", "check_source_unknown", "population.csv", 3, "来源", "b")


@pytest.mark.parametrize(
    ("row", "message_id", "column", "value"),
    [
        ("a,年鉴,Yearbook,real,2,,,,,,,", "check_source_twice", "source_id", "a"),
        ("b,年鉴,Yearbook,true,2,,,,,,,", "check_source_kind", "kind", "true"),
        ("b,年鉴,Yearbook,real,first,,,,,,,", "check_source_precedence", "precedence", "first"),
    ],
)
def test_sources_csv_is_checked(folder: Path, row: str, message_id: str, column: str, value: str) -> None:
    append(folder, "sources", row + "\n")
    assert place(only(folder)) == ("error", message_id, "sources.csv", 3, column, value)


@pytest.mark.parametrize(
    ("row", "message_id", "column", "value"),
    [
        ("c,z,gdp_100m_yuan,苏州市,2015,drop,,,,", "check_correction_unknown", "source_id", "z"),
        ("c,a,gdp,苏州市,2015,drop,,,,", "check_correction_unknown", "indicator_id", "gdp"),
        ("c,a,gdp_100m_yuan,苏州市,2015,delete,,,,", "check_correction_unknown", "action", "delete"),
        ("c,a,gdp_100m_yuan,苏州市,last,drop,,,,", "check_correction_year", "year", "last"),
        ("c,a,gdp_100m_yuan,桃花源市,2015,drop,,,,", "check_correction_city", "city", "桃花源市"),
        ("c,a,gdp_100m_yuan,苏州市,2015,override,,n/a,,", "check_correction_number", "value_new", "n/a"),
        ("c,a,gdp_100m_yuan,*,2015,scale,,,,", "check_correction_number", "value_new", ""),
        ("c,a,gdp_100m_yuan,*,2015,scale,,1e999,,", "check_correction_number", "value_new", "1e999"),
        (",a,gdp_100m_yuan,*,2015,drop,,,,", "check_correction_twice", "correction_id", ""),
        ("c,a,gdp_100m_yuan,苏州市,2008..2015,drop,,,,", "check_correction_year", "year", "2008..2015"),
        ("c,a,gdp_100m_yuan,苏州市,2015,shift,2015=1,2,,", "check_correction_shift", "value_new", "2"),
        ("c,a,gdp_100m_yuan,苏州市,2015,shift,苏州市=1,1 row,,", "check_correction_block", "city", "苏州市"),
        ("c,a,gdp_100m_yuan,苏州市..青岛市,2015,shift,苏州市=1,1 row,,", "check_correction_block", "city",
         "苏州市..青岛市"),
        ("c,a,gdp_100m_yuan,苏州市,*,shift,,1 year,,", "check_correction_expectation", "value_expected", ""),
        ("c,a,gdp_100m_yuan,苏州市,2015,move,,year=2016,,", "check_correction_expectation", "value_expected",
         ""),
        ("c,a,gdp_100m_yuan,苏州市,2015,move,1,无锡市,,", "check_correction_move", "value_new", "无锡市"),
        ("c,a,gdp_100m_yuan,苏州市,2015,move,1,city=桃花源市,,", "check_correction_city", "value_new",
         "桃花源市"),
        ("c,a,gdp_100m_yuan,苏州市,2015,move,1,indicator=gdp,,", "check_correction_unknown", "value_new",
         "gdp"),
    ],
)
def test_corrections_csv_is_checked(folder: Path, row: str, message_id: str, column: str, value: str) -> None:
    append(folder, "corrections", row + "\n")
    assert place(only(folder)) == ("error", message_id, "corrections.csv", 2, column, value)


@pytest.mark.parametrize("row", ["*,2015,drop,", "*,2015,scale,12", "苏州市,2015,drop,"])
def test_a_correction_that_expects_no_printed_text_is_a_warning(folder: Path, row: str) -> None:
    append(folder, "corrections", f"c,a,gdp_100m_yuan,{row},{10 if 'scale' in row else ''},,\n")
    assert place(only(folder))[:2] == ("warn", "check_correction_unguarded")


def test_a_correction_of_another_name_is_answered_with_every_action(folder: Path) -> None:
    append(folder, "corrections", "c,a,gdp_100m_yuan,苏州市,2015,delete,,,,\n")
    assert all(action in only(folder).remedy for action in ("drop", "override", "scale", "shift", "move"))


def test_a_name_that_two_corrections_bear_is_an_error(folder: Path) -> None:
    append(folder, "corrections", "c,a,gdp_100m_yuan,*,2015,drop,苏州市=1,,,\n" * 2)
    assert place(only(folder))[:4] == ("error", "check_correction_twice", "corrections.csv", 3)


def test_a_good_correction_is_no_problem(folder: Path) -> None:
    append(folder, "corrections", "c,a,gdp_100m_yuan,*,2015,scale,苏州市=1 + 无锡市=2,0.0001,unit,\n")
    append(folder, "corrections", "d,a,gdp_100m_yuan,苏州市,2015,override,1,2,misprint,\n")
    append(folder, "corrections", "e,a,gdp_100m_yuan,苏州市..无锡市,2015,shift,苏州市=1,-1 row,row shift,\n")
    append(folder, "corrections", "f,a,gdp_100m_yuan,苏州市,2008..2015,shift,2008=1,1 year,dated late,\n")
    append(folder, "corrections", "g,a,gdp_100m_yuan,苏州市,*,shift,2008=1,+1 year,dated late,\n")
    append(folder, "corrections", "h,a,gdp_100m_yuan,苏州市,2015,move,1,city=无锡市 + year=2014,swap,\n")
    assert check_folder(folder) == []


def test_several_problems_are_all_told_in_the_order_of_the_rows(folder: Path) -> None:
    append(folder, "population", "x,无锡市,a,1,,,\n2015,苏洲市,a,约1,,,\n")
    (folder / "gdp.csv").unlink()
    found = [(problem.file, problem.row) for problem in check_folder(folder)]
    assert found == [("population.csv", 3), ("population.csv", 4), ("population.csv", 4), ("gdp.csv", 0)]
