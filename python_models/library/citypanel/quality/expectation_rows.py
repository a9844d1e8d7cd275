"""A row of expectations.csv, read and checked against the columns of its table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from citypanel.messages import Mistake

SEVERITIES = ("error", "warn")
AGGREGATES = ("sum", "count", "nunique", "min", "max", "median", "mean")
# arguments that name columns, beside the row's own column_name
COLUMN_ARGUMENTS = ("column_A", "column_B", "column_list", "column_set")
# these say something of a table without rows, or of a column without numbers
ABOUT_ABSENCE = re.compile(r"^ExpectTable|ToExist$|Null$|NonNull")
_CONDITION = re.compile(r"^(?P<column>\w+)\s*(?P<sign>!?=)\s*(?P<values>[^=]+)$")


@dataclass(frozen=True)
class Condition:
    """Rows to look at: the text of `column` is (or, `excluded`, is not) one of `values`."""

    column: str
    values: tuple[str, ...]
    excluded: bool


@dataclass(frozen=True)
class Asked:
    """What one row asks of its table: a class of Great Expectations, its arguments, and of which rows."""

    expectation_id: str
    table: str
    column: str
    expectation: str
    arguments: dict[str, Any]
    condition: Condition | None
    grouped_by: tuple[str, ...]
    aggregate: str
    judged: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it needs."""
        kept_by = (self.condition.column,) if self.condition else ()
        return tuple(dict.fromkeys([*self.judged, *kept_by, *self.grouped_by]))

    @property
    def is_about_absence(self) -> bool:
        """Whether it can be judged where there is nothing to look at."""
        return bool(ABOUT_ABSENCE.search(self.expectation))

    @property
    def frame(self) -> tuple[Any, ...]:
        """What the rows of one frame share: the condition, and the grouping with its column."""
        grouped = (self.grouped_by, self.aggregate, self.column) if self.grouped_by else ()
        return (self.condition, grouped)


def texts_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Return the row with every cell as text; None, NaN and NA are empty."""
    return {
        name: "" if value is None or value != value else str(value).strip() for name, value in row.items()
    }


def read(row: Mapping[str, str], tables: Mapping[str, Iterable[str]]) -> Asked:
    """Return what the row asks; `tables` holds the columns by table.

    Raises `Mistake`: expectation_severity_unknown, expectation_table_unknown,
    expectation_arguments_unreadable, expectation_condition_unreadable, expectation_aggregate_unknown,
    expectation_column_unknown.
    """
    if row["severity"] not in SEVERITIES:
        raise Mistake("expectation_severity_unknown", value=row["severity"])
    if row["table_name"] not in tables:
        raise Mistake("expectation_table_unknown", value=row["table_name"], known=", ".join(tables))
    grouped_by = tuple(name.strip() for name in row["grouped_by"].split("+") if name.strip())
    if bool(grouped_by) != bool(row["aggregate"]) or row["aggregate"] not in (*AGGREGATES, ""):
        raise Mistake("expectation_aggregate_unknown", value=row["aggregate"], known=", ".join(AGGREGATES))
    arguments = _arguments(row["arguments"])
    asked = Asked(
        row["expectation_id"], row["table_name"], row["column_name"], row["expectation"], arguments,
        _condition(row["only_where"]), grouped_by, row["aggregate"], _judged(row["column_name"], arguments),
    )  # fmt: skip
    known = set(tables[asked.table])
    unknown = [name for name in asked.columns if name not in known]
    if unknown and not asked.expectation.endswith("ToExist"):
        raise Mistake(
            "expectation_column_unknown",
            value=", ".join(unknown), table=asked.table, nearest=nearest(unknown[0], known),
        )  # fmt: skip
    return asked


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the three names most like `name`, for a message."""
    from citypanel.estimation.errors import nearest as three_nearest  # seconds: only a mistake pays them

    return three_nearest(name, sorted(known))


def _arguments(cell: str) -> dict[str, Any]:
    try:
        arguments = json.loads(cell or "{}")
    except ValueError as reason:
        raise Mistake("expectation_arguments_unreadable", value=cell, reason=reason) from None
    if not isinstance(arguments, dict):
        raise Mistake("expectation_arguments_unreadable", value=cell, reason=type(arguments).__name__)
    return arguments


def _condition(cell: str) -> Condition | None:
    if not cell:
        return None
    found = _CONDITION.match(cell)
    values = tuple(value.strip().lower() for value in found["values"].split("|")) if found else ()
    if not found or "" in values:
        raise Mistake("expectation_condition_unreadable", value=cell)
    return Condition(found["column"], values, found["sign"] == "!=")


def _judged(column: str, arguments: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the columns that the expectation itself names."""
    named = [column] if column else []
    for argument in COLUMN_ARGUMENTS:
        value = arguments.get(argument) or []
        named += [value] if isinstance(value, str) else [str(each) for each in value]
    return tuple(named)
