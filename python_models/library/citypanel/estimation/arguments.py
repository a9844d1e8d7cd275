"""What callers hand in, checked before anything is computed: names, levels, draws, seeds, lags."""

from __future__ import annotations

import numbers
from collections.abc import Collection, Sequence

import pandas as pd

from citypanel.estimation.errors import EstimationError, nearest_to_each

ENGINES = ("linearmodels", "kernel")


def names_of(names: str | Sequence[str]) -> tuple[str, ...]:
    """Return column names as a tuple; a single text is one name, not its letters."""
    return (names,) if isinstance(names, str) else tuple(names)


def regressors_of(names: str | Sequence[str]) -> tuple[str, ...]:
    """Return `names_of`; EstimationError no_regressor_given where there is none."""
    if not (regressors := names_of(names)):
        raise EstimationError("no_regressor_given")
    return regressors


def require_names(names: Sequence[str], known: Collection[str]) -> None:
    """Raise EstimationError unknown_variable, with the names nearest to each that is not known."""
    if missing := [name for name in names if name not in known]:
        texts = [str(name) for name in missing]
        near = nearest_to_each(texts, [str(name) for name in known])
        raise EstimationError("unknown_variable", variables=", ".join(texts), nearest=near)


def require_columns(data: pd.DataFrame, names: Sequence[str]) -> None:
    """Raise EstimationError unless the data are a DataFrame that has each of the columns, and once.

    The ids: not_a_data_frame, unknown_variable, repeated_column.
    """
    if not isinstance(data, pd.DataFrame):
        raise EstimationError("not_a_data_frame", value=type(data).__name__)
    require_names(names, data.columns)
    if data.columns.is_unique:
        return
    if twofold := [str(name) for name in names if (data.columns == name).sum() > 1]:
        raise EstimationError("repeated_column", variables=", ".join(twofold))


def require_options(
    *,
    level: float | None = None,
    draws: int | None = None,
    seed: int | None = None,
    lag: int | None = None,
    engine: str | None = None,
) -> None:
    """Raise EstimationError bad_argument unless each option that is given is one that can be meant.

    level: of intervals, a share; draws: at least 1; seed and lag: not negative; engine: of ENGINES.
    """
    rules = (
        ("level", level, "0 < level < 1", level is None or (_is_number(level) and 0 < level < 1)),
        ("draws", draws, "draws >= 1", draws is None or (_is_whole(draws) and draws >= 1)),
        ("seed", seed, "seed >= 0", seed is None or (_is_whole(seed) and seed >= 0)),
        ("lag", lag, "lag >= 0", lag is None or (_is_whole(lag) and lag >= 0)),
        ("engine", engine, " | ".join(ENGINES), engine is None or engine in ENGINES),
    )
    for name, value, allowed, holds in rules:
        if not holds:
            raise EstimationError("bad_argument", argument=name, value=value, allowed=allowed)


def chosen_regressor(chosen: str | None, regressors: Sequence[str]) -> str:
    """Return the regressor a test is about, the first unless named; EstimationError not_a_regressor."""
    if chosen is None:
        return regressors[0]
    if chosen not in regressors:
        near = nearest_to_each([chosen], [str(name) for name in regressors])
        raise EstimationError("not_a_regressor", variable=chosen, nearest=near)
    return chosen


def _is_number(value: object) -> bool:
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def _is_whole(value: object) -> bool:
    return isinstance(value, numbers.Integral) and not isinstance(value, bool)
