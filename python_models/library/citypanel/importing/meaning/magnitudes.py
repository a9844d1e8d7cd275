"""Numbers of a suspect magnitude: 10, 10,000 or 100 million times what the same city has in the years around.

A finding of the report and nothing else: no number is changed. The years around are those within three years
in any source; most of them must agree with each other, so that a city that grows fast is not suspect.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from citypanel.importing.cells import Cell

POWERS = (1, 4, 8)
REACH = 3
CLOSE = 0.12  # of a power of ten
AGREE = 0.3  # how far the years around may lie from their median
LEAST_AROUND = 3
LEAST_SHARE = 0.66
_FACTORS = {power: f"{10**power:,}" for power in POWERS} | {-power: f"1/{10**power:,}" for power in POWERS}


@dataclass(frozen=True)
class Magnitude:
    """A number and the factor by which it differs from the median of the years around it."""

    cell: Cell
    factor: str
    around: float


def suspects_among(numbers: str) -> str:
    """Return the query of the suspect rows of a relation (one, series, year, value): `one`, `factor`, and
    `level`, what is usual around it.

    `one` identifies a number, `series` a city's series of an indicator.
    """
    powers = ", ".join(f"({power}, '{factor}')" for power, factor in _FACTORS.items())
    return f"""
        with logs as materialized (
            select one, series, "year", log10(value) as level from {numbers} where value > 0
        ), yearly as (
            select series, "year", median(level) as level from logs group by all
        ), spread as (
            select series, "year", list(level) over (
                partition by series order by "year"
                range between {REACH} preceding and {REACH} following exclude current row
            ) as others
            from yearly
        ), around as (
            select *, list_aggregate(others, 'median') as usual from spread
            where len(others) >= {LEAST_AROUND}
        ), sure as (
            select series, "year", usual from around
            where len(list_filter(others, lambda x: abs(x - usual) < {AGREE})) >= {LEAST_SHARE} * len(others)
        )
        select logs.one, powers.factor, 10 ** sure.usual as level
        from logs
        inner join sure using (series, "year")
        inner join (values {powers}) as powers (power, factor)
            on abs(logs.level - sure.usual - powers.power) < {CLOSE}
    """


def suspect_magnitudes(cells: Iterable[Cell]) -> list[Magnitude]:
    """Return the candidate cells whose number differs by a suspect factor from the years around."""
    chosen = [
        cell for cell in cells if cell.candidate and cell.column.indicator_id and cell.factor is not None
    ]
    if not chosen:
        return []
    series: dict[tuple[str, str], int] = {}
    frame = pd.DataFrame(
        {
            "one": np.arange(len(chosen)),
            "series": [series.setdefault((c.column.indicator_id, c.unit_key), len(series)) for c in chosen],
            "year": [cell.year for cell in chosen],
            "value": [cell.rough or 0.0 for cell in chosen],
        }
    )
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("numbers", frame)
        found = connection.execute(f"{suspects_among('numbers')} order by one").fetchall()
    return [Magnitude(chosen[place], factor, level) for place, factor, level in found]
