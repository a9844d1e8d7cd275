"""Slopes and raw covariances of one model: linearmodels for the headline, the NumPy kernel for the rest."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from citypanel.estimation.beck_katz import KINDS, beck_katz
from citypanel.estimation.further_covariances import (
    CovarianceOptions,
    RawCovariance,
    bias_reduced,
    bootstrapped,
    spatial,
)
from citypanel.estimation.inference import driscoll_kraay_lag
from citypanel.estimation.kernel import (
    SANDWICHES,
    LeastSquares,
    WithConstant,
    least_squares,
    nearest_psd,
)
from citypanel.estimation.leverage import POWERS, weighted_by_leverage
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.results import RawFit
from citypanel.estimation.small_sample import split_kind
from citypanel.estimation.within import Floats


@dataclass(frozen=True)
class Model:
    """A sample and the roles of its columns; `regressors` are kept ones, endogenous ones among them."""

    sample: PanelSample
    outcome: str
    regressors: tuple[str, ...]
    endogenous: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()

    @property
    def exogenous(self) -> tuple[str, ...]:
        """Regressors that instrument themselves."""
        return tuple(name for name in self.regressors if name not in self.endogenous)

    def solve(self) -> LeastSquares:
        """Return the kernel's fit of the demeaned columns."""
        outcome = self.sample.demeaned[:, self.sample.names.index(self.outcome)]
        instruments = None
        if self.endogenous:
            instruments = self.sample.columns((*self.exogenous, *self.instruments), demeaned=True)
        return least_squares(outcome, self.sample.columns(self.regressors, demeaned=True), instruments)


def kernel_fit(model: Model, kinds: Sequence[str], options: CovarianceOptions) -> RawFit:
    """Return slopes, residuals and every covariance of `kinds` from the kernel, without factors."""
    sample, fit, names = model.sample, model.solve(), model.regressors
    whole = WithConstant(fit, sample.means[sample.positions(names)], sample.entity, sample.time)
    raw = RawFit(names, fit.coefficients, fit.residuals, {}, {}, (), "kernel")
    nearby = spatial(kinds, whole, sample, options)
    flags: tuple[str, ...] = ()
    for kind in kinds:
        if kind == "wild_cluster":
            raw.resampled[kind], flag = bootstrapped(names, fit, sample, options)
            flags = (*flags, *flag)
        elif kind == "cr2":
            raw.covariances[kind], raw.term_df[kind] = bias_reduced(names, fit, sample)
        elif kind in POWERS:
            raw.covariances[kind], flag = weighted_by_leverage(kind, fit, sample)
            flags = (*flags, *flag)
        elif kind in KINDS:
            raw.covariances[kind] = beck_katz(kind, fit, sample)
        else:
            covariance = nearby[kind] if kind in nearby else _sandwich(kind, whole, sample, options)
            raw.covariances[kind], raw.constant_variances[kind] = covariance.slopes, covariance.constant
            flags = (*flags, *covariance.flags)
    return replace(raw, flags=flags)


def _sandwich(
    kind: str, whole: WithConstant, sample: PanelSample, options: CovarianceOptions
) -> RawCovariance:
    """Return the covariance under one of SANDWICHES, flagged where eigenvalues were repaired."""
    lag = driscoll_kraay_lag(sample.n_periods) if options.lag is None else options.lag
    covariance = whole.covariance(kind, lag)
    if split_kind(kind)[0] != "cluster_city_year":
        return RawCovariance(covariance[1:, 1:], float(covariance[0, 0]))
    slopes, repaired = nearest_psd(covariance[1:, 1:])
    flags = (f"negative_eigenvalues_set_to_zero:{kind}",) if repaired else ()
    return RawCovariance(slopes, float(nearest_psd(covariance)[0][0, 0]), flags)


