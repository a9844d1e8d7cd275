"""Oster's delta and beta*, variance inflation and fitted shares, against formulas written out here."""

from __future__ import annotations

import numpy as np
import pytest
from textbook import made_up_panel, produc, wage

from citypanel.estimation import (
    EstimationError,
    few_clusters,
    fitted_above_one_share,
    fixed_effects,
    oster,
    vif_max,
)
from citypanel.estimation.panel_sample import panel_sample

CASES = {
    "produc": (produc, "lgsp", ["lpcap", "lpc", "lemp", "unemp"], "state"),
    "wage": (wage, "lwage", ["union", "expersq", "married", "hours"], "nr"),
}


def by_formula(case: str, truth: float, r2_max: float | None = None) -> dict[str, float]:
    """The lines of 03_inference.R, for any true slope."""
    panel, outcome, names, entity = CASES[case]
    sample = panel_sample(panel(), [outcome, *names], entity=entity, time="year")
    y, x = sample.demeaned[:, 0], sample.demeaned[:, 1:]
    solve = lambda a, b: np.linalg.lstsq(a, b, rcond=None)[0]  # noqa: E731
    short, long = solve(x[:, :1], y), solve(x, y)
    tss, b0, b1 = y @ y, short[0], long[0]
    r0, r1 = 1 - ((y - x[:, :1] @ short) ** 2).sum() / tss, 1 - ((y - x @ long) ** 2).sum() / tss
    rm = min(1, 1.3 * r1) if r2_max is None else r2_max
    tx = x[:, 0] - x[:, 1:] @ solve(x[:, 1:], x[:, 0])
    sx, tau, sy, d = x[:, 0] @ x[:, 0] / len(y), tx @ tx / len(y), tss / len(y), b1 - truth
    num = d * (r1 - r0) * sy * tau + d * sx * tau * (b0 - b1) ** 2
    num += 2 * d**2 * (tau * (b0 - b1) * sx) + d**3 * (tau * sx - tau**2)
    den = (rm - r1) * sy * (b0 - b1) * sx + d * (rm - r1) * sy * (sx - tau)
    den += d**2 * (tau * (b0 - b1) * sx) + d**3 * (tau * sx - tau**2)
    approximate = b1 - (b0 - b1) * (rm - r1) / (r1 - r0)
    return {"delta": num / den, "approximate": approximate, "b0": b0, "b1": b1, "r0": r0, "r1": r1, "rm": rm}


@pytest.mark.parametrize("case", CASES)
def test_delta_and_the_two_regressions_follow_the_script_of_the_known_answers(case: str) -> None:
    panel, outcome, names, entity = CASES[case]
    test, answer = oster(panel(), outcome, names, entity=entity), by_formula(case, 0.0)
    assert test.statistic == pytest.approx(answer["delta"], rel=1e-8)
    for ours, theirs in (
        ("estimate_short", "b0"), ("estimate_long", "b1"), ("r2_within_short", "r0"),
        ("r2_within_long", "r1"), ("r2_max", "rm"), ("beta_star_approximate", "approximate"),
    ):  # fmt: skip
        assert test.details[ours] == pytest.approx(answer[theirs], rel=1e-8)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("r2_max", [None, 0.9])
def test_at_beta_star_selection_is_equal(case: str, r2_max: float | None) -> None:
    panel, outcome, names, entity = CASES[case]
    test = oster(panel(), outcome, names, entity=entity, r2_max=r2_max)
    assert by_formula(case, test.details["beta_star"], r2_max)["delta"] == pytest.approx(1, rel=1e-6)


def test_without_controls_there_is_a_reason() -> None:
    assert oster(made_up_panel(1), "y", ["x"]).reason == "no_controls"
    with pytest.raises(EstimationError):
        oster(made_up_panel(1).assign(c=1.0), "y", ["c", "x"])


def test_inflation_is_that_of_auxiliary_regressions() -> None:
    sample = panel_sample(produc(), ["lpcap", "lpc", "lemp"], entity="state", time="year")
    x, names = sample.demeaned, ("lpcap", "lpc", "lemp")
    answers = []
    for position in range(3):
        others = np.delete(x, position, axis=1)
        left = x[:, position] - others @ np.linalg.lstsq(others, x[:, position], rcond=None)[0]
        answers.append((x[:, position] ** 2).sum() / (left**2).sum())
    test = vif_max(x, names)
    assert list(test.details.values()) == pytest.approx(answers, rel=1e-8)
    assert test.statistic == pytest.approx(max(answers), rel=1e-8)
    assert vif_max(x[:, :1], names[:1]).statistic == pytest.approx(1, rel=1e-12)


def test_fitted_shares_and_few_clusters() -> None:
    data = made_up_panel(4)
    data["share"] = 1 / (1 + np.exp(-data["x"] * 2 - 2))
    fit = fixed_effects(data, "share", ["x"])
    test = fitted_above_one_share(data["share"], fit.residuals)
    fitted = data["share"] - fit.residuals
    assert test.statistic == (fitted > 1).mean() > 0
    assert test.details["n_obs"] == fit.statistics.n_obs
    assert few_clusters(fit).flags == ()
    small = few_clusters(fixed_effects(data[data["city_id"] < "c041"], "y", ["x"]))
    assert (small.statistic, small.flags) == (41, ("fewer_than_42_clusters",))
    assert small.details["better_covariances"] == ["cr2", "wild_cluster"]
