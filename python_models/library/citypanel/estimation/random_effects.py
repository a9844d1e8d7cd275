"""Random effects by feasible generalised least squares.

Swamy and Arora (1972, Econometrica 40), for unbalanced panels in the form of Baltagi and Chang (1994, Journal
of Econometrics 62), as plm's `swar` and Stata's `xtreg, re sa` do: the variance of the shocks from the within
regression, that of the city effects from the between regression weighted by years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from citypanel.estimation.arguments import names_of, require_options
from citypanel.estimation.collinearity import omitted_columns
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.identification import require_outcome_varies
from citypanel.estimation.inference import CONSTANT, full_rank, require_rows, t_test
from citypanel.estimation.kernel import inverse_cross_product, least_squares
from citypanel.estimation.panel_sample import PanelSample, panel_sample
from citypanel.estimation.results import Term
from citypanel.estimation.within import Floats, WithinTransformation, group_sums


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
    regressors = names_of(regressors)
    if not regressors:
        raise EstimationError("no_regressor_given")
    sample = panel_sample(
        data, (outcome, *regressors), entity=entity, time=time,
        effects=("entity", "time") if year_dummies else ("entity",), drop_singletons=drop_singletons,
    )  # fmt: skip
    return fit_random_effects(sample, outcome, regressors, level)


def fit_random_effects(
    sample: PanelSample, outcome: str, regressors: Sequence[str], level: float = 0.95
) -> RandomEffectsFit:
    """Return the fit on a sample; year dummies are used when `time` is among the sample's effects."""
    require_outcome_varies(sample, outcome)
    require_rows(sample, len(regressors))
    omitted = _omitted(sample, regressors)
    kept = [name for name in regressors if name not in omitted]
    design = _design(sample, kept)
    shocks, cities = _variances(sample, outcome, kept, design)
    theta = 1 - np.sqrt(shocks / (shocks + np.bincount(sample.entity) * cities))
    quasi = _less_share_of_means(sample, np.column_stack([sample.columns([outcome]), design]), theta)
    fit = least_squares(quasi[:, 0], quasi[:, 1:])
    df = sample.n_rows - design.shape[1]
    variance = float(fit.residuals @ fit.residuals) / df
    unexplained = float(fit.residuals @ fit.residuals) / float(
        ((quasi[:, 0] - quasi[:, 0].mean()) ** 2).sum()
    )
    names, size = [CONSTANT, *kept], len(kept) + 1
    covariance = inverse_cross_product(quasi[:, 1:])[:size, :size] * variance
    return RandomEffectsFit(
        coefficients=pd.Series(fit.coefficients[:size], index=names, name="estimate"),
        covariance=pd.DataFrame(covariance, index=names, columns=names),
        terms=_terms(names, fit.coefficients, covariance, omitted, level),
        theta=pd.Series(theta, index=sample.keys.iloc[:, 0].unique(), name="theta"),
        sigma2_idiosyncratic=shocks,
        sigma2_entity=cities,
        residual_variance=variance,
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


def city_means(sample: PanelSample, values: Floats) -> Floats:
    """Return the mean of each column of `values` (n, m) by city, one row per city (G, m)."""
    counts = np.bincount(sample.entity)[:, None]
    return group_sums(values, sample.entity, sample.n_entities) / counts


def _omitted(sample: PanelSample, regressors: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return what the constant, the year dummies and earlier regressors make redundant."""
    years = (sample.time,) if "time" in sample.effects else ()
    values = sample.columns(regressors)
    return omitted_columns(values, WithinTransformation(sample.n_rows, years).apply(values), regressors)


def _variances(
    sample: PanelSample, outcome: str, names: Sequence[str], design: Floats
) -> tuple[float, float]:
    """Return the variances of shocks and of city effects (zero where its estimate is negative)."""
    demeaned = sample.columns(names, demeaned=True)
    absorbed = omitted_columns(sample.columns(names), demeaned, names)
    varying = demeaned[:, [name not in absorbed for name in names]]
    residuals = sample.columns([outcome], demeaned=True)[:, 0]
    if varying.shape[1]:
        residuals = least_squares(residuals, varying).residuals
    shocks = float(residuals @ residuals) / (sample.n_rows - full_rank(sample, varying.shape[1]))
    spare, weight = _between(sample, sample.columns([outcome]), design, shocks)
    return shocks, max(0.0, spare / weight)


def _between(sample: PanelSample, y: Floats, design: Floats, shocks: float) -> tuple[float, float]:
    """Return what the between residuals hold beyond shocks, and its expectation per unit of city variance."""
    counts = np.bincount(sample.entity)
    means = city_means(sample, np.column_stack([y, design])) * counts[:, None] ** 0.5
    basis, sizes, _ = np.linalg.svd(means[:, 1:] / np.linalg.norm(means[:, 1:], axis=0), full_matrices=False)
    # year dummies have the same mean in every city of a balanced panel, so rank is counted, not assumed
    basis = basis[:, sizes > 1e-9 * sizes[0]]
    cities, parameters = basis.shape
    if cities <= parameters:
        raise EstimationError("too_few_cities_for_random_effects", cities=cities, parameters=parameters)
    residuals = means[:, 0] - basis @ (basis.T @ means[:, 0])
    spare = float(residuals @ residuals) - (cities - parameters) * shocks
    return spare, float(sample.n_rows - counts @ (basis**2).sum(axis=1))


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
