"""Tests where they are undefined, unbounded or exact: a reason in place of a number made of rounding."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from test_against_dense_formulas import base, with_instruments
from textbook import made_up_panel

from citypanel.estimation import (
    PanelFit,
    fe_2sls,
    fixed_effects,
    group_difference,
    hausman,
    oster,
    panel_tests,
    placebo,
    random_effects,
    specification_curve,
)
from citypanel.estimation.instrument_diagnostics import _effective_critical


def numbers(fit: PanelFit) -> dict[str, tuple[float | None, str | None]]:
    return {test.test: (test.statistic, test.reason) for test in (*fit.tests, *fit.diagnostics)}


def test_two_cities_that_cancel_out_have_no_t() -> None:
    """With two cities and both effects the cities' scores are equal: the clustered error is exactly zero."""
    fit = fixed_effects(base(1, cities=2, years=10, share=1.0), "y", ["x"], also=["iid"])
    assert fit.term("x").std_error == pytest.approx(0, abs=1e-12)
    assert (fit.term("x").statistic, fit.term("x").p_value) == (None, None)
    assert fit.term("x", "iid").p_value is not None


def test_an_exact_fit_is_flagged() -> None:
    data = base(2)
    exact = data.assign(y=2 * data["x"] - data["z"])
    fit = fixed_effects(exact, "y", ["x", "z"])
    assert "perfect_fit" in fit.flags
    assert fit.term("x").estimate == pytest.approx(2, rel=1e-12)
    assert fit.term("x").p_value is None
    assert {test.reason for test in hausman(exact, "y", ["x", "z"])[:2]} == {"perfect_fit"}
    assert {test.reason for test in panel_tests(exact, "y", ["x", "z"])} == {"perfect_fit"}


@pytest.mark.parametrize("engine", ["kernel", "linearmodels"])
def test_a_perfect_instrument_has_no_strength_to_test(engine: str) -> None:
    data = with_instruments(1, cities=20).assign(i1=lambda d: 3 * d["e1"] + 1)
    fit = fe_2sls(data, "y", ["e1", "z"], ["e1"], ["i1"], engine=engine)
    plain = fixed_effects(data, "y", ["e1", "z"])
    assert fit.term("e1").estimate == pytest.approx(plain.term("e1").estimate, rel=1e-8)
    assert fit.term("e1").std_error == pytest.approx(plain.term("e1").std_error, rel=1e-8)
    found = numbers(fit)
    for test in (
        "first_stage_f_cluster",
        "cragg_donald_f",
        "kleibergen_paap_rk_f",
        "wu_hausman",
        "effective_f",
    ):
        assert found[test] == (None, "perfect_first_stage")
    assert found["anderson_rubin_f"][0] > 0


@pytest.mark.parametrize("cities", [2, 3])
def test_fewer_cities_than_instruments_leave_reasons(cities: int) -> None:
    data = with_instruments(4, cities=cities, years=20, share=1.0)
    fit = fe_2sls(data, "y", ["e1"], ["e1"], ["i1", "i2", "i3"][: cities - (cities == 2)], engine="kernel")
    found = numbers(fit)
    for test in ("anderson_rubin_f", "kleibergen_paap_rk_f", "effective_f", "anderson_rubin_set"):
        assert found[test] == (None, "too_few_clusters")
    assert found["cragg_donald_f"][0] > 0


def test_an_exact_second_stage_has_no_overidentification() -> None:
    data = with_instruments(2, cities=20).assign(y=lambda d: 2 * d["e1"])
    found = numbers(fe_2sls(data, "y", ["e1"], ["e1"], ["i1", "i2"], engine="kernel"))
    assert found["sargan"] == found["hansen_j"] == (None, "perfect_fit")


@pytest.mark.parametrize("strength", [0.02, 0.2, 1.0])
@pytest.mark.parametrize("instruments", [["i1"], ["i1", "i2"]])
def test_anderson_rubin_sets_hold_the_slopes_that_are_not_rejected(
    strength: float, instruments: list[str]
) -> None:
    data = with_instruments(9, cities=25)
    data["e1"] = strength * (data["i1"] + data["i2"] / 2) + data["shock"]
    data["y"] = data["e1"] + data["shock"] + 0.3 * data["w"]
    fit = fe_2sls(data, "y", ["e1"], ["e1"], instruments, engine="kernel")
    found = next(test for test in fit.diagnostics if test.test == "anderson_rubin_set")
    for slope in (-1e6, -5.0, -1.0, 0.3, 1.0, 1.6, 4.0, 1e6):
        moved = data.assign(y=data["y"] - slope * data["e1"])
        tested = numbers(fe_2sls(moved, "y", ["e1"], ["e1"], instruments, engine="kernel"))
        f = tested["anderson_rubin_f"][0]
        inside = any(low <= slope <= high for low, high in found.details["intervals"])
        assert inside == (stats.f.sf(f, len(instruments), fit.statistics.n_entities - 1) >= 0.05)


