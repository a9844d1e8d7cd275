"""Stata files: labels of variables as printed headers, labels of values as printed text.

Numbers are written with the digits that their storage type holds (a float 79.3 is `79.3`); daily dates as
ISO dates; missing values of every kind are blank.
"""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from pandas.io.stata import StataReader

from citypanel.importing.printed_text import cell_text
from citypanel.importing.reading.limits import check_cells
from citypanel.importing.reading.sheet import Refused, Sheet

_EPOCH = date(1960, 1, 1)
FIRST_UNICODE_RELEASE = 118


def read_stata(content: bytes, file: str) -> list[Sheet]:
    """Read a .dta file as one sheet whose first row is the labels (where there is none, the names)."""
    try:
        with StataReader(io.BytesIO(content), convert_dates=False, convert_categoricals=False) as reader:
            frame = reader.read()
            labels, formats = reader.variable_labels(), _daily(reader)
            values = _labels_of_values(reader)
            release = int(getattr(reader, "_format_version", FIRST_UNICODE_RELEASE))
    except Exception as error:  # a damaged file can fail in any way
        raise Refused("import_unreadable", error=" ".join(str(error).split())[:200]) from error
    check_cells(len(frame), frame.shape[1])
    recode = _as_gb18030 if release < FIRST_UNICODE_RELEASE else str
    columns = [_column(frame[name], values.get(str(name), {}), str(name) in formats) for name in frame]
    rows = [[labels.get(str(name), "").strip() or str(name) for name in frame]]
    rows += [list(cells) for cells in zip(*columns, strict=True)]
    return [Sheet(file, "", [[recode(cell) for cell in row] for row in rows])]


def _labels_of_values(reader: StataReader) -> dict[str, dict[Any, str]]:
    """Return value -> label by variable."""
    sets = reader.value_labels()
    names = zip(getattr(reader, "_varlist", []), getattr(reader, "_lbllist", []), strict=False)
    return {str(variable): sets[label] for variable, label in names if label in sets}


def _daily(reader: StataReader) -> set[str]:
    """Return the variables that hold daily dates."""
    names = zip(getattr(reader, "_varlist", []), getattr(reader, "_fmtlist", []), strict=False)
    return {str(variable) for variable, form in names if str(form).startswith(("%td", "%d"))}


def _column(values: pd.Series, labels: dict[Any, str], daily: bool) -> list[str]:
    """Return a variable as printed."""
    return (
        [_printed(value, labels, daily) for value in values.tolist()]
        if values.dtype != np.float32
        else [_printed(float(str(value)), labels, daily) for value in values.to_numpy()]
    )


def _printed(value: Any, labels: dict[Any, str], daily: bool) -> str:
    """Return one value as printed."""
    if value is None or value != value:
        return ""
    if labels and value in labels:
        return str(labels[value])
    if daily and isinstance(value, (int, float)) and abs(value) < 1e6:
        return (_EPOCH + timedelta(days=int(value))).isoformat()
    return cell_text(value)


def _as_gb18030(text: str) -> str:
    """Return text that an old Stata wrote in a Chinese code page and pandas took for Latin 1."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text
