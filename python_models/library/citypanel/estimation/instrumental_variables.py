"""Two-stage least squares with city and year effects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from citypanel.estimation.arguments import names_of, require_options
from citypanel.estimation.collinearity import omitted_columns
from citypanel.estimation.engines import Model
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.fixed_effects import fit_model
from citypanel.estimation.further_covariances import CovarianceOptions
from citypanel.estimation.identification import omitted_of
from citypanel.estimation.inference import require_rows
from citypanel.estimation.instrument_diagnostics import instrument_diagnostics
from citypanel.estimation.panel_sample import EFFECTS, PanelSample, panel_sample
from citypanel.estimation.results import PanelFit
from citypanel.estimation.weak_instruments import first_stage, partial_out


def fe_2sls(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    endogenous: Sequence[str],
    instruments: Sequence[str],
    *,
    entity: str = "city_id",
    time: str = "year",
    effects: Sequence[str] = EFFECTS,
    covariance: str = "cluster_city",
    also: Sequence[str] = (),
    engine: str = "linearmodels",
    drop_singletons: bool = True,
    lag: int | None = None,
    level: float = 0.95,
) -> PanelFit:
    """Fit `outcome` on `regressors`, of which `endogenous` are instrumented, with fixed effects.

    regressors: all right-hand variables in printed order (endogenous ones not among them come first);
    instruments: excluded instruments, l >= number of endogenous; the exogenous regressors instrument
    themselves. The other arguments, units and errors are those of `fixed_effects`. All columns are demeaned,
    then 2SLS (ivreghdfe). Covariances: iid, hc1, cluster_city, cluster_city_year; every other kind gives
    terms `not_defined`. The result carries `first_stage`, `tests` and `diagnostics`. Raises
    also EstimationError under_identified.
    """
    require_options(level=level, lag=lag, engine=engine)
    regressors, endogenous, instruments = (names_of(part) for part in (regressors, endogenous, instruments))
    endogenous = tuple(dict.fromkeys(endogenous))
    regressors = (*[name for name in endogenous if name not in regressors], *regressors)
    names, singles = (outcome, *regressors, *instruments), drop_singletons
    sample = panel_sample(data, names, entity=entity, time=time, effects=effects, drop_singletons=singles)
    omitted, model = _identified(sample, outcome, regressors, endogenous, instruments)
    options = CovarianceOptions(lag=lag, level=level)
    kinds = (covariance, *names_of(also))
    fit = fit_model(model, "fe_2sls", regressors, omitted, kinds, engine, options)
    parts = partial_out(model)
    terms, tests = first_stage(parts)
    return replace(fit, first_stage=terms, tests=tests, diagnostics=instrument_diagnostics(parts, level))


def _identified(
    sample: PanelSample,
    outcome: str,
    regressors: Sequence[str],
    endogenous: Sequence[str],
    instruments: Sequence[str],
) -> tuple[dict[str, tuple[str, str]], Model]:
    """Return what is omitted and why, and the model of the rest; EstimationError under_identified."""
    omitted = omitted_of(sample, regressors)
    kept = tuple(name for name in regressors if name not in omitted)
    exogenous = [name for name in kept if name not in endogenous]
    idle = omitted_columns(
        sample.columns(instruments),
        sample.columns(instruments, True),
        instruments,
        base=sample.columns(exogenous, True) if exogenous else None,
    )
    usable = tuple(name for name in instruments if name not in idle)
    model = Model(sample, outcome, kept, tuple(name for name in kept if name in endogenous), usable)
    if len(usable) < len(model.endogenous) or not model.endogenous:
        raise EstimationError(
            "under_identified", endogenous=", ".join(model.endogenous), instruments=", ".join(usable)
        )
    require_rows(sample, len(exogenous) + len(usable))
    return omitted, model
