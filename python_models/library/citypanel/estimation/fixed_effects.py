"""Fixed effects by least squares: one-way, two-way or none, on any pandas panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from citypanel.estimation.collinearity import omitted_columns
from citypanel.estimation.engines import Model, kernel_fit, linearmodels_fit
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.further_covariances import CovarianceOptions, reason_not_defined
from citypanel.estimation.inference import (
    Correction,
    correction,
    four_r2,
    full_rank,
    require_rows,
    terms,
    wald_f,
)
from citypanel.estimation.panel_sample import EFFECTS, PanelSample, panel_sample
from citypanel.estimation.results import FitStatistics, PanelFit, RawFit, finite
from citypanel.estimation.wild_cluster import DRAWS, SEED

FEW_PERIODS = 20


def fixed_effects(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
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
    coordinates: pd.DataFrame | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> PanelFit:
    """Fit `outcome` on `regressors` with city (entity) and year (time) effects.

    data: one row per entity and time, columns named below, index arbitrary; regressors: k column names;
    effects: `("entity", "time")`, one of them, or none; covariance: the headline, one of `iid`, `hc1`,
    `cluster_city` (by entity), `cluster_city_year` (by entity and time), `driscoll_kraay`, `conley_200km`
    (any whole number of km; with `_bartlett` after it, that kernel), `cr2`, `wild_cluster`; also: further
    kinds; engine: `linearmodels` (headline numbers by linearmodels, the rest by the kernel) or `kernel`;
    lag: of Driscoll-Kraay, default floor(4 (T/100)^(2/9)); level: of the intervals; coordinates: DataFrame
    indexed by entity with columns latitude and longitude in degrees, for Conley, which without them is
    `not_defined`; draws, seed: of the wild bootstrap, which gives p and interval and no standard error.

    Returns a PanelFit; estimates are in units of the outcome per unit of the regressor. Rows with missing
    values and singletons are left out and counted; collinear and absorbed regressors become terms with a
    status. Raises EstimationError (see its ids) for what cannot be estimated. Conventions: module
    `inference`, after reghdfe (Correia 2016) and xtreg, fe; the constant is mean(y) - mean(x)'b.
    """
    names = (outcome, *regressors)
    sample = panel_sample(
        data, names, entity=entity, time=time, effects=effects, drop_singletons=drop_singletons
    )
    omitted = omitted_columns(sample.columns(regressors), sample.columns(regressors, True), regressors)
    kept = tuple(name for name in regressors if name not in omitted)
    model = Model(sample, outcome, kept)
    options = CovarianceOptions(lag, coordinates, draws, seed, level)
    return fit_model(model, "fixed_effects", regressors, omitted, covariance, also, engine, options)


def fit_model(
    model: Model,
    estimator: str,
    requested: Sequence[str],
    omitted: Mapping[str, tuple[str, str]],
    covariance: str,
    also: Sequence[str],
    engine: str,
    options: CovarianceOptions,
) -> PanelFit:
    """Return the PanelFit of a model whose columns are chosen; shared by every estimator."""
    sample = model.sample
    _require_variation(sample, model)
    kinds = list(dict.fromkeys((covariance, *also)))
    rules = {kind: _rule(kind, model, kind == covariance, options) for kind in kinds}
    defined = [kind for kind, rule in rules.items() if isinstance(rule, Correction)]
    raw = (kernel_fit if engine == "kernel" else linearmodels_fit)(model, defined, options)
    constant = _constant(model, raw)
    return PanelFit(
        estimator=estimator,
        outcome=model.outcome,
        terms=terms(raw, constant, rules, requested, omitted, covariance, options.level),
        statistics=_statistics(model, raw, rules[covariance], covariance),
        coefficients=pd.Series(raw.coefficients, index=list(raw.names), name="estimate"),
        covariances={kind: _frame(raw, kind, rules[kind]) for kind in raw.covariances},
        constant=constant,
        residuals=pd.Series(raw.residuals, index=sample.keys.index, name="residual"),
        keys=sample.keys,
        flags=(*raw.flags, *_short_panel(sample, kinds)),
    )


def _constant(model: Model, raw: RawFit) -> float:
    """Return mean(y) - mean(x)'b."""
    means = model.sample.columns((model.outcome, *model.regressors)).mean(axis=0)
    return float(means[0] - means[1:] @ raw.coefficients)


def _require_variation(sample: PanelSample, model: Model) -> None:
    if sample.n_entities < 2:
        raise EstimationError("sample_has_one_city", city=sample.keys.iloc[0, 0], rows=sample.n_rows)
    values, within = sample.columns([model.outcome]), sample.columns([model.outcome], demeaned=True)
    if np.linalg.norm(within) <= 1e-12 * np.linalg.norm(values):
        raise EstimationError("outcome_without_variation", variable=model.outcome)
    if not model.regressors:
        raise EstimationError("no_regressor_left", rows=sample.n_rows)
    require_rows(sample, len(model.regressors))


def _rule(
    kind: str, model: Model, headline: bool, options: CovarianceOptions
) -> Correction | EstimationError:
    """Return the rules of a covariance; only the headline's being undefined stops the fit."""
    try:
        rule = correction(kind, model.sample, len(model.regressors))
        if reason := reason_not_defined(kind, model.sample, bool(model.endogenous), options):
            raise EstimationError("covariance_not_defined", covariance=kind, reason=reason)
        return rule
    except EstimationError as error:
        if headline or error.message_id != "covariance_not_defined":
            raise
        return error


def _frame(raw: RawFit, kind: str, rule: Correction | EstimationError) -> pd.DataFrame:
    factor = rule.factor if isinstance(rule, Correction) else np.nan
    return pd.DataFrame(raw.covariances[kind] * factor, index=list(raw.names), columns=list(raw.names))


def _short_panel(sample: PanelSample, kinds: Sequence[str]) -> tuple[str, ...]:
    short = "driscoll_kraay" in kinds and sample.n_periods < FEW_PERIODS
    return ("few_periods_for_driscoll_kraay",) if short else ()


def _statistics(
    model: Model, raw: RawFit, rule: Correction | EstimationError, covariance: str
) -> FitStatistics:
    assert isinstance(rule, Correction)
    sample, slopes = model.sample, len(raw.names)
    outcome = sample.columns([model.outcome])[:, 0]
    demeaned = sample.columns([model.outcome], demeaned=True)[:, 0]
    rank = full_rank(sample, slopes)
    f_statistic, f_p = None, None
    if covariance in raw.constant_variances:  # CR2 and the wild bootstrap have no F on one df
        f_statistic, f_p = wald_f(raw.coefficients, raw.covariances[covariance] * rule.factor, rule.df)
    return FitStatistics(
        n_obs=sample.n_rows,
        n_entities=sample.n_entities,
        n_periods=sample.n_periods,
        df_residual=sample.n_rows - rank,
        k_parameters=rule.k_parameters,
        **four_r2(outcome, demeaned, raw.residuals, rank, slopes),
        dependent_mean=float(outcome.mean()),
        f_statistic=finite(f_statistic),
        f_df_numerator=slopes,
        f_df_denominator=rule.df,
        f_p_value=f_p,
        clusters=rule.clusters,
        rows_missing=sample.rows_missing,
        singletons=sample.rows_singleton,
        covariance=covariance,
        engine=raw.engine,
    )
