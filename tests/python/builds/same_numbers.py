"""Tables of two builds: the same rows, numbers to 12 significant digits; run ids and times left out."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
from conftest import Copy

SCHEMAS = ("panels", "indicators", "estimates")
# run ids and times differ between runs by their nature
VARYING = re.compile(r"(^|_)(run_id|invocation_id|seconds|duration|started_at|finished_at|fitted_at)$")
# numbers inside JSON text are numbers too, and compared as such
NUMBER_IN_TEXT = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def compared_tables(copy: Copy, database: Path | None = None) -> list[str]:
    """Names of the tables of panel, indicators and estimates, with their schema."""
    found = copy.query("select table_schema || '.' || table_name as t, table_schema as s "
                       "from information_schema.tables order by 1", database)
    return [table for table, schema in zip(found["t"], found["s"], strict=True) if schema in SCHEMAS]


def _numbers_taken_out(frame: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """A frame whose JSON columns hold `#` for each number, and those numbers in the order of the rows."""
    json = [column for column in frame if frame[column].astype(str).str.startswith(("{", "[")).any()]
    texts = frame[json].astype(str).fillna("")
    numbers = [float(x) for row in texts.to_numpy() for text in row for x in NUMBER_IN_TEXT.findall(text)]
    blanked = {column: texts[column].str.replace(NUMBER_IN_TEXT, "#", regex=True) for column in json}
    return frame.assign(**blanked), np.array(numbers)


def same_rows(left: pd.DataFrame, right: pd.DataFrame, table: str) -> None:
    """Assert that two tables hold the same rows, numbers to 12 significant digits."""
    columns = [column for column in left.columns if not VARYING.search(column)]
    assert list(left.columns) == list(right.columns), table
    floats = [column for column in columns if pd.api.types.is_float_dtype(left[column])]
    exact = [column for column in columns if column not in floats]
    frames = []
    for frame in (left, right):
        ordered = frame[columns].assign(**{column: frame[column].astype(str) for column in exact})
        by = [*exact, *floats]
        frames.append(ordered.sort_values(by, ignore_index=True, kind="stable"))
    (one, numbers_of_one), (two, numbers_of_two) = (_numbers_taken_out(frame[exact]) for frame in frames)
    pd.testing.assert_frame_equal(one, two, obj=table)
    np.testing.assert_allclose(numbers_of_one, numbers_of_two, rtol=1e-12, atol=1e-15, err_msg=table)
    for column in floats:
        values = [frame[column].to_numpy(dtype=float) for frame in frames]
        np.testing.assert_allclose(*values, rtol=1e-12, atol=1e-15, err_msg=f"{table}.{column}")
