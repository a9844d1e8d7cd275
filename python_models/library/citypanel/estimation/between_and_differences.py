"""The two estimators that use one side of a panel: means between cities, changes within them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from citypanel.estimation.arguments import names_of, regressors_of
from citypanel.estimation.covariance_kinds import FOR_MEANS, require_kinds
from citypanel.estimation.fixed_effects import fixed_effects
from citypanel.estimation.panel_sample import panel_sample
from citypanel.estimation.results import PanelFit
from citypanel.estimation.transformations import lag


def between(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    *,
    entity: str = "city_id",
    time: str = "year",
    covariance: str = "iid",
    also: Sequence[str] = (),
    level: float = 0.95,
) -> PanelFit:
    """Fit the city means of `outcome` on those of `regressors`, one row per city (plm's between).

    Means are over the complete rows of a city and have equal weight however many there are; errors: `iid`,
    `hc1`, `hc2`, `hc3`. The index of residuals and keys is the city, its time the first year. Data and errors
    as in `fixed_effects`.
    """
    require_kinds((covariance, *names_of(also)), FOR_MEANS)
    rows, names, missing = _complete_rows(data, outcome, regressors, entity, time)
    cities = rows.groupby(entity, observed=True)
    means = cities[names].mean().assign(**{time: cities[time].min()})
    means = means.assign(**{entity: means.index}).rename_axis(None)
    fit = fixed_effects(
        means, outcome, names[1:], entity=entity, time=time, effects=(),
        covariance=covariance, also=also, level=level, engine="kernel",
    )  # fmt: skip
    return _counting(missing, replace(fit, estimator="between"))


def first_differences(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    *,
    entity: str = "city_id",
    time: str = "year",
    covariance: str = "cluster_city",
    also: Sequence[str] = (),
    level: float = 0.95,
    time_effects: bool = False,
) -> PanelFit:
    """Fit the change of `outcome` since the year before on those of `regressors` (plm's fd).

    Changes are of the calendar: a row whose city was not seen the year before is lost and counted as missing.
    The constant is the common trend; time_effects replaces it by one change per year. time is integer. Data,
    covariances and errors as in `fixed_effects`.
    """
    rows, names, missing = _complete_rows(data, outcome, regressors, entity, time)
    changes = {name: rows[name] - lag(rows, name, entity=entity, time=time) for name in names}
    fit = fixed_effects(
        rows.assign(**changes), outcome, names[1:], entity=entity, time=time,
        effects=("time",) if time_effects else (), covariance=covariance, also=also, level=level,
        engine="kernel", drop_singletons=False,
    )  # fmt: skip
    return _counting(missing, replace(fit, estimator="first_differences"))


def _complete_rows(
    data: pd.DataFrame, outcome: str, regressors: Sequence[str], entity: str, time: str
) -> tuple[pd.DataFrame, list[str], int]:
    """Return the complete rows with their keys; outcome and regressors; how many rows are not complete."""
    names = [outcome, *regressors_of(regressors)]
    sample = panel_sample(data, names, entity=entity, time=time, effects=(), drop_singletons=False)
    values = pd.DataFrame(sample.values, columns=names, index=sample.keys.index)
    return pd.concat([sample.keys, values], axis=1), names, sample.rows_missing


def _counting(missing: int, fit: PanelFit) -> PanelFit:
    """Return the fit with rows lost before it counted as missing too."""
    missing += fit.statistics.rows_missing
    return replace(fit, statistics=replace(fit.statistics, rows_missing=missing))
