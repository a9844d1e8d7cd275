"""The form of a yearbook folder, one case each: folder, files, encoding, columns."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from good_folder import REFERENCE, ROW, append, good_folder, only, place, replace

from citypanel.importing import check_folder

SAMPLE = REFERENCE.parent / "yearbook"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return good_folder(tmp_path)


def test_a_good_folder_has_no_problem(folder: Path) -> None:
    assert check_folder(folder) == []


@pytest.mark.skipif(not (SAMPLE / "sources.csv").exists(), reason="the shipped sample is not there")
def test_the_shipped_sample_has_no_error() -> None:
    assert [str(problem) for problem in check_folder(SAMPLE) if problem.severity == "error"] == []


def test_an_absent_folder_is_named(tmp_path: Path) -> None:
    absent = tmp_path / "nowhere"
    assert place(only(absent)) == ("error", "check_folder_absent", str(absent), 0, "", "")


def test_a_file_is_not_a_folder(folder: Path) -> None:
    assert only(folder / "gdp.csv").message_id == "check_folder_is_a_file"


@pytest.mark.parametrize("name", ["staging", "estimates", "main", "temp", "system", "Sample", "yearbook"])
def test_a_folder_may_not_bear_the_name_of_a_schema_or_of_the_sample(folder: Path, name: str) -> None:
    renamed = folder.rename(folder.with_name(name))
    assert place(only(renamed)) == ("error", "check_folder_name_reserved", str(renamed), 0, "", name)


def test_a_lacking_table_is_an_error_and_a_header_alone_is_not(folder: Path) -> None:
    (folder / "gdp.csv").unlink()
    assert place(only(folder)) == ("error", "check_table_absent", "gdp.csv", 0, "", "")


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n \n"])
def test_a_table_without_text_is_an_error_and_its_header_is_printed(folder: Path, content: bytes) -> None:
    (folder / "fiscal.csv").write_bytes(content)
    problem = only(folder)
    assert place(problem) == ("error", "check_table_empty", "fiscal.csv", 0, "", "")
    assert "年份,城市,来源,地方一般公共预算收入_万元" in problem.remedy


def test_a_file_that_is_not_utf8_is_named_with_byte_and_row(folder: Path) -> None:
    text = (folder / "population.csv").read_text(encoding="utf-8")
    (folder / "population.csv").write_bytes(text.split("\n")[0].encode() + b"\n" + ROW.encode("gb18030"))
    problem = only(folder)
    assert place(problem)[:4] == ("error", "check_not_utf8", "population.csv", 2)
    assert problem.arguments["encoding"] == "GB18030" and "iconv -f GB18030" in problem.remedy
    assert (folder / "population.csv").read_bytes()[problem.arguments["offset"]] == int(problem.value[:2], 16)


def test_a_lacking_column_is_an_error(folder: Path) -> None:
    replace(folder, "trade", ",社会消费品零售总额_万元", "")
    assert place(only(folder)) == (
        "error",
        "check_column_absent",
        "trade.csv",
        1,
        "社会消费品零售总额_万元",
        "",
    )


def test_an_added_column_is_a_warning(folder: Path) -> None:
    replace(folder, "trade", "货物出口额_万元", "货物出口额_万元,蓝天天数")
    assert place(only(folder)) == ("warn", "check_column_unknown", "trade.csv", 1, "蓝天天数", "")


def test_a_moved_column_is_no_problem(folder: Path) -> None:
    replace(folder, "population", "年份,城市,来源", "城市,年份,来源")
    replace(folder, "population", "2015,苏州市,a", "苏州市,2015,a")
    assert check_folder(folder) == []


def test_a_column_that_stands_twice_is_an_error(folder: Path) -> None:
    replace(folder, "trade", "货物出口额_万元", "货物出口额_万元,货物出口额_万元")
    assert place(only(folder)) == ("error", "check_column_twice", "trade.csv", 1, "货物出口额_万元", "")


def test_a_ragged_row_is_an_error(folder: Path) -> None:
    append(folder, "population", "2016,苏州市,a,678,1,064.74,4.5,8657\n")
    problem = only(folder)
    assert place(problem)[:4] == ("error", "check_row_ragged", "population.csv", 3)
    assert problem.arguments == {"cells": 8, "columns": 7}


def test_other_csv_files_are_named_and_those_with_a_taken_name_are_errors(folder: Path) -> None:
    shutil.copy(folder / "gdp.csv", folder / "gdp2.csv")
    assert place(only(folder))[:3] == ("warn", "check_file_unknown", "gdp2.csv")
    (folder / "gdp2.csv").rename(folder / "cities.csv")
    assert place(only(folder))[:3] == ("error", "check_file_name_taken", "cities.csv")
