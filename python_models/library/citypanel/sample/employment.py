"""Employees of urban units: totals and the information sector, then three sectors, 19 industries."""

from __future__ import annotations

import numpy as np

from citypanel.sample.digital import exceptional
from citypanel.sample.roster import YEARS, Roster
from citypanel.sample.streams import Array, Streams, as_printed, autoregression
from citypanel.sample.tiers import draw_in_range

SECONDARY = {"mining": 0.10, "manufacturing": 0.55, "utilities": 0.06, "construction": 0.29}
TERTIARY = {
    "wholesale_retail": 0.09, "transport": 0.08, "hotels_catering": 0.03, "finance": 0.08,
    "real_estate": 0.045,
    "leasing_business": 0.05, "research": 0.04, "environment": 0.035, "resident_services": 0.01,
    "education": 0.22, "health": 0.11, "culture": 0.01, "public_administration": 0.20,
}  # fmt: skip
# by tier 1..4: growth per year, step in 2013 (wider coverage of units), size of the shock
GROWTH = np.array([0.007, 0.014, 0.014, 0.008])
STEP_2013 = np.array([0.06, 0.10, 0.18, 0.20])
SHOCK = np.array([0.012, 0.018, 0.03, 0.035])
INFORMATION_GROWTH = np.array([0.020, 0.035, 0.025, 0.015])
INFORMATION_SHOCK = np.array([0.03, 0.09, 0.17, 0.20])
EXCEPTIONAL_INFORMATION = {"北京": 2.8, "深圳": 1.2, "杭州": 1.6}


def urban_employment(roster: Roster, streams: Streams, resident: Array) -> dict[str, Array]:
    """Return total and information-sector employees (N x T) from residents in 10k persons (N x T)."""
    tier = roster.tier - 1
    rng = streams("urban employment")
    level = draw_in_range(rng, "employees_per_resident", roster.tier)[:, None]
    path = GROWTH[tier, None] * (YEARS - 2016) + STEP_2013[tier, None] * (YEARS >= 2013)
    noise = SHOCK[tier, None] * autoregression(rng, roster.exists.shape, 0.6)
    total = as_printed(np.maximum(level * resident * 1e4 * np.exp(path - 0.1 + noise), 60), 0)
    rng = streams("information employment")
    share = draw_in_range(rng, "information_employment_share", roster.tier)[:, None]
    noise = INFORMATION_SHOCK[tier, None] * autoregression(rng, roster.exists.shape, 0.5)
    share = share * exceptional(roster, EXCEPTIONAL_INFORMATION)
    share = share * np.exp(INFORMATION_GROWTH[tier, None] * (YEARS - 2016) + noise)
    return {"urban_employment_persons": total, "information_employment_persons": as_printed(share * total, 0)}


def three_sectors(
    roster: Roster, streams: Streams, total: Array, information: Array, non_agricultural: Array
) -> dict[str, Array]:
    """Return the three sectors in persons; they sum to `total`, E2 + E3 to its `non_agricultural` share."""
    rng = streams("secondary employment")
    level = 0.44 + 0.07 * rng.standard_normal((len(roster.tier), 1))
    noise = 0.015 * autoregression(rng, total.shape, 0.7)
    share = np.clip(level + noise - 0.006 * (YEARS - 2016), 0.12, 0.68)
    outside = as_printed(non_agricultural * total, 0)
    secondary = np.minimum(as_printed(share * outside, 0), outside - information)
    return {
        "primary_employment_persons": total - outside,
        "secondary_employment_persons": secondary,
        "tertiary_employment_persons": outside - secondary,
    }


def industries(streams: Streams, sectors: dict[str, Array], information: Array) -> dict[str, Array]:
    """Return the 17 further industries in persons: four sum to E2, thirteen and information sum to E3."""
    secondary = _split(streams("secondary industries"), SECONDARY, sectors["secondary_employment_persons"])
    rest = sectors["tertiary_employment_persons"] - information
    return secondary | _split(streams("tertiary industries"), TERTIARY, rest)


def _split(rng: np.random.Generator, shares: dict[str, float], total: Array) -> dict[str, Array]:
    """Divide whole numbers (N x T) by city-specific shares; rounding the cumulated sum keeps them whole."""
    city = rng.gamma(6.0, 1.0, (len(shares), total.shape[0], 1)) / 6.0
    noise = np.exp(0.05 * np.stack([autoregression(rng, total.shape, 0.6) for _ in shares]))
    weight = np.array(list(shares.values()))[:, None, None] * city * noise
    cumulated = as_printed(np.cumsum(weight, axis=0) / weight.sum(axis=0) * total, 0)
    cumulated[-1] = total
    parts = np.diff(cumulated, axis=0, prepend=0.0)
    return {f"{name}_employment_persons": part for name, part in zip(shares, parts, strict=True)}
