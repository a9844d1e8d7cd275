"""The within transformation: city and year effects taken out of columns exactly, once per sample.

A balanced panel in order is a table of cities by years: its rows and its columns are centred in turn.
Otherwise two-way effects are removed by solving the normal equations of the dummies in closed form: the
larger dimension is demeaned, the smaller one is solved through the Laplacian of the bipartite graph (Wansbeek
and Kapteyn 1989, Journal of Econometrics 41), and a second pass removes the rounding of the first. No
iteration, hence no tolerance. Memory is one copy of the columns and, unbalanced, a table of larger x smaller;
the smaller dimension may have some thousand groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


def group_sums(values: Floats, codes: Codes, n_groups: int) -> Floats:
    """Return the sums (n_groups, m) of the rows of `values` (n, m) by group code (n,), in row order."""
    sums = np.empty((n_groups, values.shape[1]), order="F")
    for column, total in zip(values.T, sums.T, strict=True):
        total[:] = np.bincount(codes, column, n_groups)
    return sums


@dataclass(frozen=True)
class WithinTransformation:
    """Removes none, one or two sets of effects; `groups` holds one code array (n,) per set, codes 0 … g-1."""

    n_rows: int
    groups: tuple[Codes, ...]

    def apply(self, values: Floats) -> Floats:
        """Return `values` (n, m) without the effects: contiguous columns with mean zero."""
        centred = np.array(values, dtype=np.float64, order="F")
        centred -= centred.mean(axis=0)
        if len(self.groups) == 2 and self.is_balanced:
            self._remove_from_table(centred)
        elif self.groups:
            remove = self._remove_one if len(self.groups) == 1 else self._remove_two
            for _ in range(2):
                remove(centred)
        return centred

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
    def is_balanced(self) -> bool:
        """Whether the rows are every pair of two sets' groups once, in order."""
        first, second = self.sizes
        if self.n_rows != first * second:
            return False
        table = (codes.reshape(first, second) for codes in self.groups)
        return all((c == order).all() for c, order in zip(table, np.ogrid[:first, :second], strict=True))

    @cached_property
    def n_components(self) -> int:
        """Connected parts of the city-year graph; each part beyond the first costs one more dummy."""
        if self.is_balanced:
            return 1
        *_, table = self._table
        # every larger group meets a smaller one, so the smaller ones that share one tell the parts
        together = table.T @ table > 0
        return 1 if together.all() else int(connected_components(together, directed=False)[0])

    def _remove_from_table(self, values: Floats) -> None:
        rows, columns = (np.ones(size) for size in self.sizes)
        for column in values.T:
            table = column.reshape(self.sizes)
            # sums by matrix products: numpy's along the short rows of a table take several times as long
            table -= (table @ columns / len(columns))[:, None]
            table -= rows @ table / len(rows)

    def _remove_one(self, values: Floats) -> None:
        codes, size = self.groups[0], self.sizes[0]
        means = group_sums(values, codes, size) / np.bincount(codes, minlength=size)[:, None]
        for column, effects in zip(values.T, means.T, strict=True):
            column -= effects.take(codes)

    def _remove_two(self, values: Floats) -> None:
        large, small, table = self._table
        counts = table.sum(axis=1)[:, None]
        means = group_sums(values, large, len(table)) / counts
        small_effects = self._inverse @ (group_sums(values, small, table.shape[1]) - table.T @ means)
        large_effects = means - table @ small_effects / counts
        for column, of_large, of_small in zip(values.T, large_effects.T, small_effects.T, strict=True):
            column -= of_large.take(large)
            column -= of_small.take(small)

    @cached_property
    def _table(self) -> tuple[Codes, Codes, Floats]:
        """Codes of the larger and of the smaller set, and their table of counts."""
        order = (0, 1) if self.sizes[0] >= self.sizes[1] else (1, 0)
        (large, small), (n_large, n_small) = ([self.groups[i] for i in order], [self.sizes[i] for i in order])
        cells = np.bincount(large * n_small + small, minlength=n_large * n_small)
        return large, small, cells.reshape(n_large, n_small).astype(float)

    @cached_property
    def _inverse(self) -> Floats:
        """Pseudo-inverse of the smaller set's normal equations once the larger is taken out."""
        *_, table = self._table
        laplacian = np.diag(table.sum(axis=0)) - table.T @ (table / table.sum(axis=1)[:, None])
        eigenvalues, vectors = np.linalg.eigh(laplacian)
        # the null space has one dimension per connected part: known exactly, so no tolerance decides the rank
        kept = vectors[:, self.n_components :]
        return (kept / eigenvalues[self.n_components :]) @ kept.T
