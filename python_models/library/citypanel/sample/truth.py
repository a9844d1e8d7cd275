"""The exact coefficients of every linear specification: the noise-free outcome on the printed regressors.

Fitted by plain dummy least squares (city and year dummies, numpy), so that nothing here shares code with the
estimator that the truth is held against. Terms are panel columns, `a:b` a product, `L1.a` a lag inside the
sample.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from citypanel.sample import coefficients as c
from citypanel.sample.levels import Sample
from citypanel.sample.panel import Numbers
from citypanel.sample.panel import real_gdp_per_person as printed_real_gdp
from citypanel.sample.roster import YEARS
from citypanel.sample.streams import Array, Mask

TRUTH_COLUMNS = ["specification", "term", "value", "mc_error"]
CONTROLS = [c.FINANCIAL, c.GDP, c.EDUCATION, c.SCIENCE, c.MOBILE]
EXTENDED = [
    "household_savings_ln_10k_yuan", "hukou_population_ln_10k_persons", "average_wage_ln_yuan",
    "population_density_ln", "retail_sales_ln_10k_yuan",
]  # fmt: skip
X = [c.ODI, c.TE, c.GR, c.RLR, c.RISSL]
F3 = "labour_flow_formula_3_ratio"
GROWTH = "resident_growth_rate"


@dataclass(frozen=True)
class Specification:
    """A row to fit: outcome, terms and a boolean N x T of the city-years it may use."""

    name: str
    outcome: str
    terms: list[str]
    rows: Mask


def specifications(sample: Sample) -> Iterator[Specification]:
    """Yield every specification with a planted truth, study A first."""
    yield from _study_a(sample)
    yield from _study_b(sample)


def _study_a(sample: Sample) -> Iterator[Specification]:
    roster, full = sample.roster, [c.DIGITAL, *CONTROLS]
    base = roster.study_a[:, None] & _years(2011, 2021)
    east = (roster.region_three == "east")[:, None]
    for column in range(6):
        yield Specification(f"A1.{column + 1}", c.FLOW_OUTCOME, full[: column + 1], base)
    yield Specification("A2.3", c.FLOW_OUTCOME, [f"L1.{c.DIGITAL}", *CONTROLS], base)
    yield Specification("A3.1", c.FLOW_OUTCOME, [*full, *EXTENDED], base)
    yield Specification("A4.1", c.FLOW_OUTCOME, full, base & _years(2015, 2021))
    yield Specification("A5.1", c.TERTIARY_OUTCOME, full, base)
    yield Specification("A5.2", c.INNOVATION_OUTCOME, full, base)
    for parent, channel in [("A5.1", c.TERTIARY_OUTCOME), ("A5.2", c.INNOVATION_OUTCOME)]:
        yield Specification(f"{parent}.given", c.FLOW_OUTCOME, [c.DIGITAL, channel, *CONTROLS], base)
    yield Specification("A6.1", c.FLOW_OUTCOME, full, base & east)
    yield Specification("A6.2", c.FLOW_OUTCOME, full, base & ~east)
    for same in ["AX.1", "AX.2", "AX.3", "AX.4"]:
        yield Specification(same, c.FLOW_OUTCOME, full, base)
    yield Specification("AX.9", c.FLOW_OUTCOME, full, base & ~roster.municipality[:, None])


def _study_b(sample: Sample) -> Iterator[Specification]:
    roster, columns = sample.roster, _columns_b(c.LM)
    belt = roster.belt[:, None] & roster.exists & _years(2008, 2023)
    delta = belt & roster.delta[:, None]
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
        yield Specification(
            f"B3.{number}", c.REAL_GDP_OUTCOME, literal, belt & (roster.belt_reach == reach)[:, None]
        )
    reduced = {"BR.1": [GROWTH, c.IA], "BR.2": [f"{GROWTH}:{c.IA}", c.ODI, c.RISSL]}
    reduced["BR.3"] = [GROWTH, c.IA, *reduced["BR.2"]]
    for name, terms in reduced.items():
        yield Specification(name, c.REAL_GDP_OUTCOME, terms, belt & _years(2008, 2022))


def _columns_b(flow: str) -> dict[str, list[str]]:
    """The four columns of study B's table 1 with one reading of labour flow."""
    product = f"{flow}:{c.IA}"
    return {
        "B1.1": [flow, c.IA],
        "B1.2": [product, *X],
        "B1.3": [flow, c.IA, product, *X],
        "B1.4": [flow, c.IA, product],
    }


def _years(first: int, last: int) -> Mask:
    mask: Mask = ((first <= YEARS) & (last >= YEARS))[None, :]
    return mask


def variables(sample: Sample) -> Numbers:
    """Return every regressor by panel column (N x T), with the outcomes that serve as channels as printed."""
    innovation = {c.INNOVATION_OUTCOME: sample.numbers["innovation_index"] / 100}
    return sample.regressors | innovation


def term_values(term: str, known: Numbers, rows: Mask) -> Array:
    """Return a term (N x T): a column, a product `a:b`, or the lag `L1.a` taken inside `rows`."""
    if term.startswith("L1."):
        inside = np.where(rows, known[term[3:]], np.nan)
        return np.hstack([np.full((len(inside), 1), np.nan), inside[:, :-1]])
    return np.prod([known[name] for name in term.split(":")], axis=0)


def design(sample: Sample, specification: Specification) -> tuple[Array, Mask]:
    """Return the regressors (N x T x k) and the boolean rows (N x T) that hold every variable."""
    known = variables(sample)
    stack = np.stack([term_values(term, known, specification.rows) for term in specification.terms], axis=-1)
    rows = specification.rows & np.isfinite(stack).all(axis=-1)
    if specification.outcome == c.REAL_GDP_OUTCOME:
        rows = rows & np.isfinite(printed_real_gdp(sample.roster, sample.numbers))
    return stack, rows


def dummies(rows: Mask) -> Array:
    """Return city dummies and all year dummies but the first (n x ...), for the True cells in row order."""
    city, year = np.nonzero(rows)
    cities = (city[:, None] == np.unique(city)).astype(float)
    return np.hstack([cities, (year[:, None] == np.unique(year)[1:]).astype(float)])


def fit(sample: Sample, specification: Specification) -> dict[str, float]:
    """Return the slopes by term and `_cons` = mean(y) - mean(x)'b of the noise-free outcome."""
    stack, rows = design(sample, specification)
    x, y = stack[rows], sample.systematic[specification.outcome][rows]
    solution = np.linalg.lstsq(np.hstack([x, dummies(rows)]), y, rcond=None)[0]
    slopes = solution[: x.shape[1]]
    values = dict(zip(specification.terms, slopes, strict=True))
    return values | {"_cons": y.mean() - x.mean(axis=0) @ slopes}


def truth_rows(sample: Sample) -> list[list[str]]:
    """Return the rows of planted_truth.csv; 10 decimals, beyond which least squares is not exact."""
    made: list[list[str]] = []
    for specification in specifications(sample):
        for term, value in fit(sample, specification).items():
            made.append([specification.name, term, f"{round(float(value), 10) + 0.0:.10f}", ""])
    return made