def linearmodels_fit(model: Model, kinds: Sequence[str], options: CovarianceOptions) -> RawFit:
    """Return the kernel's fit with the headline's (`kinds[0]`) slopes and raw covariance from linearmodels.

    Where linearmodels refuses, mostly a regressor that its coarser rule calls absorbed (1e-5 of the norm), or
    there is no effect to take out, the kernel's numbers stand and `engine` says so.
    """
    from linearmodels.panel.utility import AbsorbingEffectError

    raw = kernel_fit(model, kinds, options)
    if not model.sample.effects:
        return raw
    # linearmodels gives the slopes alone where the headline's covariance is not one of its own
    kind = kinds[0] if kinds[0] in SANDWICHES else "iid"
    lag = driscoll_kraay_lag(model.sample.n_periods) if options.lag is None else options.lag
    try:
        slopes, covariance = _iv2sls(model, kind) if model.endogenous else _panel_ols(model, kind, lag)
    except (AbsorbingEffectError, ValueError, np.linalg.LinAlgError):
        return raw
    if kinds[0] == "cluster_city_year":
        covariance, _ = nearest_psd(covariance)
    covariances = raw.covariances | ({kind: covariance} if kind == kinds[0] else {})
    return replace(raw, coefficients=slopes, covariances=covariances, engine="linearmodels")


def _panel_ols(model: Model, kind: str, lag: int) -> tuple[Floats, Floats]:
    """PanelOLS with every degree-of-freedom rule off: its own count is wrong for nested effects."""
    from linearmodels.panel import PanelOLS

    sample = model.sample
    index = pd.MultiIndex.from_arrays([sample.entity, sample.time], names=["entity", "time"])
    outcome = pd.DataFrame(sample.columns([model.outcome]), index, ["outcome"])
    # positions as names: linearmodels reads names as formula parts in places
    regressors = pd.DataFrame(sample.columns(model.regressors), index).add_prefix("x")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = PanelOLS(
            outcome,
            # centring changes no slope and keeps digits
            regressors - regressors.mean(),
            entity_effects="entity" in sample.effects,
            time_effects="time" in sample.effects,
            check_rank=False,
        ).fit(debiased=False, auto_df=False, count_effects=False, **_panel_covariance(kind, lag))
        return fitted.params.to_numpy(), fitted.cov.to_numpy()


def _panel_covariance(kind: str, lag: int) -> dict[str, Any]:
    options: dict[str, dict[str, Any]] = {
        "iid": {"cov_type": "unadjusted"},
        "hc1": {"cov_type": "robust"},
        "cluster_city": {"cov_type": "clustered", "cluster_entity": True},
        "cluster_city_year": {"cov_type": "clustered", "cluster_entity": True, "cluster_time": True},
        "driscoll_kraay": {"cov_type": "kernel", "kernel": "newey-west", "bandwidth": lag},
    }
    return options[kind]


def _iv2sls(model: Model, kind: str) -> tuple[Floats, Floats]:
    """IV2SLS on demeaned columns: linearmodels has no fixed-effects IV."""
    from linearmodels.iv import IV2SLS

    sample = model.sample
    columns = pd.DataFrame(sample.demeaned, columns=[f"c{i}" for i in range(len(sample.names))])
    parts = [
        columns.iloc[:, [sample.names.index(name) for name in names]] if names else None
        for names in ((model.outcome,), model.exogenous, model.endogenous, model.instruments)
    ]
    clusters = pd.DataFrame({"entity": sample.entity, "time": sample.time})
    options: dict[str, dict[str, Any]] = {
        "iid": {"cov_type": "unadjusted"},
        "hc1": {"cov_type": "robust"},
        "cluster_city": {"cov_type": "clustered", "clusters": clusters["entity"]},
        "cluster_city_year": {"cov_type": "clustered", "clusters": clusters},
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = IV2SLS(*parts).fit(debiased=False, **options[kind])
        order = [f"c{sample.names.index(name)}" for name in model.regressors]
        return fitted.params[order].to_numpy(), fitted.cov.loc[order, order].to_numpy()
