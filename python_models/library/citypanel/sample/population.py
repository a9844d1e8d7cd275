"""People and land: registered (hukou) and resident population, natural growth, area."""

from __future__ import annotations

import numpy as np

from citypanel.sample.boundaries import RESIDENTS, territory
from citypanel.sample.roster import YEARS, Roster
from citypanel.sample.streams import Array, Streams, as_printed, autoregression
from citypanel.sample.tiers import draw_in_range

# national path of natural growth, per mille: 5.1 in 2008, 4.8 in 2011, 5.9 in 2016, .34 in 2021, -1.5 in 2023
NATURAL_GROWTH = np.interp(YEARS, [2007, 2008, 2011, 2016, 2021, 2023], [5.2, 5.1, 4.8, 5.9, 0.34, -1.5])
# per year, tiers 1 to 4
RATIO_TREND_BY_TIER = np.array([0.003, 0.005, 0.0, -0.007])
REGISTRATION_BY_TIER = np.array([0.006, 0.004, 0.001, -0.001])


def population(roster: Roster, streams: Streams) -> dict[str, Array]:
    """Return the four printed columns of the table population (each N x T), rounded as printed."""
    growth = _natural_growth(roster, streams)
    hukou = _hukou(roster, streams, growth)
    resident = hukou * np.exp(_log_ratio(roster, streams))
    land = draw_in_range(streams("land"), "land_sq_km", roster.tier)[:, None] * np.ones(len(YEARS))
    if "三沙" in roster.short_name:
        land[roster.row("三沙")] = 20.0
    return {
        "hukou_population_10k_persons": as_printed(hukou * territory(roster, hukou), 4),
        "resident_population_10k_persons": as_printed(resident * territory(roster, resident), 4),
        "natural_growth_per_mille": growth,
        "land_area_sq_km": as_printed(land * territory(roster, land), 0),
    }


def _natural_growth(roster: Roster, streams: Streams) -> Array:
    """Per mille: the national path, shifted by the city, with a persistent shock of .6 per mille."""
    rng = streams("natural growth")
    centre = draw_in_range(rng, "natural_growth_per_mille", roster.tier)
    shock = 0.6 * autoregression(rng, roster.exists.shape, 0.6)
    return as_printed(NATURAL_GROWTH + (centre[:, None] - 5.0) + shock, 2)


def _levels_2010(roster: Roster, streams: Streams) -> tuple[Array, Array]:
    """Return residents in 10k persons and residents per registered person, each N x 1, of the year 2010."""
    resident = draw_in_range(streams("resident level"), "resident_10k_persons", roster.tier)
    ratio = draw_in_range(streams("resident to hukou"), "resident_to_hukou", roster.tier)
    for short_name, people in RESIDENTS.items():
        if short_name in roster.short_name:
            resident[roster.row(short_name)] = people
    return resident[:, None], ratio[:, None]


def _hukou(roster: Roster, streams: Streams, growth: Array) -> Array:
    """10k persons on constant territory: natural growth carries the level, registrations add a little."""
    resident, ratio = _levels_2010(roster, streams)
    drift = REGISTRATION_BY_TIER[roster.tier - 1, None]
    registered = drift + 0.002 * streams("registration").standard_normal(roster.exists.shape)
    path = np.cumsum(np.log1p(growth / 1000) + registered, axis=1)
    base = path[:, [int(np.argmax(YEARS == 2010))]]
    return resident / ratio * np.exp(path - base)


def _log_ratio(roster: Roster, streams: Streams) -> Array:
    """Log of resident to hukou: city level, trend by tier, migration shocks, steps at the two censuses."""
    rng = streams("migration")
    trend = RATIO_TREND_BY_TIER[roster.tier - 1, None] * (YEARS - 2010)
    slope = 0.0025 * rng.standard_normal((len(roster.tier), 1)) * (YEARS - 2010)
    shock = 0.016 * autoregression(rng, roster.exists.shape, 0.5)
    census = 0.012 * rng.standard_normal((len(roster.tier), 2))
    steps = census[:, [0]] * (YEARS >= 2010) + census[:, [1]] * (YEARS >= 2020)
    return np.log(_levels_2010(roster, streams)[1]) + trend + slope + shock + steps
