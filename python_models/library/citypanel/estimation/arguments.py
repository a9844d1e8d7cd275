"""What callers hand in, checked before anything is computed: names, levels, draws, seeds, lags."""

from __future__ import annotations

import numbers
from collections.abc import Sequence

import pandas as pd

from citypanel.estimation.errors import EstimationError, nearest_to_each

ENGINES = ("linearmodels", "kernel")


def names_of(names: str | Sequence[str]) -> tuple[str, ...]:
    """Return column names as a tuple; a single text is one name, not its letters."""
    return (names,) if isinstance(names, str) else tuple(names)


def require_frame(data: object) -> None:
    """Raise EstimationError not_a_data_frame unless the data are a pandas DataFrame."""
    if not isinstance(data, pd.DataFrame):
        raise EstimationError("not_a_data_frame", value=type(data).__name__)


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
    """Return the regressor a test is about, the first unless one is named.

    Raises EstimationError no_regressor_given, not_a_regressor.
    """
    if not regressors:
        raise EstimationError("no_regressor_given")
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
