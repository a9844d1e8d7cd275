"""Effective F, overidentification, critical values and Anderson-Rubin sets."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from linearmodels.datasets import mroz
from linearmodels.iv import IVGMM
from scipy import stats
from textbook import cigar, expected

from citypanel.estimation import Diagnostic, PanelFit, fe_2sls, lag
from citypanel.estimation.anderson_rubin import _statistic
from citypanel.estimation.engines import Model
from citypanel.estimation.panel_sample import panel_sample
from citypanel.estimation.stock_yogo import stock_yogo
from citypanel.estimation.weak_instruments import partial_out


def lagged() -> pd.DataFrame:
    data = cigar()
    for name, periods in (("lrprice", 1), ("lrprice", 2), ("lrpimin", 1)):
        data[f"L{periods}.{name}"] = lag(data, name, periods, entity="state")
    return data


def found(fit: PanelFit, test: str, variable: str | None = None) -> Diagnostic:
    return next(d for d in fit.diagnostics if d.test == test and variable in (None, d.variable))


def one(outcome: str = "lsales", data: pd.DataFrame | None = None) -> PanelFit:
    data = lagged() if data is None else data
    return fe_2sls(data, outcome, ["lrprice", "lrndi"], ["lrprice"], ["L1.lrprice"], entity="state")


def over(outcome: str = "lsales", data: pd.DataFrame | None = None) -> PanelFit:
    instruments = ["L1.lrprice", "L2.lrprice"]
    data = lagged() if data is None else data
    return fe_2sls(data, outcome, ["lrprice", "lrndi"], ["lrprice"], instruments, entity="state")


def two() -> PanelFit:
    names = ["lrprice", "lrpimin"]
    return fe_2sls(lagged(), "lsales", names, names, ["L1.lrprice", "L1.lrpimin"], entity="state")


def rejected(fit: PanelFit) -> float:
    return next(test.p_value for test in fit.tests if test.test == "anderson_rubin_f")


def test_just_identified_effective_f_is_the_clustered_f_of_r() -> None:
    answer = expected("fe2sls")["fe2sls_lagged_instrument"]["first_stage"][0]["F_cluster"]
    test = found(one(), "effective_f")
    assert test.statistic == pytest.approx(answer, rel=1e-8)
    # Montiel Olea and Pflueger (2013), table 1, one effective degree of freedom: 37.42, 23.11, 15.06, 12.05
    assert list(test.details.values()) == pytest.approx([37.42, 23.11, 15.06, 12.05], abs=0.01)


def test_overidentified_effective_f_follows_its_definition() -> None:
    sample = panel_sample(
        lagged(), ["lrprice", "lrndi", "L1.lrprice", "L2.lrprice"], entity="state", time="year"
    )
    x, w, z = sample.demeaned[:, 0], sample.demeaned[:, [1]], sample.demeaned[:, 2:]
    x, z = (part - w @ np.linalg.lstsq(w, part, rcond=None)[0] for part in (x, z))
    cross = z.T @ z
    v = x - z @ np.linalg.solve(cross, z.T @ x)
    sums = np.array(
        [(z * v[:, None])[sample.entity == city].sum(axis=0) for city in range(sample.n_entities)]
    )
    n, groups, years = sample.n_rows, sample.n_entities, sample.n_periods
    factor = groups / (groups - 1) * (n - 1) / (n - (3 + 1 + years - 1))
    noise = np.trace(np.linalg.solve(cross, sums.T @ sums * factor))
    answer = x @ z @ np.linalg.solve(cross, z.T @ x) / noise
    assert found(over(), "effective_f").statistic == pytest.approx(answer, rel=1e-8)
    assert found(two(), "effective_f").reason == "several_endogenous"


def test_sargan_equals_aer_on_mroz() -> None:
    data = mroz.load().dropna(subset=["lwage"]).reset_index(drop=True)
    data = data.assign(woman=data.index, year=1975)
    names, instruments = ["educ", "exper", "expersq"], ["motheduc", "fatheduc"]
    fit = fe_2sls(data, "lwage", names, ["educ"], instruments, entity="woman", effects=(), covariance="iid")
    answer = expected("iv_textbook")["mroz"]
    test = found(fit, "sargan")
    assert fit.term("educ").estimate == pytest.approx(answer["coef"]["educ"], rel=1e-8)
    assert fit.term("educ").std_error == pytest.approx(answer["se"]["educ"], rel=1e-8)
    assert test.statistic == pytest.approx(answer["diag"]["Sargan"]["statistic"], rel=1e-6)
    assert test.p_value == pytest.approx(answer["diag"]["Sargan"]["p-value"], rel=1e-6)
    assert test.df == answer["diag"]["Sargan"]["df1"]


def test_hansen_equals_two_step_gmm_of_linearmodels() -> None:
    sample = panel_sample(
        lagged(), ["lsales", "lrprice", "lrndi", "L1.lrprice", "L2.lrprice"], entity="state", time="year"
    )
    y, x, w, *z = (sample.demeaned[:, [position]] for position in range(5))
    model = IVGMM(y, w, x, np.hstack(z), weight_type="clustered", clusters=sample.entity)
    answer = model.fit(iter_limit=2).j_stat
    test = found(over(), "hansen_j")
    assert test.statistic == pytest.approx(answer.stat, rel=1e-8)
    assert test.p_value == pytest.approx(answer.pval, rel=1e-6)


def test_just_identified_models_have_no_overidentification_test() -> None:
    for test in ("sargan", "hansen_j"):
        assert (found(two(), test).statistic, found(two(), test).reason) == (None, "just_identified")


def test_critical_values_of_stock_and_yogo() -> None:
    assert found(one(), "stock_yogo").details == {
        "size_10": 16.38, "size_15": 8.96, "size_20": 6.66, "size_25": 5.53,
    }  # fmt: skip
    assert stock_yogo(1, 3)["bias_05"] == 13.91
    assert stock_yogo(2, 2)["size_10"] == 7.03
    assert stock_yogo(3, 3) == {}


def valid(outcome: str = "y", data: pd.DataFrame | None = None) -> PanelFit:
    data = weak(1, 0.8) if data is None else data
    return fe_2sls(data, outcome, ["x"], ["x"], ["z", "z2"], engine="kernel")


BOUNDED = [(one, lagged, "lrprice"), (valid, lambda: weak(1, 0.8), "x")]


@pytest.mark.parametrize(("model", "table", "x"), BOUNDED)
def test_the_test_at_each_bound_has_p_of_five_per_cent(model, table, x: str) -> None:
    test = found(model(), "anderson_rubin_set")
    ((low, high),) = test.details["intervals"]
    assert test.details["shape"] == "interval"
    assert low < model().term(x).estimate < high
    outcome = model().outcome
    for bound in (low, high):
        data = table().assign(moved=lambda d, b=bound: d[outcome] - b * d[x])
        assert rejected(model("moved", data)) == pytest.approx(0.05, rel=1e-6)


def test_a_set_may_be_empty_where_the_instruments_contradict_each_other() -> None:
    assert found(over(), "anderson_rubin_set").details == {
        "intervals": [], "shape": "empty", "level": 0.95, "joint": False,
    }  # fmt: skip
    for slope in np.linspace(-3, 1, 9):
        data = lagged().assign(moved=lambda d, b=slope: d["lsales"] - b * d["lrprice"])
        assert rejected(over("moved", data)) < 0.05


def test_projections_touch_the_joint_set() -> None:
    names = ["lrprice", "lrpimin"]
    sample = panel_sample(
        lagged(), ["lsales", *names, "L1.lrprice", "L1.lrpimin"], entity="state", time="year"
    )
    instruments = ("L1.lrprice", "L1.lrpimin")
    statistic, df = _statistic(partial_out(Model(sample, "lsales", tuple(names), tuple(names), instruments)))
    answer = expected("fe2sls")["fe2sls_two_endog_two_lags"]["anderson_rubin_F_cluster"]
    assert statistic(np.array([[1.0, 0, 0]]))[0] == pytest.approx(answer, rel=1e-8)
    fit = two()
    for position, name in enumerate(names):
        test = found(fit, "anderson_rubin_set", name)
        ((low, high),) = test.details["intervals"]
        assert test.details["joint"] and low < fit.term(name).estimate < high
        for bound in (low, high):
            others = np.linspace(-3, 3, 20_001)
            directions = np.column_stack([np.ones_like(others), -others, -others])
            directions[:, 1 + position] = -bound
            least = statistic(directions).min()
            assert least == pytest.approx(stats.f.ppf(0.95, 2, df), rel=1e-5)


def weak(seed: int, strength: float) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    keys = pd.MultiIndex.from_product([range(40), range(8)], names=["city_id", "year"])
    data = keys.to_frame(index=False)
    data[["z", "z2", "u", "e"]] = draw.normal(size=(len(data), 4))
    data["x"] = strength * (data["z"] + data["z2"] / 2) + data["u"]
    return data.assign(y=data["x"] + data["u"] + 0.5 * data["e"])


def test_weak_instruments_give_unbounded_sets() -> None:
    shapes = set()
    for seed in range(20):
        fit = fe_2sls(weak(seed, 0.05 + 0.1 * (seed % 2)), "y", ["x"], ["x"], ["z"], engine="kernel")
        test = found(fit, "anderson_rubin_set")
        shapes.add(test.details["shape"])
        strong = next(t for t in fit.tests if t.test == "first_stage_f_cluster").p_value < 0.05
        # the set is bounded just when the first stage rejects (Dufour 1997)
        assert (test.details["shape"] == "interval") == strong
        assert any(low <= fit.term("x").estimate <= high for low, high in test.details["intervals"])
    assert shapes == {"union", "whole_line", "interval"}


def test_sets_cover_the_truth() -> None:
    covered = 0
    for seed in range(200):
        test = found(
            fe_2sls(weak(seed, 0.15), "y", ["x"], ["x"], ["z"], engine="kernel"), "anderson_rubin_set"
        )
        covered += any(low <= 1 <= high for low, high in test.details["intervals"])
    assert stats.binom.cdf(covered, 200, 0.95) > 0.001
