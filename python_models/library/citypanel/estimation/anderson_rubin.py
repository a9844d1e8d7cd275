"""Confidence sets that hold whatever the strength of the instruments, by inverting Anderson and Rubin's test.

The clustered statistic depends on the tested slopes b only through the direction (1, -b), so it is followed
once around that half circle, through infinity: a set may be an interval, two rays, the whole line or empty
(Dufour 1997, Econometrica 65). With two endogenous variables each gets the projection of the joint set
(Dufour and Taamouti 2005, Econometrica 73).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import optimize, stats

from citypanel.estimation.diagnostic import Diagnostic
from citypanel.estimation.identification import is_exact
from citypanel.estimation.inference import correction
from citypanel.estimation.kernel import LeastSquares, least_squares, raw_covariance
from citypanel.estimation.significance import wald
from citypanel.estimation.weak_instruments import Partialled
from citypanel.estimation.within import Floats, group_sums

POINTS = 2_001  # on the half circle of one slope; odd, so that the estimate is one of them
OUTER, INNER = 401, 181  # the same for the projection
GOLDEN = (5**0.5 - 1) / 2
STEPS = 60

Curve = Callable[[Floats], Floats]


@dataclass(frozen=True)
class _Statistic:
    """The statistic by directions: moments (l, 1 + m) of (y, X), their covariances (1+m, 1+m, l, l)."""

    moments: Floats
    covariances: Floats

    def __call__(self, directions: Floats) -> Floats:
        """Return F (B,) of directions (B, 1 + m), each (1, -b) times any number."""
        moments = directions @ self.moments.T
        pairs = (directions[:, :, None] * directions[:, None, :]).reshape(len(directions), -1)
        count = self.moments.shape[0]
        spread = (pairs @ self.covariances.reshape(-1, count**2)).reshape(-1, count, count)
        solved = np.linalg.solve(spread, moments[:, :, None])[:, :, 0]
        return np.asarray((moments * solved).sum(axis=1) / count)


def anderson_rubin_sets(parts: Partialled, level: float) -> list[Diagnostic]:
    """Return `anderson_rubin_set` per endogenous variable; details: intervals, shape, level, joint.

    intervals: pairs (low, high), infinite where the set has no bound; shape: `interval`, `union`,
    `unbounded`, `whole_line` or `empty`; joint: whether it is a projection. df, df_denominator: of the F. In
    their place a reason: `more_than_two_endogenous`, `too_few_clusters`, `perfect_fit`.
    """
    names = parts.model.endogenous
    if len(names) > 2:
        return [
            Diagnostic("anderson_rubin_set", variable=n, reason="more_than_two_endogenous") for n in names
        ]
    if not _clusters_tell(parts):
        return [Diagnostic("anderson_rubin_set", variable=n, reason="too_few_clusters") for n in names]
    residuals = _second_stage(parts).residuals
    if is_exact(residuals, parts.outcome):
        return [Diagnostic("anderson_rubin_set", variable=n, reason="perfect_fit") for n in names]
    # slopes are measured from the estimate, so that large ones do not cost digits
    statistic, df = _statistic(replace(parts, outcome=residuals))
    count, points = parts.instruments.shape[1], POINTS if len(names) == 1 else OUTER
    angles = np.linspace(-np.pi / 2, np.pi / 2, points)
    sets, (centres, scales) = [], _estimates(parts)
    for position, (name, centre, scale) in enumerate(zip(names, centres, scales, strict=True)):
        curve = _curve(statistic, np.zeros_like(centres), scales, position)
        below = _below(curve, angles, float(stats.f.ppf(level, count, df)))
        intervals = [(_slope(low, centre, scale), _slope(high, centre, scale)) for low, high in below]
        details: dict[str, Any] = {"intervals": intervals, "shape": _shape(intervals)}
        details |= {"level": level, "joint": len(names) > 1}
        sets.append(Diagnostic("anderson_rubin_set", None, count, df, variable=name, details=details))
    return sets


def _statistic(parts: Partialled) -> tuple[_Statistic, float]:
    sample = parts.model.sample
    z = parts.basis
    columns = np.column_stack([parts.outcome, parts.endogenous])
    moments = z.T @ columns
    errors = columns - z @ moments
    rule = correction("cluster_city", sample, parts.q + z.shape[1])
    sums = np.array([group_sums(z * error[:, None], sample.entity, sample.n_entities) for error in errors.T])
    covariances = np.einsum("agi,cgj->acij", sums, sums, optimize=True) * rule.factor
    return _Statistic(moments, covariances), rule.df


def _second_stage(parts: Partialled) -> LeastSquares:
    return least_squares(parts.outcome, parts.endogenous, parts.instruments)


def _clusters_tell(parts: Partialled) -> bool:
    """Return whether the clustered covariance is regular: sums by city may be few, or cancel out (G = 2)."""
    slopes, covariance, _ = parts.covariance("cluster_city", parts.instruments, parts.outcome)
    return wald(slopes, covariance) is not None


def _estimates(parts: Partialled) -> tuple[Floats, Floats]:
    """Return the two-stage slopes and their clustered standard errors: where to look, and how far."""
    fit = _second_stage(parts)
    sample = parts.model.sample
    covariance, _ = raw_covariance("cluster_city", fit, sample.entity, sample.time)
    return fit.coefficients, np.sqrt(np.diag(covariance))


def _curve(statistic: _Statistic, centre: Floats, scale: Floats, position: int) -> Curve:
    """Return F as a function of the angle of one slope, least over the other slope if there is one."""
    if len(centre) == 1:
        return lambda angles: statistic(_direction(angles, centre[0], scale[0]))
    other = 1 - position

    def joint(angles: Floats, inner: Floats) -> Floats:
        first, second = np.cos(angles), np.cos(inner)
        directions = np.empty((len(angles), 3))
        directions[:, 0] = first * second
        directions[:, 1 + position] = -(centre[position] * first + scale[position] * np.sin(angles)) * second
        directions[:, 1 + other] = -(centre[other] * first * second + scale[other] * np.sin(inner))
        return statistic(directions)

    return lambda angles: _least(joint, angles)


def _direction(angles: Floats, centre: float, scale: float) -> Floats:
    return np.column_stack([np.cos(angles), -(centre * np.cos(angles) + scale * np.sin(angles))])


def _least(joint: Callable[[Floats, Floats], Floats], angles: Floats) -> Floats:
    """Return min over the inner angle for each angle (B,): a grid, then golden sections around its best."""
    grid = np.linspace(-np.pi / 2, np.pi / 2, INNER)
    values = joint(np.repeat(angles, INNER), np.tile(grid, len(angles))).reshape(-1, INNER)
    best, step = grid[values.argmin(axis=1)], grid[1] - grid[0]
    low, high = best - step, best + step
    for _ in range(STEPS):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        smaller = joint(angles, left) < joint(angles, right)
        low, high = np.where(smaller, low, left), np.where(smaller, right, high)
    return joint(angles, (low + high) / 2)


def _below(curve: Curve, angles: Floats, critical: float) -> list[tuple[float, float]]:
    """Return the stretches of angles on which the curve is at most `critical`."""
    inside = curve(angles) <= critical
    bounds = [float(angles[0])] if inside[0] else []
    for position in np.flatnonzero(inside[1:] != inside[:-1]):
        ends = angles[position], angles[position + 1]
        above = [float(curve(np.array([end]))[0]) - critical for end in ends]
        if np.prod(np.sign(above)) >= 0:  # a bound on the grid itself, but for rounding
            bounds.append(float(ends[int(np.abs(above).argmin())]))
            continue
        bounds.append(float(optimize.brentq(lambda a: curve(np.array([a]))[0] - critical, *ends, xtol=1e-13)))
    bounds += [float(angles[-1])] if inside[-1] else []
    return list(zip(bounds[::2], bounds[1::2], strict=True))


def _slope(angle: float, centre: float, scale: float) -> float:
    if abs(angle) >= np.pi / 2:
        return float(np.copysign(np.inf, angle))
    return float(centre + scale * np.tan(angle))


def _shape(intervals: list[tuple[float, float]]) -> str:
    if not intervals:
        return "empty"
    if len(intervals) > 1:
        return "union"
    finite = np.isfinite(intervals[0])
    return "interval" if finite.all() else "unbounded" if finite.any() else "whole_line"
