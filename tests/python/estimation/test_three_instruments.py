"""Three instruments for one or two endogenous variables, against formulas and libraries of other makers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from dense import Dense
from linearmodels.iv import IV2SLS, IVGMM
from scipy import optimize, special, stats
from test_against_dense_formulas import BOTH, with_instruments

from citypanel.estimation import PanelFit, fe_2sls

INSTRUMENTS = ["i1", "i2", "i3"]
ENDOGENOUS = {"one": ["e1"], "two": ["e1", "e2"]}


def odd() -> pd.DataFrame:
    """Errors that move with the size of an instrument, and units far apart."""
    data = with_instruments(11, cities=25)
    data["e1"] += data["i1"] * data["shock"] / 2
    return data.assign(i2=data["i2"] * 1e-6, e2=data["e2"] * 1e4)


def fitted(endogenous: list[str]) -> PanelFit:
    return fe_2sls(odd(), "y", [*endogenous, "z"], endogenous, INSTRUMENTS, engine="kernel")


def parts(endogenous: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Outcome, endogenous and instruments with dummies and z projected out, and each row's city."""
    data = odd()
    plain = Dense(data, "y", ["z"], BOTH)
    w = plain.x

    def out(names: list[str]) -> np.ndarray:
        columns = plain.left(data[names].to_numpy(float))
        return columns - w @ np.linalg.lstsq(w, columns, rcond=None)[0]

    return out(["y"])[:, 0], out(endogenous), out(INSTRUMENTS), plain.city


def numbers(fit: PanelFit) -> dict[str, float | None]:
    return {test.test: test.statistic for test in (*fit.tests, *fit.diagnostics)}


def white(columns: np.ndarray) -> np.ndarray:
    """Columns turned into orthonormal ones by the symmetric root, as rotation-free as it gets."""
    values, vectors = np.linalg.eigh(columns.T @ columns / np.outer(*[np.linalg.norm(columns, axis=0)] * 2))
    return columns / np.linalg.norm(columns, axis=0) @ (vectors / np.sqrt(values)) @ vectors.T


def kleibergen_paap(endogenous: list[str], groups: np.ndarray) -> float:
    """Kleibergen and Paap (2006): the least singular part of theta over its own variance, group by group.

    With X and Z white, theta = Z'X; along its last right and left singular vectors v and U the part is
    U'theta v, its covariance the sum over groups of (sum of U'z_i e_i'v)(...)'. Rotations of U drop out.
    """
    _, x, z, _ = parts(endogenous)
    x, z = white(x), white(z)
    theta = z.T @ x
    left, _, right = np.linalg.svd(theta, full_matrices=True)
    u, v = left[:, theta.shape[1] - 1 :], right[-1]
    part = u.T @ theta @ v
    rows = (z @ u) * ((x - z @ theta) @ v)[:, None]
    sums = np.array([rows[groups == group].sum(axis=0) for group in np.unique(groups)])
    return float(part @ np.linalg.solve(sums.T @ sums, part))


@pytest.mark.parametrize("case", ENDOGENOUS)
def test_kleibergen_paap_equals_the_dense_statistic(case: str) -> None:
    endogenous = ENDOGENOUS[case]
    fit, city = fitted(endogenous), parts(endogenous)[3]
    found, n, groups = numbers(fit), len(city), len(np.unique(city))
    by_city = kleibergen_paap(endogenous, city)
    assert found["kleibergen_paap_rk_wald"] == pytest.approx(by_city, rel=1e-8)
    by_row = kleibergen_paap(endogenous, np.arange(n))
    assert found["kleibergen_paap_rk_wald_robust"] == pytest.approx(by_row, rel=1e-8)
    tested = next(test for test in fit.tests if test.test == "kleibergen_paap_rk_wald")
    df = len(INSTRUMENTS) - len(endogenous) + 1
    assert (tested.df, tested.p_value) == (df, pytest.approx(stats.chi2.sf(by_city, df), rel=1e-6))
    # ivreg2: the F divides by the instruments and takes the small-sample factor of the first stage
    dummies, years = Dense(odd(), "y", ["z"], BOTH).r, len(np.unique(odd()["year"]))
    nested, whole = 1 + 1 + (years - 1), 1 + dummies
    for name, counted in (("kleibergen_paap_rk_f", nested), ("kleibergen_paap_rk_f_ivreg2", whole)):
        factor = (n - counted - 3) / (n - 1) * (groups - 1) / groups
        assert found[name] == pytest.approx(by_city / 3 * factor, rel=1e-8)


@pytest.mark.parametrize("case", ENDOGENOUS)
def test_with_iid_errors_kleibergen_paap_is_cragg_donald(case: str) -> None:
    """The Wald statistic is then n times the least eigenvalue that Cragg and Donald's F is made of."""
    found, n = numbers(fitted(ENDOGENOUS[case])), len(odd())
    left = n - Dense(odd(), "y", [*INSTRUMENTS, "z"], BOTH).r - 4
    answer = found["cragg_donald_f"] * len(INSTRUMENTS) * n / left
    assert found["kleibergen_paap_rk_wald_iid"] == pytest.approx(answer, rel=1e-8)


