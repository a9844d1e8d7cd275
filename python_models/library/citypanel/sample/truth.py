"""True coefficients of every linear specification: the noise-free outcome on the printed regressors.

Fitted by plain least squares on city and year dummies (numpy), so that nothing here shares code with the
estimator that the truth is held against; two-stage rows by two such regressions, the estimand that their
instruments give for the noise-free outcome. Terms are panel columns, `a:b` a product, `L1.a` a lag inside the
sample.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from citypanel.sample import coefficients as c
from citypanel.sample.levels import Sample
from citypanel.sample.panel import Numbers
from citypanel.sample.panel import real_gdp_per_person as printed_real_gdp
from citypanel.sample.planted_specifications import (
    CONTROLS,
    EAST,
    Specification,
    east_rows,
    specifications,
)
from citypanel.sample.streams import Array, Mask

TRUTH_COLUMNS = ["specification", "term", "value", "mc_error"]


def variables(sample: Sample) -> Numbers:
    """Return every regressor by panel column (N x T), with channels as printed and 1 for the east."""
    others = {c.INNOVATION_OUTCOME: sample.numbers["innovation_index"] / 100}
    others[EAST] = np.broadcast_to(east_rows(sample), sample.roster.exists.shape).astype(float)
    return sample.regressors | others


def term_values(term: str, known: Numbers, rows: Mask) -> Array:
    """Return a term (N x T): a column, a product `a:b`, or the lag `L1.a` taken inside `rows`."""
    if term.startswith("L1."):
        inside = np.where(rows, known[term[3:]], np.nan)
        return np.hstack([np.full((len(inside), 1), np.nan), inside[:, :-1]])
    return np.prod([known[name] for name in term.split(":")], axis=0)


def design(sample: Sample, specification: Specification) -> tuple[Array, Mask]:
    """Return the regressors (N x T x k) and the boolean rows (N x T) that hold every variable."""
    stack = _stack(sample, specification, specification.terms)
    rows = specification.rows & np.isfinite(stack).all(axis=-1)
    if specification.instruments:
        rows = rows & np.isfinite(_stack(sample, specification, specification.instruments)).all(axis=-1)
    if specification.outcome not in sample.systematic:
        rows = rows & np.isfinite(sample.regressors[specification.outcome])
    if specification.outcome == c.REAL_GDP_OUTCOME:
        rows = rows & np.isfinite(printed_real_gdp(sample.roster, sample.numbers))
    return stack, rows


def _stack(sample: Sample, specification: Specification, terms: Sequence[str]) -> Array:
    known = variables(sample)
    return np.stack([term_values(term, known, specification.rows) for term in terms], axis=-1)


def instruments(sample: Sample, specification: Specification, rows: Mask) -> Array:
    """Return the first stage's columns (n x l) of `rows`: exogenous terms, then excluded instruments."""
    exogenous = [term for term in specification.terms if term not in specification.endogenous]
    return _stack(sample, specification, [*exogenous, *specification.instruments])[rows]


def dummies(rows: Mask) -> Array:
    """Return city dummies and all year dummies but the first (n x ...), for the True cells in row order."""
    city, year = np.nonzero(rows)
    cities = (city[:, None] == np.unique(city)).astype(float)
    return np.hstack([cities, (year[:, None] == np.unique(year)[1:]).astype(float)])


def noise_free(sample: Sample, outcome: str) -> Array:
    """Return the outcome (N x T) without its shock; the index and employment growth have none."""
    return sample.systematic[outcome] if outcome in sample.systematic else sample.regressors[outcome]


def fit(sample: Sample, specification: Specification) -> dict[str, float]:
    """Return the slopes by term and `_cons` = mean(y) - mean(x)'b of the noise-free outcome."""
    stack, rows = design(sample, specification)
    x, y, effects = stack[rows], noise_free(sample, specification.outcome)[rows], dummies(rows)
    fitted = x
    if specification.instruments:
        z = np.hstack([instruments(sample, specification, rows), effects])
        fitted = z @ np.linalg.lstsq(z, x, rcond=None)[0]
    solution = np.linalg.lstsq(np.hstack([fitted, effects]), y, rcond=None)[0]
    slopes = solution[: x.shape[1]]
    values = dict(zip(specification.terms, slopes, strict=True))
    return values | {"_cons": y.mean() - x.mean(axis=0) @ slopes}


def truth_rows(sample: Sample) -> list[list[str]]:
    """Return the rows of planted_truth.csv; 10 decimals, beyond which least squares is not exact."""
    found = {(s.name, term): value for s in specifications(sample) for term, value in fit(sample, s).items()}
    for name in [c.DIGITAL, *CONTROLS]:
        # every slope and the years by group: those of A6.2, and what those of A6.1 have more
        found["A6.3", name] = found["A6.2", name]
        found["A6.3", f"{name}:{EAST}"] = found["A6.1", name] - found["A6.2", name]
    return [[*key, f"{round(float(value), 10) + 0.0:.10f}", ""] for key, value in found.items()]