def test_critical_values_of_the_effective_f_solve_their_definition() -> None:
    """Montiel Olea and Pflueger (2013), section 3.2: P(ncx2(K, K x) / K > c) is 5 %, K effective."""
    spread = np.diag([3.0, 1.0, 0.5]) + 0.2
    for x in (20, 10, 5, 10 / 3):
        trace, largest = np.trace(spread), np.linalg.eigvalsh(spread)[-1]
        df = trace**2 * (1 + 2 * x) / (np.sum(spread * spread) + 2 * x * trace * largest)
        assert 1 <= df <= 3
        critical = _effective_critical(spread, x)
        assert stats.ncx2.sf(critical * df, df, x * df) == pytest.approx(0.05, rel=1e-6)
    even = [_effective_critical(np.eye(3), x) for x in (20, 10, 5, 10 / 3)]
    assert even == pytest.approx([30.13, 17.67, 10.95, 8.53], abs=0.01)


def test_groups_of_different_years_and_controls_equal_two_fits() -> None:
    data = base(3, cities=24, years=10)
    data["g"] = np.where(data["city_id"] < "c010", "south", "north")
    data = data[(data["g"] == "south") == (data["year"] < 2016)].copy()
    # a control that only the south has
    data["w"] = np.where(data["g"] == "south", data["w"], 1.0)
    pair = [fixed_effects(data[data["g"] == g], "y", ["x", "w"], engine="kernel") for g in ("north", "south")]
    terms = [fit.term("x") for fit in pair]
    factors = [
        fit.statistics.n_entities / (fit.statistics.n_entities - 1)
        * (fit.statistics.n_obs - 1) / (fit.statistics.n_obs - fit.statistics.k_parameters)
        for fit in pair
    ]  # fmt: skip
    variance = sum(term.std_error**2 / factor for term, factor in zip(terms, factors, strict=True))
    for test in group_difference(data, "y", ["x", "w"], "g", draws=20)[:2]:
        assert test.details["difference"] == pytest.approx(terms[1].estimate - terms[0].estimate, rel=1e-8)
        assert test.details["std_error"] == pytest.approx(variance**0.5, rel=1e-8)
        assert test.statistic == pytest.approx(test.details["difference"] / variance**0.5, rel=1e-8)


def test_a_placebo_without_partners_has_a_reason() -> None:
    data = made_up_panel(1, cities=5, share=1.0)
    # every city lacks another year
    alone = data[data["year"] != 2012 + data["city_id"].str[1:].astype(int)]
    histories, within = placebo(alone, "y", ["x"])
    assert (histories.p_value, histories.reason) == (None, "no_city_has_a_partner")
    assert within.p_value is not None
    assert placebo(data, "y", ["x"], draws=1)[0].details["sd"] is None


def test_controls_that_move_nothing_leave_delta_undefined() -> None:
    data = base(5).assign(c=lambda d: d["w"])
    slope = fixed_effects(data, "c", ["x"], engine="kernel").term("x").estimate
    data["c"] = data["c"] - slope * data["x"]  # orthogonal to x within
    test = oster(data, "y", ["x", "c"])
    assert (test.statistic, test.reason) == (None, "controls_do_not_move_the_slope")
    assert test.details["beta_star"] == test.details["estimate_long"]


def test_the_curve_bears_constant_and_collinear_controls() -> None:
    data = base(6).assign(one=1.0, copy=lambda d: 2 * d["z"], trend=lambda d: d["year"] * 1.0)
    curve = specification_curve(data, "y", ["x"], ["z", "one", "copy", "trend"], covariances=["cluster_city"])
    rows = curve.set_index("controls")
    assert set(rows.index) == {"", "z", "copy", "z + copy"}
    assert rows.loc["z + copy", "status"] == "collinear"
    fit = fixed_effects(data, "y", ["x", "copy"], engine="kernel")
    assert rows.loc["copy", "estimate"] == pytest.approx(fit.term("x").estimate, rel=1e-8)
    assert rows.loc["copy", "std_error"] == pytest.approx(fit.term("x").std_error, rel=1e-8)


def test_random_effects_without_city_variance_are_pooled() -> None:
    """A negative variance estimate is set to zero, as plm and Stata do; theta is then zero."""
    for seed in range(20):
        data = made_up_panel(seed, cities=30, share=0.9)
        fit = random_effects(data, "y", ["x", "z"], year_dummies=False)
        if fit.sigma2_entity == 0:
            break
    assert (fit.theta == 0).all()
    pooled = fixed_effects(data, "y", ["x", "z"], effects=(), covariance="iid", engine="kernel")
    assert fit.coefficients["x"] == pytest.approx(pooled.term("x").estimate, rel=1e-8)
    assert fit.covariance.loc["x", "x"] ** 0.5 == pytest.approx(pooled.term("x").std_error, rel=1e-8)


def test_leverage_of_one_has_no_hc2() -> None:
    data = base(7).assign(only=lambda d: (d.index == 5) * 1.0)
    fit = fixed_effects(data, "y", ["x", "only"], also=["hc2", "hc3"], engine="kernel")
    assert {"leverage_of_one:hc2", "leverage_of_one:hc3"} <= set(fit.flags)
    assert fit.term("x", "hc2").std_error is None
