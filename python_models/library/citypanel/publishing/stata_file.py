"""Frames as Stata files: legal names of variables, types that Stata has, labels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

NAME_LENGTH = 32
LABEL_LENGTH = 80
# Stata, help reswords
RESERVED = frozenset(
    {
        "_all", "_b", "_coef", "_cons", "_n", "_N", "_pi", "_pred", "_rc", "_se", "_skip", "byte", "double",
        "float", "if", "in", "int", "long", "strL", "using", "with",
    }
)  # fmt: skip


def stata_names(columns: Sequence[str]) -> dict[str, str]:
    """Return a legal Stata name for each column, all different; a name that is legal stays as it is."""
    kept = {column for column in columns if _legal(column) == column[:NAME_LENGTH]}
    names: dict[str, str] = {}
    for column in columns:
        taken = kept | set(names.values())
        names[column] = column if column in kept else _untaken(_legal(column), taken)
    return names


def write_stata(
    frame: pd.DataFrame,
    path: Path,
    labels: Mapping[str, str],
    title: str = "",
    written_at: datetime | None = None,
) -> dict[str, str]:
    """Write the frame as Stata 14+ (version 118, UTF-8); return the Stata name of each column.

    `labels` are texts by column, cut to 80 characters; a column without one is labelled with its own name.
    """
    names = stata_names([str(column) for column in frame.columns])
    written = pd.DataFrame({names[str(column)]: _stata_column(frame[column]) for column in frame.columns})
    shown = {names[column]: (labels.get(column) or column)[:LABEL_LENGTH] for column in names}
    written.to_stata(path, write_index=False, version=118, variable_labels=shown,
                     data_label=title[:LABEL_LENGTH] or None, time_stamp=written_at)
    return names


def _legal(column: str) -> str:
    """Return the column's name with Stata's letters and length: a digit does not come first."""
    name = re.sub(r"\W", "_", column)
    name = f"_{name}" if name[:1].isdigit() or not name or name in RESERVED else name
    return name if re.fullmatch(r"str\d+", name) is None else f"_{name}"


def _untaken(name: str, taken: set[str]) -> str:
    """Return the name cut to 32 characters, numbered where another column has it."""
    name = name[:NAME_LENGTH]
    number = 1
    while name in taken:
        number += 1
        name = f"{name[: NAME_LENGTH - 3]}_{number}"
    return name


def _stata_column(column: pd.Series) -> pd.Series:
    """Return the column in a type Stata has: truth as 0/1, numbers as numbers, the rest as text."""
    if pd.api.types.is_bool_dtype(column):
        return column.astype("Float64").astype(float)
    if pd.api.types.is_datetime64_any_dtype(column):
        return column.dt.tz_localize(None).astype("datetime64[ns]")
    if pd.api.types.is_numeric_dtype(column):
        return column.astype(float) if column.isna().any() else column.astype(column.to_numpy().dtype)
    return column.map(lambda value: "" if pd.isna(value) else str(value)).astype(object)
