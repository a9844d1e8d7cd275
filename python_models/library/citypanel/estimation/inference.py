"""The one module that owns degrees of freedom, p values, intervals and the four R2, for every estimator.

Convention (reghdfe; xtreg, fe vce(cluster)): the clustered covariance is multiplied by G/(G-1) (n-1)/(n-K)
with K = slopes + 1 + (years - 1), city effects being nested in the cluster and not counted; t on G - 1.
Two-way clusters: K = slopes + 1, one factor min(G)/(min(G)-1), t on min(G) - 1. iid and hc1: n/(n-K), K the
rank of regressors and all dummies, t on n - K. No factor: Driscoll-Kraay, t on years - 1; Conley, t on n - K;
cr2, t on Satterthwaite's df of each slope. wild_cluster: p and interval from the draws. Beside this module
`significance` holds chi2, z and the p values of resampled statistics.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from citypanel.estimation.conley import cutoff_and_kernel
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.kernel import COVARIANCES
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.results import RawFit, Term, finite
from citypanel.estimation.within import Floats

CONSTANT = "_cons"


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
    """Return the rules of covariance `kind`; EstimationError unknown_covariance or covariance_not_defined."""
    n, clusters = sample.n_rows, _clusters(kind, sample)
    smallest = min(clusters.values(), default=n)
    if smallest < 2:
        raise EstimationError("covariance_not_defined", covariance=kind, reason="one_cluster")
    if kind in ("iid", "hc1"):
        k = full_rank(sample, slopes)
        return Correction(n / (n - k), k, n - k, clusters)
    if kind not in ("cluster_city", "cluster_city_year"):
        k = full_rank(sample, slopes)
        return Correction(1.0, k, smallest - 1 if clusters else n - k, clusters)
    k = _counted(kind, sample, slopes)
    if n <= k:
        raise EstimationError("covariance_not_defined", covariance=kind, reason="no_degrees_of_freedom")
    return Correction(smallest / (smallest - 1) * (n - 1) / (n - k), k, smallest - 1, clusters)


def _clusters(kind: str, sample: PanelSample) -> dict[str, int]:
    city, year = {"city": sample.n_entities}, {"year": sample.n_periods}
    known = dict(zip(COVARIANCES, ({}, {}, city, city | year, year, {}, {}, city, city), strict=True))
    if cutoff_and_kernel(kind):
        return {}
    if kind not in known:
        raise EstimationError("unknown_covariance", value=kind, known=", ".join(COVARIANCES))
    return known[kind]


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
    """Return std_error, statistic, df, two-sided p_value and the interval at `level`, on t(df)."""
    if not np.isfinite(variance) or variance < 0:
        return {"df": float(df)}
    error = float(np.sqrt(variance))
    statistic = estimate / error if error > 0 else np.nan
    half = stats.t.ppf((1 + level) / 2, df) * error
    return {
        "std_error": error,
        "statistic": finite(statistic),
        "df": float(df),
        "p_value": finite(2 * stats.t.sf(abs(statistic), df)),
        "conf_low": finite(estimate - half),
        "conf_high": finite(estimate + half),
    }


def wald_f(estimates: Floats, covariance: Floats, df: float) -> tuple[float | None, float | None]:
    """Return (F, p) of the test that all k estimates (k,) are zero, on (k, df); None where V is singular."""
    k = len(estimates)
    scale = np.sqrt(np.diag(covariance))
    if not (scale > 0).all():
        return None, None
    correlation = covariance / np.outer(scale, scale)
    if np.linalg.matrix_rank(correlation, hermitian=True) < k:
        return None, None
    z = estimates / scale
    statistic = float(z @ np.linalg.solve(correlation, z)) / k
    return finite(statistic), finite(stats.f.sf(statistic, k, df))


def terms(
    raw: RawFit,
    constant: float,
    corrections: Mapping[str, Correction | EstimationError],
    requested: Sequence[str],
    omitted: Mapping[str, tuple[str, str]],
    headline: str,
    level: float,
) -> tuple[Term, ...]:
    """Return every requested term and the constant under every covariance, in the order of `corrections`."""
    slopes = dict(zip(raw.names, raw.coefficients, strict=True))
    rows = []
    for kind, rule in corrections.items():
        for name in (*requested, CONSTANT):
            row: dict[str, Any] = {"term": name, "covariance": kind, "is_headline": kind == headline}
            if name in omitted:
                status, reason = omitted[name]
                rows.append(Term(**row, estimate=None, status=status, status_reason=reason))
                continue
            estimate = constant if name == CONSTANT else float(slopes[name])
            if not_defined := _not_defined(rule, kind, name):
                rows.append(Term(**row, estimate=estimate, status="not_defined", status_reason=not_defined))
                continue
            assert isinstance(rule, Correction)
            rows.append(Term(**row, estimate=estimate, **_test(raw, rule, kind, name, estimate, level)))
    return tuple(rows)


def _not_defined(rule: Correction | EstimationError, kind: str, name: str) -> str | None:
    if isinstance(rule, EstimationError):
        return str(rule.arguments["reason"])
    return "not_defined_for_constant" if kind in ("cr2", "wild_cluster") and name == CONSTANT else None


def _test(
    raw: RawFit, rule: Correction, kind: str, name: str, estimate: float, level: float
) -> dict[str, Any]:
    if kind in raw.resampled:
        return raw.resampled[kind][name]
    df = raw.term_df.get(kind, {}).get(name, rule.df)
    return t_test(estimate, _variance(raw, kind, name) * rule.factor, df, level)


def _variance(raw: RawFit, kind: str, name: str) -> float:
    if name == CONSTANT:
        return raw.constant_variances[kind]
    position = raw.names.index(name)
    return float(raw.covariances[kind][position, position])
