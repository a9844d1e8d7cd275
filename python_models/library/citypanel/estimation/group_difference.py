"""Does a slope differ between two groups of cities? Interaction, separate fits, permutation of cities.

Every slope and the year effects differ by group in all three, so the interacted regression and the separate
ones give the same difference. No small-sample factor. The permutation (Fisher 1935; in Chinese applied work
组间系数差异检验) gives the labels of whole cities to other cities and fits both groups again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
from scipy.linalg import block_diag

from citypanel.estimation.arguments import chosen_regressor, names_of, require_options
from citypanel.estimation.city_cross_products import city_cross_products
from citypanel.estimation.collinearity import omitted_columns
from citypanel.estimation.diagnostic import Diagnostic
from citypanel.estimation.errors import EstimationError, nearest_to_each
from citypanel.estimation.identification import require_outcome_varies
from citypanel.estimation.inference import t_test
from citypanel.estimation.kernel import least_squares, raw_covariance
from citypanel.estimation.panel_sample import EFFECTS, PanelSample, panel_sample
from citypanel.estimation.significance import share_as_extreme, z_test
from citypanel.estimation.within import Codes, Floats, WithinTransformation

DRAWS, SEED = 9_999, 1
BLOCK = 1_000


@dataclass(frozen=True)
class _Groups:
    """Two samples, their slope of the term and its variance, clustered by city without factor."""

    samples: tuple[PanelSample, PanelSample]
    slopes: tuple[float, float]
    variances: tuple[float, float]

    def details(self) -> dict[str, float]:
        numbers: dict[str, float] = {"difference": self.slopes[1] - self.slopes[0]}
        for label, sample, slope in zip((0, 1), self.samples, self.slopes, strict=True):
            numbers |= {f"estimate_{label}": slope, f"n_obs_{label}": sample.n_rows}
            numbers |= {f"n_cities_{label}": sample.n_entities}
        return numbers


def group_difference(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    group: str,
    *,
    term: str | None = None,
    entity: str = "city_id",
    time: str = "year",
    effects: Sequence[str] = EFFECTS,
    draws: int = DRAWS,
    seed: int = SEED,
) -> tuple[Diagnostic, Diagnostic, Diagnostic]:
    """Return `group_difference_interaction`, `_sur` and `_permutation` for the slope of `term`.

    group: column with two values, constant within a city; the difference is the group of the larger value
    (1) less the other (0). term: one of the regressors, default the first. Interaction: t on cities - 1;
    sur: z of the two fits; permutation: two-sided p, all assignments when they are at most `draws`, one-sided
    p in details. Data and effects as in `fixed_effects`. Raises also EstimationError not_two_groups,
    group_varies_within_city, term_not_estimated.
    """
    require_options(draws=draws, seed=seed)
    regressors = names_of(regressors)
    term = chosen_regressor(term, regressors)
    names = (outcome, *regressors)
    panel_sample(data, names, entity=entity, time=time, effects=effects, drop_singletons=False)  # its checks
    halves = _halves(data, group, entity, [*names, time])
    first, second = (panel_sample(half, names, entity=entity, time=time, effects=effects) for half in halves)
    for sample in (first, second):
        require_outcome_varies(sample, outcome)
    fits = [_slope(sample, outcome, regressors, term) for sample in (first, second)]
    groups = _Groups((first, second), (fits[0][0], fits[1][0]), (fits[0][1], fits[1][1]))
    details = groups.details()
    numbers = z_test(details["difference"], sum(groups.variances))
    sur = Diagnostic(
        "group_difference_sur", numbers["statistic"], p_value=numbers["p_value"],
        details=details | {"std_error": numbers["std_error"]},
    )  # fmt: skip
    interaction = _interaction(groups, outcome, regressors, term, details)
    whole = panel_sample(
        pd.concat(halves), names, entity=entity, time=time, effects=effects, drop_singletons=False
    )
    label = whole.keys.iloc[:, 0].drop_duplicates().isin(halves[1][entity]).to_numpy(float)
    return interaction, sur, _permutation(whole, outcome, regressors, term, label, details, draws, seed)


def _halves(
    data: pd.DataFrame, group: str, entity: str, needed: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    if missing := [name for name in (group, entity, *needed) if name not in data.columns]:
        near = nearest_to_each(missing, [str(column) for column in data.columns])
        raise EstimationError("unknown_variable", variables=", ".join(missing), nearest=near)
    complete = data.dropna(subset=[group, entity, *needed])
    values = sorted(complete[group].unique(), key=lambda value: (str(type(value)), value))
    if len(values) != 2:
        raise EstimationError("not_two_groups", variable=group, count=len(values))
    if (varying := complete.groupby(entity)[group].nunique()).gt(1).any():
        raise EstimationError("group_varies_within_city", variable=group, city=varying.idxmax())
    return complete[complete[group] == values[0]], complete[complete[group] == values[1]]


def _slope(sample: PanelSample, outcome: str, regressors: Sequence[str], term: str) -> tuple[float, float]:
    design, kept = _design(sample, regressors, term)
    fit = least_squares(sample.columns([outcome], demeaned=True)[:, 0], design)
    covariance, _ = raw_covariance("cluster_city", fit, sample.entity, sample.time)
    position = kept.index(term)
    return float(fit.coefficients[position]), float(covariance[position, position])


def _design(sample: PanelSample, regressors: Sequence[str], term: str) -> tuple[Floats, list[str]]:
    omitted = omitted_columns(sample.columns(regressors), sample.columns(regressors, True), regressors)
    if term in omitted:
        raise EstimationError("term_not_estimated", variable=term)
    kept = [name for name in regressors if name not in omitted]
    return sample.columns(kept, demeaned=True), kept


def _interaction(
    groups: _Groups, outcome: str, regressors: Sequence[str], term: str, details: dict[str, float]
) -> Diagnostic:
    """Fit both groups in one regression: each its own slopes, city effects and year effects."""
    first, second = groups.samples
    kept = [_design(sample, regressors, term)[1] for sample in groups.samples]
    label = np.repeat([0, 1], [first.n_rows, second.n_rows])
    entity = np.r_[first.entity, second.entity + first.n_entities]
    time = np.r_[first.time, second.time + first.n_periods]
    known: dict[str, Codes] = {"entity": entity, "time": time}
    codes = tuple(known[effect] for effect in first.effects) or (label.astype(np.int64),)
    own = [sample.columns(names) for sample, names in zip(groups.samples, kept, strict=True)]
    y = np.concatenate([sample.columns([outcome]) for sample in groups.samples])
    demeaned = WithinTransformation(len(y), codes).apply(np.column_stack([y, block_diag(*own)]))
    fit = least_squares(demeaned[:, 0], demeaned[:, 1:])
    covariance, _ = raw_covariance("cluster_city", fit, entity, time)
    contrast = np.zeros(demeaned.shape[1] - 1)
    contrast[[kept[0].index(term), len(kept[0]) + kept[1].index(term)]] = (-1, 1)
    difference, df = float(contrast @ fit.coefficients), int(entity.max())
    numbers = t_test(difference, float(contrast @ covariance @ contrast), df)
    return Diagnostic(
        "group_difference_interaction", numbers.get("statistic"), None, df, numbers.get("p_value"),
        details=details | {"std_error": numbers.get("std_error")},
    )  # fmt: skip


def _permutation(
    sample: PanelSample, outcome: str, regressors: Sequence[str], term: str, label: Floats,
    details: dict[str, float], draws: int, seed: int,
) -> Diagnostic:  # fmt: skip
    _, kept = _design(sample, regressors, term)
    products, position = city_cross_products(sample, outcome, kept), kept.index(term)
    sets, enumerated = assignments(label, draws, seed)
    blocks = [sets[start : start + BLOCK] for start in range(0, len(sets), BLOCK)]
    found = [(products.slopes(block) - products.slopes(1 - block))[:, position] for block in blocks]
    drawn, observed = np.concatenate(found), details["difference"]
    lost = int(np.isnan(drawn).sum())
    drawn = drawn[np.isfinite(drawn)]
    flags = (("enumerated",) if enumerated else ()) + ((f"not_identified:{lost}",) if lost else ())
    return Diagnostic(
        "group_difference_permutation", observed,
        p_value=share_as_extreme(np.abs(drawn), abs(observed), enumerated),
        flags=flags, draws=len(drawn), seed=seed,
        details=details | {
            "p_greater": share_as_extreme(drawn, observed, enumerated),
            "p_less": share_as_extreme(-drawn, -observed, enumerated),
        },
    )  # fmt: skip


def assignments(label: Floats, draws: int, seed: int) -> tuple[Floats, bool]:
    """Return labels (B, G) with as many ones as `label` (G,), all if at most `draws`, and whether so."""
    groups, ones = len(label), int(label.sum())
    if comb(groups, ones) <= draws:
        chosen = np.array(list(combinations(range(groups), ones)))
        sets = np.zeros((len(chosen), groups))
        np.put_along_axis(sets, chosen, 1.0, axis=1)
        return sets, True
    return np.random.default_rng(seed).permuted(np.tile(label, (draws, 1)), axis=1), False
