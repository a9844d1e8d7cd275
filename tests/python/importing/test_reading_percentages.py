"""Cells that Excel shows as percentages are read as they are shown."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from invented_files import read
from invented_workbooks import read_rows

from citypanel.importing.printed_text import column_letters, column_number
from citypanel.importing.reading.percent_cells import percent_cells, shown_as_percent


def book() -> bytes:
    """A workbook whose second sheet shows shares as percentages."""
    made = openpyxl.Workbook()
    made.worksheets[0].append(["a", 0.5])
    sheet = made.create_sheet("比重")
    for row in (
        ["城市", "自然增长率", "指数", "备注"],
        ["苏州市", 0.0032, 0.5, "无"],
        ["无锡市", None, 1, 3],
    ):
        sheet.append([None, *row])
    formats = {"C2": "0.00%", "C3": "0.0%;[Red]-0.0%", "D2": '0.0"%"', "E2": "0%", "E3": "0%"}
    for cell, form in formats.items():
        sheet[cell].number_format = form
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_percentages_are_printed_as_shown(tmp_path: Path) -> None:
    (workbook,) = read(book(), "a.xlsx", tmp_path)
    plain, sheet = workbook.sheets
    assert (plain.rows, sheet.first_column) == ([["a", "0.5"]], 1)
    assert sheet.rows[1:] == [["苏州市", "0.32%", "0.5", "无"], ["无锡市", "", "1", "300%"]]
    assert percent_cells(book()) == {"Sheet": set(), "比重": {"C2", "C3", "E3"}}
    assert percent_cells(b"PK\x03\x04broken") == {}


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("0.0032", "0.32%"), ("1", "100%"), ("-0.5", "-50%"), ("", ""), ("无", "无"), ("0", "0%")],
)
def test_every_digit_is_kept(stored: str, shown: str) -> None:
    assert shown_as_percent(stored) == shown


def test_columns_are_counted_as_excel_names_them() -> None:
    assert [column_number(column_letters(number)) for number in (0, 25, 26, 701, 702)] == [
        0,
        25,
        26,
        701,
        702,
    ]
    (cell,) = read_rows([["城市", "自然增长率(‰)"], ["苏州市", "0.32%"]], name="2010").cells
    assert (str(cell.value), cell.unit) == ("3.20", "%")
