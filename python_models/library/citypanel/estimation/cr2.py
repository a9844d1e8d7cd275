"""Bias-reduced clustered covariance with Satterthwaite's degrees of freedom, for few or uneven clusters.

Bell and McCaffrey (2002, Survey Methodology 28); Pustejovsky and Tipton (2018, Journal of Business & Economic
Statistics 36), as clubSandwich computes it: working model identity, city effects absorbed, year dummies kept
in the design.
"""

from __future__ import annotations

import numpy as np

from citypanel.estimation.kernel import LeastSquares
from citypanel.estimation.orthonormal_design import orthonormal_design
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.within import Floats, group_sums

# eigenvalues of I - H that are zero but for rounding: a city that a column of its own fits exactly
ZERO = 1e-10


def cr2(sample: PanelSample, fit: LeastSquares) -> tuple[Floats, Floats]:
    """Return the covariance (k, k), without any further factor, and the df of each slope's t (k,).

    fit: of least squares on demeaned columns. Clusters are the sample's cities.
    """
    basis = orthonormal_design(sample, fit.projected)
    adjusted = _adjusted(sample, basis, fit.projected @ fit.bread)
    sums = group_sums(adjusted * fit.residuals[:, None], sample.entity, sample.n_entities)
    df = [_satterthwaite(sample, basis, column) for column in adjusted.T]
    return sums.T @ sums, np.array(df)


def _adjusted(sample: PanelSample, basis: Floats, influence: Floats) -> Floats:
    """Return (I - H_gg)^-1/2 times each city's rows of the slopes' influence (n, k)."""
    adjusted = np.empty(influence.shape, order="F")
    starts = np.flatnonzero(np.diff(sample.entity, prepend=-1))  # rows are sorted by city
    sizes = np.diff(starts, append=sample.n_rows)
    for size in np.unique(sizes):  # cities with as many rows are worked on together
        rows = starts[sizes == size][:, None] + np.arange(size)
        block = basis[rows]
        eigenvalues, vectors = np.linalg.eigh(np.eye(size) - block @ block.transpose(0, 2, 1))
        root = np.where(eigenvalues > ZERO, 1 / np.sqrt(eigenvalues.clip(min=ZERO)), 0.0)
        adjusted[rows] = (vectors * root[:, None, :]) @ (vectors.transpose(0, 2, 1) @ influence[rows])
    return adjusted


def _satterthwaite(sample: PanelSample, basis: Floats, column: Floats) -> float:
    """Return tr(P)^2 / tr(P^2) with P = diag(|e_g|^2) - F F', F_g the sum of e_i times basis row i."""
    groups = sample.n_entities
    norms = np.bincount(sample.entity, column**2, groups)
    sums = group_sums(column[:, None] * basis, sample.entity, groups)
    trace = norms.sum() - (sums**2).sum()
    squares = (norms**2).sum() - 2 * norms @ (sums**2).sum(axis=1) + ((sums.T @ sums) ** 2).sum()
    return float(trace**2 / squares)
