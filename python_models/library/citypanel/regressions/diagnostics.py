"""The tests that stand beside a fit: what its estimator asks for, and what every fit is checked on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from citypanel.estimation import (
    Diagnostic,
    PanelFit,
    WithinTransformation,
    few_clusters,
    fitted_above_one_share,
    group_difference,
    hausman,
    oster,
    placebo,
    vif_max,
)
from citypanel.regressions.fitting import Fitted
from citypanel.regressions.specification import Specification

_KEYS = {"entity": "city_id", "time": "year"}


def diagnostics_of(spec: Specification, fitted: Fitted) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of one fitted specification.

    Two-stage rows: the tests of the instruments; `hausman`, `placebo_permutation`, `oster` and
    `group_difference` rows: those; every row with fixed effects: the number of clusters, the largest
    variance inflation, and for an outcome that is a share (its name says so) how many fitted values pass 1.
    Raises EstimationError.
    """
    fit = fitted.panel_fit
    if fit is None:
        return ()
    checks = _checks(spec, fitted, fit)
    return (*_instruments(fit), *fit.diagnostics, *_asked_for(spec, fitted.sample), *checks)


def _instruments(fit: PanelFit) -> list[Diagnostic]:
    return [
        Diagnostic(t.test, t.statistic, t.df, t.df_denominator, t.p_value, t.reason, variable=t.endogenous)
        for t in fit.tests
    ]


def _asked_for(spec: Specification, sample: pd.DataFrame) -> tuple[Diagnostic, ...]:
    outcome, terms = spec.outcome.text, [term.text for term in spec.plain_terms]
    seed: dict[str, Any] = {} if spec.seed is None else {"seed": spec.seed}
    if spec.estimator == "hausman":
        return hausman(sample, outcome, terms)
    if spec.estimator == "placebo_permutation":
        return placebo(sample, outcome, terms, **seed)
    if spec.estimator == "oster":
        return (oster(sample, outcome, terms),)
    if spec.estimator == "group_difference" and spec.split is not None:
        tests = group_difference(sample, outcome, terms, spec.split.name, **seed)
        return tuple(replace(test, variable=terms[0]) for test in tests)
    return ()


def _checks(spec: Specification, fitted: Fitted, fit: PanelFit) -> list[Diagnostic]:
    checks = [few_clusters(fit), largest_vif(spec, fitted, fit)]
    if spec.outcome.text.endswith("_share"):
        checks.append(fitted_above_one_share(fitted.sample[spec.outcome.text], fit.residuals))
    return checks


def largest_vif(spec: Specification, fitted: Fitted, fit: PanelFit) -> Diagnostic:
    """Return `vif_max` of the terms kept, effects and years of a group taken out, with the term it is of."""
    rows, names = fitted.sample.loc[fit.residuals.index], tuple(fit.coefficients.index)
    groups = tuple(pd.factorize(rows[_KEYS[effect]])[0].astype(np.int64) for effect in spec.effects)
    values = rows[list(names)].to_numpy(dtype=float)
    every = vif_max(WithinTransformation(len(values), groups).apply(values), names)
    factors = {name: value for name, value in every.details.items() if name not in fitted.year_terms}
    largest = max(factors, key=lambda name: factors[name])
    return replace(every, statistic=factors[largest], details=factors, variable=largest)
