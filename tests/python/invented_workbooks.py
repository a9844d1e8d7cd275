"""Invented workbooks for the tests of the importer, and what an import of them wrote."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl

from citypanel.importing import ImportSummary, import_folder
from citypanel.importing.mapping import Column

Rows = list[list[object]]
Import = Callable[..., ImportSummary]
HEAD = ["年份", "城市", "省份"]
CITIES = [
    ("苏州市", "江苏省"),
    ("无锡市", "江苏省"),
    ("宿州市", "安徽省"),
    ("泰州市", "江苏省"),
    ("台州市", "浙江省"),
]


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
    found = duckdb.sql(f"select * from read_parquet('{summary.out / 'cells.parquet'}') where {where}")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def column(summary: ImportSummary, printed: str) -> Column:
    """The value column with a printed header."""
    return next(c for panel in summary.panels for c in panel.columns if c.header.printed == printed)


def panel_rows(header: str, value: Callable[[int, int], object], years: range = range(2010, 2016)) -> Rows:
    body = [
        [year, city, province, value(i, year)] for i, (city, province) in enumerate(CITIES) for year in years
    ]
    return [[*HEAD, header], *body]
