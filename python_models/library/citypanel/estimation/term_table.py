"""The tests of one fit laid out by term and covariance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from citypanel.estimation.errors import CovarianceNotDefined
from citypanel.estimation.inference import CONSTANT, SLOPES_ONLY, Correction, t_tests
from citypanel.estimation.results import RawFit, Term, finite


def terms(
    raw: RawFit,
    constant: float,
    corrections: Mapping[str, Correction | CovarianceNotDefined],
    requested: Sequence[str],
    omitted: Mapping[str, tuple[str, str]],
    headline: str,
    level: float,
) -> tuple[Term, ...]:
    """Return every requested term and the constant under every covariance, in the order of `corrections`."""
    rows: list[Term] = []
    for kind, rule in corrections.items():
        tests = _tests(raw, rule, kind, constant, level)
        for name in (*requested, CONSTANT):
            row: dict[str, Any] = {"term": name, "covariance": kind, "is_headline": kind == headline}
            if name in omitted:
                status, reason = omitted[name]
                rows.append(Term(**row, estimate=None, status=status, status_reason=reason))
            elif not_defined := _not_defined(rule, kind, name):
                row |= {"status": "not_defined", "status_reason": not_defined}
                rows.append(Term(**row, estimate=tests[name]["estimate"]))
            else:
                rows.append(Term(**row, **tests[name]))
    return tuple(rows)


def _not_defined(rule: Correction | CovarianceNotDefined, kind: str, name: str) -> str | None:
    if isinstance(rule, CovarianceNotDefined):
        return rule.reason
    return "not_defined_for_constant" if kind in SLOPES_ONLY and name == CONSTANT else None


def _tests(
    raw: RawFit, rule: Correction | CovarianceNotDefined, kind: str, constant: float, level: float
) -> dict[str, dict[str, Any]]:
    """Return the numbers of every slope and the constant under one covariance, by name."""
    names, estimates = (*raw.names, CONSTANT), np.append(raw.coefficients, constant)
    tests: dict[str, dict[str, Any]] = {
        name: {"estimate": estimate} for name, estimate in zip(names, estimates.tolist(), strict=True)
    }
    if kind in raw.resampled:
        return tests | {name: tests[name] | numbers for name, numbers in raw.resampled[kind].items()}
    if isinstance(rule, CovarianceNotDefined):
        return tests
    variances = np.append(raw.covariances[kind].diagonal(), raw.constant_variances.get(kind, np.nan))
    df = np.array([float(raw.term_df.get(kind, {}).get(name, rule.df)) for name in names])
    for column, values in ({"df": df} | t_tests(estimates, variances * rule.factor, df, level)).items():
        for name, value in zip(names, values.tolist(), strict=True):
            tests[name][column] = finite(value)
    return tests
