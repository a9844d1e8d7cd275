"""The frames that expectations look at: the rows a condition keeps, groups with one number each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import pandas as pd

from citypanel.quality.expectation_rows import Asked, Condition

# keys of the layers: shown beside an unexpected value, as far as the table has them
KEYS = (
    "specification_id", "step_number", "term", "test", "variable", "covariance", "index_id", "component",
    "pool", "source_id", "city_id", "city_printed", "year", "indicator_id", "row_number",
)  # fmt: skip


class Relation(Protocol):
    """A lazy table of DuckDB, as `dbt.ref` returns it."""

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""

    def order(self, columns: str) -> Relation:
        """Return the rows in the order of these columns."""

    def project(self, columns: str) -> Relation:
        """Return the table with these columns alone."""

    def df(self) -> pd.DataFrame:
        """Return the rows."""


def needed(table: Relation, asked: Sequence[Asked]) -> pd.DataFrame:
    """Return the rows of the table, ordered by its keys, with the columns that are asked about and the keys.

    The order decides which unexpected rows are shown, so that two builds show the same.
    """
    keys = [f'"{name}"' for name in KEYS if name in table.columns]
    table = table.order(", ".join(keys)) if keys else table
    if any(each.expectation.startswith("ExpectTableColumn") for each in asked):
        return table.df()
    named = {name for each in asked for name in each.columns}
    wanted = [name for name in table.columns if name in named or name in KEYS]
    return table.project(", ".join(f'"{name}"' for name in wanted)).df()


def looked_at(frame: pd.DataFrame, suite: Sequence[Asked]) -> pd.DataFrame:
    """Return the rows that the expectations of a suite look at: those of its condition, or one per group.

    A group's number stands in the column it was computed from; groups whose key is missing are groups too.
    """
    asked = suite[0]
    kept = frame if asked.condition is None else frame[_is_kept(frame, asked.condition)]
    if asked.grouped_by:
        keys = list(asked.grouped_by)
        column = asked.column or keys[0]
        numbers = kept.groupby(keys, dropna=False, sort=True)[column].agg(_aggregate(asked.aggregate))
        kept = numbers.rename("_number").reset_index().drop(columns=column, errors="ignore")
        kept = kept.rename(columns={"_number": column})
    elif not any(each.expectation.startswith("ExpectTableColumn") for each in suite):
        named = {name for each in suite for name in each.judged}
        kept = kept[[name for name in kept.columns if name in named or name in KEYS]]
    return kept.reset_index(drop=True)


def keys_of(frame: pd.DataFrame) -> list[str]:
    """Return the keys that the frame has."""
    return [name for name in KEYS if name in frame.columns]


def has_nothing_to_judge(frame: pd.DataFrame, columns: Iterable[str]) -> bool:
    """Whether no row has a number in every one of the columns."""
    present = [name for name in columns if name in frame.columns]
    return frame.empty or bool(present and frame[present].isna().any(axis=1).all())


def _aggregate(name: str) -> Any:
    if name == "sum":  # the sum of nothing is no number, where pandas says 0
        return lambda numbers: numbers.sum(min_count=1)
    return "size" if name == "count" else name


def _is_kept(frame: pd.DataFrame, condition: Condition) -> pd.Series:
    column = frame[condition.column]
    # a long column holds few different texts
    texts = column.dropna().unique()
    named = [value for value in texts if str(value).strip().lower() in condition.values]
    return column.isin(named) != condition.excluded
