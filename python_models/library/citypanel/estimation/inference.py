"""The one module that owns degrees of freedom, p values, intervals and the four R2, for every estimator.

Convention (reghdfe; xtreg, fe vce(cluster)): the clustered covariance is multiplied by G/(G-1) (n-1)/(n-K)
with K = slopes + 1 + (years - 1), city effects being nested in the cluster and not counted; t on G - 1.
Two-way clusters: K = slopes + 1, one factor min(G)/(min(G)-1), t on min(G) - 1. iid and hc1: n/(n-K), K the
rank of regressors and all dummies, t on n - K. No factor: Driscoll-Kraay, t on years - 1; Conley, t on n - K;
cr2, t on Satterthwaite's df of each slope. wild_cluster: p and interval from the draws. Beside this module
`term_table` lays tests out by term, `significance` holds chi2, z and the p values of resampled statistics.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from citypanel.estimation.beck_katz import KINDS as BECK_KATZ
from citypanel.estimation.distributions import t_quantile, t_upper_tail
from citypanel.estimation.errors import CovarianceNotDefined, EstimationError
from citypanel.estimation.leverage import POWERS as LEVERAGE
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.results import finite
from citypanel.estimation.small_sample import other_factor, split_kind
from citypanel.estimation.within import Floats

CONSTANT = "_cons"
SLOPES_ONLY = ("cr2", "wild_cluster", *LEVERAGE, *BECK_KATZ)  # covariances without one of the constant
ROUNDING = 1e-11  # of the estimate, in its standard error
# what a covariance has clusters of
CLUSTERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("cluster_city", "cr2", "wild_cluster"), ("city",)),
    "cluster_city_year": ("city", "year"),
    "driscoll_kraay": ("year",),
}


@dataclass(frozen=True)
class Correction:
    """Small-sample rules of one covariance: factor on the raw covariance, K counted, df of t, clusters."""

    factor: float
    k_parameters: int
    df: int
    clusters: dict[str, int]


def full_rank(sample: PanelSample, slopes: int) -> int:
    """Return the rank of regressors and all dummies, constant included."""
    return slopes + sample.within.rank


def require_rows(sample: PanelSample, slopes: int) -> None:
    """Raise EstimationError too_few_rows unless residual degrees of freedom are left."""
    if sample.n_rows <= full_rank(sample, slopes):
        raise EstimationError("too_few_rows", rows=sample.n_rows, parameters=full_rank(sample, slopes))


def correction(kind: str, sample: PanelSample, slopes: int) -> Correction:
    """Return the rules of a covariance of module `covariance_kinds`; raise CovarianceNotDefined."""
    kind, other = split_kind(kind)
    n, rank = sample.n_rows, full_rank(sample, slopes)
    sizes = {"city": sample.n_entities, "year": sample.n_periods}
    clusters = {dimension: sizes[dimension] for dimension in CLUSTERS.get(kind, ())}
    smallest = min(clusters.values(), default=n)
    if smallest < 2:
        raise CovarianceNotDefined("one_cluster", kind)
    df = smallest - 1 if clusters else n - rank
    if other:
        return Correction(other_factor(other, n, smallest, slopes, rank), rank, df, clusters)
    if kind in ("iid", "hc1"):
        return Correction(n / (n - rank), rank, df, clusters)
    if kind not in ("cluster_city", "cluster_city_year"):
        return Correction(1.0, rank, df, clusters)
    k = _counted(kind, sample, slopes)
    if n <= k:
        raise CovarianceNotDefined("no_degrees_of_freedom", kind)
    return Correction(smallest / (smallest - 1) * (n - 1) / (n - k), k, df, clusters)


def _counted(kind: str, sample: PanelSample, slopes: int) -> int:
    """Return K without the effects nested in a cluster; the constant is always counted."""
    nested = {"cluster_city": ("entity",), "cluster_city_year": ("entity", "time")}.get(kind, ())
    left = [effect for effect in sample.effects if effect not in nested]
    if not left:
        return slopes + 1
    if len(left) < len(sample.effects):
        return slopes + 1 + sample.within.rank - sample.n_entities
    return full_rank(sample, slopes)


def driscoll_kraay_lag(n_periods: int) -> int:
    """Return the default lag floor(4 (T/100)^(2/9)) (Newey and West 1994; xtscc)."""
    return math.floor(4 * (n_periods / 100) ** (2 / 9))


def four_r2(outcome: Floats, demeaned: Floats, residuals: Floats, rank: int, slopes: int) -> dict[str, float]:
    """Return the four R2 and rss from outcome, demeaned outcome and residuals (n,).

    rank: rank of regressors and all dummies. The adjusted within R2 divides the within sum of squares by
    n - rank + slopes, as reghdfe does.
    """
    n, rss = len(outcome), float(residuals @ residuals)
    tss, tss_within = float(((outcome - outcome.mean()) ** 2).sum()), float(demeaned @ demeaned)
    variance = rss / (n - rank)
    return {
        "r2_overall": 1 - rss / tss,
        "r2_overall_adjusted": 1 - variance / (tss / (n - 1)),
        "r2_within": 1 - rss / tss_within,
        "r2_within_adjusted": 1 - variance / (tss_within / (n - rank + slopes)),
        "rmse": variance**0.5,
        "rss": rss,
    }


def t_test(estimate: float, variance: float, df: float, level: float = 0.95) -> dict[str, Any]:
    """Return std_error, statistic, df, two-sided p_value and the interval at `level`, on t(df).

    Only df where the variance is negative or missing.
    """
    if not np.isfinite(variance) or variance < 0:
        return {"df": float(df)}
    numbers = t_tests(np.array([estimate]), np.array([variance]), df, level)
    return {"df": float(df)} | {name: finite(values[0]) for name, values in numbers.items()}


def t_tests(
    estimates: Floats, variances: Floats, df: Floats | float, level: float = 0.95
) -> dict[str, Floats]:
    """Return `t_test` of estimates, variances and df (S,); nan where a variance is negative or missing."""
    errors = np.sqrt(np.where(variances >= 0, variances, np.nan))
    # an error this small is what rounding leaves of none: an exact fit, or two clusters that cancel out
    told = errors > ROUNDING * np.abs(estimates)
    statistics = np.divide(estimates, errors, out=np.full(len(errors), np.nan), where=told)
    half = t_quantile((1 + level) / 2, df) * errors
    return {
        "std_error": errors,
        "statistic": statistics,
        "p_value": 2 * t_upper_tail(np.abs(statistics), df),
        "conf_low": estimates - half,
        "conf_high": estimates + half,
    }
