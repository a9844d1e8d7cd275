"""Random effects and the tests of fixed against random effects equal plm and sandwich."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from textbook import PANELS, expected, made_up_panel, produc, unbalanced

from citypanel.estimation import fixed_effects
from citypanel.estimation.hausman import NOT_DEFINITE, hausman
from citypanel.estimation.random_effects import random_effects
from citypanel.estimation.significance import contrast_chi2

ENTITY = {"grunfeld": "firm", "produc": "state"}


def block(panel: str) -> tuple[dict, str, list[str]]:
    numbers = expected("plm")[panel]
    outcome, regressors = numbers["formula"].split(" ~ ")
    return numbers, outcome, regressors.split(" + ")


@pytest.mark.parametrize("panel", ENTITY)
def test_classic_hausman_equals_plm(panel: str) -> None:
    numbers, outcome, regressors = block(panel)
    classic, _, _ = hausman(PANELS[panel](), outcome, regressors, entity=ENTITY[panel], year_dummies=False)
    assert classic.statistic == pytest.approx(numbers["hausman"]["chi2"], rel=1e-6)
    assert classic.p_value == pytest.approx(numbers["hausman"]["p"], rel=1e-6)
    assert classic.df == numbers["hausman"]["df"]
    # on Produc the difference has a negative eigenvalue, and plm inverts it as it is
    assert (NOT_DEFINITE in classic.flags) == (panel == "produc")


@pytest.mark.parametrize("panel", ENTITY)
def test_sigmamore_is_wooldridges_regression_with_the_restricted_variance(panel: str) -> None:
    """Both compare the same sums of squares: H (n - k - 1) = n W / ((n - 2k - 1) + W) x residual df."""
    numbers, outcome, regressors = block(panel)
    data, k = PANELS[panel](), len(regressors)
    _, sigmamore, _ = hausman(data, outcome, regressors, entity=ENTITY[panel], year_dummies=False)
    wald = numbers["hausman_aux_wooldridge"]["chi2"]
    answer = wald * (len(data) - k - 1) / (len(data) - 2 * k - 1 + wald)
    assert sigmamore.statistic == pytest.approx(answer, rel=1e-6)
    assert sigmamore.p_value == pytest.approx(stats.chi2.sf(answer, k), rel=1e-6)


def test_mundlak_equals_sandwich() -> None:
    numbers = expected("inference")["mundlak_produc"]
    names = ["lpcap", "lpc", "lemp", "unemp"]
    *_, mundlak = hausman(produc(), "lgsp", names, entity="state", year_dummies=False)
    assert mundlak.details["chi2"] == pytest.approx(numbers["pooled_cluster_HC1_chi2"], rel=1e-6)
    assert mundlak.statistic == pytest.approx(numbers["F"], rel=1e-6)
    assert mundlak.p_value == pytest.approx(numbers["p_F"], rel=1e-6)
    assert (mundlak.df, mundlak.df_denominator) == (numbers["df"], 47)


def by_hand(data: pd.DataFrame, names: list[str]) -> tuple[float, float]:
    """Swamy-Arora variances of an unbalanced panel with year dummies, by dense matrices."""
    cities, years = (pd.get_dummies(data[key]).to_numpy(float) for key in ("city_id", "year"))
    n, y = len(data), data["y"].to_numpy()
    x = np.column_stack([np.ones(n), data[names], years[:, 1:]])
    mean = cities @ np.diag(1 / cities.sum(0)) @ cities.T
    both = np.column_stack([cities, x])
    left = y - both @ np.linalg.lstsq(both, y, rcond=None)[0]
    shocks = left @ left / (n - np.linalg.matrix_rank(both))
    means, q = mean @ x, np.linalg.matrix_rank(mean @ x)
    rest = mean @ y - means @ np.linalg.lstsq(means, mean @ y, rcond=None)[0]
    trace = np.trace(np.linalg.pinv(means.T @ means) @ x.T @ cities @ cities.T @ x)
    return shocks, (rest @ rest - (cities.shape[1] - q) * shocks) / (n - trace)


def test_unbalanced_panels_with_year_dummies_follow_baltagi_and_chang() -> None:
    data = made_up_panel(2)
    city = np.random.default_rng(0).normal(size=60)
    data["y"] += city[data["city_id"].str[1:].astype(int)]
    data["x"] += 0.3 * city[data["city_id"].str[1:].astype(int)]
    fit = random_effects(data, "y", ["x", "z"])
    shocks, cities = by_hand(data.assign(z=(data["z"] - 10) * 1e4), ["x", "z"])
    assert fit.sigma2_idiosyncratic == pytest.approx(shocks, rel=1e-8)
    assert fit.sigma2_entity == pytest.approx(cities, rel=1e-8)
    omega = np.eye(len(data)) * shocks
    same = data["city_id"].to_numpy()[:, None] == data["city_id"].to_numpy()
    weights = np.linalg.inv(omega + same * cities)
    years = pd.get_dummies(data["year"], dtype=float).to_numpy()[:, 1:]
    x = np.column_stack([np.ones(len(data)), data["x"], (data["z"] - 10) * 1e4, years])
    slopes = np.linalg.solve(x.T @ weights @ x, x.T @ weights @ data["y"].to_numpy())
    assert fit.coefficients[["x", "z"]].to_numpy() == pytest.approx(slopes[1:3] * [1, 1e4], rel=1e-8)


def test_year_dummies_stand_in_both_models_and_means_give_the_fixed_effects_slopes() -> None:
    data = unbalanced()
    tests = hausman(data, "y", ["x1", "x2"], entity="id")
    assert [test.test for test in tests] == ["hausman_classic", "hausman_sigmamore", "hausman_mundlak"]
    assert all(test.df == 2 and 0 <= test.p_value <= 1 for test in tests)
    years, means = pd.get_dummies(data["year"], drop_first=True, dtype=float), data.groupby("id")
    wide = pd.concat([data, years.add_prefix("d")], axis=1)
    wide.columns = wide.columns.astype(str)
    for name in ("x1", "x2"):
        wide[f"m_{name}"] = means[name].transform("mean")
    for name in [name for name in wide if name.startswith("d2")]:
        wide[f"m_{name}"] = wide.groupby("id")[name].transform("mean")
    columns = [name for name in wide if name.startswith(("x", "d2", "m_"))]
    pooled = fixed_effects(wide, "y", columns, entity="id", effects=(), engine="kernel")
    two_way = fixed_effects(data, "y", ["x1", "x2"], entity="id", drop_singletons=False)
    assert pooled.coefficients["x1"] == pytest.approx(two_way.coefficients["x1"], rel=1e-8)
    contrast, covariance = pooled.coefficients, pooled.covariances["cluster_city"]
    tested = ["m_x1", "m_x2"]
    wald = contrast[tested] @ np.linalg.solve(covariance.loc[tested, tested], contrast[tested])
    assert tests[2].statistic == pytest.approx(wald / 2, rel=1e-8)


def test_a_negative_statistic_stays_negative_and_has_no_p() -> None:
    covariance = np.diag([1.0, -0.5, 0.0])
    numbers, definite = contrast_chi2(np.array([1.0, 2.0, 5.0]), covariance, np.ones(3))
    assert not definite
    assert numbers == {"statistic": -7.0, "df": 2, "p_value": None}


def test_too_few_cities_leave_random_effects_undefined_with_a_reason() -> None:
    classic, sigmamore, _ = hausman(made_up_panel(1, cities=6), "y", ["x", "z", "w"])
    assert classic.reason == sigmamore.reason == "too_few_cities_for_random_effects"
    assert classic.statistic is None


def test_city_constant_regressors_leave_the_contrast() -> None:
    data = produc().assign(of_the_state=lambda d: d.groupby("state")["lpcap"].transform("mean"))
    for test in hausman(data, "lgsp", ["lpcap", "of_the_state", "unemp"], entity="state"):
        assert test.df <= 2
