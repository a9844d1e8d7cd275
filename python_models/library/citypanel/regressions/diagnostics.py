"""The tests that stand beside a fit: what its estimator asks for, and what every fit is checked on."""

from __future__ import annotations

from typing import Any

import pandas as pd

from citypanel.estimation import (
    Diagnostic,
    PanelFit,
    few_clusters,
    fitted_above_one_share,
    hausman,
    oster,
    placebo,
)
from citypanel.regressions.specification import Specification


def diagnostics_of(spec: Specification, sample: pd.DataFrame, fit: PanelFit) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of one fitted specification.

    sample: its complete rows, one column per term; fit: its fit. Two-stage rows: the tests of the
    instruments; `hausman`, `placebo_permutation` and `oster` rows: those; every row: the number of clusters,
    and for an outcome that is a share (its name says so) how many fitted values pass 1. Raises
    EstimationError.
    """
    return (*_instruments(fit), *fit.diagnostics, *_asked_for(spec, sample), *_checks(spec, sample, fit))


def _instruments(fit: PanelFit) -> list[Diagnostic]:
    return [
        Diagnostic(t.test, t.statistic, t.df, t.df_denominator, t.p_value, variable=t.endogenous)
        for t in fit.tests
    ]


def _asked_for(spec: Specification, sample: pd.DataFrame) -> tuple[Diagnostic, ...]:
    outcome, terms = spec.outcome.text, [term.text for term in spec.terms]
    seed: dict[str, Any] = {} if spec.seed is None else {"seed": spec.seed}
    if spec.estimator == "hausman":
        return hausman(sample, outcome, terms)
    if spec.estimator == "placebo_permutation":
        return placebo(sample, outcome, terms, **seed)
    if spec.estimator == "oster":
        return (oster(sample, outcome, terms),)
    return ()


def _checks(spec: Specification, sample: pd.DataFrame, fit: PanelFit) -> list[Diagnostic]:
    checks = [few_clusters(fit)]
    if spec.outcome.text.endswith("_share"):
        checks.append(fitted_above_one_share(sample[spec.outcome.text], fit.residuals))
    return checks
