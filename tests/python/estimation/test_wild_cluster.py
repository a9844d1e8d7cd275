"""The wild cluster bootstrap equals R by full enumeration, and refitting draw by draw."""

from __future__ import annotations

from itertools import product as pairs

import numpy as np
import pandas as pd
import pytest
from textbook import KNOWN_ANSWERS, expected, made_up_panel

from citypanel.estimation import PanelFit, fixed_effects
from citypanel.estimation.wild_cluster import WEBB, cluster_weights

ANSWERS = expected("inference")


def wild8() -> pd.DataFrame:
    return pd.read_csv(KNOWN_ANSWERS / "wild8.csv")


def wild(data: pd.DataFrame, outcome: str = "lgsp", **options: object) -> PanelFit:
    options = {"covariance": "wild_cluster", **options}
    return fixed_effects(data, outcome, ["lpcap", "lemp"], entity="state", **options)


def test_wild_bootstrap_by_full_enumeration_equals_r() -> None:
    fit, answer = wild(wild8()), ANSWERS["wild_cluster_full_enumeration"]
    term = fit.term("lpcap")
    assert term.estimate == pytest.approx(answer["beta"], rel=1e-8)
    assert term.statistic == pytest.approx(answer["t_hc0"], rel=1e-8)
    assert term.p_value == answer["p_two_sided_ge"]
    assert (term.std_error, term.df) == (None, None)
    assert fit.flags == (f"wild_cluster:rademacher:draws={answer['n_draws']}:enumerated",)


@pytest.mark.parametrize("effects", [("entity", "time"), ("entity",), ("time",), ()])
def test_every_draw_equals_refitting_with_all_dummies(effects: tuple[str, ...]) -> None:
    """The same p at another null, on an unbalanced panel, by regressions on dummies draw by draw."""
    data = made_up_panel(3, cities=7, years=6).assign(z=lambda d: (d["z"] - 10) * 1e4)
    data["shifted"] = data["y"] - 1.1 * data["x"]
    keys = {"entity": "city_id", "time": "year"}
    dummies = [pd.get_dummies(data[keys[effect]], dtype=float) for effect in effects]
    x = np.column_stack([data[["x", "z"]], np.ones(len(data)), *dummies])
    y, city = data["shifted"].to_numpy(), pd.factorize(data["city_id"])[0]
    bread = np.linalg.pinv(x.T @ x)

    def t(outcome: np.ndarray) -> float:
        slopes = bread @ x.T @ outcome
        scores = (x @ bread)[:, 0] * (outcome - x @ slopes)
        return slopes[0] / np.sqrt((np.bincount(city, scores) ** 2).sum())

    fitted = x[:, 1:] @ np.linalg.lstsq(x[:, 1:], y, rcond=None)[0]
    signs = [np.array(sign)[city] for sign in pairs((-1, 1), repeat=7)]
    drawn = np.array([abs(t(fitted + (y - fitted) * sign)) for sign in signs])
    options = {"effects": effects, "drop_singletons": False, "covariance": "wild_cluster"}
    fit = fixed_effects(data, "shifted", ["x", "z"], **options)
    assert fit.term("x").p_value == np.mean(drawn >= abs(t(y)) - 1e-9)
    assert fit.term("x").statistic == pytest.approx(t(y), rel=1e-7)


def test_the_interval_holds_the_nulls_that_are_not_rejected() -> None:
    data, term = wild8(), wild(wild8(), draws=200).term("lpcap")
    for bound, outside in ((term.conf_low, -1), (term.conf_high, 1)):
        for step, rejected in ((1e-6, True), (-1e-6, False)):
            null = bound + outside * step * abs(bound)
            moved = wild(data.assign(moved=data["lgsp"] - null * data["lpcap"]), "moved", draws=200)
            assert (moved.term("lpcap").p_value <= 0.05) == rejected


def test_weights_are_enumerated_webb_or_rademacher() -> None:
    assert cluster_weights(8).values.shape == (8, 256)
    assert len(np.unique(cluster_weights(8).values, axis=1).T) == 256
    few = cluster_weights(11, draws=999)
    assert (few.kind, few.enumerated) == ("webb", False)
    assert set(few.values.ravel()) == set(WEBB)
    many = cluster_weights(40)
    assert (many.kind, set(many.values.ravel())) == ("rademacher", {-1.0, 1.0})


def test_a_seed_gives_the_same_digits_and_another_seed_others() -> None:
    data = made_up_panel(7, cities=20)
    fits = [fixed_effects(data, "y", ["x"], covariance="wild_cluster", seed=seed) for seed in (3, 3, 4)]
    assert fits[0].terms == fits[1].terms
    assert fits[0].term("x").conf_low != fits[2].term("x").conf_low
    assert fits[0].flags == ("wild_cluster:rademacher:draws=9999:seed=3",)
