"""Plain numbers that tell whether a fit can be read as it stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from citypanel.estimation.arguments import regressors_of
from citypanel.estimation.diagnostic import Diagnostic
from citypanel.estimation.identification import kept_of
from citypanel.estimation.panel_sample import EFFECTS, panel_sample
from citypanel.estimation.results import PanelFit
from citypanel.estimation.within import Floats

# below this number of clusters the t test on G - 1 rejects too often (Cameron and Miller 2015, section VI)
FEW = 42


def vif_max(design: Floats, names: tuple[str, ...]) -> Diagnostic:
    """Return `vif_max`, the largest variance inflation factor of demeaned regressors (n, k) in k names.

    details: the factor of each. A single regressor has 1.
    """
    unit = design / np.linalg.norm(design, axis=0)
    inverse = np.linalg.inv(np.linalg.qr(unit, mode="r"))
    factors = (inverse**2).sum(axis=1)
    return Diagnostic(
        "vif_max", float(factors.max()), details=dict(zip(names, factors.tolist(), strict=True))
    )


def vif(
    data: pd.DataFrame,
    regressors: Sequence[str],
    *,
    entity: str = "city_id",
    time: str = "year",
    effects: Sequence[str] = EFFECTS,
    drop_singletons: bool = True,
) -> Diagnostic:
    """Return `vif_max` of the regressors of a data frame, effects taken out.

    Absorbed and collinear regressors, which a fit leaves out, are left out. Data and errors as in
    `fixed_effects`, and EstimationError no_regressor_given.
    """
    names = regressors_of(regressors)
    sample = panel_sample(
        data, names, entity=entity, time=time, effects=effects, drop_singletons=drop_singletons
    )
    kept = kept_of(sample, names)
    return vif_max(sample.columns(kept, demeaned=True), kept)


def fitted_above_one_share(outcome: pd.Series, residuals: pd.Series) -> Diagnostic:
    """Return `fitted_above_one_share`: of an outcome that is a share, the rows whose fitted value passes 1.

    outcome, residuals: on one index, as `PanelFit.residuals`. details: rows, and those below 0.
    """
    fitted = (outcome.loc[residuals.index] - residuals).to_numpy(dtype=float)
    details = {"n_obs": len(fitted), "below_zero_share": float((fitted < 0).mean())}
    return Diagnostic("fitted_above_one_share", float((fitted > 1).mean()), details=details)


def few_clusters(fit: PanelFit) -> Diagnostic:
    """Return `few_clusters`: the number of cities, and better covariances where it is below 42."""
    groups = fit.statistics.n_entities
    few = groups < FEW
    details = {"threshold": FEW, "better_covariances": ["cr2", "wild_cluster"] if few else []}
    return Diagnostic(
        "few_clusters", float(groups), flags=("fewer_than_42_clusters",) if few else (), details=details
    )
