"""Does a slope differ between two groups of cities? Interaction, separate fits, permutation of cities.

Every slope and the year effects differ by group in all three, so the interacted regression and the separate
ones give the same difference. No small-sample factor. The permutation (Fisher 1935; in Chinese applied work
组间系数差异检验) gives the labels of whole cities to other cities and fits both groups again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
from scipy.linalg import block_diag

from citypanel.estimation.arguments import chosen_regressor, regressors_of, require_columns, require_options
from citypanel.estimation.city_cross_products import city_cross_products
from citypanel.estimation.diagnostic import Diagnostic
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.identification import require_outcome_varies
from citypanel.estimation.inference import t_test
from citypanel.estimation.kernel import least_squares, raw_covariance
from citypanel.estimation.panel_sample import EFFECTS, PanelSample, panel_sample
from citypanel.estimation.significance import share_as_extreme, z_test
from citypanel.estimation.treatment import kept_with
from citypanel.estimation.within import Codes, Floats, WithinTransformation

DRAWS, SEED = 9_999, 1
BLOCK = 1_000


@dataclass(frozen=True)
class _Groups:
    """Two samples, their slope of the term and its variance, clustered by city without factor."""

    samples: tuple[PanelSample, PanelSample]
    slopes: tuple[float, float]
    variances: tuple[float, float]

    @classmethod
    def of(
        cls, samples: tuple[PanelSample, PanelSample], outcome: str, regressors: Sequence[str], term: str
    ) -> _Groups:
        for sample in samples:
            require_outcome_varies(sample, outcome)
        (first, own), (second, other) = (_slope(sample, outcome, regressors, term) for sample in samples)
        return cls(samples, (first, second), (own, other))

    @cached_property
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
    regressors = regressors_of(regressors)
    term = chosen_regressor(term, regressors)
    names = (outcome, *regressors)
    panel_sample(data, names, entity=entity, time=time, effects=effects, drop_singletons=False)  # its checks
    halves = _halves(data, group, entity, [*names, time])
    first, second = (panel_sample(half, names, entity=entity, time=time, effects=effects) for half in halves)
    groups = _Groups.of((first, second), outcome, regressors, term)
    whole = panel_sample(
        pd.concat(halves), names, entity=entity, time=time, effects=effects, drop_singletons=False
    )
    label = whole.keys.iloc[:, 0].drop_duplicates().isin(halves[1][entity]).to_numpy(float)
    return (
        _interaction(groups, outcome, regressors, term),
        _seemingly_unrelated(groups),
        _permutation(whole, outcome, regressors, term, label, groups.details, draws, seed),
    )


def _halves(
    data: pd.DataFrame, group: str, entity: str, needed: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    require_columns(data, (group,))
    complete = data.dropna(subset=[group, entity, *needed])
    values = sorted(complete[group].unique(), key=lambda value: (str(type(value)), value))
    if len(values) != 2:
        raise EstimationError("not_two_groups", variable=group, count=len(values))
    if (varying := complete.groupby(entity)[group].nunique()).gt(1).any():
        raise EstimationError("group_varies_within_city", variable=group, city=varying.idxmax())
    return complete[complete[group] == values[0]], complete[complete[group] == values[1]]


def _slope(sample: PanelSample, outcome: str, regressors: Sequence[str], term: str) -> tuple[float, float]:
    kept = kept_with(term, sample, regressors)
    fit = least_squares(sample.columns([outcome], True)[:, 0], sample.columns(kept, True))
    covariance, _ = raw_covariance("cluster_city", fit, sample.entity, sample.time)
    position = kept.index(term)
    return float(fit.coefficients[position]), float(covariance[position, position])


def _seemingly_unrelated(groups: _Groups) -> Diagnostic:
    numbers = z_test(groups.details["difference"], sum(groups.variances))
    return Diagnostic(
        "group_difference_sur", numbers.get("statistic"), p_value=numbers.get("p_value"),
        details=groups.details | {"std_error": numbers.get("std_error")},
    )  # fmt: skip


def _interaction(groups: _Groups, outcome: str, regressors: Sequence[str], term: str) -> Diagnostic:
    """Fit both groups in one regression: each its own slopes, city effects and year effects."""
    first, second = groups.samples
    kept = [kept_with(term, sample, regressors) for sample in groups.samples]
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
        details=groups.details | {"std_error": numbers.get("std_error")},
    )  # fmt: skip


def _permutation(
    sample: PanelSample, outcome: str, regressors: Sequence[str], term: str, label: Floats,
    details: dict[str, float], draws: int, seed: int,
) -> Diagnostic:  # fmt: skip
    kept = kept_with(term, sample, regressors)
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
