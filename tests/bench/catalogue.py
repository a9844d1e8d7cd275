"""The fits of the catalogue, one after the other, samples ready before: `catalogue.py [CONTENDER]`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
from catalogue_rows import Row, catalogue
from measuring import Run, report

from citypanel.estimation import (
    COVARIANCES,
    SANDWICHES,
    PanelFit,
    fe_2sls,
    few_clusters,
    fitted_above_one_share,
    fixed_effects,
    hausman,
    oster,
    placebo,
)

RESAMPLED = COVARIANCES[len(SANDWICHES) :]


def fitted(row: Row, **options: Any) -> PanelFit:
    """Return our fit of one row."""
    if row.instruments:
        return fe_2sls(
            row.data, "y", row.regressors, row.endogenous, row.instruments, effects=row.effects, **options
        )
    return fixed_effects(row.data, "y", row.regressors, effects=row.effects, **options)


def kernel(row: Row) -> None:
    """Fit one row under five covariances, with every test that no resampling is needed for."""
    fit = fitted(row, engine="kernel", also=SANDWICHES)
    few_clusters(fit)
    fitted_above_one_share(row.data["y"], fit.residuals)
    for name, test in (("hausman", hausman), ("oster", oster)):
        if row.estimator == name:
            test(row.data, "y", row.regressors)


def bare(row: Row) -> None:
    """Fit one row under city clusters."""
    fitted(row, engine="kernel")


def headline(row: Row) -> None:
    """Fit one row, headline numbers by linearmodels."""
    fitted(row)


def resampling(row: Row) -> None:
    """Add what `kernel` leaves out: bootstrap of every slope, CR2, Conley twice, placebo draws."""
    cities = row.data["city_id"].unique()
    places = pd.DataFrame({"latitude": range(len(cities)), "longitude": 100.0}, index=cities) / 10
    if not row.instruments:
        fitted(row, engine="kernel", also=RESAMPLED, coordinates=places)
    if row.estimator == "placebo_permutation":
        placebo(row.data, "y", row.regressors)


def pyfixest(row: Row) -> None:
    """Fit one row with city clusters; several endogenous variables it refuses."""
    import pyfixest

    if len(row.endogenous) > 1:
        return
    exogenous = [name for name in row.regressors if name not in row.endogenous]
    effects = " + ".join({"entity": "city_id", "time": "year"}[effect] for effect in row.effects)
    formula = f"y ~ {' + '.join(exogenous) or 1} | {effects}"
    if row.instruments:
        formula += f" | {row.endogenous[0]} ~ {' + '.join(row.instruments)}"
    pyfixest.feols(formula, row.data, vcov={"CRV1": "city_id"})


def linearmodels(row: Row) -> None:
    """Fit one row with city clusters; two-stage least squares with effects it has not."""
    from linearmodels.panel import PanelOLS

    if row.instruments:
        return
    indexed = row.data.set_index(["city_id", "year"])
    effects = {f"{effect}_effects": effect in row.effects for effect in ("entity", "time")}
    model = PanelOLS(indexed["y"], indexed[row.regressors], **effects, drop_absorbed=True, check_rank=False)
    model.fit(cov_type="clustered", cluster_entity=True)


# the peer that ratios are to comes first
CONTENDERS = {
    "pyfixest, bare fits": pyfixest,
    "kernel, bare fits": bare,
    "kernel, five covariances and closed-form diagnostics": kernel,
    "kernel, resampling, CR2 and Conley beside": resampling,
    "headline (linearmodels and kernel)": headline,
    "linearmodels alone": linearmodels,
}


def whole(fit: Callable[[Row], None], rows: list[Row]) -> Run:
    """Return the run of all rows."""
    return lambda: [fit(row) for row in rows]


if __name__ == "__main__":
    rows = catalogue()
    report(iter([{name: partial(whole, fit, rows) for name, fit in CONTENDERS.items()}]))
