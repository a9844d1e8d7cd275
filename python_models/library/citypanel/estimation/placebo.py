"""Placebo: the slope of a treatment that was given to other cities, many times over.

Whole histories are permuted between cities, so that the treatment keeps its serial correlation (headline);
shuffling within each year destroys it and gives too narrow a distribution, which stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from citypanel.estimation.arguments import require_options
from citypanel.estimation.diagnostic import Diagnostic
from citypanel.estimation.normal_equations import orthonormal
from citypanel.estimation.panel_sample import EFFECTS, PanelSample
from citypanel.estimation.significance import share_as_extreme
from citypanel.estimation.treatment import treated_sample
from citypanel.estimation.within import Floats

DRAWS, SEED = 500, 1
# a permuted treatment of which effects and controls leave less than this share has no slope
SINGULAR = 1e-8


def placebo(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    *,
    treatment: str | None = None,
    entity: str = "city_id",
    time: str = "year",
    effects: Sequence[str] = EFFECTS,
    draws: int = DRAWS,
    seed: int = SEED,
    drop_singletons: bool = True,
) -> tuple[Diagnostic, Diagnostic]:
    """Return `placebo_permutation` (whole city histories) and `placebo_within_year` of one slope.

    treatment: one of the regressors, default the first; the others stay as they are. statistic: the slope
    in the data; p_value: two-sided, (1 + #)/(B + 1); details: `slopes` of the draws (B,), `mean`, `sd`. In an
    unbalanced panel histories change places between cities seen in the same years only; cities without a
    partner stay, and the flag `cities_without_partner:<n>` counts them; where none has one, p_value is None
    with the reason `no_city_has_a_partner`. Errors as in `fixed_effects`, and
    EstimationError term_not_estimated.
    """
    require_options(draws=draws, seed=seed)
    sample, treatment, controls = treated_sample(
        data, outcome, regressors, treatment,
        entity=entity, time=time, effects=effects, drop_singletons=drop_singletons,
    )  # fmt: skip
    x, random = sample.columns([treatment])[:, 0], np.random.default_rng(seed)
    histories, alone = _other_histories(sample, x, draws, random)
    if alone == sample.n_entities:
        histories = histories[:, :0]
    flags = (f"cities_without_partner:{alone}",) if alone else ()
    return (
        _test("placebo_permutation", sample, outcome, controls, x, histories, seed, flags),
        _test("placebo_within_year", sample, outcome, controls, x, _shuffled(sample, x, draws, random), seed),
    )


def _test(
    name: str, sample: PanelSample, outcome: str, controls: list[str], x: Floats, drawn: Floats, seed: int,
    flags: tuple[str, ...] = (),
) -> Diagnostic:  # fmt: skip
    slopes = _slopes(sample, outcome, controls, np.column_stack([x, drawn]))
    observed, others = float(slopes[0]), slopes[1:]
    lost = int(np.isnan(others).sum())
    others = others[np.isfinite(others)]
    if not len(others):
        reason = "no_city_has_a_partner" if not drawn.shape[1] else "no_draw_identified"
        return Diagnostic(name, observed, reason=reason, flags=flags, draws=0, seed=seed)
    p_value = share_as_extreme(np.abs(others), abs(observed), enumerated=False)
    # the last digits of a matrix product depend on where its operands lie in memory; a histogram needs fewer
    others = np.array([float(f"{slope:.10g}") for slope in others])
    return Diagnostic(
        name, observed, p_value=p_value, draws=len(others), seed=seed,
        flags=(*flags, *((f"not_identified:{lost}",) if lost else ())),
        details={"slopes": others.tolist(), "mean": float(others.mean()), "sd": _spread(others)},
    )  # fmt: skip


def _spread(slopes: Floats) -> float | None:
    return float(slopes.std(ddof=1)) if len(slopes) > 1 else None


def _slopes(sample: PanelSample, outcome: str, controls: list[str], treatments: Floats) -> Floats:
    """Return the slope of each column of treatments (n, B), by partialling out; nan where there is none."""
    within = sample.within.apply(treatments)
    y = sample.columns([outcome], demeaned=True)
    if controls:
        design = sample.columns(controls, demeaned=True)
        q = orthonormal(design)
        within, y = within - q @ (q.T @ within), y - q @ (q.T @ y)
    squares = (within**2).sum(axis=0)
    total = ((treatments - treatments.mean(axis=0)) ** 2).sum(axis=0)
    defined = squares > SINGULAR**2 * total
    return np.where(defined, y[:, 0] @ within / np.where(defined, squares, 1), np.nan)


def _other_histories(
    sample: PanelSample, x: Floats, draws: int, random: np.random.Generator
) -> tuple[Floats, int]:
    """Return x (n, B) with histories permuted among cities of the same years, and the cities without one."""
    table = np.full((sample.n_entities, sample.n_periods), np.nan)
    table[sample.entity, sample.time] = x
    sources = np.tile(np.arange(sample.n_entities), (draws, 1))
    _, kinds, sizes = np.unique(np.isfinite(table), axis=0, return_inverse=True, return_counts=True)
    for kind in np.flatnonzero(sizes > 1):
        cities = np.flatnonzero(kinds.ravel() == kind)
        sources[:, cities] = random.permuted(np.tile(cities, (draws, 1)), axis=1)
    return table[sources.T[sample.entity], sample.time[:, None]], int((sizes == 1).sum())


def _shuffled(sample: PanelSample, x: Floats, draws: int, random: np.random.Generator) -> Floats:
    """Return x (n, B) permuted among the rows of each year."""
    result = np.empty((sample.n_rows, draws))
    for period in range(sample.n_periods):
        rows = np.flatnonzero(sample.time == period)
        result[rows] = random.permuted(np.tile(x[rows, None], (1, draws)), axis=0)
    return result
