"""What an estimator returns: frozen records, in broom's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from citypanel.estimation.diagnostic import Diagnostic
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.panel_keys import PanelKeys
from citypanel.estimation.within import Floats


@dataclass(frozen=True)
class Term:
    """One term under one covariance.

    estimate and std_error are in units of the outcome per unit of the regressor; statistic is t on `df`
    degrees of freedom; status is `estimated`, `absorbed`, `omitted` or `not_defined` (the covariance is),
    with its reason. Numbers are None where the status leaves none.
    """

    term: str
    covariance: str
    estimate: float | None
    std_error: float | None = None
    statistic: float | None = None
    df: float | None = None
    p_value: float | None = None
    conf_low: float | None = None
    conf_high: float | None = None
    is_headline: bool = False
    status: str = "estimated"
    status_reason: str | None = None


def term_of(terms: Sequence[Term], name: str, covariance: str | None = None) -> Term:
    """Return a term under a covariance, by default the headline; errors as `PanelFit.term`."""
    named = {term.covariance: term for term in terms if term.term == name}
    if not named:
        known = dict.fromkeys(term.term for term in terms)
        raise EstimationError("unknown_term", value=name, known=", ".join(known))
    if covariance is None:
        return next(term for term in named.values() if term.is_headline)
    if covariance not in named:
        raise EstimationError("covariance_not_computed", value=covariance, known=", ".join(named))
    return named[covariance]


@dataclass(frozen=True)
class FitStatistics:
    """Counts and fit of one model.

    df_residual is n less the rank of regressors and all dummies; k_parameters is the K that the headline
    covariance counts. The four R2: overall (with dummies), within (all effects taken out of the outcome
    too), and both adjusted. f_statistic tests that all slopes are zero under the headline covariance, on
    (f_df_numerator, f_df_denominator). clusters: number of clusters by dimension of the headline covariance.
    """

    n_obs: int
    n_entities: int
    n_periods: int
    df_residual: int
    k_parameters: int
    r2_overall: float
    r2_overall_adjusted: float
    r2_within: float
    r2_within_adjusted: float
    dependent_mean: float
    rmse: float
    rss: float
    f_statistic: float | None
    f_df_numerator: int
    f_df_denominator: float
    f_p_value: float | None
    clusters: dict[str, int]
    rows_missing: int
    singletons: int
    covariance: str
    engine: str


@dataclass(frozen=True)
class FirstStageTerm:
    """Coefficient of an excluded instrument in the first stage of `endogenous`; std_error by city."""

    endogenous: str
    instrument: str
    estimate: float
    std_error: float


@dataclass(frozen=True)
class InstrumentTest:
    """One test of the instruments; `endogenous` is None for a joint one; F on (df, df_denominator).

    Where it is not defined statistic is None and `reason` holds an id, as in `Diagnostic`.
    """

    test: str
    endogenous: str | None
    statistic: float | None
    df: float | None = None
    df_denominator: float | None = None
    p_value: float | None = None
    reason: str | None = None


@dataclass(frozen=True)
class PanelFit:
    """A fitted panel regression.

    terms: every term under every covariance, the headline's first; constant: mean(y) - mean(x)'b; names,
    slopes (k,): of the regressors kept; matrices: {kind: (k, k)} of the slopes, factor included; errors:
    residuals (n,) of `rows`; flags: what a reader must know (`negative_eigenvalues_set_to_zero:<kind>`,
    `few_periods_for_driscoll_kraay`, `not_positive_semidefinite:<kind>`,
    `wild_cluster:<weights>:draws=<B>:seed=<seed> or enumerated`, `perfect_fit`: residuals are rounding only);
    first_stage, tests and diagnostics: of `fe_2sls` only. Its pandas views are made when they are asked for.
    """

    estimator: str
    outcome: str
    terms: tuple[Term, ...]
    statistics: FitStatistics
    constant: float
    names: tuple[str, ...]
    slopes: Floats
    matrices: dict[str, Floats]
    errors: Floats
    rows: PanelKeys
    flags: tuple[str, ...] = ()
    first_stage: tuple[FirstStageTerm, ...] = ()
    tests: tuple[InstrumentTest, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @cached_property
    def coefficients(self) -> pd.Series:
        """The slopes kept (k,), by name."""
        return pd.Series(self.slopes, index=list(self.names), name="estimate")

    @cached_property
    def covariances(self) -> dict[str, pd.DataFrame]:
        """Covariances (k, k) of the slopes by kind, factor included."""
        names = list(self.names)
        return {kind: pd.DataFrame(v, index=names, columns=names) for kind, v in self.matrices.items()}

    @cached_property
    def residuals(self) -> pd.Series:
        """Residuals (n,), on the index of the data given."""
        return pd.Series(self.errors, index=self.rows.index, name="residual")

    @cached_property
    def keys(self) -> pd.DataFrame:
        """The entity-time pairs (n, 2) of the rows used."""
        return self.rows.frame

    def term(self, name: str, covariance: str | None = None) -> Term:
        """Return one term, under the headline covariance unless another kind is named.

        Raises EstimationError unknown_term, covariance_not_computed, each with those there are.
        """
        return term_of(self.terms, name, covariance)

    def to_frame(self) -> pd.DataFrame:
        """Return the terms as a data frame, one row per term and covariance."""
        return pd.DataFrame([asdict(term) for term in self.terms])


@dataclass(frozen=True)
class RawFit:
    """What an engine hands to `inference`: slopes (k,) and covariances (k, k) without any factor.

    term_df: {kind: {slope: df}} where df differs by slope (CR2); resampled: {kind: {slope: statistic,
    p_value, conf_low, conf_high}} where they do not come from a variance (wild bootstrap).
    """

    names: tuple[str, ...]
    coefficients: Floats
    residuals: Floats
    covariances: dict[str, Floats]
    constant_variances: dict[str, float]
    flags: tuple[str, ...]
    engine: str
    term_df: dict[str, dict[str, float]] = field(default_factory=dict)
    resampled: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)


def finite(number: float | np.floating | None) -> float | None:
    """Return a plain float, or None for what is not a finite number."""
    return None if number is None or not np.isfinite(number) else float(number)
