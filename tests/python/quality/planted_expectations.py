"""Small frames for a row of expectations.csv: one that meets it, one with a planted fault."""

from __future__ import annotations

from typing import Any

import pandas as pd

from citypanel.quality.expectation_rows import Asked

ROWS = 4
ELSE = "something else"
Column = list[Any]


def frames(asked: Asked) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a frame that meets the expectation and one that does not."""
    good, bad = grouped(asked) if asked.grouped_by else columns(asked)
    return framed(asked, good), framed(asked, bad)


def framed(asked: Asked, values: dict[str, Column]) -> pd.DataFrame:
    """Return the columns as a frame, with the keys of a group and the column of the condition."""
    rows = len(next(iter(values.values())))
    frame = pd.DataFrame(values)
    for key in asked.grouped_by:
        frame[key] = "the same"
    if asked.condition and asked.condition.column not in frame:
        frame[asked.condition.column] = ELSE if asked.condition.excluded else asked.condition.values[0]
    if "city_id" not in frame:
        frame["city_id"] = [f"city {row}" for row in range(rows)]
    return frame


def grouped(asked: Asked) -> tuple[dict[str, Column], dict[str, Column]]:
    """Return the columns of one group whose number lies inside or outside the bounds."""
    inside, outside = bounds(asked.arguments)
    if asked.aggregate == "count":
        low, high = int(asked.arguments["min_value"]), int(asked.arguments["max_value"])
        return {asked.column: [1.0] * low}, {asked.column: [1.0] * (high + 1)}
    if asked.aggregate == "nunique":
        high = int(asked.arguments["max_value"])
        return {asked.column: ["a"] * ROWS}, {asked.column: [f"{row}" for row in range(high + 1)]}
    if asked.expectation_id == "a_term_has_one_headline":
        return {asked.column: [True, False]}, {asked.column: [True, True]}
    return {asked.column: [inside]}, {asked.column: [outside]}


def columns(asked: Asked) -> tuple[dict[str, Column], dict[str, Column]]:
    """Return the columns of rows that each meet, or each do not meet, what the class asks."""
    name, arguments = asked.expectation.removeprefix("Expect"), asked.arguments
    if name == "ColumnPairValuesAToBeGreaterThanB":
        above, below = arguments["column_A"], arguments["column_B"]
        return {above: [2.0] * ROWS, below: [1.0] * ROWS}, {above: [1.0] * ROWS, below: [2.0] * ROWS}
    if name == "CompoundColumnsToBeUnique":
        keys = arguments["column_list"]
        each = [f"{row}" for row in range(ROWS)]
        return dict.fromkeys(keys, each), {key: ["0", *each[:-1]] for key in keys}
    if name == "TableRowCountToBeBetween":
        return {"city_id": ["a"]}, {"city_id": []}
    good, bad = values(name, arguments)
    return {asked.column: good}, {asked.column: bad}


def values(name: str, arguments: dict[str, Any]) -> tuple[Column, Column]:
    """Return values of one column that meet the class, and values that do not."""
    if name in ("ColumnValuesToBeBetween", "ColumnMedianToBeBetween"):
        inside, outside = bounds(arguments)
        return [inside] * ROWS, [outside] * ROWS
    found: dict[str, tuple[Column, Column]] = {
        "ColumnValuesToNotBeNull": (["a"] * ROWS, [None] * ROWS),
        "ColumnValuesToBeNull": ([None] * ROWS, [0.0] * ROWS),
        "ColumnValuesToBeUnique": ([f"{row}" for row in range(ROWS)], ["a"] * ROWS),
        "ColumnValuesToMatchRegex": (["linear between 2010 and 2012"] * ROWS, ["guessed"] * ROWS),
    }
    if name in found:
        return found[name]
    members, others = [arguments["value_set"][0]] * ROWS, [ELSE] * ROWS
    if all(isinstance(value, int) for value in arguments["value_set"]):
        others = [arguments["value_set"][0] - 11] * ROWS
    return (others, members) if name == "ColumnValuesToNotBeInSet" else (members, others)


def bounds(arguments: dict[str, Any]) -> tuple[float, float]:
    """Return a number inside the bounds and one just outside: a bound itself where it does not count."""
    low, high = arguments.get("min_value"), arguments.get("max_value")
    inside = (low + high) / 2 if None not in (low, high) else high / 2 if low is None else low + 1
    step = max(abs(high if high is not None else low) * 1e-6, 1e-6)
    outside = high + step if high is not None else low if arguments.get("strict_min") else low - step
    return float(inside), float(outside)
