"""Variances of shocks and of city effects by Swamy and Arora (1972, Econometrica 40).

For unbalanced panels in the form of Baltagi and Chang (1994, Journal of Econometrics 62): shocks from the
within regression, city effects from the between regression weighted by years.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from citypanel.estimation.errors import EstimationError
from citypanel.estimation.identification import omitted_of
from citypanel.estimation.inference import full_rank, require_rows
from citypanel.estimation.kernel import least_squares
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.within import Floats, group_sums


def city_means(sample: PanelSample, values: Floats) -> Floats:
    """Return the mean of each column of `values` (n, m) by city, one row per city (G, m)."""
    counts = np.bincount(sample.entity)[:, None]
    return group_sums(values, sample.entity, sample.n_entities) / counts


def variances(sample: PanelSample, outcome: str, names: Sequence[str], design: Floats) -> tuple[float, float]:
    """Return the variances of shocks and of city effects (zero where its estimate is negative).

    names: of the regressors; design: constant, regressors and year dummies (n, q). Raises EstimationError
    too_few_rows, too_few_cities_for_random_effects.
    """
    absorbed = omitted_of(sample, names)
    varying = [name for name in names if name not in absorbed]
    require_rows(sample, len(varying))
    residuals = sample.columns([outcome], demeaned=True)[:, 0]
    if varying:
        residuals = least_squares(residuals, sample.columns(varying, demeaned=True)).residuals
    shocks = float(residuals @ residuals) / (sample.n_rows - full_rank(sample, len(varying)))
    spare, weight = _between(sample, sample.columns([outcome]), design, shocks)
    return shocks, max(0.0, spare / weight)


def _between(sample: PanelSample, y: Floats, design: Floats, shocks: float) -> tuple[float, float]:
    """Return what the between residuals hold beyond shocks, and its expectation per unit of city variance."""
    counts = np.bincount(sample.entity)
    means = city_means(sample, np.column_stack([y, design])) * counts[:, None] ** 0.5
    basis, sizes, _ = np.linalg.svd(means[:, 1:] / np.linalg.norm(means[:, 1:], axis=0), full_matrices=False)
    # year dummies have the same mean in every city of a balanced panel, so rank is counted, not assumed
    basis = basis[:, sizes > 1e-9 * sizes[0]]
    cities, parameters = basis.shape
    if cities <= parameters:
        raise EstimationError("too_few_cities_for_random_effects", cities=cities, parameters=parameters)
    residuals = means[:, 0] - basis @ (basis.T @ means[:, 0])
    spare = float(residuals @ residuals) - (cities - parameters) * shocks
    return spare, float(sample.n_rows - counts @ (basis**2).sum(axis=1))
