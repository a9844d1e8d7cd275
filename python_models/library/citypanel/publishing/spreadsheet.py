"""Frames as sheets of a workbook in which text is text, whatever it begins with: no formula, no link.

XlsxWriter in its constant-memory mode, row by row: a third of the time that pandas needs for the panel's
600,000 cells. Text that would become a formula when it is edited bears the quote prefix.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")
LONGEST_TEXT = 32_767
TRUTH, NUMBER = bool | np.bool_, int | float | np.number
# a workbook says when it was made; a fixed day lets the same frames give the same bytes
MADE = datetime(2000, 1, 1)
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
           "strings_to_numbers": False}  # fmt: skip


def write_workbook(path: Path, sheets: Mapping[str, pd.DataFrame]) -> None:
    """Write one sheet per frame, the header bold and frozen; missing values are empty cells.

    Raises OSError where the file cannot be written.
    """
    workbook = xlsxwriter.Workbook(path, OPTIONS)
    workbook.set_properties({"created": MADE})
    header, quoted = workbook.add_format({"bold": True}), workbook.add_format({"quote_prefix": True})
    for name, frame in sheets.items():
        sheet = workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(frame.columns):
            sheet.write_string(0, column, str(title), header)
        columns = (frame.iloc[:, i].astype(object).array for i in range(frame.shape[1]))
        for row, values in enumerate(zip(*columns, strict=True), start=1):
            for column, value in enumerate(values):
                _write(sheet, row, column, value, quoted)
    try:
        workbook.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


def _write(sheet: Worksheet, row: int, column: int, value: Any, quoted: Format) -> None:
    """Write one cell; what is missing or no finite number is no cell."""
    if isinstance(value, TRUTH):
        sheet.write_boolean(row, column, bool(value))
    elif isinstance(value, NUMBER):
        if math.isfinite(value):
            sheet.write_number(row, column, value)
    elif value is not None and value is not pd.NA and value is not pd.NaT:
        text = str(value)[:LONGEST_TEXT]
        sheet.write_string(row, column, text, quoted if text.startswith(FORMULA_LIKE) else None)
