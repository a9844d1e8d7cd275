"""Text that a spreadsheet would run as a formula, written so that it stays text.

Printed cells hold whatever a file held, `=HYPERLINK(…)` among it. Excel and its kin run text that begins with
`=`, `+`, `-` or `@`; the remedy is OWASP's ("CSV Injection"): in csv an apostrophe before it, in xlsx a cell
of the type text.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

SHEET = "citypanel"
# a number with its sign, and a lone sign (a missing mark), are no formulas
FORMULA = re.compile(r"[=@\t\r]|[+\-](?!\s*[\d.,]*(?:[eE][+\-]?\d+)?%?$)")


def looks_like_a_formula(value: object) -> bool:
    """Whether a spreadsheet would run this value if it stood in a csv as it is."""
    return isinstance(value, str) and FORMULA.match(value) is not None


def inert(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame, of the same shape, with an apostrophe before each text that looks like a formula."""
    return frame.map(lambda value: f"'{value}" if looks_like_a_formula(value) else value)


def write_xlsx(frame: pd.DataFrame, path: Path) -> None:
    """Write the frame to the sheet `citypanel` of a workbook; text is text there, whatever it begins with."""
    with pd.ExcelWriter(path, engine="openpyxl") as workbook:
        frame.to_excel(workbook, index=False, sheet_name=SHEET)
        sheet = workbook.sheets[SHEET]
        # openpyxl takes text that begins with = for a formula; row 1 holds the names, cells count from 1
        for row, column in zip(*frame.map(looks_like_a_formula).to_numpy().nonzero(), strict=True):
            sheet.cell(int(row) + 2, int(column) + 1).data_type = "s"
