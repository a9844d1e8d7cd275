"""Fixed effects by least squares: one-way, two-way or none, on any pandas panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from citypanel.estimation.arguments import names_of, require_names, require_options
from citypanel.estimation.covariance_kinds import FOR_2SLS, FOR_LEAST_SQUARES, require_kinds
from citypanel.estimation.engines import Model, kernel_fit, linearmodels_fit
from citypanel.estimation.errors import CovarianceNotDefined, EstimationError
from citypanel.estimation.fit_statistics import fit_statistics
from citypanel.estimation.further_covariances import CovarianceOptions, require_defined
from citypanel.estimation.identification import is_exact, omitted_of, require_outcome_varies
from citypanel.estimation.inference import Correction, correction, require_rows
from citypanel.estimation.panel_sample import EFFECTS, PanelSample, panel_sample
from citypanel.estimation.results import PanelFit, RawFit
from citypanel.estimation.term_table import terms
from citypanel.estimation.wild_cluster import DRAWS, SEED

FEW_PERIODS = 20


def fixed_effects(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    *,
    entity: str = "city_id",
    time: str = "year",
    effects: Sequence[str] = EFFECTS,
    covariance: str = "cluster_city",
    also: Sequence[str] = (),
    engine: str = "linearmodels",
    drop_singletons: bool = True,
    lag: int | None = None,
    level: float = 0.95,
    coordinates: pd.DataFrame | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> PanelFit:
    """Fit `outcome` on `regressors` with city (entity) and year (time) effects.

    data: one row per entity and time, columns named below, index arbitrary; regressors: k column names;
    effects: `("entity", "time")`, one of them, or none; covariance: the headline, one of `iid`, `hc1`,
    `cluster_city` (by entity), `cluster_city_year` (by entity and time), `driscoll_kraay`, `conley_200km`
    (any whole number of km; with `_bartlett` after it, that kernel), `cr2`, `wild_cluster`; also: further
    kinds; engine: `linearmodels` (headline numbers by linearmodels, the rest by the kernel) or `kernel`;
    lag: of Driscoll-Kraay, default floor(4 (T/100)^(2/9)); level: of the intervals; coordinates: DataFrame
    indexed by entity with columns latitude and longitude in degrees, for Conley, which without them is
    `not_defined`; draws, seed: of the wild bootstrap, which gives p and interval and no standard error.

    Returns a PanelFit; estimates are in units of the outcome per unit of the regressor. Rows with missing
    values and singletons are left out and counted; collinear and absorbed regressors become terms with a
    status. Raises EstimationError (see its ids) for what cannot be estimated. Conventions: module
    `inference`, after reghdfe (Correia 2016) and xtreg, fe; the constant is mean(y) - mean(x)'b.
    """
    require_options(level=level, draws=draws, seed=seed, lag=lag, engine=engine)
    regressors = names_of(regressors)
    sample = panel_sample(
        data, (outcome, *regressors), entity=entity, time=time, effects=effects,
        drop_singletons=drop_singletons,
    )  # fmt: skip
    return fixed_effects_on(
        sample, outcome, regressors, covariance=covariance, also=also, engine=engine, lag=lag, level=level,
        coordinates=coordinates, draws=draws, seed=seed,
    )  # fmt: skip


def fixed_effects_on(
    sample: PanelSample,
    outcome: str,
    regressors: Sequence[str],
    *,
    covariance: str = "cluster_city",
    also: Sequence[str] = (),
    engine: str = "kernel",
    lag: int | None = None,
    level: float = 0.95,
    coordinates: pd.DataFrame | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> PanelFit:
    """Fit `outcome` on `regressors`, columns of a sample that `panel_sample` prepared, with its effects.

    For many specifications on the same rows: effects are taken out of every column once. The rows are those
    complete in all columns of the sample, not in those of one fit. Arguments, result and errors are those of
    `fixed_effects`; engine: default the kernel.
    """
    require_options(level=level, draws=draws, seed=seed, lag=lag, engine=engine)
    regressors = names_of(regressors)
    require_names((outcome, *regressors), sample.names)
    omitted = omitted_of(sample, regressors)
    kept = tuple(name for name in regressors if name not in omitted)
    model = Model(sample, outcome, kept)
    options = CovarianceOptions(lag, coordinates, draws, seed, level)
    kinds = (covariance, *names_of(also))
    return fit_model(model, "fixed_effects", regressors, omitted, kinds, engine, options)


def fit_model(
    model: Model,
    estimator: str,
    requested: Sequence[str],
    omitted: Mapping[str, tuple[str, str]],
    kinds: Sequence[str],
    engine: str,
    options: CovarianceOptions,
) -> PanelFit:
    """Return the PanelFit of a model whose columns are chosen; kinds: of covariance, the headline first."""
    sample, covariance = model.sample, kinds[0]
    _require_something_to_fit(model)
    rules = _rules(kinds, model, options)
    defined = {kind: rule for kind, rule in rules.items() if isinstance(rule, Correction)}
    raw = (kernel_fit if engine == "kernel" else linearmodels_fit)(model, list(defined), options)
    constant = _constant(model, raw)
    return PanelFit(
        estimator=estimator,
        outcome=model.outcome,
        terms=terms(raw, constant, rules, requested, omitted, covariance, options.level),
        statistics=fit_statistics(model, raw, defined[covariance], covariance),
        constant=constant,
        names=raw.names,
        slopes=raw.coefficients,
        matrices={kind: matrix * defined[kind].factor for kind, matrix in raw.covariances.items()},
        errors=raw.residuals,
        rows=sample.rows,
        flags=(*raw.flags, *_short_panel(sample, kinds), *_exact(model, raw)),
    )


def _constant(model: Model, raw: RawFit) -> float:
    """Return mean(y) - mean(x)'b."""
    means = model.sample.means[model.sample.positions((model.outcome, *model.regressors))]
    return float(means[0] - means[1:] @ raw.coefficients)


def _require_something_to_fit(model: Model) -> None:
    require_outcome_varies(model.sample, model.outcome)
    if not model.regressors:
        raise EstimationError("no_regressor_left", rows=model.sample.n_rows)
    require_rows(model.sample, len(model.regressors))


def _exact(model: Model, raw: RawFit) -> tuple[str, ...]:
    total = model.sample.columns([model.outcome], demeaned=True)[:, 0]
    return ("perfect_fit",) if is_exact(raw.residuals, total) else ()


def _rules(
    kinds: Sequence[str], model: Model, options: CovarianceOptions
) -> dict[str, Correction | CovarianceNotDefined]:
    """Return the rules of each kind; raise EstimationError unknown_covariance for one that there is not."""
    require_kinds(kinds, FOR_2SLS if model.endogenous else FOR_LEAST_SQUARES, FOR_LEAST_SQUARES)
    return {kind: _rule(kind, model, kind == kinds[0], options) for kind in kinds}


def _rule(
    kind: str, model: Model, headline: bool, options: CovarianceOptions
) -> Correction | CovarianceNotDefined:
    """Return the rules of a covariance; only the headline's being undefined stops the fit."""
    try:
        require_defined(kind, model.sample, bool(model.endogenous), options)
        return correction(kind, model.sample, len(model.regressors))
    except CovarianceNotDefined as reason:
        if headline:
            raise
        return reason


def _short_panel(sample: PanelSample, kinds: Sequence[str]) -> tuple[str, ...]:
    short = "driscoll_kraay" in kinds and sample.n_periods < FEW_PERIODS
    return ("few_periods_for_driscoll_kraay",) if short else ()
