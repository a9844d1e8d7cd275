"""The wild cluster bootstrap of all slopes at once equals the formula followed draw by draw."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from textbook import made_up_panel

from citypanel.estimation import fixed_effects
from citypanel.estimation.wild_cluster import cluster_weights

NAMES = ["x", "z", "w"]


def p_values(data: pd.DataFrame, position: int, draws: int) -> tuple[float, float, Callable[[float], float]]:
    """The slope, its error without factor, and p as a function of the null: regressions on all dummies."""
    dummies = [pd.get_dummies(data[key], dtype=float).to_numpy() for key in ("city_id", "year")]
    # centred, which the dummies make harmless, so that least squares by pseudo-inverse keeps its digits
    centred = (data[NAMES] - data[NAMES].mean()).to_numpy()
    design = np.column_stack([centred / centred.std(axis=0), *dummies])
    city, y = pd.factorize(data["city_id"], sort=True)[0], (data["y"] - data["y"].mean()).to_numpy()
    sums = np.eye(city.max() + 1)[city].T
    weights = cluster_weights(city.max() + 1, draws, 1)
    maker = np.eye(len(data)) - design @ np.linalg.pinv(design)
    others = np.delete(design, position, axis=1)
    restricted = np.eye(len(data)) - others @ np.linalg.pinv(others)
    alone = restricted @ centred[:, position]
    influence = alone / (alone @ alone)
    slope = float(influence @ y)
    error = float(np.sqrt(((sums @ (influence * (maker @ y))) ** 2).sum()))

    def p_value(null: float) -> float:
        left = restricted @ y - null * alone
        drawn = left[:, None] * weights.values[city]
        scores = sums @ (influence[:, None] * (maker @ drawn))
        t = np.abs(influence @ drawn) / np.sqrt((scores**2).sum(axis=0))
        observed = abs(slope - null) / error
        extreme = (t >= observed * (1 - 1e-9)).sum()
        return extreme / len(t) if weights.enumerated else (1 + extreme) / (len(t) + 1)

    return slope, error, p_value


def bound(slope: float, step: float, p_value: Callable[[float], float], alpha: float) -> float:
    """Where p falls to alpha, by bisection of the whole formula."""
    near, far = slope, slope + 2 * step
    while p_value(far) > alpha:
        near, far = far, slope + 2 * (far - slope)
    for _ in range(48):
        middle = (near + far) / 2
        near, far = (near, middle) if p_value(middle) <= alpha else (middle, far)
    return far


@pytest.mark.parametrize(
    ("cities", "draws", "share"),
    [(20, 199, 0.8), (20, 200, 1.0), (8, 199, 0.8), (8, 256, 1.0)],  # Rademacher, Webb, all assignments
)
def test_p_is_the_same_and_the_interval_to_nine_digits(cities: int, draws: int, share: float) -> None:
    data = made_up_panel(cities, cities=cities, years=6, share=share)
    data["y"] += data["x"] * (data.groupby("city_id").ngroup() % 3)  # errors far from exchangeable
    fit = fixed_effects(
        data, "y", NAMES, covariance="wild_cluster", engine="kernel", draws=draws, seed=1,
        drop_singletons=False, level=0.9,
    )  # fmt: skip
    for position, name in enumerate(NAMES):
        slope, error, p_value = p_values(data, position, draws)
        term = fit.term(name)
        assert term.estimate == pytest.approx(slope, rel=1e-9)
        assert term.p_value == p_value(0.0)
        low, high = (bound(slope, side * error, p_value, 1 - 0.9) for side in (-1, 1))
        assert term.conf_low - slope == pytest.approx(low - slope, rel=1e-9)
        assert term.conf_high - slope == pytest.approx(high - slope, rel=1e-9)
