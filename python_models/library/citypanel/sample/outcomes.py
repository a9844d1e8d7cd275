"""Outcomes with known coefficients: city + year + x'b, and bounded shocks that never need clipping."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from citypanel.sample.roster import INDEX_YEARS, YEARS, Roster
from citypanel.sample.streams import Array, Mask, Streams, autoregression, bounded

FLOOR_PRIMARY_EMPLOYMENT = 0.0012
FLOW_BOUND = 0.95
FLOW_POWER = 0.65
TERTIARY_BOUND = 0.03
INNOVATION_BOUND = 0.035
REAL_GDP_BOUND = 0.05


@dataclass(frozen=True)
class Outcome:
    """An outcome (N x T): the noise-free `systematic` part and the `value` with its shock."""

    systematic: Array
    value: Array


def linear_part(coefficients: dict[str, float], regressors: dict[str, Array]) -> Array:
    """Return x'b (N x T); a name `a:b` is the product of two regressors."""
    total = np.zeros_like(next(iter(regressors.values())))
    for term, coefficient in coefficients.items():
        factors = [regressors[name] for name in term.split(":")]
        total = total + coefficient * np.prod(factors, axis=0)
    return total


def held_outside(values: Array, inside: Mask) -> Array:
    """Hold the first and last year of the boolean `inside` (T) over the years before and after it."""
    columns = np.flatnonzero(inside)
    return values[:, np.clip(np.arange(values.shape[1]), columns[0], columns[-1])]


def year_effects(xb: Array, sample: Mask, path: Array) -> Array:
    """Return the effects (1 x T) that make the sample's mean of effect + x'b follow `path` (T)."""
    rows = sample.any(axis=1)
    effects: Array = path - xb[rows].mean(axis=0)
    return effects


def flow(roster: Roster, streams: Streams, xb: Array, primary: Array, noise: float) -> Outcome:
    """Share of secondary and tertiary employees; `primary` (N) is the aimed-at mean primary share of each
    city.

    Only the city effect bends: it is lowered until the noise-free primary share is never below the floor.
    The shock is a fraction (below 1) of the noise-free primary share, so the share stays inside (0, 1).
    """
    path: Array = np.interp(YEARS, [2011, 2021], [0.0022, -0.0022])
    deviation = -(xb + year_effects(xb, roster.study_a[:, None] & INDEX_YEARS, -path))
    deviation = deviation - deviation[:, INDEX_YEARS].mean(axis=1, keepdims=True)
    lowest = deviation[:, INDEX_YEARS].min(axis=1)
    level = np.maximum(primary, FLOOR_PRIMARY_EMPLOYMENT - lowest)
    systematic = held_outside(level[:, None] + deviation, INDEX_YEARS)
    shock = flow_shock(streams("flow shock"), xb.shape)
    return Outcome(1 - systematic, 1 - systematic * (1 - noise * FLOW_BOUND * shock))


def flow_shock(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Return the relative shock of the primary employment share, inside (-1, 1), years on the last axis."""
    return bounded(autoregression(rng, shape, 0.35), FLOW_POWER)


def shocked_flow(systematic: Array, shock: Array, noise: float = 1.0) -> Array:
    """Return the employment share that `shock` makes of the noise-free one (... x N x T)."""
    return 1 - (1 - systematic) * (1 - noise * FLOW_BOUND * shock)


def tertiary_share(
    roster: Roster, streams: Streams, xb: Array, primary: Array, level: Array, noise: float
) -> Outcome:
    """Tertiary share of GDP; `primary` (N x T) is the primary share, `level` (N) the aimed-at mean."""
    path: Array = np.interp(YEARS, [2007, 2008, 2023], [-0.05, -0.05, 0.05])
    inside = xb + year_effects(xb, roster.study_a[:, None] & INDEX_YEARS, path)
    systematic = held_outside(inside, INDEX_YEARS) + path - held_outside(path[None, :], INDEX_YEARS)
    systematic = systematic - systematic.mean(axis=1, keepdims=True)
    highest = (systematic + primary).max(axis=1) + TERTIARY_BOUND
    systematic = systematic + np.minimum(level, 0.84 - highest)[:, None]
    shock = TERTIARY_BOUND * bounded(autoregression(streams("tertiary shock"), xb.shape, 0.5))
    return Outcome(systematic, systematic + noise * shock)


def innovation(roster: Roster, streams: Streams, xb: Array, level: Array, noise: float) -> Outcome:
    """Innovation index / 100; `level` (N) is the aimed-at mean on the same scale."""
    path: Array = np.interp(YEARS, [2011, 2021], [-0.02, 0.02])
    inside = xb + year_effects(xb, roster.study_a[:, None] & INDEX_YEARS, path)
    systematic = held_outside(inside, INDEX_YEARS)
    systematic = systematic - systematic.mean(axis=1, keepdims=True)
    level = np.clip(level, 0.02 + INNOVATION_BOUND - systematic.min(axis=1), None)
    shock = INNOVATION_BOUND * bounded(autoregression(streams("innovation shock"), xb.shape, 0.4))
    return Outcome(level[:, None] + systematic, level[:, None] + systematic + noise * shock)


def real_gdp_per_person(streams: Streams, xb: Array, level: Array, path: Array, noise: float) -> Outcome:
    """Real GDP per resident, 10k yuan of 2008; shocks are a bounded share of the noise-free value."""
    systematic = xb + year_effects(xb, np.ones_like(xb, dtype=bool), path)
    systematic = systematic - systematic.mean(axis=1, keepdims=True)
    systematic = systematic + np.maximum(level, 0.7 - systematic.min(axis=1))[:, None]
    shock = real_gdp_shock(streams("real gdp shock"), xb.shape)
    return Outcome(systematic, systematic * (1 + noise * shock))


def real_gdp_shock(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Return the shock of real GDP per resident as a share of its noise-free value."""
    return REAL_GDP_BOUND * bounded(autoregression(rng, shape, 0.5))
