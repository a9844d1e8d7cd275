"""Orthonormal bases of what a model projects on, city effects left out: for CR2 and the wild bootstrap.

Both work with sums by city. There a city effect drops out of every sum (Pustejovsky and Tipton 2018, Journal
of Business & Economic Statistics 36, theorem 2), while year effects do not and have to be kept as columns.
"""

from __future__ import annotations

import numpy as np

from citypanel.estimation.normal_equations import orthonormal
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.within import Floats


def orthonormal_design(sample: PanelSample, design: Floats) -> Floats:
    """Return an orthonormal basis (n, k + r) of demeaned regressors (n, k) and of the effects' columns."""
    regressors = orthonormal(design)
    return np.column_stack([regressors, effect_columns(sample)])


def effect_columns(sample: PanelSample) -> Floats:
    """Return an orthonormal basis (n, r) of year effects, or the constant, beyond the city effects.

    r is years less connected parts of the panel with both effects, years with year effects only, 0 with city
    effects only, 1 (the constant) with none.
    """
    columns = plain_effect_columns(sample)
    if not {"entity", "time"} <= set(sample.effects):
        return columns / np.linalg.norm(columns, axis=0)
    eigenvalues, vectors = np.linalg.eigh(columns.T @ columns)
    kept = slice(sample.within.n_components, None)  # the null space is known exactly
    return (columns @ vectors[:, kept]) / np.sqrt(eigenvalues[kept])


def plain_effect_columns(sample: PanelSample) -> Floats:
    """Return the columns (n, T) that span the same: year dummies, less their city means with city effects."""
    if "time" not in sample.effects:
        return np.ones((sample.n_rows, 0 if sample.effects else 1))
    dummies = np.eye(sample.n_periods)[sample.time]
    if "entity" not in sample.effects:
        return dummies
    counts = np.zeros((sample.n_entities, sample.n_periods))
    np.add.at(counts, (sample.entity, sample.time), 1.0)
    return dummies - (counts / counts.sum(axis=1, keepdims=True))[sample.entity]
