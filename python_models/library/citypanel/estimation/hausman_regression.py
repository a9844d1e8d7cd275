"""Fixed against random effects by one regression, robust to any errors within a city.

The quasi-demeaned outcome on quasi-demeaned regressors and, beside them, demeaned ones: random effects are
right when the latter add nothing (Hausman 1978, section 3; Wooldridge 2010, 10.7.3; Arellano 1993, Journal of
Econometrics 59). plm's phtest with method = "aux"; the robust form is near Stata's xtoverid.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from citypanel.estimation.diagnostic import Diagnostic
from citypanel.estimation.identification import kept_of
from citypanel.estimation.kernel import least_squares, raw_covariance
from citypanel.estimation.random_effects import fit_random_effects, quasi_demeaned, sample_of_cities
from citypanel.estimation.significance import chi2_p, wald
from citypanel.estimation.within import Floats


def hausman_regression(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    *,
    entity: str = "city_id",
    time: str = "year",
    year_dummies: bool = True,
    drop_singletons: bool = False,
) -> tuple[Diagnostic, Diagnostic]:
    """Return `hausman_regression` and `hausman_regression_robust`, both chi2 on the slopes tested.

    The first is the Wald test with iid errors, the second clustered by city without a small-sample factor.
    Year dummies stand in both models, or in neither. Data and errors as in `fixed_effects`, and
    EstimationError too_few_cities_for_random_effects.
    """
    sample, regressors = sample_of_cities(
        data, outcome, regressors, year_dummies, entity=entity, time=time, drop_singletons=drop_singletons
    )
    quasi = quasi_demeaned(sample, outcome, fit_random_effects(sample, outcome, regressors))
    tested = sample.columns(kept_of(sample, regressors), demeaned=True)
    design = np.column_stack([quasi[:, 1:], tested])
    fit, k = least_squares(quasi[:, 0], design), tested.shape[1]
    iid, _ = raw_covariance("iid", fit, sample.entity, sample.time)
    robust, _ = raw_covariance("cluster_city", fit, sample.entity, sample.time)
    unbiased = sample.n_rows / (sample.n_rows - design.shape[1])
    return (
        _wald_test("hausman_regression", fit.coefficients[-k:], iid[-k:, -k:] * unbiased),
        _wald_test("hausman_regression_robust", fit.coefficients[-k:], robust[-k:, -k:]),
    )


def _wald_test(name: str, slopes: Floats, covariance: Floats) -> Diagnostic:
    statistic, df = wald(slopes, covariance), len(slopes)
    if statistic is None:
        return Diagnostic(name, df=df, reason="too_few_clusters")
    return Diagnostic(name, statistic, df, p_value=chi2_p(statistic, df))
