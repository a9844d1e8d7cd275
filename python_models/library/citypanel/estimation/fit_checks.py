"""Plain numbers that tell whether a fit can be read as it stands."""

from __future__ import annotations

import numpy as np
import pandas as pd

from citypanel.estimation.diagnostic import Diagnostic
from citypanel.estimation.engines import Model
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


def vif_of(model: Model) -> Diagnostic:
    """Return `vif_max` of a model's regressors, effects taken out."""
    return vif_max(model.sample.columns(model.regressors, demeaned=True), model.regressors)


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
