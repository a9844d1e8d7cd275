"""Every printed number of the sample on one page: population, then inputs, then outcomes, then levels.

Order matters once: regressors are taken from printed (rounded) numbers before the outcomes are built on
them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from citypanel.sample import coefficients, outcomes
from citypanel.sample.digital import components, digital_finance, entropy_index, index_sample, telecom
from citypanel.sample.employment import industries, three_sectors, urban_employment
from citypanel.sample.outcomes import Outcome, linear_part
from citypanel.sample.output import (
    gdp_table,
    nominal_growth,
    outcome_of,
    real_gdp_level,
    sector_shares,
    solve_gdp,
    volume_index,
)
from citypanel.sample.panel import Numbers, study_a_variables, study_b_variables
from citypanel.sample.population import population
from citypanel.sample.ratios import ratios
from citypanel.sample.roster import Roster
from citypanel.sample.streams import Array, Streams, as_printed
from citypanel.sample.tiers import draw_in_range


@dataclass(frozen=True)
class Sample:
    """Printed numbers by indicator (N x T), the noise-free outcomes by panel column, the regressors."""

    roster: Roster
    numbers: Numbers
    systematic: Numbers
    regressors: Numbers
    shocked: Numbers


def draw_sample(roster: Roster, streams: Streams, noise: float) -> Sample:
    """Return the whole sample; `noise` in [0, 1] scales the shocks of the outcomes and nothing else."""
    numbers = population(roster, streams)
    resident = numbers["resident_population_10k_persons"]
    drawn = ratios(roster, streams)
    numbers |= telecom(roster, streams, resident) | urban_employment(roster, streams, resident)
    numbers["digital_finance_index"] = digital_finance(roster, streams)
    numbers["average_wage_yuan"] = as_printed(drawn["wage_10k_yuan"] * 1e4, 0)
    shares, tertiary = sector_shares(roster, streams, _drawn_controls(roster, streams, numbers, drawn), noise)
    gdp = solve_gdp(roster, streams, numbers, drawn, shares, noise)
    numbers |= gdp_table(gdp, shares, resident)
    numbers |= _levels_from_gdp(roster, numbers, drawn)
    regressors = study_a_variables(roster, numbers) | study_b_variables(roster, numbers)
    real = _real_gdp(roster, streams, numbers, regressors, noise)
    flow, innovation = _share_outcomes(roster, streams, regressors, noise)
    numbers |= _employment(roster, streams, numbers, flow.value)
    numbers["innovation_index"] = as_printed(innovation.value * 100, 4)
    made = {
        coefficients.FLOW_OUTCOME: flow,
        coefficients.TERTIARY_OUTCOME: tertiary,
        coefficients.INNOVATION_OUTCOME: innovation,
        coefficients.REAL_GDP_OUTCOME: real,
    }
    systematic = {name: outcome.systematic for name, outcome in made.items()}
    return Sample(
        roster, numbers, systematic, regressors, {name: outcome.value for name, outcome in made.items()}
    )


def _drawn_controls(roster: Roster, streams: Streams, numbers: Numbers, drawn: Numbers) -> Numbers:
    """Study A's regressors before levels exist: the printed ones up to rounding (GDP: up to a constant)."""
    return {
        coefficients.DIGITAL: entropy_index(components(numbers), index_sample(roster))[0],
        coefficients.FINANCIAL: drawn["loans_to_gdp"],
        coefficients.GDP: np.log(nominal_growth(roster, streams, numbers, drawn)),
        coefficients.EDUCATION: drawn["education_to_gdp"],
        coefficients.SCIENCE: drawn["science_to_gdp"],
        coefficients.MOBILE: np.log(numbers["mobile_users_10k_users"]),
    }


def _levels_from_gdp(roster: Roster, numbers: Numbers, drawn: Numbers) -> Numbers:
    """Ratios times printed GDP: the tables finance, fiscal, trade, education and research."""
    gdp = numbers["gdp_100m_yuan"] * 1e4
    spending = gdp * drawn["fiscal_expenditure_to_gdp"]
    trade = gdp * drawn["trade_to_gdp"]
    students = drawn["students_per_10k"] * numbers["resident_population_10k_persons"]
    levels = {
        "loans_10k_yuan": gdp * drawn["loans_to_gdp"],
        "deposits_10k_yuan": gdp * drawn["loans_to_gdp"] * drawn["deposits_to_loans"],
        "household_savings_10k_yuan": gdp * drawn["savings_to_gdp"],
        "fiscal_expenditure_10k_yuan": spending,
        "fiscal_revenue_10k_yuan": spending * drawn["revenue_to_expenditure"],
        "education_expenditure_10k_yuan": gdp * drawn["education_to_gdp"],
        "science_expenditure_10k_yuan": gdp * drawn["science_to_gdp"],
        "fdi_10k_usd": gdp * drawn["fdi_to_gdp"] / roster.yuan_per_usd,
        "retail_sales_10k_yuan": gdp * drawn["retail_to_gdp"],
        "imports_10k_yuan": trade * 0.38,
        "exports_10k_yuan": trade * 0.62,
        "higher_education_students_persons": students,
        "rd_expenditure_10k_yuan": gdp * drawn["research_to_gdp"],
    }
    return {name: as_printed(values, 0) for name, values in levels.items()}


def _real_gdp(
    roster: Roster, streams: Streams, numbers: Numbers, regressors: Numbers, noise: float
) -> Outcome:
    """Study B's outcome from printed regressors, and (into `numbers`) the volume index that returns it."""
    outcome = outcome_of(streams, regressors, real_gdp_level(roster, streams), noise)
    numbers["real_gdp_index"] = volume_index(roster, streams, outcome.value, numbers)
    return outcome


def _share_outcomes(
    roster: Roster, streams: Streams, regressors: Numbers, noise: float
) -> tuple[Outcome, Outcome]:
    """Flow (employment share) and the innovation index, from printed regressors."""
    primary = draw_in_range(streams("primary employment"), "primary_employment_share", roster.tier)
    flow = outcomes.flow(roster, streams, linear_part(coefficients.FLOW, regressors), primary, noise)
    level = draw_in_range(streams("innovation level"), "innovation_index", roster.tier) / 100
    xb = linear_part(coefficients.INNOVATION, regressors)
    return flow, outcomes.innovation(roster, streams, xb, level, noise)


def _employment(roster: Roster, streams: Streams, numbers: Numbers, flow: Array) -> Numbers:
    information = numbers["information_employment_persons"]
    sectors = three_sectors(roster, streams, numbers["urban_employment_persons"], information, flow)
    return sectors | industries(streams, sectors, information)
