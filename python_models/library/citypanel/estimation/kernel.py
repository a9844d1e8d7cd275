"""The NumPy kernel: least squares on demeaned columns, and covariances before any small-sample factor.

Every covariance is the sandwich A M A with A = (X^'X^)^-1 and M made of the scores x^_i u_i; for ordinary
least squares X^ = X~, for two-stage least squares X^ is the projection of X~ on the instruments. Degrees of
freedom are not decided here but in `inference`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from citypanel.estimation.errors import EstimationError
from citypanel.estimation.within import Codes, Floats, group_sums

SANDWICHES = ("iid", "hc1", "cluster_city", "cluster_city_year", "driscoll_kraay")
# those beyond the sandwiches are in `further_covariances`
COVARIANCES = (*SANDWICHES, "conley_200km", "conley_500km", "cr2", "wild_cluster")


@dataclass(frozen=True)
class LeastSquares:
    """coefficients (k,), residuals (n,) of the structural equation, projected regressors X^ (n, k)."""

    coefficients: Floats
    residuals: Floats
    projected: Floats


def least_squares(outcome: Floats, regressors: Floats, instruments: Floats | None = None) -> LeastSquares:
    """Return b of outcome (n,) on regressors (n, k), all demeaned; by 2SLS given instruments (n, l).

    Instruments include the exogenous regressors. Columns are scaled to unit length before the QR, so that
    units of the variables do not cost digits.
    """
    projected = regressors if instruments is None else _project(regressors, instruments)
    scale = np.linalg.norm(projected, axis=0)
    q, r = np.linalg.qr(projected / scale)
    coefficients = np.linalg.solve(r, q.T @ outcome) / scale
    return LeastSquares(coefficients, outcome - regressors @ coefficients, projected)


def _project(values: Floats, on: Floats) -> Floats:
    q = np.linalg.qr(on / np.linalg.norm(on, axis=0))[0]
    return q @ (q.T @ values)


def inverse_cross_product(values: Floats) -> Floats:
    """Return (X'X)^-1 (k, k) of X (n, k), by QR of the scaled columns."""
    scale = np.linalg.norm(values, axis=0)
    inverse = np.linalg.inv(np.linalg.qr(values / scale, mode="r"))
    return (inverse @ inverse.T) / np.outer(scale, scale)


def with_constant(fit: LeastSquares, means: Floats) -> LeastSquares:
    """Return the fit with the columns (1, x~ + mean(x)), whose first coefficient is the constant.

    Its covariance is the convention of reghdfe and xtreg for `_cons`: regress y~ + mean(y) on those columns.
    """
    design = np.column_stack([np.ones(len(fit.residuals)), fit.projected + means])
    return LeastSquares(np.r_[np.nan, fit.coefficients], fit.residuals, design)


def raw_covariance(
    kind: str, fit: LeastSquares, entity: Codes, time: Codes, lag: int = 0
) -> tuple[Floats, bool]:
    """Return (covariance (k, k) without factor, flag: negative eigenvalues were set to zero).

    kind: one of SANDWICHES. iid is A rss / n. `cluster_city_year` is V_city + V_year - V_city,year (Cameron,
    Gelbach and Miller 2011). `driscoll_kraay` weights lags 0 … lag of the yearly sums by Bartlett's kernel
    (Driscoll and Kraay 1998). Raises EstimationError unknown_covariance.
    """
    bread = inverse_cross_product(fit.projected)
    if kind == "iid":
        return bread * (fit.residuals @ fit.residuals) / len(fit.residuals), False
    scores = fit.projected * fit.residuals[:, None]
    meat = _meat(kind, scores, entity, time, lag)
    covariance = bread @ meat @ bread
    covariance = (covariance + covariance.T) / 2
    return nearest_psd(covariance) if kind == "cluster_city_year" else (covariance, False)


def _meat(kind: str, scores: Floats, entity: Codes, time: Codes, lag: int) -> Floats:
    if kind == "hc1":
        return scores.T @ scores
    if kind == "cluster_city":
        return _clustered(scores, entity)
    if kind == "cluster_city_year":
        # a city-year is one row, so the intersection's meat is that of hc1
        return _clustered(scores, entity) + _clustered(scores, time) - scores.T @ scores
    if kind == "driscoll_kraay":
        return _bartlett(group_sums(scores, time, int(time.max()) + 1), lag)
    raise EstimationError("unknown_covariance", value=kind, known=", ".join(COVARIANCES))


def _clustered(scores: Floats, codes: Codes) -> Floats:
    sums = group_sums(scores, codes, int(codes.max()) + 1)
    return sums.T @ sums


def _bartlett(sums: Floats, lag: int) -> Floats:
    meat = sums.T @ sums
    for step in range(1, min(lag, len(sums) - 1) + 1):
        cross = sums[step:].T @ sums[:-step]
        meat = meat + (1 - step / (lag + 1)) * (cross + cross.T)
    return meat


def nearest_psd(covariance: Floats) -> tuple[Floats, bool]:
    """Return the matrix with negative eigenvalues set to zero, and whether there was one beyond rounding."""
    eigenvalues, vectors = np.linalg.eigh(covariance)
    tolerance = len(covariance) * np.finfo(float).eps * abs(eigenvalues).max()
    if eigenvalues.min() >= -tolerance:
        return covariance, False
    return (vectors * eigenvalues.clip(min=0)) @ vectors.T, True
