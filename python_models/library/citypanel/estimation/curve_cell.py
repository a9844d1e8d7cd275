"""Many regressions on one sample: each is a k x k solve, its errors sums over cross-products formed once.

With Z the demeaned columns (treatment, controls, outcome), a regression is a pair of vectors over them: w,
the row of (X'X)^-1 of the treatment, and z = (-b, 1), so that Zw is the influence of each row and Zz its
residual. A cluster's score is then w'(Z_g'Z_g)z.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from citypanel.estimation.kernel import nearest_psd
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.within import Codes, Floats

# smallest eigenvalue of the correlations below which regressors count as collinear
SINGULAR = 1e-11


@dataclass(frozen=True)
class Solved:
    """S regressions: number of slopes (S,), the treatment's slope (S,), w and z (S, m).

    inverse: (S, m, m), that of the cross-products of each one's regressors, zero elsewhere.
    """

    size: Codes
    slope: Floats
    inverse: Floats
    w: Floats
    z: Floats
    identified: np.ndarray


@dataclass(frozen=True)
class CurveCell:
    """A sample and m of its columns, treatment first and outcome last; lag: of Driscoll-Kraay.

    weights: {kind: (G, G)} for the spatial covariances.
    """

    sample: PanelSample
    names: tuple[str, ...]
    lag: int
    weights: Mapping[str, Floats]

    @cached_property
    def demeaned(self) -> Floats:
        """Columns without the effects (n, m)."""
        return self.sample.columns(self.names, demeaned=True)

    @cached_property
    def scale(self) -> Floats:
        """Length of each of them (m,)."""
        return np.linalg.norm(self.demeaned, axis=0)

    @cached_property
    def unit(self) -> Floats:
        """Columns (n, m) of length one."""
        return self.demeaned / self.scale

    @cached_property
    def cross(self) -> Floats:
        """Their cross-products (m, m)."""
        return self.unit.T @ self.unit

    @cached_property
    def by_city(self) -> Floats:
        """Cross-products by city (G, m, m)."""
        return _by_group(self.unit, self.sample.entity)

    @cached_property
    def by_year(self) -> Floats:
        """Cross-products by year (T, m, m)."""
        return _by_group(self.unit, self.sample.time)

    @cached_property
    def squares(self) -> Floats:
        """Products of every pair of columns, by row (n, m * m)."""
        return np.einsum("ni,nj->nij", self.unit, self.unit).reshape(len(self.unit), -1)

    def solve(self, sets: Sequence[Codes]) -> Solved:
        """Return the regressions on arrays (S, p) of positions, the treatment's 0 first, one per size p."""
        parts = [self._solve(columns) for columns in sets]
        inverse, slopes, identified = (np.concatenate(part) for part in zip(*parts, strict=True))
        size = np.repeat([columns.shape[1] for columns in sets], [len(columns) for columns in sets])
        z = -slopes
        z[:, -1] = 1
        return Solved(size, slopes[:, 0], inverse, inverse[:, 0], z, identified)

    def _solve(self, columns: Codes) -> tuple[Floats, Floats, np.ndarray]:
        """Return inverse (S, m, m), slopes (S, m) and whether identified, of regressions of one size."""
        normal = self.cross[columns[:, :, None], columns[:, None, :]]
        identified = np.linalg.eigvalsh(normal)[:, 0] > SINGULAR
        normal[~identified] = np.eye(columns.shape[1])
        inverse, right = np.linalg.inv(normal), self.cross[columns, -1][:, :, None]
        part = inverse @ right
        # one step of refinement: the inverse alone loses digits where regressors are nearly collinear
        part += inverse @ (right - normal @ part)
        m, rows = len(self.cross), np.arange(len(columns))
        slopes, whole = np.zeros((len(columns), m)), np.zeros((len(columns), m, m))
        slopes[rows[:, None], columns] = part[:, :, 0]
        whole[rows[:, None, None], columns[:, :, None], columns[:, None, :]] = inverse
        return whole, slopes, identified

    def estimates(self, solved: Solved) -> Floats:
        """Return the treatment's slope (S,), nan where it is not identified."""
        slope = solved.slope * self.scale[-1] / self.scale[0]
        return np.where(solved.identified, slope, np.nan)

    def variances(self, kind: str, solved: Solved) -> Floats:
        """Return its variance (S,) under covariance `kind`, without any factor."""
        units = (self.scale[-1] / self.scale[0]) ** 2
        return np.where(solved.identified, self._variances(kind, solved) * units, np.nan)

    def _variances(self, kind: str, solved: Solved) -> Floats:
        if kind == "iid":
            rss = np.einsum("si,ij,sj->s", solved.z, self.cross, solved.z, optimize=True)
            return solved.w[:, 0] * rss / self.sample.n_rows
        if kind == "cluster_city":
            return (_scores(solved, self.by_city) ** 2).sum(axis=1)
        if kind == "driscoll_kraay":
            return self._driscoll_kraay(_scores(solved, self.by_year))
        if kind == "cluster_city_year":
            return self._two_way(solved)
        rows = (self.unit @ solved.w.T) * (self.unit @ solved.z.T)
        return (rows**2).sum(axis=0) if kind == "hc1" else self._conley(kind, rows)

    def _driscoll_kraay(self, sums: Floats) -> Floats:
        total = (sums**2).sum(axis=1)
        for step in range(1, min(self.lag, sums.shape[1] - 1) + 1):
            weight = 2 * (1 - step / (self.lag + 1))
            total = total + weight * (sums[:, step:] * sums[:, :-step]).sum(axis=1)
        return total

    def _conley(self, kind: str, rows: Floats) -> Floats:
        table = np.zeros((self.sample.n_entities, self.sample.n_periods, rows.shape[1]))
        table[self.sample.entity, self.sample.time] = rows
        near = np.tensordot(self.weights[kind], table, axes=1)
        return np.einsum("gts,gts->s", table, near)

    def _two_way(self, solved: Solved) -> Floats:
        """Whole matrices, because negative eigenvalues are repaired on them, in units of the variables."""
        meat = -((self.unit @ solved.z.T) ** 2).T @ self.squares
        meat = meat.reshape(-1, *self.cross.shape)
        for products in (self.by_city, self.by_year):
            sums = np.tensordot(solved.z, products, axes=([1], [2]))
            meat += sums.transpose(0, 2, 1) @ sums
        bread = solved.inverse / self.scale[:, None]
        covariances = bread @ meat @ bread.transpose(0, 2, 1)
        covariances = (covariances + covariances.transpose(0, 2, 1)) / 2
        eigenvalues = np.linalg.eigvalsh(covariances)
        for place in np.flatnonzero(eigenvalues[:, 0] < -1e-15 * eigenvalues[:, -1]):
            covariances[place], _ = nearest_psd(covariances[place])
        return covariances[:, 0, 0] * self.scale[0] ** 2


def _scores(solved: Solved, products: Floats) -> Floats:
    """Return w'(Z_g'Z_g)z of each regression and group (S, G)."""
    pairs = solved.w[:, :, None] * solved.z[:, None, :]
    return pairs.reshape(len(pairs), -1) @ products.reshape(len(products), -1).T


def _by_group(unit: Floats, codes: Codes) -> Floats:
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    outer = np.einsum("ni,nj->nij", unit[order], unit[order])
    return np.add.reduceat(outer, starts, axis=0)
