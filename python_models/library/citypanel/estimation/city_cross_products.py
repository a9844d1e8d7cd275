"""Cross-products by city, from which slopes of any set of cities follow without touching rows again.

Year effects are not taken out beforehand, because they depend on which cities are in the set: with Z the
columns without city effects, D the year dummies without them and S a set of cities, the normal equations of S
are Z'Z - Z'D (D'D)^- D'Z, and each of the three is a sum over the cities of S.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from citypanel.estimation.orthonormal_design import plain_effect_columns
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.within import Floats, WithinTransformation

SINGULAR = 1e-10


@dataclass(frozen=True)
class CityCrossProducts:
    """zz: (G, m, m) of the m columns, zd: (G, m, T) with the effects' columns, dd: (G, T, T) of these.

    The columns are k regressors and the outcome last, each divided by its entry in `scale` (m,).
    """

    zz: Floats
    zd: Floats
    dd: Floats
    scale: Floats

    def slopes(self, sets: Floats) -> Floats:
        """Return the slopes (B, k) of sets (B, G) of cities (0/1), nan where they are not identified."""
        zz, zd, dd = (np.tensordot(sets, part, axes=1) for part in (self.zz, self.zd, self.dd))
        normal = zz - zd @ _pseudo_inverse(dd) @ zd.transpose(0, 2, 1)
        left, right = normal[:, :-1, :-1], normal[:, :-1, -1:]
        eigenvalues = np.linalg.eigvalsh(left)
        identified = eigenvalues[:, 0] > SINGULAR * eigenvalues[:, -1]
        result = np.full(left.shape[:2], np.nan)
        result[identified] = np.linalg.solve(left[identified], right[identified])[:, :, 0]
        return result * self.scale[-1] / self.scale[:-1]


def city_cross_products(sample: PanelSample, outcome: str, regressors: list[str]) -> CityCrossProducts:
    """Return the cross-products of the sample's columns under the sample's effects."""
    cities = (sample.entity,) if "entity" in sample.effects else ()
    within = WithinTransformation(sample.n_rows, cities)
    columns = within.apply(sample.columns([*regressors, outcome]))
    scale = np.linalg.norm(columns, axis=0)
    z, d = columns / scale, plain_effect_columns(sample)
    starts = np.flatnonzero(np.diff(sample.entity, prepend=-1))  # rows are sorted by city
    zz, zd, dd = (_by_city(first, second, starts) for first, second in ((z, z), (z, d), (d, d)))
    return CityCrossProducts(zz, zd, dd, scale)


def _by_city(first: Floats, second: Floats, starts: np.ndarray) -> Floats:
    pieces = zip(np.split(first, starts[1:]), np.split(second, starts[1:]), strict=True)
    return np.array([a.T @ b for a, b in pieces])


def _pseudo_inverse(matrices: Floats) -> Floats:
    """Return the pseudo-inverse of symmetric positive semi-definite matrices (B, T, T)."""
    if not matrices.shape[-1]:
        return matrices
    eigenvalues, vectors = np.linalg.eigh(matrices)
    kept = eigenvalues > SINGULAR * eigenvalues[:, -1:]
    inverse = np.where(kept, 1 / np.where(kept, eigenvalues, 1), 0)
    return (vectors * inverse[:, None, :]) @ vectors.transpose(0, 2, 1)
