"""A frame as text for people (table, md), as text for programs (csv) and as a file (xlsx, dta)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from tabulate import tabulate

from citypanel.console.inert_text import inert
from citypanel.messages import Mistake, message
from citypanel.publishing.spreadsheet import write_workbook
from citypanel.publishing.stata_file import write_stata

TEXT_FORMATS = ("table", "md", "csv")
ENDINGS = {".txt": "table", ".md": "md", ".csv": "csv", ".xlsx": "xlsx", ".dta": "dta"}


def as_text(frame: pd.DataFrame, style: str) -> str:
    """Return the frame as `table`, `md` (numbers to six significant digits) or `csv` (every digit)."""
    if style == "csv":
        return inert(frame).to_csv(index=False, lineterminator="\n").rstrip("\n")
    columns = [str(column) for column in frame.columns]
    rows = [[_shown(value, style) for value in row] for row in frame.itertuples(index=False, name=None)]
    sides = ["right" if _is_number(frame.iloc[:, i]) else "left" for i in range(len(columns))]
    layout = "github" if style == "md" else "simple"
    return tabulate(rows, columns, tablefmt=layout, disable_numparse=True, colalign=sides if rows else None)


def format_of_ending(path: Path) -> str:
    """Return the format that the file's ending names; raises `Mistake` where it names none."""
    if path.suffix.lower() not in ENDINGS:
        raise Mistake("query_unknown_ending", file=path)
    return ENDINGS[path.suffix.lower()]


def write_file(frame: pd.DataFrame, style: str, path: Path) -> list[str]:
    """Write the frame to `path`; return notes for the reader (columns that Stata cannot name as they are).

    Raises `Mistake` when the folder is absent or the file cannot be written.
    """
    try:
        if style == "xlsx":
            write_workbook(path, {"citypanel": frame})
            return []
        if style == "dta":
            return _write_stata(frame, path)
        path.write_text(as_text(frame, style) + "\n", encoding="utf-8", newline="\n")
        return []
    except (OSError, ValueError) as error:
        raise Mistake("result_not_written", file=path, error=" ".join(str(error).split())) from error


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _shown(value: Any, style: str) -> str:
    """Return one cell for reading: missing as nothing, numbers to six digits but never in powers of ten."""
    if not isinstance(value, list | dict | tuple) and not hasattr(value, "shape") and pd.isna(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return str(value).lower()
    if isinstance(value, float | Decimal):
        number = float(value)
        return format(number, ".1f" if 1e5 <= abs(number) < 1e15 else ".6g")
    if isinstance(value, pd.Timestamp) and value == value.normalize():
        return str(value.date())
    return str(value).replace("|", "\\|").replace("\n", " ") if style == "md" else str(value)


def _write_stata(frame: pd.DataFrame, path: Path) -> list[str]:
    """Write Stata 14+ (version 118, UTF-8); a renamed column keeps its name as its label."""
    names = write_stata(frame, path, labels={})
    return [message("stata_column_renamed", column=old, name=new) for old, new in names.items() if old != new]
