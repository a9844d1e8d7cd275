"""Wild cluster bootstrap of one slope: p value and interval where clusters are few.

Cameron, Gelbach and Miller (2008, Review of Economics and Statistics 90): null imposed, t statistics, one
weight per city. The algebra by sums over cities is that of Roodman, MacKinnon, Nielsen and Webb (2019, Stata
Journal 19): under the null slope b0 a draw's residuals are linear in b0, so one pass over the draws serves
every b0 that the inversion of the test visits. p does not depend on any small-sample factor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from citypanel.estimation.kernel import least_squares
from citypanel.estimation.orthonormal_design import orthonormal_design
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.significance import share_as_extreme
from citypanel.estimation.within import Floats, group_sums

DRAWS, SEED = 9_999, 1
WEBB_BELOW = 12
# six points (Webb 2014): with few clusters two leave too few different draws
WEBB = np.array([-np.sqrt(1.5), -1, -np.sqrt(0.5), np.sqrt(0.5), 1, np.sqrt(1.5)])
BLOCK = 1_000


@dataclass(frozen=True)
class Weights:
    """values: (G, B), one column per draw; kind: `rademacher` or `webb`; enumerated: all 2^G were formed."""

    values: Floats
    kind: str
    enumerated: bool


@dataclass(frozen=True)
class WildTest:
    """t without any factor, two-sided p of slope zero, interval (infinite where the test never rejects)."""

    t: float
    p_value: float
    conf_low: float
    conf_high: float


@dataclass(frozen=True)
class _Draws:
    """Each draw's t under a null at `distance` from the estimate b, from arrays (B,).

    The restricted residuals are e - distance x with e those of the fit and x the regressor without the
    others: numerator e - distance x, squared denominator ee - 2 distance ex + distance^2 xx.
    """

    e: Floats
    x: Floats
    ee: Floats
    ex: Floats
    xx: Floats

    def absolute_t(self, distance: float) -> Floats:
        squared = self.ee - 2 * distance * self.ex + distance**2 * self.xx
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.abs(self.e - distance * self.x) / np.sqrt(squared)


def cluster_weights(groups: int, draws: int = DRAWS, seed: int = SEED) -> Weights:
    """Return Rademacher weights, all of them when 2^G <= draws; else Webb's when G < 12."""
    if 2**groups <= draws:
        bits = (np.arange(2**groups)[None, :] >> np.arange(groups)[:, None]) & 1
        return Weights((1 - 2 * bits).astype(np.float64), "rademacher", True)
    generator = np.random.default_rng(seed)
    if groups < WEBB_BELOW:
        points = np.asarray(WEBB[generator.integers(0, 6, (groups, draws))], dtype=np.float64)
        return Weights(points, "webb", False)
    signs = 2 * generator.integers(0, 2, (groups, draws)) - 1
    return Weights(signs.astype(np.float64), "rademacher", False)


def wild_cluster(
    sample: PanelSample, outcome: Floats, design: Floats, position: int, weights: Weights, level: float = 0.95
) -> WildTest:
    """Return the test of the slope of column `position` of design (n, k); all columns demeaned, y (n,)."""
    others = np.delete(design, position, axis=1)
    y, x = (_without(column, others) for column in (outcome, design[:, position]))
    influence = x / (x @ x)
    slope = float(influence @ y)
    groups = sample.n_entities
    residuals = y - slope * x
    scores = np.bincount(sample.entity, influence * residuals, groups)
    error = float(np.sqrt(scores @ scores))
    basis = orthonormal_design(sample, design)
    drawn = _draw(sample, influence, residuals, x, basis, weights.values)

    def p_value(null: float) -> float:
        t = drawn.absolute_t(null - slope)
        return share_as_extreme(t[np.isfinite(t)], abs(slope - null) / error, weights.enumerated)

    bounds = [_bound(p_value, slope, side * error, 1 - level) for side in (-1, 1)]
    return WildTest(slope / error, p_value(0.0), *bounds)


def _without(column: Floats, others: Floats) -> Floats:
    return least_squares(column, others).residuals if others.shape[1] else column


def _draw(
    sample: PanelSample, influence: Floats, e: Floats, x: Floats, basis: Floats, weights: Floats
) -> _Draws:
    """Return the parts of every draw's t; the score of city g is v_g d_g less what refitting takes out."""
    entity, groups = sample.entity, sample.n_entities
    left = group_sums(influence[:, None] * basis, entity, groups)
    own_e, own_x = (np.bincount(entity, influence * column, groups) for column in (e, x))
    right_e, right_x = (group_sums(column[:, None] * basis, entity, groups) for column in (e, x))
    blocks = []
    for start in range(0, weights.shape[1], BLOCK):
        v = weights[:, start : start + BLOCK]
        score_e = own_e[:, None] * v - left @ (right_e.T @ v)
        score_x = own_x[:, None] * v - left @ (right_x.T @ v)
        pairs = ((score_e, score_e), (score_e, score_x), (score_x, score_x))
        blocks.append([own_e @ v, own_x @ v, *(np.einsum("gb,gb->b", a, b) for a, b in pairs)])
    return _Draws(*(np.concatenate(column) for column in zip(*blocks, strict=True)))


def _bound(p_value: Callable[[float], float], slope: float, step: float, alpha: float) -> float:
    """Return where p falls to alpha on one side of the estimate, by bisection; infinite where it does not."""
    near, far = slope, slope + 2 * step
    for _ in range(40):
        if p_value(far) <= alpha:
            break
        near, far = far, slope + 2 * (far - slope)
    else:
        return float(np.copysign(np.inf, step))
    # far below twelve digits, so that the bound does not depend on how BLAS rounds
    while abs(far - near) > max(1e-13 * abs(step), 4 * float(np.spacing(abs(far)))):
        middle = (near + far) / 2
        near, far = (near, middle) if p_value(middle) <= alpha else (middle, far)
    return far
