"""Tests of what a panel regression takes for granted: effects, serial and cross-sectional independence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from citypanel.estimation.arguments import regressors_of
from citypanel.estimation.collinearity import omitted_columns
from citypanel.estimation.diagnostic import Diagnostic
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.identification import is_exact, require_outcome_varies
from citypanel.estimation.inference import full_rank, require_rows
from citypanel.estimation.kernel import least_squares, raw_covariance
from citypanel.estimation.panel_sample import EFFECTS, PanelSample, panel_sample
from citypanel.estimation.significance import chi2_p, f_p, wald_f
from citypanel.estimation.within import Floats

NAMES = ("effects_f", "breusch_pagan_lm", "wooldridge_serial_correlation", "pesaran_cd")


def panel_tests(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    *,
    entity: str = "city_id",
    time: str = "year",
    effects: Sequence[str] = EFFECTS,
    drop_singletons: bool = True,
) -> tuple[Diagnostic, Diagnostic, Diagnostic, Diagnostic]:
    """Return the four tests NAMES of one specification.

    `effects_f`: F that all effects are zero, iid (plm's pFtest). `breusch_pagan_lm`: chi2(1) that city
    effects have no variance, on pooled residuals (Breusch and Pagan 1980, Review of Economic Studies 47;
    unbalanced: Baltagi and Li 1990). `wooldridge_serial_correlation`: F that within residuals are as
    correlated with the year before as independent shocks make them, -1/(T-1) (Wooldridge 2010, 10.5.4;
    plm's pwartest); balanced panels without gaps only. `pesaran_cd`: standard normal that residuals of
    different cities are uncorrelated (Pesaran 2004; plm's pcdtest), over the years that two cities
    share. Data and errors as in `fixed_effects`; a test that is not defined has a reason.
    """
    regressors = regressors_of(regressors)
    names = (outcome, *regressors)
    sample = panel_sample(
        data, names, entity=entity, time=time, effects=effects, drop_singletons=drop_singletons
    )
    require_outcome_varies(sample, outcome)
    within, slopes = _residuals(sample, outcome, regressors, demeaned=True)
    require_rows(sample, slopes)
    pooled, pooled_slopes = _residuals(sample, outcome, regressors, demeaned=False)
    if is_exact(within, sample.columns([outcome], demeaned=True)[:, 0]):
        first, second, third, fourth = (Diagnostic(name, reason="perfect_fit") for name in NAMES)
        return first, second, third, fourth
    return (
        _effects_f(sample, within, slopes, pooled, pooled_slopes),
        _breusch_pagan(sample, pooled),
        _serial_correlation(sample, within),
        _cross_section(sample, within),
    )


def _residuals(
    sample: PanelSample, outcome: str, regressors: Sequence[str], demeaned: bool
) -> tuple[Floats, int]:
    """Return residuals (n,) with the effects, or of the pooled regression, and the number of slopes."""
    values = sample.columns(regressors)
    whole = sample.columns((outcome, *regressors), demeaned=demeaned)
    if not demeaned:
        whole = whole - whole.mean(axis=0)
    omitted = omitted_columns(values, whole[:, 1:], regressors)
    kept = [1 + place for place, name in enumerate(regressors) if name not in omitted]
    if not kept:
        raise EstimationError("no_regressor_left", rows=sample.n_rows)
    return least_squares(whole[:, 0], whole[:, kept]).residuals, len(kept)


def _effects_f(
    sample: PanelSample, within: Floats, slopes: int, pooled: Floats, pooled_slopes: int
) -> Diagnostic:
    rest = sample.n_rows - full_rank(sample, slopes)
    df = sample.n_rows - pooled_slopes - 1 - rest
    if df <= 0:
        return Diagnostic("effects_f", reason="no_effects")
    rss = float(within @ within)
    statistic = (float(pooled @ pooled) - rss) / df / (rss / rest)
    return Diagnostic("effects_f", statistic, df, rest, f_p(statistic, df, rest))


def _breusch_pagan(sample: PanelSample, pooled: Floats) -> Diagnostic:
    counts = np.bincount(sample.entity)
    pairs = float((counts**2).sum()) - sample.n_rows
    if not pairs:
        return Diagnostic("breusch_pagan_lm", reason="one_row_per_city")
    sums = np.bincount(sample.entity, pooled)
    excess = float(sums @ sums) / float(pooled @ pooled) - 1
    statistic = sample.n_rows**2 / (2 * pairs) * excess**2
    return Diagnostic("breusch_pagan_lm", statistic, 1, p_value=chi2_p(statistic, 1))


def _serial_correlation(sample: PanelSample, within: Floats) -> Diagnostic:
    name, periods = "wooldridge_serial_correlation", sample.n_periods
    if sample.n_rows != sample.n_entities * periods:
        return Diagnostic(name, reason="unbalanced_panel")
    if periods < 3:
        return Diagnostic(name, reason="too_few_periods")
    table = within.reshape(sample.n_entities, periods)  # rows are sorted by city and year
    now, before = table[:, 1:].ravel(), table[:, :-1].ravel()
    fit = least_squares(now - now.mean(), (before - before.mean())[:, None])
    entity = np.repeat(np.arange(sample.n_entities), periods - 1)
    covariance, _ = raw_covariance("cluster_city", fit, entity, entity)
    excess = fit.coefficients + 1 / (periods - 1)
    df = len(now) - 2
    statistic, _ = wald_f(excess, covariance, df)
    p_value = None if statistic is None else f_p(statistic, 1, df)
    details = {"rho": float(fit.coefficients[0]), "rho_of_independent_shocks": -1 / (periods - 1)}
    return Diagnostic(name, statistic, 1, df, p_value, details=details)


def _cross_section(sample: PanelSample, within: Floats) -> Diagnostic:
    shape = sample.n_entities, sample.n_periods
    table, seen = np.zeros(shape), np.zeros(shape)
    table[sample.entity, sample.time], seen[sample.entity, sample.time] = within, 1.0
    shared = seen @ seen.T
    with np.errstate(divide="ignore", invalid="ignore"):
        means = (table @ seen.T) / shared  # of the row's city over the years it shares with the column's
        squares = (table**2) @ seen.T - shared * means**2
        cross = table @ table.T - shared * means * means.T
        correlation = cross / np.sqrt(squares * squares.T)
    upper = np.triu_indices(sample.n_entities, 1)
    pairs, numbers = shared[upper], correlation[upper]
    kept = (pairs > 2) & np.isfinite(numbers)
    if not kept.any():
        return Diagnostic("pesaran_cd", reason="no_pair_of_cities_with_three_years")
    statistic = float((np.sqrt(pairs[kept]) * numbers[kept]).sum() / np.sqrt(kept.sum()))
    details = {"mean_correlation": float(numbers[kept].mean()), "pairs": int(kept.sum())}
    return Diagnostic(
        "pesaran_cd", statistic, p_value=float(2 * stats.norm.sf(abs(statistic))), details=details
    )
