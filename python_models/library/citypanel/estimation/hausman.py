"""Fixed against random effects: Hausman's test in two forms and the cluster-robust test of Mundlak.

Hausman (1978, Econometrica 46); Mundlak (1978, Econometrica 46); Wooldridge (2019, Journal of Econometrics
211) for unbalanced panels, where the city means of the year dummies enter too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from citypanel.estimation.collinearity import omitted_columns
from citypanel.estimation.diagnostic import Diagnostic
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.identification import is_exact, kept_of
from citypanel.estimation.inference import correction
from citypanel.estimation.kernel import least_squares, raw_covariance
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.random_effects import fit_random_effects, sample_of_cities, year_dummies_of
from citypanel.estimation.significance import contrast_chi2, wald_f
from citypanel.estimation.swamy_arora import city_means
from citypanel.estimation.within import Floats

NOT_DEFINITE = "difference_not_positive_definite"


def hausman(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    *,
    entity: str = "city_id",
    time: str = "year",
    year_dummies: bool = True,
    drop_singletons: bool = False,
) -> tuple[Diagnostic, Diagnostic, Diagnostic]:
    """Return `hausman_classic`, `hausman_sigmamore` and `hausman_mundlak` of one specification.

    Year dummies stand in both models, or in neither; the contrast is over the k slopes that fixed effects
    identify. Classic: each model's own variances (plm's phtest); sigmamore: both with the residual variance
    of random effects (Stata), so that the difference is definite by construction. Where it is not positive
    definite: pseudo-inverse, df = rank, flag `difference_not_positive_definite`. Mundlak: pooled least
    squares with the city means added, HC1 clustered by city, F(k, G - 1); it gives the verdict. Data and
    errors as in `fixed_effects`; a city seen once stays unless drop_singletons.
    """
    sample, regressors = sample_of_cities(
        data, outcome, regressors, year_dummies, entity=entity, time=time, drop_singletons=drop_singletons
    )
    slopes = list(kept_of(sample, regressors))
    return (*_contrasts(sample, outcome, regressors, slopes), _mundlak(sample, outcome, slopes, regressors))


def _contrasts(
    sample: PanelSample, outcome: str, regressors: Sequence[str], slopes: list[str]
) -> tuple[Diagnostic, Diagnostic]:
    try:
        random = fit_random_effects(sample, outcome, regressors)
    except EstimationError as error:
        if error.message_id != "too_few_cities_for_random_effects":
            raise
        return _undefined(error.message_id)
    outcome_within = sample.columns([outcome], demeaned=True)[:, 0]
    fixed = least_squares(outcome_within, sample.columns(slopes, demeaned=True))
    if is_exact(fixed.residuals, outcome_within):
        return _undefined("perfect_fit")
    own = float(fixed.residuals @ fixed.residuals) / correction("iid", sample, len(slopes)).df
    difference = fixed.coefficients - random.coefficients[slopes].to_numpy()
    spread = random.covariance.loc[slopes, slopes].to_numpy()
    tests = []
    for name, variance in (("classic", own), ("sigmamore", random.residual_variance)):
        scale = np.sqrt(variance * np.diag(fixed.bread))
        numbers, definite = contrast_chi2(difference, variance * fixed.bread - spread, scale)
        flags = () if definite else (NOT_DEFINITE,)
        tests.append(Diagnostic(f"hausman_{name}", flags=flags, **numbers))
    return tests[0], tests[1]


def _undefined(reason: str) -> tuple[Diagnostic, Diagnostic]:
    return Diagnostic("hausman_classic", reason=reason), Diagnostic("hausman_sigmamore", reason=reason)


def _mundlak(sample: PanelSample, outcome: str, slopes: list[str], regressors: Sequence[str]) -> Diagnostic:
    dummies, constant = year_dummies_of(sample), [name for name in regressors if name not in slopes]
    within = np.column_stack([sample.columns(constant), sample.columns(slopes), dummies])
    means = np.column_stack([dummies, sample.columns(slopes)])
    columns = np.column_stack([within, city_means(sample, means)[sample.entity]])
    centred = columns - columns.mean(axis=0)
    names = [str(position) for position in range(columns.shape[1])]
    redundant = omitted_columns(columns, centred, names)
    kept = [position for position, name in enumerate(names) if name not in redundant]
    tested = [place for place, position in enumerate(kept) if position >= columns.shape[1] - len(slopes)]
    if not tested or sample.n_entities <= len(tested):
        reason = "no_city_mean_left" if not tested else "too_few_clusters"
        return Diagnostic("hausman_mundlak", reason=reason)
    statistic, p_value = _cluster_f(sample, outcome, centred[:, kept], tested)
    flags = () if len(tested) == len(slopes) else ("some_city_means_redundant",)
    return Diagnostic(
        "hausman_mundlak", statistic, len(tested), sample.n_entities - 1, p_value, flags=flags,
        details={"chi2": None if statistic is None else statistic * len(tested)},
    )  # fmt: skip


def _cluster_f(
    sample: PanelSample, outcome: str, centred: Floats, tested: list[int]
) -> tuple[float | None, float | None]:
    """Return F and p of the tested columns; HC1 by city, every column and the constant counted."""
    y = sample.columns([outcome])[:, 0]
    fit = least_squares(y - y.mean(), centred)
    raw, _ = raw_covariance("cluster_city", fit, sample.entity, sample.time)
    rule = correction("cluster_city", replace(sample, effects=()), centred.shape[1])
    return wald_f(fit.coefficients[tested], (raw * rule.factor)[np.ix_(tested, tested)], rule.df)
