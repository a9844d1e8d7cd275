"""The two estimators that use one side of a panel: means between cities, changes within them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from citypanel.estimation.arguments import names_of
from citypanel.estimation.errors import EstimationError
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
    regressors = names_of(regressors)
    _require_regressors(regressors)
    names = [outcome, *regressors]
    sample = panel_sample(data, names, entity=entity, time=time, effects=(), drop_singletons=False)
    rows = pd.DataFrame(sample.values, columns=names).assign(**{entity: sample.keys[entity].to_numpy()})
    means = rows.groupby(entity, observed=True)[names].mean()
    first = sample.keys.groupby(entity, observed=True)[time].min()
    means = means.assign(**{time: first, entity: means.index}).rename_axis(None)
    fit = fixed_effects(
        means, outcome, regressors, entity=entity, time=time, effects=(),
        covariance=covariance, also=also, level=level, engine="kernel",
    )  # fmt: skip
    lost = replace(fit.statistics, rows_missing=sample.rows_missing)
    return replace(fit, estimator="between", statistics=lost)


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
    regressors = names_of(regressors)
    _require_regressors(regressors)
    names = [outcome, *regressors]
    # every check of names, keys and numbers; the rows that are complete
    sample = panel_sample(data, names, entity=entity, time=time, effects=(), drop_singletons=False)
    rows = pd.DataFrame(sample.values, columns=names, index=sample.keys.index)
    rows = rows.assign(**{key: sample.keys[key] for key in (entity, time)})
    changes = {name: rows[name] - lag(rows, name, entity=entity, time=time) for name in names}
    fit = fixed_effects(
        rows.assign(**changes), outcome, regressors, entity=entity, time=time,
        effects=("time",) if time_effects else (), covariance=covariance, also=also, level=level,
        engine="kernel", drop_singletons=False,
    )  # fmt: skip
    lost = fit.statistics.rows_missing + sample.rows_missing
    return replace(fit, estimator="first_differences", statistics=replace(fit.statistics, rows_missing=lost))


def _require_regressors(regressors: Sequence[str]) -> None:
    if not regressors:
        raise EstimationError("no_regressor_given")
