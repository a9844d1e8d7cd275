"""Random effects by feasible generalised least squares, as plm's `swar` and Stata's `xtreg, re sa`.

The variances are those of module `swamy_arora`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from citypanel.estimation.arguments import regressors_of, require_options
from citypanel.estimation.collinearity import omitted_columns
from citypanel.estimation.identification import require_outcome_varies
from citypanel.estimation.inference import CONSTANT, t_test
from citypanel.estimation.kernel import least_squares
from citypanel.estimation.panel_sample import PanelSample, panel_sample
from citypanel.estimation.results import Term, term_of
from citypanel.estimation.swamy_arora import city_means, variances
from citypanel.estimation.within import Floats, WithinTransformation


@dataclass(frozen=True)
class RandomEffectsFit:
    """coefficients: Series (1 + k,), constant first; covariance: DataFrame (1 + k, 1 + k), own variance.

    terms: p on the normal distribution, as plm; theta: Series, share of its mean that is taken from a city's
    rows; sigma2_idiosyncratic, sigma2_entity: variances in squared units of the outcome; residual_variance:
    of the quasi-demeaned regression on df_residual, with its two R2 (as plm prints them); omitted: {name:
    (status, reason)}.
    """

    coefficients: pd.Series
    covariance: pd.DataFrame
    terms: tuple[Term, ...]
    theta: pd.Series
    sigma2_idiosyncratic: float
    sigma2_entity: float
    residual_variance: float
    r2_quasi_demeaned: float
    r2_quasi_demeaned_adjusted: float
    df_residual: int
    n_obs: int
    n_entities: int
    omitted: dict[str, tuple[str, str]]

    def term(self, name: str) -> Term:
        """Return one term; EstimationError unknown_term, with those there are."""
        return term_of(self.terms, name)


def random_effects(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    *,
    entity: str = "city_id",
    time: str = "year",
    year_dummies: bool = True,
    drop_singletons: bool = False,
    level: float = 0.95,
) -> RandomEffectsFit:
    """Fit `outcome` on `regressors` with random city (entity) effects, and year (time) dummies if asked.

    data: one row per entity and time; rows with missing values are left out. A city seen once stays unless
    drop_singletons. Raises EstimationError as `fixed_effects` does, and too_few_cities_for_random_effects.
    """
    require_options(level=level)
    sample, regressors = sample_of_cities(
        data, outcome, regressors, year_dummies, entity=entity, time=time, drop_singletons=drop_singletons
    )
    return fit_random_effects(sample, outcome, regressors, level)


def sample_of_cities(
    data: pd.DataFrame, outcome: str, regressors: Sequence[str], year_dummies: bool, **panel: Any
) -> tuple[PanelSample, tuple[str, ...]]:
    """Return sample, with the effects that fixed effects would take out, and regressors as a tuple.

    panel: entity, time and drop_singletons of `panel_sample`. Errors as its own, and EstimationError
    no_regressor_given, sample_has_one_city, outcome_without_variation.
    """
    regressors = regressors_of(regressors)
    effects = ("entity", "time") if year_dummies else ("entity",)
    sample = panel_sample(data, (outcome, *regressors), effects=effects, **panel)
    require_outcome_varies(sample, outcome)
    return sample, regressors


def fit_random_effects(
    sample: PanelSample, outcome: str, regressors: Sequence[str], level: float = 0.95
) -> RandomEffectsFit:
    """Return the fit on a sample; year dummies are used when `time` is among the sample's effects."""
    omitted = _omitted(sample, regressors)
    kept = [name for name in regressors if name not in omitted]
    design = _design(sample, kept)
    shocks, cities = variances(sample, outcome, kept, design)
    theta = 1 - np.sqrt(shocks / (shocks + np.bincount(sample.entity) * cities))
    quasi = _less_share_of_means(sample, np.column_stack([sample.columns([outcome]), design]), theta)
    fit = least_squares(quasi[:, 0], quasi[:, 1:])
    df, rss = sample.n_rows - design.shape[1], float(fit.residuals @ fit.residuals)
    unexplained = rss / float(((quasi[:, 0] - quasi[:, 0].mean()) ** 2).sum())
    names, size = [CONSTANT, *kept], len(kept) + 1
    covariance = fit.bread[:size, :size] * rss / df
    return RandomEffectsFit(
        coefficients=pd.Series(fit.coefficients[:size], index=names, name="estimate"),
        covariance=pd.DataFrame(covariance, index=names, columns=names),
        terms=_terms(names, fit.coefficients, covariance, omitted, level),
        theta=pd.Series(theta, index=sample.keys.iloc[:, 0].unique(), name="theta"),
        sigma2_idiosyncratic=shocks,
        sigma2_entity=cities,
        residual_variance=rss / df,
        r2_quasi_demeaned=1 - unexplained,
        r2_quasi_demeaned_adjusted=1 - unexplained * (sample.n_rows - 1) / df,
        df_residual=df,
        n_obs=sample.n_rows,
        n_entities=sample.n_entities,
        omitted=omitted,
    )


def quasi_demeaned(sample: PanelSample, outcome: str, fit: RandomEffectsFit) -> Floats:
    """Return outcome, constant, kept regressors, year dummies (n, 2 + k + T - 1) as the fit weighs them."""
    kept = [name for name in fit.coefficients.index if name != CONSTANT]
    columns = np.column_stack([sample.columns([outcome]), _design(sample, kept)])
    return _less_share_of_means(sample, columns, fit.theta.to_numpy())


def _design(sample: PanelSample, kept: Sequence[str]) -> Floats:
    return np.column_stack([np.ones(sample.n_rows), sample.columns(kept), year_dummies_of(sample)])


def year_dummies_of(sample: PanelSample) -> Floats:
    """Return the dummies (n, T - 1) of all years but the first, (n, 0) without year effects."""
    if "time" not in sample.effects:
        return np.zeros((sample.n_rows, 0))
    return np.eye(sample.n_periods)[sample.time][:, 1:]


def _omitted(sample: PanelSample, regressors: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return what the constant, the year dummies and earlier regressors make redundant."""
    years = (sample.time,) if "time" in sample.effects else ()
    values = sample.columns(regressors)
    return omitted_columns(values, WithinTransformation(sample.n_rows, years).apply(values), regressors)


def _less_share_of_means(sample: PanelSample, values: Floats, theta: Floats) -> Floats:
    return values - (theta[:, None] * city_means(sample, values))[sample.entity]


def _terms(
    names: Sequence[str],
    coefficients: Floats,
    covariance: Floats,
    omitted: dict[str, tuple[str, str]],
    level: float,
) -> tuple[Term, ...]:
    rows = [
        Term(name, "iid", float(b), is_headline=True, **t_test(float(b), float(variance), np.inf, level))
        for name, b, variance in zip(names, coefficients, np.diag(covariance), strict=False)
    ]
    left_out = [
        Term(name, "iid", None, is_headline=True, status=status, status_reason=reason)
        for name, (status, reason) in omitted.items()
    ]
    return (*rows[1:], *left_out, rows[0])
