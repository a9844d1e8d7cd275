"""The inference layer beyond t and F of one fit: chi2, z, and p values of resampled statistics."""

from __future__ import annotations

from typing import Any

import numpy as np

from citypanel.estimation.distributions import chi2_upper_tail, f_upper_tail
from citypanel.estimation.inference import ROUNDING, t_test
from citypanel.estimation.results import finite
from citypanel.estimation.within import Floats

# eigenvalues below this share of the scale count as zero; variances carry about 1e-14 of rounding
ZERO_EIGENVALUE = 1e-10
# two statistics that differ by less are equal: draws that repeat the sample differ from it by rounding only
TIE = 1e-9


def wald_f(estimates: Floats, covariance: Floats, df: float) -> tuple[float | None, float | None]:
    """Return (F, p) of the test that all k estimates (k,) are zero, on (k, df); None where V is singular."""
    k, chi2 = len(estimates), wald(estimates, covariance)
    return (None, None) if chi2 is None else (chi2 / k, f_p(chi2 / k, k, df))


def wald(estimates: Floats, covariance: Floats) -> float | None:
    """Return b'V^-1 b of estimates (k,) and V (k, k); None where V is singular, or rounding only."""
    scale = np.sqrt(np.diag(covariance).clip(min=0))
    if not (scale > 0).all():
        return None
    eigenvalues, vectors = np.linalg.eigh(covariance / np.outer(scale, scale))
    sizes = np.abs(eigenvalues)
    if sizes.min() <= len(estimates) * np.finfo(float).eps * sizes.max():
        return None
    statistic = float(((vectors.T @ (estimates / scale)) ** 2 / eigenvalues).sum())
    return statistic if statistic < ROUNDING**-2 else None  # as t in `t_test`


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
    return finite(chi2_upper_tail(statistic, df))


def f_p(statistic: float, df: float, df_denominator: float) -> float | None:
    """Return the upper tail of F(df, df_denominator) at `statistic`."""
    return finite(f_upper_tail(statistic, df, df_denominator))


def z_test(estimate: float, variance: float, level: float = 0.95) -> dict[str, Any]:
    """Return std_error, statistic, p_value and interval of `estimate` on the normal distribution."""
    return {key: value for key, value in t_test(estimate, variance, np.inf, level).items() if key != "df"}


def share_as_extreme(draws: Floats, observed: float, enumerated: bool) -> float:
    """Return the share of draws (B,) at least as large as `observed`, ties counted.

    (#)/B when the draws are all assignments, (1 + #)/(B + 1) when they are a random part of them (Davison
    and Hinkley 1997, section 4.3). Two-sided tests hand in absolute values.
    """
    return share_of(int((draws >= observed - TIE * abs(observed)).sum()), len(draws), enumerated)


def share_of(extreme: int, draws: int, enumerated: bool) -> float:
    """Return `share_as_extreme` from counts."""
    return extreme / draws if enumerated else (1 + extreme) / (draws + 1)
