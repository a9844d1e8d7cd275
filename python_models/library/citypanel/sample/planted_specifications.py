"""The specifications with a planted truth: rows of regressions.csv said once more, in NumPy masks.

Said again and not read from the seed, so that a wrong cell there shows as a wrong estimate. Placebo,
permutation and Hausman rows have no truth; the winsorised ones are in `winsorised_truth`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from citypanel.sample import coefficients as c
from citypanel.sample.levels import Sample
from citypanel.sample.roster import YEARS
from citypanel.sample.streams import Mask

CONTROLS = [c.FINANCIAL, c.GDP, c.EDUCATION, c.SCIENCE, c.MOBILE]
EXTENDED = [
    "household_savings_ln_10k_yuan", "hukou_population_ln_10k_persons", "average_wage_ln_yuan",
    "population_density_ln", "retail_sales_ln_10k_yuan",
]  # fmt: skip
VARIANTS = {
    "pca": "digital_infrastructure_principal_component_index",
    "equal": "digital_infrastructure_equal_weight_index",
    "by_year": "digital_infrastructure_by_year_index",
    "critic": "digital_infrastructure_critic_index",
    "without_mobile": "digital_infrastructure_without_mobile_index",
    "hukou": "digital_infrastructure_hukou_index",
    "shift_1e4": "digital_infrastructure_shift_1e4_index",
    "shift_1e2": "digital_infrastructure_shift_1e2_index",
}
TELECOM = "telecom_business_per_person_ln_yuan"
DEPOSITS = "deposits_and_loans_to_gdp_ratio"
EMPLOYMENT_GROWTH = "employment_growth_rate"
EAST = "study_a_east"
X = [c.ODI, c.TE, c.GR, c.RLR, c.RISSL]
RESEARCH = ["rd_expenditure_gdp_share", "students_per_10k_persons"]
F3 = "labour_flow_formula_3_ratio"
GROWTH = "resident_growth_rate"


@dataclass(frozen=True)
class Specification:
    """A row to fit: outcome, terms and a boolean N x T of the city-years it may use.

    endogenous: those of the terms that are instrumented by `instruments` (two-stage least squares).
    """

    name: str
    outcome: str
    terms: list[str]
    rows: Mask
    endogenous: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()


def specifications(sample: Sample) -> Iterator[Specification]:
    """Yield every linear specification with a planted truth, study A first."""
    yield from _study_a(sample)
    yield from _study_a_variants(sample)
    yield from _study_b(sample)
    yield from _reduced(sample)


def _study_a(sample: Sample) -> Iterator[Specification]:
    full, base, east = [c.DIGITAL, *CONTROLS], study_a_rows(sample), east_rows(sample)
    lagged = f"L1.{c.DIGITAL}"
    for column in range(6):
        yield Specification(f"A1.{column + 1}", c.FLOW_OUTCOME, full[: column + 1], base)
    yield Specification("A1.6.telecom", c.FLOW_OUTCOME, [*full[:5], TELECOM], base)
    yield Specification("A1.6.deposits_and_loans", c.FLOW_OUTCOME, [c.DIGITAL, DEPOSITS, *CONTROLS[1:]], base)
    yield Specification("A1.6.employment_growth", EMPLOYMENT_GROWTH, full, base)
    yield Specification("A2.1", c.DIGITAL, [lagged, *CONTROLS], base)
    yield Specification("A2.2", c.FLOW_OUTCOME, full, base, (c.DIGITAL,), (lagged,))
    yield Specification("A2.3", c.FLOW_OUTCOME, [lagged, *CONTROLS], base)
    yield Specification("A3.1", c.FLOW_OUTCOME, [*full, *EXTENDED], base)
    yield Specification("A4.1", c.FLOW_OUTCOME, full, base & _years(2015, 2021))
    yield Specification("A5.1", c.TERTIARY_OUTCOME, full, base)
    yield Specification("A5.2", c.INNOVATION_OUTCOME, full, base)
    for parent, channel in [("A5.1", c.TERTIARY_OUTCOME), ("A5.2", c.INNOVATION_OUTCOME)]:
        yield Specification(f"{parent}.given", c.FLOW_OUTCOME, [c.DIGITAL, channel, *CONTROLS], base)
    yield Specification("A6.1", c.FLOW_OUTCOME, full, base & east)
    yield Specification("A6.2", c.FLOW_OUTCOME, full, base & ~east)
    common = [c.DIGITAL, f"{c.DIGITAL}:{EAST}", *CONTROLS]
    yield Specification("A6.3.common_controls", c.FLOW_OUTCOME, common, base)


def _study_a_variants(sample: Sample) -> Iterator[Specification]:
    roster, base, full = sample.roster, study_a_rows(sample), [c.DIGITAL, *CONTROLS]
    # other covariances, and the whole sample beside the rows that vary it
    for same in ["AX.1", "AX.2", "AX.3", "AX.4", "AX.4.conley_500km", "AX.6", "AX.7", "AX.8", "AX.10"]:
        yield Specification(same, c.FLOW_OUTCOME, full, base)
    for province in sorted({roster.province_id[i] for i in np.flatnonzero(base.any(axis=1))}):
        elsewhere = np.array([[other != province] for other in roster.province_id])
        yield Specification(f"AX.8.{province}", c.FLOW_OUTCOME, full, base & elsewhere)
    yield Specification("AX.9", c.FLOW_OUTCOME, full, base & ~roster.municipality[:, None])
    for name, index in VARIANTS.items():
        yield Specification(f"AX.10.{name}", c.FLOW_OUTCOME, [index, *CONTROLS], base)


def _study_b(sample: Sample) -> Iterator[Specification]:
    columns, belt = _columns_b(c.LM), belt_rows(sample)
    delta = belt & sample.roster.delta[:, None]
    for name, terms in columns.items():
        yield Specification(name, c.REAL_GDP_OUTCOME, terms, belt)
        yield Specification(f"{name}.delta", c.REAL_GDP_OUTCOME, terms, delta)
    for name, terms in _columns_b(F3).items():
        if name != "B1.1":
            yield Specification(f"{name}.f3", c.REAL_GDP_OUTCOME, terms, belt)
    literal = columns["B1.4"]
    yield Specification("B2.1", c.REAL_GDP_OUTCOME, literal, belt & _years(2008, 2016))
    yield Specification("B2.2", c.REAL_GDP_OUTCOME, literal, belt & _years(2017, 2023))
    for number, reach in enumerate(["upper", "middle", "lower"], start=1):
        inside = (sample.roster.belt_reach == reach)[:, None]
        yield Specification(f"B3.{number}", c.REAL_GDP_OUTCOME, literal, belt & inside)
    yield _instrumented("B4.1", [c.LM, c.IA], [*X, *RESEARCH], belt)


def _reduced(sample: Sample) -> Iterator[Specification]:
    rows = belt_rows(sample) & _years(2008, 2022)
    reduced = {"BR.1": [GROWTH, c.IA], "BR.2": [f"{GROWTH}:{c.IA}", c.ODI, c.RISSL]}
    reduced["BR.3"] = [GROWTH, c.IA, *reduced["BR.2"]]
    for name, terms in reduced.items():
        yield Specification(name, c.REAL_GDP_OUTCOME, terms, rows)
    yield _instrumented("BR.4", [GROWTH, c.IA], [], rows)


def _instrumented(name: str, endogenous: list[str], controls: list[str], rows: Mask) -> Specification:
    """Study B's outcome by two stages, each endogenous variable with its own first lag."""
    lags = tuple(f"L1.{variable}" for variable in endogenous)
    terms = [*endogenous, *controls]
    return Specification(name, c.REAL_GDP_OUTCOME, terms, rows, tuple(endogenous), lags)


def _columns_b(flow: str) -> dict[str, list[str]]:
    """The four columns of study B's table 1 with one reading of labour flow."""
    product = f"{flow}:{c.IA}"
    return {
        "B1.1": [flow, c.IA],
        "B1.2": [product, *X],
        "B1.3": [flow, c.IA, product, *X],
        "B1.4": [flow, c.IA, product],
    }


def study_a_rows(sample: Sample) -> Mask:
    """Return the boolean N x T of the 286 cities, 2011-2021."""
    return sample.roster.study_a[:, None] & _years(2011, 2021)


def east_rows(sample: Sample) -> Mask:
    """Return the boolean N x 1 of the eastern cities."""
    east: Mask = (sample.roster.region_three == "east")[:, None]
    return east


def belt_rows(sample: Sample) -> Mask:
    """Return the boolean N x T of the cities of the Belt while they exist, 2008-2023."""
    return sample.roster.belt[:, None] & sample.roster.exists & _years(2008, 2023)


def _years(first: int, last: int) -> Mask:
    mask: Mask = ((first <= YEARS) & (last >= YEARS))[None, :]
    return mask
