"""Covariances from one residual covariance matrix that all groups share.

Beck and Katz (1995, American Political Science Review 89): `beck_katz_year` lets cities of a year be
correlated (Stata's xtpcse; plm's vcovBK with cluster = "time"), `beck_katz_city` lets years of a city be
(plm's default, cluster = "group"). In an unbalanced panel each covariance is a mean over the pairs seen.
"""

from __future__ import annotations

import numpy as np

from citypanel.estimation.kernel import LeastSquares
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.within import Floats

KINDS = ("beck_katz_city", "beck_katz_year")


def beck_katz(kind: str, fit: LeastSquares, sample: PanelSample) -> Floats:
    """Return the covariance (k, k) without factor."""
    groups, within = (sample.entity, sample.time) if kind == KINDS[0] else (sample.time, sample.entity)
    shape = int(groups.max()) + 1, int(within.max()) + 1
    residuals, seen = np.zeros(shape), np.zeros(shape)
    residuals[groups, within], seen[groups, within] = fit.residuals, 1.0
    pairs = seen.T @ seen
    shared = np.divide(residuals.T @ residuals, pairs, out=np.zeros_like(pairs), where=pairs > 0)
    columns = np.zeros((*shape, fit.projected.shape[1]))
    columns[groups, within] = fit.projected
    meat = np.einsum("gsi,st,gtj->ij", columns, shared, columns, optimize=True)
    return fit.bread @ meat @ fit.bread
