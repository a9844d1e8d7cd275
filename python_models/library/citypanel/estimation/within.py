"""The within transformation: city and year effects taken out of columns exactly, once per sample.

Two-way effects of an unbalanced panel are removed by solving the normal equations of the dummies in closed
form: the larger dimension is demeaned, the smaller one is solved through the Laplacian of the bipartite graph
(Wansbeek and Kapteyn 1989, Journal of Econometrics 41). No iteration, hence no tolerance; a second pass
removes the rounding of the first. Memory is n + (larger x smaller); the smaller dimension may have some
thousand groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


def group_sums(values: Floats, codes: Codes, n_groups: int) -> Floats:
    """Return the sums (n_groups, m) of the rows of `values` (n, m) by group code (n,), in row order."""
    return np.column_stack([np.bincount(codes, column, n_groups) for column in values.T])


@dataclass(frozen=True)
class WithinTransformation:
    """Removes none, one or two sets of effects; `groups` holds one code array (n,) per set, codes 0 … g-1."""

    n_rows: int
    groups: tuple[Codes, ...]

    def apply(self, values: Floats) -> Floats:
        """Return `values` (n, m) without the effects; columns of the result have mean zero."""
        centred = values - values.mean(axis=0)
        if not self.groups:
            return centred
        remove = self._remove_one if len(self.groups) == 1 else self._remove_two
        return remove(remove(centred))

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Number of groups of each set of effects."""
        return tuple(int(codes.max()) + 1 for codes in self.groups)

    @cached_property
    def rank(self) -> int:
        """Rank of the dummies of all effects together with the constant."""
        if not self.groups:
            return 1
        return sum(self.sizes) - (self.n_components if len(self.groups) == 2 else 0)

    @cached_property
    def n_components(self) -> int:
        """Connected parts of the city-year graph; each part beyond the first costs one more dummy."""
        first, second = self.groups
        size = sum(self.sizes)
        links = coo_array((np.ones(self.n_rows), (first, second + self.sizes[0])), shape=(size, size))
        return int(connected_components(links, directed=False)[0])

    def _remove_one(self, values: Floats) -> Floats:
        codes, size = self.groups[0], self.sizes[0]
        counts = np.bincount(codes, minlength=size)[:, None]
        return values - (group_sums(values, codes, size) / counts)[codes]

    def _remove_two(self, values: Floats) -> Floats:
        large, small, table, inverse = self._solver
        counts = table.sum(axis=1)[:, None]
        sums_large = group_sums(values, large, table.shape[0])
        sums_small = group_sums(values, small, table.shape[1])
        small_effects = inverse @ (sums_small - table.T @ (sums_large / counts))
        large_effects = (sums_large - table @ small_effects) / counts
        return values - large_effects[large] - small_effects[small]

    @cached_property
    def _solver(self) -> tuple[Codes, Codes, Floats, Floats]:
        """Codes of the larger and smaller set, their table of counts, and the inverse for the smaller set."""
        order = (0, 1) if self.sizes[0] >= self.sizes[1] else (1, 0)
        (large, small), (n_large, n_small) = ([self.groups[i] for i in order], [self.sizes[i] for i in order])
        cells = np.bincount(large * n_small + small, minlength=n_large * n_small)
        table = cells.reshape(n_large, n_small).astype(float)
        laplacian = np.diag(table.sum(axis=0)) - table.T @ (table / table.sum(axis=1)[:, None])
        eigenvalues, vectors = np.linalg.eigh(laplacian)
        # the null space has one dimension per connected part: known exactly, so no tolerance decides the rank
        kept = vectors[:, self.n_components :]
        return large, small, table, (kept / eigenvalues[self.n_components :]) @ kept.T
