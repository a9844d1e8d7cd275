"""Placebo distributions equal refitting, keep what they promise, and are the same on every run."""

from __future__ import annotations

from time import perf_counter

import numpy as np
import pandas as pd
import pytest
from textbook import made_up_panel

from citypanel.estimation import EstimationError, fixed_effects, placebo
from citypanel.estimation.panel_sample import panel_sample
from citypanel.estimation.placebo import _other_histories, _shuffled, _slopes


def persistent(seed: int = 0, cities: int = 60) -> pd.DataFrame:
    data = made_up_panel(seed, cities=cities, share=1.0)
    random = np.random.default_rng(seed)
    for name in ("x", "y"):
        data[name] = random.normal(size=(cities, 11)).cumsum(axis=1).ravel()
    return data


def test_every_draw_equals_a_fit() -> None:
    data = made_up_panel(3)
    sample = panel_sample(data, ["y", "x", "z"], entity="city_id", time="year")
    random = np.random.default_rng(9)
    x = sample.columns(["x"])[:, 0]
    for drawn in (_other_histories(sample, x, 4, random)[0], _shuffled(sample, x, 4, random)):
        slopes = _slopes(sample, "y", ["z"], drawn)
        for column, slope in zip(drawn.T, slopes, strict=True):
            table = sample.keys.assign(x=column, **data.loc[sample.keys.index, ["y", "z"]])
            fit = fixed_effects(table, "y", ["x", "z"], engine="kernel")
            assert slope == pytest.approx(fit.coefficients["x"], rel=1e-8)


def test_histories_move_whole_and_only_between_cities_of_the_same_years() -> None:
    sample = panel_sample(made_up_panel(2, share=0.95), ["y", "x"], entity="city_id", time="year")
    x = sample.columns(["x"])[:, 0]
    drawn, alone = _other_histories(sample, x, 3, np.random.default_rng(1))
    histories = {tuple(zip(sample.time[rows], x[rows], strict=True)) for rows in _rows(sample)}
    for column in drawn.T:
        moved = {tuple(zip(sample.time[rows], column[rows], strict=True)) for rows in _rows(sample)}
        assert moved == histories
    assert 0 < alone < sample.n_entities
    shuffled = _shuffled(sample, x, 3, np.random.default_rng(1))
    for period in range(sample.n_periods):
        rows = sample.time == period
        assert np.array_equal(np.sort(shuffled[rows], axis=0)[:, 0], np.sort(x[rows]))


def _rows(sample) -> list[np.ndarray]:
    return [np.flatnonzero(sample.entity == city) for city in range(sample.n_entities)]


def test_shuffling_within_year_is_too_narrow_for_persistent_treatments() -> None:
    histories, shuffled = placebo(persistent(), "y", ["x", "z"])
    assert histories.details["sd"] > 1.5 * shuffled.details["sd"]
    assert histories.p_value > shuffled.p_value or histories.p_value > 0.05


def test_a_seed_gives_the_same_draws_and_they_are_kept() -> None:
    data = persistent(cities=286)
    start = perf_counter()
    first = placebo(data, "y", ["x", "z", "w"])
    assert perf_counter() - start < 4
    assert first == placebo(data, "y", ["x", "z", "w"])
    assert first != placebo(data, "y", ["x", "z", "w"], seed=2)
    for test in first:
        slopes = np.array(test.details["slopes"])
        assert (len(slopes), test.draws, test.seed) == (500, 500, 1)
        assert test.p_value == (1 + (np.abs(slopes) >= abs(test.statistic)).sum()) / 501


def test_cities_without_partner_are_counted_and_absorbed_treatments_refused() -> None:
    data = made_up_panel(2, share=0.95)
    assert any(flag.startswith("cities_without_partner:") for flag in placebo(data, "y", ["x"])[0].flags)
    data["constant"] = 1.0
    with pytest.raises(EstimationError) as caught:
        placebo(data, "y", ["constant", "x"])
    assert caught.value.message_id == "term_not_estimated"
