"""Transformations of panel columns before a fit: winsorising, lags, products."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from citypanel.estimation.arguments import require_columns
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.within import Floats

# the types of Hyndman and Fan (1996, The American Statistician 50) beside 2, by numpy's names
_NUMPY_METHODS = {
    1: "inverted_cdf",
    3: "closest_observation",
    4: "interpolated_inverted_cdf",
    5: "hazen",
    6: "weibull",
    7: "linear",
    8: "median_unbiased",
    9: "normal_unbiased",
}
STATA_QUANTILE_TYPE = 2


def percentile(
    values: Sequence[float] | Floats, percent: float, quantile_type: int = STATA_QUANTILE_TYPE
) -> float:
    """Return the percentile (0-100) of the finite `values` (n,), nan when there is none.

    quantile_type: 1-9 of Hyndman and Fan; the default 2 averages at ties, as Stata's _pctile; 7 is the
    default of numpy, R and DuckDB's quantile_cont. Raises EstimationError bad_percentiles.
    """
    if not 0 <= percent <= 100 or quantile_type not in (2, *_NUMPY_METHODS):
        raise EstimationError("bad_percentiles", value=f"{percent} (type {quantile_type})")
    numbers = np.asarray(values, dtype=float)
    numbers = np.sort(numbers[np.isfinite(numbers)])
    if not len(numbers):
        return float("nan")
    if quantile_type != STATA_QUANTILE_TYPE:
        return float(np.quantile(numbers, percent / 100, method=_NUMPY_METHODS[quantile_type]))  # type: ignore[call-overload]
    position = len(numbers) * percent / 100
    below = int(np.floor(position + 4 * np.finfo(float).eps * max(position, 1)))
    lower = numbers[max(below - 1, 0)]
    upper = numbers[min(below, len(numbers) - 1)]
    return float((lower + upper) / 2 if position - below <= 1e-12 * max(position, 1) else upper)


def winsorise(
    values: pd.Series, lower: float = 5, upper: float = 95, quantile_type: int = STATA_QUANTILE_TYPE
) -> pd.Series:
    """Return `values` (n,) clipped at its own percentiles `lower` and `upper`; missing stays missing.

    Raises EstimationError bad_percentiles unless 0 <= lower < upper <= 100.
    """
    if not 0 <= lower < upper <= 100:
        raise EstimationError("bad_percentiles", value=f"{lower}, {upper}")
    bounds = [percentile(values.to_numpy(dtype=float), percent, quantile_type) for percent in (lower, upper)]
    return values.astype(float).clip(*bounds) if np.isfinite(bounds).all() else values.astype(float)


def lag(
    data: pd.DataFrame, column: str, periods: int = 1, *, entity: str = "city_id", time: str = "year"
) -> pd.Series:
    """Return `column` of the same entity `periods` units of time earlier, on the index of `data`.

    The lag is one of the calendar, not of row positions: missing where the earlier row is not in `data`.
    A row without entity or time has none. Raises EstimationError not_a_data_frame, unknown_variable,
    repeated_column, time_is_no_number, and duplicate_panel_key when an entity has two rows at one time.
    """
    require_columns(data, (column, entity, time))
    named = data[entity].notna() & data[time].notna()
    keys = data.loc[named, [entity, time]].assign(**{time: _numbers_of(data.loc[named, time])})
    keys = keys.reset_index(drop=True)
    if (twice := keys.duplicated()).any():
        city, year = keys[twice].iloc[0]
        raise EstimationError("duplicate_panel_key", rows=int(twice.sum()), city=city, year=year)
    earlier = keys.assign(**{time: keys[time] + periods, "earlier_value": data.loc[named, column].array})
    merged = keys.merge(earlier, on=[entity, time], how="left", validate="one_to_one")
    # rows without a key have no year before
    places = np.where(named, np.cumsum(named) - 1, -1)
    values = merged["earlier_value"].array.take(places, allow_fill=True)
    return pd.Series(values, index=data.index, name=f"L{periods}.{column}")


def _numbers_of(times: pd.Series) -> pd.Series:
    try:
        # as objects, because the numbers behind dates are none that a lag could mean
        return times if pd.api.types.is_numeric_dtype(times) else pd.to_numeric(times.astype(object))
    except (ValueError, TypeError) as error:
        raise EstimationError("time_is_no_number", variable=times.name) from error


def product(columns: Sequence[pd.Series]) -> pd.Series:
    """Return the product of the columns (n,), missing where one is missing, named `a:b`."""
    result = columns[0].astype(float)
    for column in columns[1:]:
        result = result * column.astype(float)
    return result.rename(":".join(str(column.name) for column in columns))
