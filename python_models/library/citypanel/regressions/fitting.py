"""A specification and its complete rows in, the fit out: which estimator, with which arguments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd

from citypanel.estimation import PanelFit, Term, fe_2sls, fixed_effects, random_effects
from citypanel.estimation.significance import wald_f
from citypanel.regressions.specification import Specification

# what FitRecord and FitStatistics call by the same name
_SHARED = (
    *("covariance", "n_obs", "df_residual", "k_parameters", "clusters", "singletons", "engine"),
    *("r2_overall", "r2_overall_adjusted", "r2_within", "r2_within_adjusted"),
    *("dependent_mean", "f_statistic", "f_p_value"),
)


@dataclass(frozen=True)
class Fitted:
    """What any estimator gives: terms, the numbers of FitRecord, the rows (city_id, year) and flags.

    sample: the complete rows, one column per regressor; panel_fit: the whole fit, where the estimator has
    fixed effects; year_terms: regressors that stand for years of a group and are no terms of the
    specification.
    """

    terms: tuple[Term, ...]
    numbers: dict[str, Any]
    keys: pd.DataFrame
    sample: pd.DataFrame
    flags: tuple[str, ...] = ()
    panel_fit: PanelFit | None = None
    year_terms: tuple[str, ...] = ()


def fitted(
    specification: Specification,
    sample: pd.DataFrame,
    covariances: Sequence[str],
    coordinates: pd.DataFrame | None,
    engine: str,
) -> Fitted:
    """Return the fit of the complete rows `sample`, one column per term; errors as the estimators' own.

    covariances: kinds beside the headline; coordinates: degrees by city_id; engine as in `fixed_effects`.
    """
    if specification.estimator == "random_effects":
        return _random_effects(specification, sample, covariances)
    terms = [term.text for term in specification.terms]
    options: dict[str, Any] = {
        "effects": specification.effects,
        "covariance": specification.covariance,
        "also": covariances,
        "engine": engine,
    }
    if specification.estimator == "fe_2sls":
        endogenous = [term.text for term in specification.endogenous]
        instruments = [term.text for term in specification.instruments]
        fit = fe_2sls(sample, specification.outcome.text, terms, endogenous, instruments, **options)
        return _from_panel_fit(fit, sample, ())
    options |= {"coordinates": coordinates}
    if specification.seed is not None:
        options |= {"seed": specification.seed}
    years = _years_of_group(specification, sample)
    sample = sample.assign(**years)
    fit = fixed_effects(sample, specification.outcome.text, [*terms, *years], **options)
    return _from_panel_fit(fit, sample, tuple(years))


def _years_of_group(specification: Specification, sample: pd.DataFrame) -> dict[str, pd.Series]:
    """Return a dummy per year of the split's rows but the first, where every slope differs by group.

    They stand as regressors and not as an effect, so that clusters, lags and distances keep counting years.
    """
    if specification.estimator != "group_difference" or specification.split is None:
        return {}
    group = sample[specification.split.name]
    years = sorted(sample["year"].unique())[1:]
    return {f"year_{year}:{specification.split.name}": group * (sample["year"] == year) for year in years}


def _from_panel_fit(fit: PanelFit, sample: pd.DataFrame, year_terms: tuple[str, ...]) -> Fitted:
    numbers = {name: getattr(fit.statistics, name) for name in _SHARED}
    numbers |= {"n_cities": fit.statistics.n_entities, "n_years": fit.statistics.n_periods}
    if year_terms and fit.statistics.f_statistic is not None:
        kept = [name for name in fit.coefficients.index if name not in year_terms]
        covariance = fit.covariances[fit.statistics.covariance].loc[kept, kept].to_numpy()
        f, p = wald_f(fit.coefficients[kept].to_numpy(), covariance, fit.statistics.f_df_denominator)
        numbers |= {"f_statistic": f, "f_p_value": p}
    terms = tuple(term for term in fit.terms if term.term not in year_terms)
    return Fitted(terms, numbers, fit.keys.reset_index(drop=True), sample, fit.flags, fit, year_terms)


def _random_effects(
    specification: Specification, sample: pd.DataFrame, covariances: Sequence[str]
) -> Fitted:
    """Random effects have their own variance alone; a city or year seen once stays, as in the test."""
    outcome = specification.outcome.text
    fit = random_effects(
        sample, outcome, [t.text for t in specification.terms], year_dummies="time" in specification.effects
    )
    others = [
        replace(Term(**_bare(term)), covariance=kind, is_headline=False)
        for kind in covariances
        if kind != "iid"
        for term in fit.terms
    ]
    numbers: dict[str, Any] = {
        **{"covariance": "iid", "n_obs": fit.n_obs, "n_cities": fit.n_entities, "engine": "kernel"},
        **{"n_years": int(sample["year"].nunique()), "dependent_mean": float(sample[outcome].mean())},
        **{"df_residual": fit.df_residual, "k_parameters": fit.n_obs - fit.df_residual},
        **{"clusters": {}, "singletons": 0},
    }
    keys = sample[["city_id", "year"]].reset_index(drop=True)
    return Fitted((*fit.terms, *others), numbers, keys, sample)


def _bare(term: Term) -> dict[str, Any]:
    """Return what stays of a term under a covariance that random effects do not have."""
    kept = asdict(term)
    for name in ("std_error", "statistic", "df", "p_value", "conf_low", "conf_high"):
        kept[name] = None
    if term.status == "estimated":
        kept |= {"status": "not_defined", "status_reason": "not_defined_for_random_effects"}
    return kept
