"""Ratios by city and year that the levels are made from: finance, government, openness, wages, research.

All are inputs (regressors or further columns), none an outcome; each has its own stream, city level and
shocks.
"""

from __future__ import annotations

import numpy as np

from citypanel.sample.roster import YEARS, Roster
from citypanel.sample.streams import Array, Streams, autoregression
from citypanel.sample.tiers import draw_in_range

MIDDLE = 2016
# name of the range -> (growth of the logarithm per year, standard deviation and persistence of the log shock)
LOG_PATHS = {
    "deposits_to_loans": (-0.008, 0.03, 0.6),
    "savings_to_gdp": (0.016, 0.03, 0.6),
    "education_to_gdp": (0.004, 0.055, 0.4),
    "fiscal_expenditure_to_gdp": (0.012, 0.06, 0.5),
    "revenue_to_expenditure": (-0.012, 0.05, 0.6),
    "fdi_to_gdp": (-0.046, 0.22, 0.5),
    "trade_to_gdp": (-0.015, 0.10, 0.6),
    "retail_to_gdp": (0.002, 0.03, 0.6),
    "students_per_10k": (0.025, 0.04, 0.7),
    "research_to_gdp": (0.035, 0.08, 0.5),
}
# science spending grows fastest where it is highest
SCIENCE_GROWTH_BY_TIER = np.array([0.075, 0.05, 0.03, 0.02])


def log_path(roster: Roster, streams: Streams, name: str, growth: Array, shock: float, rho: float) -> Array:
    """Return N x T ratios: level x exp(growth x years since 2016 + AR shock); `growth` N x 1 or scalar."""
    rng = streams(name)
    level = draw_in_range(rng, name, roster.tier)[:, None]
    noise = shock * autoregression(rng, roster.exists.shape, rho)
    return level * np.exp(growth * (YEARS - MIDDLE) + noise)


def ratios(roster: Roster, streams: Streams) -> dict[str, Array]:
    """Return every ratio (N x T) by the name of its range; wages in 10k yuan, students per 10k residents."""
    drawn = {
        name: log_path(roster, streams, name, np.array(growth), shock, rho)
        for name, (growth, shock, rho) in LOG_PATHS.items()
    }
    science = SCIENCE_GROWTH_BY_TIER[roster.tier - 1, None]
    drawn["science_to_gdp"] = log_path(roster, streams, "science_to_gdp", science, 0.16, 0.4)
    drawn["loans_to_gdp"] = _loans(roster, streams)
    drawn["wage_10k_yuan"] = _wage(roster, streams)
    return drawn


def _loans(roster: Roster, streams: Streams) -> Array:
    """Loans to GDP: the city's level in 2016, .04 a year in every city, a proportional AR shock."""
    rng = streams("loans_to_gdp")
    level = draw_in_range(rng, "loans_to_gdp", roster.tier)[:, None]
    noise = 0.06 * autoregression(rng, roster.exists.shape, 0.6)
    slope = np.array([0.05, 0.045, 0.035, 0.027])[roster.tier - 1, None]
    return (level + slope * (YEARS - MIDDLE)) * np.exp(noise)


def _wage(roster: Roster, streams: Streams) -> Array:
    """Average wage in 10k yuan: exponential from the level of 2008 to that of 2023, AR shock of 2.5 %."""
    rng = streams("wage")
    first = draw_in_range(rng, "wage_10k_yuan_2008", roster.tier)[:, None]
    last = draw_in_range(rng, "wage_10k_yuan_2023", roster.tier)[:, None]
    position = (YEARS - 2008) / 15
    noise = 0.025 * autoregression(rng, roster.exists.shape, 0.5)
    return first * (last / first) ** position * np.exp(noise)
