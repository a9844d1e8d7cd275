"""GDP, its sectors and its volume index: study B's outcome solved for, then levels as printed."""

from __future__ import annotations

import numpy as np

from citypanel.sample.coefficients import GR, IA, ODI, REAL_GDP, RISSL, RLR, TE, TERTIARY
from citypanel.sample.outcomes import Outcome, linear_part, real_gdp_per_person, tertiary_share
from citypanel.sample.panel import Numbers, migration, secondary_location_quotient
from citypanel.sample.ratios import log_path
from citypanel.sample.roster import YEARS, Roster
from citypanel.sample.streams import Array, Streams, as_printed, autoregression
from citypanel.sample.tiers import draw_in_range

# mean over cities of real GDP per resident, relative to its mean over the years
REAL_GDP_PATH = np.interp(YEARS, [2007, 2011, 2016, 2020, 2023], [-1.15, -0.72, 0.05, 0.68, 1.15])
# price of GDP, 2008 = 1
DEFLATOR = np.interp(
    YEARS, [2007, 2008, 2009, 2011, 2016, 2020, 2023], [0.93, 1.0, 1.0, 1.14, 1.26, 1.42, 1.52]
)
# far from the range of their tier
EXCEPTIONAL_REAL_GDP = {"重庆": 4.6, "嘉峪关": 5.5, "克拉玛依": 9.0, "三沙": 3.0}
BASE = int(np.argmax(YEARS == 2008))


def nominal_growth(roster: Roster, streams: Streams, numbers: Numbers, drawn: Numbers) -> Array:
    """Return GDP per resident at current prices relative to the city's own 2008 (N x T).

    Made from study B's exogenous regressors alone, so that GDP (a regressor of study A) carries no shock of
    any outcome; the deflator that print implies takes up the difference to real GDP.
    """
    exogenous = _drawn_regressors(roster, numbers, drawn)
    xb = linear_part({term: REAL_GDP[term] for term in (TE, GR, RLR)}, exogenous)
    level = real_gdp_level(roster, streams)
    plan = real_gdp_per_person(streams, xb, level, REAL_GDP_PATH, 0.0).systematic
    price = DEFLATOR * np.exp(0.012 * autoregression(streams("deflator"), xb.shape, 0.7))
    nominal = plan * price
    return nominal / nominal[:, [BASE]]


def real_gdp_level(roster: Roster, streams: Streams) -> Array:
    """Return the aimed-at mean of real GDP per resident (N), 10k yuan of 2008."""
    level = draw_in_range(streams("real gdp level"), "real_gdp_per_person_10k_yuan", roster.tier)
    for name, value in EXCEPTIONAL_REAL_GDP.items():
        level[roster.row(name)] = value
    return level


def sector_shares(
    roster: Roster, streams: Streams, controls: Numbers, noise: float
) -> tuple[dict[str, Array], Outcome]:
    """Return the three shares of GDP (N x T) and the tertiary share as an outcome of study A's regressors."""
    fall = np.array([-0.03, -0.03, -0.022, -0.018])[roster.tier - 1, None]
    primary = log_path(roster, streams, "primary_value_added_share", fall, 0.03, 0.6)
    xb = linear_part(TERTIARY, controls)
    level = draw_in_range(streams("tertiary level"), "tertiary_value_added_share", roster.tier)
    outcome = tertiary_share(roster, streams, xb, primary, level, noise)
    shares = {"primary": primary, "secondary": 1 - primary - outcome.value, "tertiary": outcome.value}
    return shares, outcome


def solve_gdp(
    roster: Roster, streams: Streams, numbers: Numbers, drawn: Numbers, shares: dict[str, Array], noise: float
) -> Array:
    """Return GDP in 100m yuan (N x T, current prices); its 2008 value is study B's outcome times residents.

    The location quotient's denominator is weighted by GDP, which depends on it: iterated to a fixed point.
    """
    resident = numbers["resident_population_10k_persons"]
    level = real_gdp_level(roster, streams)
    growth = nominal_growth(roster, streams, numbers, drawn)
    regressors = _drawn_regressors(roster, numbers, drawn)
    regressors[RISSL] = shares["tertiary"] / shares["secondary"]
    gdp = level[:, None] * resident * growth
    for _ in range(60):
        regressors[IA] = secondary_location_quotient(roster, gdp, gdp * shares["secondary"])
        outcome = outcome_of(streams, regressors, level, noise)
        before, gdp = gdp, outcome.value[:, [BASE]] * resident * growth
        if np.max(np.abs(gdp / before - 1)) < 1e-13:
            return gdp
    raise ArithmeticError("GDP and the location quotient did not converge in 60 rounds")


def outcome_of(streams: Streams, regressors: Numbers, level: Array, noise: float) -> Outcome:
    """Return study B's outcome; migration unknown in a first printed year counts as 0 (in no sample)."""
    known = {name: np.where(np.isfinite(values), values, 0.0) for name, values in regressors.items()}
    return real_gdp_per_person(streams, linear_part(REAL_GDP, known), level, REAL_GDP_PATH, noise)


def _drawn_regressors(roster: Roster, numbers: Numbers, drawn: Numbers) -> Numbers:
    """Study B's regressors that are known before GDP is."""
    return migration(roster, numbers) | {
        ODI: drawn["fdi_to_gdp"],
        TE: numbers["urban_employment_persons"] / 1e6,
        GR: drawn["fiscal_expenditure_to_gdp"],
        RLR: numbers["average_wage_yuan"] / 1e4,
    }


def gdp_table(gdp: Array, shares: dict[str, Array], resident: Array) -> Numbers:
    """Return the printed table gdp without its index; the sectors sum to the printed GDP exactly."""
    primary = as_printed(gdp * shares["primary"], 4)
    secondary = as_printed(gdp * shares["secondary"], 4)
    total = as_printed(gdp, 4)
    return {
        "gdp_100m_yuan": total,
        "primary_value_added_100m_yuan": primary,
        "secondary_value_added_100m_yuan": secondary,
        "tertiary_value_added_100m_yuan": as_printed(total - primary - secondary, 4),
        "gdp_per_person_yuan": as_printed(total / resident * 1e4, 0),
    }


def volume_index(roster: Roster, streams: Streams, real_per_person: Array, numbers: Numbers) -> Array:
    """Return the printed index, previous year = 100 (N x T, 4 decimals), so that chaining returns the
    outcome.

    Each year starts from the chain of printed numbers, so rounding does not accumulate. Moved territory is
    inside.
    """
    resident = numbers["resident_population_10k_persons"]
    real = real_per_person * resident
    index = np.empty_like(real)
    index[:, 0] = as_printed(111 + 2 * streams("index of 2007").standard_normal(len(real)), 4)
    index[:, BASE] = as_printed(real[:, BASE] / real[:, 0] * 100, 4)
    chained = numbers["gdp_100m_yuan"][:, BASE].copy()
    for t in range(BASE + 1, len(YEARS)):
        index[:, t] = as_printed(real[:, t] / chained * 100, 4)
        chained = chained * index[:, t] / 100
    return index
