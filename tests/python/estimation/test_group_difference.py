"""Differences between groups of cities equal R; permutations equal refitting."""

from __future__ import annotations

from time import perf_counter

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from textbook import KNOWN_ANSWERS, expected, in_regions, made_up_panel

from citypanel.estimation import EstimationError, fixed_effects
from citypanel.estimation.group_difference import assignments, group_difference

NAMES = ["lpcap", "lpc", "lemp", "unemp"]
ANSWERS = expected("inference")


def test_interaction_and_separate_fits_equal_r() -> None:
    answer = ANSWERS["group_difference_produc"]
    interaction, sur, _ = group_difference(in_regions(), "lgsp", NAMES, "g", entity="state", draws=50)
    for test in (interaction, sur):
        assert test.details["difference"] == pytest.approx(answer["diff"], rel=1e-7)
        assert test.details["std_error"] == pytest.approx(answer["se_cluster_hc0"], rel=1e-8)
        assert test.statistic == pytest.approx(answer["z_from_separate"], rel=1e-7)
        for label in (0, 1):
            assert test.details[f"estimate_{label}"] == pytest.approx(answer[f"beta_g{label}"], rel=1e-8)
            counts = (test.details[f"n_obs_{label}"], test.details[f"n_cities_{label}"])
            assert counts == (answer[f"n_g{label}"], answer[f"G_g{label}"])
    assert sur.p_value == pytest.approx(2 * stats.norm.sf(answer["z_from_separate"]), rel=1e-6)
    assert interaction.p_value == pytest.approx(2 * stats.t.sf(answer["z_from_separate"], 47), rel=1e-6)


def wild8() -> pd.DataFrame:
    data = pd.read_csv(KNOWN_ANSWERS / "wild8.csv")
    return data.assign(first=data["state"].isin(sorted(data["state"].unique())[:4]))


def test_permutation_by_full_enumeration_equals_r() -> None:
    *_, test = group_difference(wild8(), "lgsp", ["lpcap", "lemp"], "first", entity="state")
    answer = ANSWERS["fisher_permutation_full_enumeration"]
    assert test.statistic == pytest.approx(answer["diff"], rel=1e-8)
    assert (test.draws, test.flags) == (answer["n"], ("enumerated",))
    assert test.p_value == pytest.approx(answer["p_two_sided"], rel=1e-12)
    assert test.details["p_greater"] == pytest.approx(answer["p_one_sided_ge"], rel=1e-12)
    assert test.details["p_less"] == pytest.approx(answer["p_one_sided_le"], rel=1e-12)


@pytest.mark.parametrize("effects", [("entity", "time"), ("entity",), ("time",), ()])
def test_every_permutation_equals_two_fits(effects: tuple[str, ...]) -> None:
    data = made_up_panel(5, cities=9).assign(g=lambda d: (d["city_id"] < "c004").astype(int))
    options = {"effects": effects, "drop_singletons": False, "engine": "kernel"}
    cities = sorted(data["city_id"].unique())
    sets, enumerated = assignments(np.r_[np.ones(4), np.zeros(5)], 200, 1)
    assert (len(sets), enumerated) == (126, True)
    drawn = []
    for chosen in sets:
        mine = data["city_id"].isin([city for city, one in zip(cities, chosen, strict=True) if one])
        pair = [fixed_effects(half, "y", ["x", "w"], **options) for half in (data[mine], data[~mine])]
        drawn.append(pair[0].coefficients["x"] - pair[1].coefficients["x"])
    *_, test = group_difference(data, "y", ["x", "w"], "g", effects=effects)
    assert test.statistic == pytest.approx(drawn[0], rel=1e-8)
    assert test.p_value == np.mean(np.abs(drawn) >= abs(drawn[0]) - 1e-9)
    assert test.details["p_less"] == np.mean(np.array(drawn) <= drawn[0] + 1e-9)


def test_random_permutations_are_seeded_fast_and_count_the_sample_itself() -> None:
    data = made_up_panel(1, cities=286).assign(g=lambda d: d["city_id"] < "c100")
    start = perf_counter()
    first, again, other = (
        group_difference(data, "y", ["x", "z", "w"], "g", draws=500, seed=seed)[2] for seed in (1, 1, 2)
    )
    assert perf_counter() - start < 6
    assert first == again
    assert first.p_value != other.p_value
    assert (first.draws, first.seed, first.flags) == (500, 1, ())
    assert round(first.p_value * 501) == pytest.approx(first.p_value * 501)


def test_the_permutation_is_right_under_the_null_and_finds_a_difference() -> None:
    data = made_up_panel(6, cities=40).assign(g=lambda d: d["city_id"] < "c020")
    assert group_difference(data, "y", ["x"], "g", draws=999)[2].p_value > 0.05
    data["y"] += data["g"] * data["x"]
    assert group_difference(data, "y", ["x"], "g", draws=999)[2].p_value == 1 / 1000


@pytest.mark.parametrize(
    ("column", "message_id"),
    [(lambda d: 1, "not_two_groups"), (lambda d: d["year"] > 2015, "group_varies_within_city")],
)
def test_groups_that_are_none_are_refused(column, message_id: str) -> None:
    with pytest.raises(EstimationError) as caught:
        group_difference(made_up_panel(1).assign(g=column), "y", ["x"], "g")
    assert caught.value.message_id == message_id
