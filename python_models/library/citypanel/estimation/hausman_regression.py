"""Fixed against random effects by one regression, robust to any errors within a city.

The quasi-demeaned outcome on quasi-demeaned regressors and, beside them, demeaned ones: random effects are
right when the latter add nothing (Hausman 1978, section 3; Wooldridge 2010, 10.7.3; Arellano 1993, Journal of
Econometrics 59). plm's phtest with method = "aux"; the robust form is near Stata's xtoverid.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from citypanel.estimation.arguments import names_of
from citypanel.estimation.collinearity import omitted_columns
from citypanel.estimation.diagnostic import Diagnostic
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.kernel import least_squares, raw_covariance
from citypanel.estimation.panel_sample import panel_sample
from citypanel.estimation.random_effects import fit_random_effects, quasi_demeaned
from citypanel.estimation.significance import chi2_p, wald


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
    regressors = names_of(regressors)
    if not regressors:
        raise EstimationError("no_regressor_given")
    effects = ("entity", "time") if year_dummies else ("entity",)
    sample = panel_sample(
        data, (outcome, *regressors), entity=entity, time=time,
        effects=effects, drop_singletons=drop_singletons,
    )  # fmt: skip
    quasi = quasi_demeaned(sample, outcome, fit_random_effects(sample, outcome, regressors))
    within = sample.columns(regressors, demeaned=True)
    absorbed = omitted_columns(sample.columns(regressors), within, regressors)
    tested = within[:, [name not in absorbed for name in regressors]]
    if not tested.shape[1]:
        raise EstimationError("no_regressor_left", rows=sample.n_rows)
    design = np.column_stack([quasi[:, 1:], tested])
    k, n = tested.shape[1], sample.n_rows
    fit = least_squares(quasi[:, 0], design)
    rows = []
    for name, kind, factor in (("", "iid", n / (n - design.shape[1])), ("_robust", "cluster_city", 1.0)):
        covariance, _ = raw_covariance(kind, fit, sample.entity, sample.time)
        statistic = wald(fit.coefficients[-k:], covariance[-k:, -k:] * factor)
        p_value = None if statistic is None else chi2_p(statistic, k)
        reason = None if statistic is not None else "too_few_clusters"
        rows.append(Diagnostic(f"hausman_regression{name}", statistic, k, None, p_value, reason))
    return rows[0], rows[1]
