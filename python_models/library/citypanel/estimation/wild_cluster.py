"""Wild cluster bootstrap of every slope of a fit: p value and interval where clusters are few.

Cameron, Gelbach and Miller (2008, Review of Economics and Statistics 90): null imposed, t statistics, one
weight per city. The algebra by sums over cities is that of Roodman, MacKinnon, Nielsen and Webb (2019, Stata
Journal 19): under the null slope b0 a draw's residuals are linear in b0, so one pass over the draws serves
every b0 that the inversion of the test visits. The weights and the residuals' sums are the same for all
slopes, and squares of scores are written out, so that a draw costs as many products as the basis has columns,
not as there are cities. p does not depend on any small-sample factor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from citypanel.estimation.kernel import LeastSquares
from citypanel.estimation.orthonormal_design import orthonormal_design
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.wild_draws import DrawnTests, bound
from citypanel.estimation.within import Floats, group_sums

DRAWS, SEED = 9_999, 1
WEBB_BELOW = 12
# six points (Webb 2014): with few clusters two leave too few different draws
WEBB = np.array([-np.sqrt(1.5), -1, -np.sqrt(0.5), np.sqrt(0.5), 1, np.sqrt(1.5)])
BLOCK = 1_000


@dataclass(frozen=True)
class Weights:
    """values: (G, B), one column per draw; kind: `rademacher` or `webb`; enumerated: all 2^G were formed.

    Rademacher's are one byte each, so that they can be kept for the next fit on as many cities.
    """

    values: NDArray[np.float64 | np.int8]
    kind: str
    enumerated: bool

    def blocks(self) -> Iterator[Floats]:
        """Yield the draws as numbers (G, BLOCK), some at a time."""
        for start in range(0, self.values.shape[1], BLOCK):
            yield self.values[:, start : start + BLOCK].astype(np.float64)

    def of_squares(self, parts: Floats, drawn: Floats) -> Floats:
        """Return parts' v^2 (j, B) of parts (G, j) and draws v (G, B); Rademacher's squares are one."""
        return parts.sum(axis=0)[:, None] if self.kind == "rademacher" else parts.T @ drawn**2


@dataclass(frozen=True)
class WildTest:
    """t without any factor, two-sided p of slope zero, interval (infinite where the test never rejects)."""

    t: float
    p_value: float
    conf_low: float
    conf_high: float


@lru_cache(maxsize=2)
def cluster_weights(groups: int, draws: int = DRAWS, seed: int = SEED) -> Weights:
    """Return Rademacher weights, all of them when 2^G <= draws; else Webb's when G < 12."""
    if 2**groups <= draws:
        bits = (np.arange(2**groups)[None, :] >> np.arange(groups)[:, None]) & 1
        return Weights((1 - 2 * bits).astype(np.int8), "rademacher", True)
    generator = np.random.default_rng(seed)
    if groups < WEBB_BELOW:
        points = np.asarray(WEBB[generator.integers(0, 6, (groups, draws))], dtype=np.float64)
        return Weights(points, "webb", False)
    signs = 2 * generator.integers(0, 2, (groups, draws)).astype(np.int8) - 1
    return Weights(signs.astype(np.int8, copy=False), "rademacher", False)


@dataclass(frozen=True)
class _Slope:
    """What the draws of one slope need: sums by city (G, …) of its influence a on the estimate.

    left: of a times the basis (G, p); own_e, own_x: of a times residuals and times the regressor without the
    others (G, 1), x = a / norm with norm = a'a.
    """

    left: Floats
    own_e: Floats
    own_x: Floats
    norm: float

    @classmethod
    def of(cls, sample: PanelSample, influence: Floats, basis: Floats, residuals: Floats) -> _Slope:
        """Return the sums for influence (n,), orthonormal basis (n, p) and residuals (n,) of the fit."""
        columns = np.column_stack([basis, residuals, influence]) * influence[:, None]
        sums = group_sums(columns, sample.entity, sample.n_entities)
        norm = float(influence @ influence)
        return cls(sums[:, :-2], sums[:, -2:-1], sums[:, -1:] / norm, norm)

    @cached_property
    def to_draw(self) -> Floats:
        """The columns (G, 3p + 2) of which a draw is a weighted sum over cities."""
        left, own_e, own_x = self.left, self.own_e, self.own_x
        return np.hstack([left, left * own_e, left * own_x, own_e, own_x])

    @cached_property
    def squares(self) -> Floats:
        """The columns (G, 3) of which ee, ex and xx are the sums of squared draws."""
        return np.hstack([self.own_e**2, self.own_e * self.own_x, self.own_x**2])

    @cached_property
    def gram(self) -> Floats:
        """Cross-products (p, p) of `left`."""
        return self.left.T @ self.left

    def parts(self, drawn: Floats, squares: Floats, right_e: Floats) -> Floats:
        """Return e, x, ee, ex, xx (5, B) of `to_draw`, drawn, and of `squares`, drawn (3, B).

        right_e: residuals times basis, drawn (p, B). The score of city g in a draw is v_g own_g less what
        refitting takes out, left_g right. As x is a multiple of the influence, its right side is one of left.
        """
        right_x, cross_e, cross_x = np.split(drawn[:-2], 3)
        right_x = right_x / self.norm
        taken_e, taken_x = self.gram @ right_e, self.gram @ right_x
        ee = squares[0] + _dot(right_e, taken_e - 2 * cross_e)
        ex = squares[1] + _dot(right_x, taken_e - cross_e) - _dot(right_e, cross_x)
        xx = squares[2] + _dot(right_x, taken_x - 2 * cross_x)
        return np.vstack([drawn[-2:], ee, ex, xx])


def _dot(first: Floats, second: Floats) -> Floats:
    return np.einsum("pb,pb->b", first, second)


def wild_cluster(
    sample: PanelSample, fit: LeastSquares, weights: Weights, level: float = 0.95
) -> list[WildTest]:
    """Return the test of each slope of a fit by least squares on the sample's demeaned columns."""
    basis = orthonormal_design(sample, fit.projected)
    regressors = basis[:, : len(fit.coefficients)]
    influences = regressors @ np.linalg.inv(regressors.T @ fit.projected).T
    right_e = group_sums(basis * fit.residuals[:, None], sample.entity, sample.n_entities)
    slopes = [_Slope.of(sample, column, basis, fit.residuals) for column in influences.T]
    # all slopes in one matrix product, which takes half the time of one each
    stacked = np.hstack([right_e, *(slope.to_draw for slope in slopes)]).T
    blocks: list[list[Floats]] = []
    for v in weights.blocks():
        drawn_e, sums = np.split(stacked @ v, [right_e.shape[1]])
        squares = (weights.of_squares(slope.squares, v) for slope in slopes)
        each = zip(slopes, np.split(sums, len(slopes)), squares, strict=True)
        blocks.append([slope.parts(own, squared, drawn_e) for slope, own, squared in each])
    tests = []
    estimates, by_slope = fit.coefficients.tolist(), zip(*blocks, strict=True)
    for slope, estimate, parts in zip(slopes, estimates, by_slope, strict=True):
        error = float(np.linalg.norm(slope.own_e))
        drawn = DrawnTests(np.hstack(parts), error, weights.enumerated)
        bounds = [bound(drawn, estimate, side, 1 - level) for side in (-1, 1)]
        tests.append(WildTest(estimate / error, drawn.p_value(-estimate), *bounds))
    return tests
