"""Invented workbooks for the tests of the importer, and what an import of them wrote."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from citypanel.importing import ImportSummary, import_folder
from citypanel.importing.cells import Panel
from citypanel.importing.grammar import Grammar
from citypanel.importing.layouts.data_year import Stated
from citypanel.importing.mapping import Column
from citypanel.importing.reading.sheet import Sheet
from citypanel.importing.reference_rows import reference_folder
from citypanel.importing.roster import Roster
from citypanel.importing.sheet_reader import SheetReader

Rows = list[list[object]]
Import = Callable[..., ImportSummary]
REFERENCE = reference_folder()
GRAMMAR, ROSTER = Grammar(REFERENCE), Roster(REFERENCE)
HEAD = ["年份", "城市", "省份"]
CITIES = [
    ("苏州市", "江苏省"),
    ("无锡市", "江苏省"),
    ("宿州市", "安徽省"),
    ("泰州市", "江苏省"),
    ("台州市", "浙江省"),
]


def read_all_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process that reads take every text table and sheet of more than a few cells for a long one."""
    start = "import sys; sys.path.insert(0, {!r}); import citypanel.importing.reading.files as f; "
    start += "f.LONG_FROM_MB, f.LONG_FROM_CELLS = 0, 100; "
    start += "import citypanel.importing.reading.columnar as c; c.LONG_FROM_CELLS = 100; "
    start += "from citypanel.importing.reading.worker import main; main()"
    monkeypatch.setattr("citypanel.importing.reading.process._START", start)


def import_texts(place: Path, **texts: str) -> ImportSummary:
    """Write text tables (name -> text) under `place` and import them."""
    (place / "workbooks").mkdir(exist_ok=True)
    for name, text in texts.items():
        (place / "workbooks" / f"{name}.csv").write_text(text, encoding="utf-8")
    return import_folder(place / "workbooks", place / "mine")


def import_sheets(place: Path, files: dict[str, dict[str, Rows]], **options: Any) -> ImportSummary:
    """Write sheets (file -> sheet -> rows) as workbooks under `place` and import them."""
    source = place / "workbooks"
    source.mkdir(exist_ok=True)
    for name, sheets in files.items():
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(source / name)
    return import_folder(source, place / "mine", **options)


def table(summary: ImportSummary, name: str) -> list[dict[str, str]]:
    """Rows of a yearbook table that was written."""
    with (summary.out / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def cells(summary: ImportSummary, where: str = "true") -> list[dict[str, object]]:
    """Rows of cells.parquet under a condition."""
    statement = f"select * from read_parquet('{summary.out / 'cells.parquet'}') where {where}"
    with duckdb.connect() as connection:
        found = connection.sql(statement)
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def column(summary: ImportSummary, printed: str) -> Column:
    """The value column with a printed header."""
    return next(c for panel in summary.panels for c in panel.columns if c.header.printed == printed)


def panel_rows(header: str, value: Callable[[int, int], object], years: range = range(2010, 2016)) -> Rows:
    body = [
        [year, city, province, value(i, year)] for i, (city, province) in enumerate(CITIES) for year in years
    ]
    return [[*HEAD, header], *body]


def read_rows(
    rows: Rows,
    merged: tuple[tuple[int, int, int, int], ...] = (),
    file: str = "a.xlsx",
    name: str = "s",
    **stated: Any,
) -> Panel:
    """The panel in one sheet of rows, read without a file; `years`, `editions`: what the user states."""
    printed = [["" if cell is None else str(cell) for cell in row] for row in rows]
    sheet = Sheet(file, name, printed, merged=merged)
    told = Stated(stated.get("years", {}), stated.get("editions", {}))
    return SheetReader(REFERENCE, GRAMMAR, ROSTER, told).read(sheet)


def numbers(panel: Panel) -> dict[tuple[str, str, int], str]:
    """Printed number by printed city, indicator (an unknown one by its label) and year, of city rows."""
    return {
        (cell.city_printed, cell.column.indicator_id or cell.column.header.label, cell.year): cell.printed
        for cell in panel.cells
        if cell.kind == "city"
    }
