"""Counts, four R2 and F of a fit."""

from __future__ import annotations

from citypanel.estimation.engines import Model
from citypanel.estimation.inference import Correction, four_r2, full_rank
from citypanel.estimation.results import FitStatistics, RawFit, finite
from citypanel.estimation.significance import wald_f


def fit_statistics(model: Model, raw: RawFit, rule: Correction, covariance: str) -> FitStatistics:
    """Return what is said of a fit as a whole; rule: of its headline covariance."""
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
