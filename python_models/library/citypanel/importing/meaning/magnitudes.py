"""Numbers of a suspect magnitude: 10, 10,000 or 100 million times what the same city has in the years around.

A finding of the report and nothing else: no number is changed. The years around are those within three years
in any source; most of them must agree with each other, so that a city that grows fast is not suspect.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from citypanel.importing.cells import Cell

POWERS = (1, 4, 8)
REACH = 3
CLOSE = 0.12  # of a power of ten
AGREE = 0.3  # how far the years around may lie from their median
LEAST_AROUND = 3
LEAST_SHARE = 0.66
_YEARS = 10_000  # more than the last year, so that a series' number and a year are one number


@dataclass(frozen=True)
class Magnitude:
    """A number and the factor by which it differs from the median of the years around it."""

    cell: Cell
    factor: str
    around: float


def suspect_magnitudes(cells: Iterable[Cell]) -> list[Magnitude]:
    """Return the candidate cells whose number differs by a suspect factor from the years around."""
    chosen = [
        cell for cell in cells if cell.candidate and cell.column.indicator_id and cell.factor is not None
    ]
    if not chosen:
        return []
    values = np.array([cell.rough or 0.0 for cell in chosen])
    series: dict[tuple[str, str], int] = {}
    numbers = [series.setdefault((cell.column.indicator_id, cell.unit_key), len(series)) for cell in chosen]
    years = np.array([cell.year for cell in chosen])
    return [
        Magnitude(chosen[place], factor, level)
        for place, factor, level in suspect_places(np.array(numbers), years, values)
    ]


def suspect_places(series: np.ndarray, years: np.ndarray, values: np.ndarray) -> list[tuple[int, str, float]]:
    """Return (row, factor, level around it) of the numbers that differ by a suspect factor from their years
    around.

    `series`: number of the city's series of each row.
    """
    logs = np.log10(values, out=np.full(len(values), np.nan), where=values > 0)
    around = _median_around(series.astype(np.int64) * _YEARS + years, logs)
    step = logs - around
    found = []
    for power in POWERS:
        for sign in (1, -1):
            factor = f"{10**power:,}" if sign > 0 else f"1/{10**power:,}"
            places = np.flatnonzero(np.abs(step - sign * power) < CLOSE)
            found += [(int(place), factor, float(10 ** around[place])) for place in places]
    return sorted(found)


def _median_around(keys: np.ndarray, logs: np.ndarray) -> np.ndarray:
    """Return for each row the median log of the years around, NaN where too few of them agree.

    `keys`: number of the series x _YEARS + year.
    """
    yearly = pd.Series(logs).groupby(keys, sort=True).median()
    known, medians = yearly.index.to_numpy(), yearly.to_numpy()
    columns = []
    for step in range(-REACH, REACH + 1):
        if step:
            place = np.minimum(np.searchsorted(known, keys + step), len(known) - 1)
            columns.append(np.where(known[place] == keys + step, medians[place], np.nan))
    around = np.column_stack(columns)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a row without any year around is NaN, as meant
        median = np.nanmedian(around, axis=1)
    counts = np.isfinite(around).sum(axis=1)
    close = (np.abs(around - median[:, None]) < AGREE).sum(axis=1)
    sure = (counts >= LEAST_AROUND) & (close >= LEAST_SHARE * counts)
    return np.where(sure, median, np.nan)
