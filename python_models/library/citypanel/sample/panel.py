"""The study variables computed from printed numbers, as the project's SQL computes them (N x T arrays).

The generator needs them to plant an exact truth; a test holds them against the built panel.
"""

from __future__ import annotations

import numpy as np

from citypanel.sample.digital import components, entropy_index, index_sample
from citypanel.sample.index_variants import index_variants
from citypanel.sample.roster import YEARS, Roster
from citypanel.sample.streams import Array, Mask

Numbers = dict[str, Array]


def study_a_variables(roster: Roster, numbers: Numbers) -> Numbers:
    """Return study A's regressors, the extended controls and index variants among them, by panel column."""
    gdp = numbers["gdp_100m_yuan"] * 1e4
    parts, sample = components(numbers), index_sample(roster)
    hukou = "hukou_population_10k_persons"
    with np.errstate(invalid="ignore", divide="ignore"):
        return index_variants(parts, sample) | {
            "digital_infrastructure_index": entropy_index(parts, sample)[0],
            "digital_infrastructure_hukou_index": entropy_index(components(numbers, hukou), sample)[0],
            "loans_to_gdp_ratio": numbers["loans_10k_yuan"] / gdp,
            "deposits_and_loans_to_gdp_ratio": numbers["deposits_10k_yuan"] / gdp
            + numbers["loans_10k_yuan"] / gdp,
            "telecom_business_per_person_ln_yuan": np.log(
                numbers["telecom_business_10k_yuan"] / numbers["resident_population_10k_persons"]
            ),
            "employment_growth_rate": over_year_before(roster, numbers["urban_employment_persons"]) - 1,
            "gdp_per_person_ln_yuan": np.log(numbers["gdp_per_person_yuan"]),
            "education_expenditure_gdp_share": numbers["education_expenditure_10k_yuan"] / gdp,
            "science_expenditure_gdp_share": numbers["science_expenditure_10k_yuan"] / gdp,
            "mobile_users_ln_10k_users": np.log(numbers["mobile_users_10k_users"]),
            "household_savings_ln_10k_yuan": np.log(numbers["household_savings_10k_yuan"]),
            "hukou_population_ln_10k_persons": np.log(numbers[hukou]),
            "average_wage_ln_yuan": np.log(numbers["average_wage_yuan"]),
            "population_density_ln": np.log(
                numbers["resident_population_10k_persons"] * 1e4 / numbers["land_area_sq_km"]
            ),
            "retail_sales_ln_10k_yuan": np.log(numbers["retail_sales_10k_yuan"]),
            "tertiary_value_added_share": numbers["tertiary_value_added_100m_yuan"]
            / numbers["gdp_100m_yuan"],
        }


def over_year_before(roster: Roster, values: Array) -> Array:
    """Return values over those of the year before (N x T); NaN in a city's first printed year."""
    before = np.full_like(values, np.nan)
    before[:, 1:] = np.where(roster.exists[:, :-1], values[:, :-1], np.nan)
    return values / before


def migration(roster: Roster, numbers: Numbers) -> Numbers:
    """Return formula 3, net migration rate and growth of residents; NaN in a city's first printed year."""
    residents = over_year_before(roster, numbers["resident_population_10k_persons"])
    formula_3 = residents - numbers["natural_growth_per_mille"] / 1000
    return {
        "labour_flow_formula_3_ratio": formula_3,
        "net_migration_rate": formula_3 - 1,
        "resident_growth_rate": residents - 1,
    }


def reference_cities(roster: Roster) -> Mask:
    """Boolean N: the cities whose three sectors are observed in every year 2008-2023."""
    complete: Mask = np.all(roster.exists[:, YEARS >= 2008], axis=1)
    return complete


def secondary_location_quotient(roster: Roster, gdp: Array, secondary: Array) -> Array:
    """Return the city's secondary share of GDP over that of the reference area in the same year."""
    area = reference_cities(roster)
    return (secondary / gdp) / (secondary[area].sum(axis=0) / gdp[area].sum(axis=0))


def study_b_variables(roster: Roster, numbers: Numbers) -> Numbers:
    """Return study B's regressors by panel column; FDI at the year's rate."""
    gdp = numbers["gdp_100m_yuan"]
    secondary = numbers["secondary_value_added_100m_yuan"]
    resident = numbers["resident_population_10k_persons"]
    return migration(roster, numbers) | {
        "secondary_location_quotient_ratio": secondary_location_quotient(roster, gdp, secondary),
        "fdi_gdp_share": numbers["fdi_10k_usd"] * roster.yuan_per_usd / (gdp * 1e4),
        "urban_employment_m_persons": numbers["urban_employment_persons"] / 1e6,
        "fiscal_expenditure_gdp_share": numbers["fiscal_expenditure_10k_yuan"] / (gdp * 1e4),
        "average_wage_10k_yuan": numbers["average_wage_yuan"] / 1e4,
        "tertiary_to_secondary_ratio": numbers["tertiary_value_added_100m_yuan"] / secondary,
        "rd_expenditure_gdp_share": numbers["rd_expenditure_10k_yuan"] / (gdp * 1e4),
        "students_per_10k_persons": numbers["higher_education_students_persons"] / resident,
    }


def real_gdp_per_person(roster: Roster, numbers: Numbers) -> Array:
    """Return GDP of 2008 x chained index / residents, 10k yuan of 2008; NaN where there is no 2008 row."""
    base = int(np.argmax(YEARS == 2008))
    growth = numbers["real_gdp_index"] / 100
    growth = np.where(np.arange(len(YEARS)) <= base, 1.0, growth)
    real = numbers["gdp_100m_yuan"][:, [base]] * np.cumprod(growth, axis=1)
    present = roster.exists[:, [base]] & (base <= np.arange(len(YEARS)))
    return np.where(present, real / numbers["resident_population_10k_persons"], np.nan)
