"""Heteroskedasticity-robust covariances that weigh residuals by leverage, effects included.

MacKinnon and White (1985, Journal of Econometrics 29): HC2 divides u^2 by 1 - h, HC3 by its square, with h
the diagonal of the projection on regressors and all dummies.
"""

from __future__ import annotations

import numpy as np

from citypanel.estimation.kernel import LeastSquares
from citypanel.estimation.normal_equations import orthonormal
from citypanel.estimation.orthonormal_design import effect_columns
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.within import Floats

POWERS = {"hc2": 1, "hc3": 2}
ONE = 1e-10  # of 1 - h: a row that the model fits exactly whatever its outcome


def leverage(sample: PanelSample, design: Floats) -> Floats:
    """Return h (n,) of demeaned regressors (n, k) and the sample's effects."""
    regressors = orthonormal(design)
    h = (regressors**2).sum(axis=1) + (effect_columns(sample) ** 2).sum(axis=1)
    return h + (1 / np.bincount(sample.entity))[sample.entity] if "entity" in sample.effects else h


def weighted_by_leverage(kind: str, fit: LeastSquares, sample: PanelSample) -> tuple[Floats, tuple[str, ...]]:
    """Return the covariance (k, k) of kind `hc2` or `hc3`, and a flag.

    A row of leverage one (a dummy of its own) has no such variance: the matrix is then nan, and the flag
    `leverage_of_one:<kind>` says so, as in R.
    """
    left = 1 - leverage(sample, fit.projected)
    if left.min() < ONE:
        return np.full((fit.projected.shape[1],) * 2, np.nan), (f"leverage_of_one:{kind}",)
    scores = fit.projected * (fit.residuals / left ** (POWERS[kind] / 2))[:, None]
    return fit.bread @ (scores.T @ scores) @ fit.bread, ()
