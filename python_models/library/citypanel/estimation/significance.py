"""The inference layer beyond t and F of one fit: chi2, z, and p values of resampled statistics."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats

from citypanel.estimation.inference import t_test
from citypanel.estimation.results import finite
from citypanel.estimation.within import Floats

# eigenvalues below this share of the scale count as zero; variances carry about 1e-14 of rounding
ZERO_EIGENVALUE = 1e-10
# two statistics that differ by less are equal: draws that repeat the sample differ from it by rounding only
TIE = 1e-9


def contrast_chi2(contrast: Floats, covariance: Floats, scale: Floats) -> tuple[dict[str, Any], bool]:
    """Return statistic, df and p_value of contrast' covariance^+ contrast, and whether it was definite.

    contrast: (k,); covariance: (k, k), a difference of two covariances that need not be definite; scale:
    (k,) standard errors that make it free of units. The pseudo-inverse is taken as it is, df is the rank; a
    negative statistic is returned as such, without p (never its absolute value).
    """
    scaled = covariance / np.outer(scale, scale)
    eigenvalues, vectors = np.linalg.eigh((scaled + scaled.T) / 2)
    kept = np.abs(eigenvalues) > ZERO_EIGENVALUE
    parts = (vectors.T @ (contrast / scale))[kept] ** 2 / eigenvalues[kept]
    statistic, df = float(parts.sum()), int(kept.sum())
    p_value = chi2_p(statistic, df) if df and statistic >= 0 else None
    return {"statistic": statistic, "df": df, "p_value": p_value}, bool((eigenvalues > ZERO_EIGENVALUE).all())


def chi2_p(statistic: float, df: float) -> float | None:
    """Return the upper tail of chi2(df) at `statistic`."""
    return finite(stats.chi2.sf(statistic, df))


def f_p(statistic: float, df: float, df_denominator: float) -> float | None:
    """Return the upper tail of F(df, df_denominator) at `statistic`."""
    return finite(stats.f.sf(statistic, df, df_denominator))


def z_test(estimate: float, variance: float, level: float = 0.95) -> dict[str, Any]:
    """Return std_error, statistic, p_value and interval of `estimate` on the normal distribution."""
    return {key: value for key, value in t_test(estimate, variance, np.inf, level).items() if key != "df"}


def t_tests(estimates: Floats, variances: Floats, df: Floats, level: float = 0.95) -> dict[str, Floats]:
    """Return `inference.t_test` of estimates, variances and df (S,); nan where a variance is negative."""
    errors = np.sqrt(np.where(variances >= 0, variances, np.nan))
    statistics = np.divide(estimates, errors, out=np.full(len(errors), np.nan), where=errors > 0)
    half = stats.t.ppf((1 + level) / 2, df) * errors
    return {
        "std_error": errors,
        "statistic": statistics,
        "p_value": 2 * stats.t.sf(np.abs(statistics), df),
        "conf_low": estimates - half,
        "conf_high": estimates + half,
    }


def share_as_extreme(draws: Floats, observed: float, enumerated: bool) -> float:
    """Return the share of draws (B,) at least as large as `observed`, ties counted.

    (#)/B when the draws are all assignments, (1 + #)/(B + 1) when they are a random part of them (Davison
    and Hinkley 1997, section 4.3). Two-sided tests hand in absolute values.
    """
    extreme = int((draws >= observed - TIE * abs(observed)).sum())
    return extreme / len(draws) if enumerated else (1 + extreme) / (len(draws) + 1)