@pytest.mark.parametrize("case", ENDOGENOUS)
def test_overidentification_equals_linearmodels(case: str) -> None:
    y, x, z, city = parts(ENDOGENOUS[case])
    found, scale = numbers(fitted(ENDOGENOUS[case])), 1 / np.linalg.norm(z, axis=0)
    sargan = IV2SLS(y, None, x, z * scale).fit().sargan
    assert found["sargan"] == pytest.approx(sargan.stat, rel=1e-6)
    gmm = IVGMM(y, None, x, z * scale, weight_type="clustered", clusters=city).fit(iter_limit=2)
    assert found["hansen_j"] == pytest.approx(gmm.j_stat.stat, rel=1e-6)
    tests = {test.test: test for test in fitted(ENDOGENOUS[case]).diagnostics}
    for name, theirs in (("sargan", sargan), ("hansen_j", gmm.j_stat)):
        assert tests[name].df == 3 - len(ENDOGENOUS[case]) == theirs.df
        assert tests[name].p_value == pytest.approx(theirs.pval, rel=1e-5)


def test_the_effective_f_and_its_critical_values_follow_the_paper() -> None:
    """Montiel Olea and Pflueger (2013): F = x'Z(Z'Z)^-1 Z'x / tr(W2), W2 the clustered spread of white Z'v.

    Critical value at tolerance tau (their section 3.2): that of chi2(K; K/tau)/K, noncentral, with the
    effective K = tr(W2)^2 (1 + 2/tau) / (tr(W2'W2) + 2 tr(W2) largest(W2) / tau) (Patnaik 1949). Here by
    adding up Poisson-weighted central distributions, not by a library's noncentral one.
    """
    _, x, z, city = parts(["e1"])
    z = white(z)
    x = x[:, 0]
    v = x - z @ (z.T @ x)
    sums = np.array([(z * v[:, None])[city == each].sum(axis=0) for each in np.unique(city)])
    groups, n, years = len(sums), len(x), len(np.unique(odd()["year"]))
    spread = sums.T @ sums * groups / (groups - 1) * (n - 1) / (n - (3 + 1 + 1 + years - 1))
    test = next(test for test in fitted(["e1"]).diagnostics if test.test == "effective_f")
    assert test.statistic == pytest.approx((z.T @ x) @ (z.T @ x) / np.trace(spread), rel=1e-8)
    for tau, name in ((0.05, "bias_05"), (0.1, "bias_10"), (0.2, "bias_20"), (0.3, "bias_30")):
        largest = np.linalg.eigvalsh(spread)[-1]
        numerator = np.trace(spread) ** 2 * (1 + 2 / tau)
        k = numerator / (np.trace(spread @ spread) + 2 * np.trace(spread) * largest / tau)
        assert 1 <= k <= 3
        draws = np.arange(400)
        weights = stats.poisson.pmf(draws, k / tau / 2)

        def tail(value: float, k: float = k, weights: np.ndarray = weights) -> float:
            return float(weights @ special.chdtrc(k + 2 * draws, value * k)) - 0.05  # noqa: B023

        assert test.details[name] == pytest.approx(optimize.brentq(tail, 1, 200), rel=1e-6)


@pytest.mark.parametrize("case", ENDOGENOUS)
def test_anderson_rubin_and_its_set_follow_the_definition(case: str) -> None:
    """The set holds just the slopes b at which y - x b is not explained by the instruments, city by city."""
    y, x, z, city = parts(ENDOGENOUS[case])
    z, groups, n = white(z), len(np.unique(city)), len(y)
    factor = groups / (groups - 1) * (n - 1) / (n - (3 + 1 + 1 + len(np.unique(odd()["year"])) - 1))

    def f(slopes: np.ndarray) -> float:
        left = y - x @ slopes
        part, errors = z.T @ left, left - z @ (z.T @ left)
        sums = np.array([(z * errors[:, None])[city == each].sum(axis=0) for each in np.unique(city)])
        return float(part @ np.linalg.solve(sums.T @ sums * factor, part)) / 3

    fit = fitted(ENDOGENOUS[case])
    assert numbers(fit)["anderson_rubin_f"] == pytest.approx(f(np.zeros(x.shape[1])), rel=1e-8)
    critical = stats.f.ppf(0.95, 3, groups - 1)
    sets = [test for test in fit.diagnostics if test.test == "anderson_rubin_set"]
    scale = np.array([fit.term(name).std_error for name in ENDOGENOUS[case]])
    start = np.array([fit.term(name).estimate for name in ENDOGENOUS[case]])
    for place, test in enumerate(sets):

        def least(value: float, place: int = place) -> float:
            """F at a value of one slope, least over the other."""

            def along(steps: float) -> float:
                slopes = start + steps * scale
                slopes[place] = value
                return f(slopes)

            if len(start) == 1:
                return along(0)
            found = optimize.minimize_scalar(
                along, bounds=(-20, 20), method="bounded", options={"xatol": 1e-9}
            )
            return float(found.fun)

        assert test.details["shape"] == "interval"
        low, high = test.details["intervals"][0]
        assert [least(low), least(high)] == pytest.approx([critical] * 2, rel=1e-6)
        step = scale[place] / 10
        assert (
            max(least(low + step), least(high - step)) < critical < min(least(low - step), least(high + step))
        )
