"""The NumPy kernel: least squares on demeaned columns, and covariances before any small-sample factor.

Every covariance is the sandwich A M A with A = (X^'X^)^-1 and M made of the scores x^_i u_i; for ordinary
least squares X^ = X~, for two-stage least squares X^ is the projection of X~ on the instruments. Degrees of
freedom are not decided here but in `inference`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from citypanel.estimation.normal_equations import (
    column_lengths,
    inverse_of_triangle,
    normal_inverse,
    orthonormal,
)
from citypanel.estimation.small_sample import split_kind
from citypanel.estimation.within import Codes, Floats, group_sums

SANDWICHES = ("iid", "hc1", "cluster_city", "cluster_city_year", "driscoll_kraay")
# those beyond the sandwiches are in `further_covariances`
COVARIANCES = (*SANDWICHES, "conley_200km", "conley_500km", "cr2", "wild_cluster")


@dataclass(frozen=True)
class LeastSquares:
    """coefficients (k,), residuals (n,) of the structural equation, projected regressors X^ (n, k).

    bread: (X^'X^)^-1 (k, k).
    """

    coefficients: Floats
    residuals: Floats
    projected: Floats
    bread: Floats


def least_squares(outcome: Floats, regressors: Floats, instruments: Floats | None = None) -> LeastSquares:
    """Return b of outcome (n,) on regressors (n, k), all demeaned; by 2SLS given instruments (n, l).

    Instruments include the exogenous regressors. Normal equations with one step of refinement where they lose
    no digits, QR where regressors are nearly collinear; columns are scaled to unit length before, so that
    units of the variables do not cost digits.
    """
    projected = regressors if instruments is None else _project(regressors, instruments)
    scale = column_lengths(projected)
    if (inverse := normal_inverse(projected, scale)) is None:
        q, r = (np.asarray(part) for part in np.linalg.qr(projected / scale))
        coefficients = np.linalg.solve(r, q.T @ outcome) / scale
        bread = inverse_of_triangle(r) / np.outer(scale, scale)
        return LeastSquares(coefficients, outcome - regressors @ coefficients, projected, bread)
    bread = inverse / np.outer(scale, scale)
    coefficients = bread @ (projected.T @ outcome)
    coefficients = coefficients + bread @ (projected.T @ (outcome - regressors @ coefficients))
    return LeastSquares(coefficients, outcome - regressors @ coefficients, projected, bread)


def _project(values: Floats, on: Floats) -> Floats:
    q = orthonormal(on)
    return q @ (q.T @ values)


@dataclass(frozen=True)
class Scores:
    """Scores (n, k) of a fit and their sums by city and by year, formed once for every covariance."""

    rows: Floats
    entity: Codes
    time: Codes

    @cached_property
    def products(self) -> Floats:
        """Sum over rows of their cross-products (k, k)."""
        return self.rows.T @ self.rows

    @cached_property
    def by_city(self) -> Floats:
        """Sums by city (G, k)."""
        return group_sums(self.rows, self.entity, int(self.entity.max()) + 1)

    @cached_property
    def by_year(self) -> Floats:
        """Sums by year (T, k)."""
        return group_sums(self.rows, self.time, int(self.time.max()) + 1)

    def meat(self, kind: str, lag: int) -> Floats:
        """Return M (k, k) of one of SANDWICHES but iid."""
        if kind == "hc1":
            return self.products
        if kind == "cluster_city":
            return self.by_city.T @ self.by_city
        if kind == "cluster_city_year":
            # a city-year is one row, so the intersection's meat is that of hc1
            return self.by_city.T @ self.by_city + self.by_year.T @ self.by_year - self.products
        return _bartlett(self.by_year, lag)


def raw_covariance(
    kind: str, fit: LeastSquares, entity: Codes, time: Codes, lag: int = 0
) -> tuple[Floats, bool]:
    """Return (covariance (k, k) without factor, flag: negative eigenvalues were set to zero).

    kind: one of SANDWICHES, a word after a colon not counting (module `small_sample`). iid is A rss / n.
    `cluster_city_year` is V_city + V_year - V_city,year (Cameron, Gelbach and Miller 2011). `driscoll_kraay`
    weights lags 0 … lag of the yearly sums by Bartlett's kernel (Driscoll and Kraay 1998).
    """
    kind = split_kind(kind)[0]
    if kind == "iid":
        return fit.bread * (fit.residuals @ fit.residuals) / len(fit.residuals), False
    scores = Scores(fit.projected * fit.residuals[:, None], entity, time)
    covariance = sandwich(fit.bread, scores.meat(kind, lag))
    return nearest_psd(covariance) if kind == "cluster_city_year" else (covariance, False)


def sandwich(bread: Floats, meat: Floats) -> Floats:
    """Return bread meat bread' (j, j) of bread (j, k), symmetric to the last digit."""
    covariance = bread @ meat @ bread.T
    return (covariance + covariance.T) / 2


@dataclass(frozen=True)
class WithConstant:
    """Covariances of constant and slopes (1 + k, 1 + k), the constant first, without factor.

    The convention of reghdfe and xtreg for `_cons`: regress y~ + mean(y) on (1, x~ + mean(x)). Columns of X^
    have mean zero, so that design is (1, X^) times a triangle, and the inverse of its cross-products follows
    from n, the means m (k,) and A in closed form.
    """

    fit: LeastSquares
    means: Floats
    entity: Codes
    time: Codes

    @cached_property
    def bread(self) -> Floats:
        """What turns scores of (1, X^) into those of constant and slopes (1 + k, 1 + k)."""
        cross = -self.means @ self.fit.bread
        return np.block([[np.array([[1 / len(self.fit.residuals)]]), cross[None, :]],
                         [np.zeros((len(cross), 1)), self.fit.bread]])  # fmt: skip

    @cached_property
    def scores(self) -> Scores:
        """Scores of (1, X^)."""
        n, k = self.fit.projected.shape
        rows = np.empty((n, 1 + k), order="F")
        rows[:, 0] = self.fit.residuals
        np.multiply(self.fit.projected, self.fit.residuals[:, None], out=rows[:, 1:])
        return Scores(rows, self.entity, self.time)

    def covariance(self, kind: str, lag: int) -> Floats:
        """Return the covariance of one of SANDWICHES, negative eigenvalues left as they are."""
        if (kind := split_kind(kind)[0]) != "iid":
            return sandwich(self.bread, self.scores.meat(kind, lag))
        whole = self.bread.copy()
        whole[1:, 0] = whole[0, 1:]
        whole[0, 0] -= whole[0, 1:] @ self.means
        return whole * (self.fit.residuals @ self.fit.residuals) / len(self.fit.residuals)


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
