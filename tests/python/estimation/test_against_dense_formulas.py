"""Odd panels against regressions with every dummy written out, for all errors and for two stages."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from dense import Dense
from textbook import made_up_panel

from citypanel.estimation import fe_2sls, fixed_effects

KINDS = ("iid", "hc1", "hc2", "hc3", "cluster_city", "cluster_city_year", "driscoll_kraay")
BOTH = ("entity", "time")


def base(seed: int, cities: int = 12, years: int = 7, share: float = 0.8) -> pd.DataFrame:
    data = made_up_panel(seed, cities, years, share).reset_index(drop=True)
    draw = np.random.default_rng(seed + 100)
    own = draw.normal(size=cities)[data["city_id"].str[1:].astype(int)]
    data["z"], data["w"] = (data["z"] - 10) * 1e4 + own, (data["w"] - 3e6) / 1e5
    return data.assign(y=data["x"] - data["z"] + own + draw.normal(size=len(data)) * (1 + data["x"] ** 2))


def apart() -> pd.DataFrame:
    data = base(2, cities=14)
    return data[(data["city_id"] < "c007") == (data["year"] < 2014)].reset_index(drop=True)


def gap_years() -> pd.DataFrame:
    """No row at all in 2013: the years are positions to Driscoll and Kraay, as to plm and xtscc."""
    data = base(4)
    return data.assign(year=data["year"] + (data["year"] > 2012))


PANELS = {
    "unbalanced": lambda: base(1),
    "apart": apart,
    "more years than cities": lambda: base(3, cities=5, years=12),
    "two years": lambda: base(5, cities=20, years=2, share=1.0),
    "three cities": lambda: base(6, cities=3, years=9, share=1.0),
    "few degrees of freedom": lambda: base(7, cities=4, years=3, share=1.0),
    "whole numbers as ids": lambda: base(8).assign(city_id=lambda d: d["city_id"].str[1:].astype(int) * 7),
    "categories as ids": lambda: base(8).assign(city_id=lambda d: d["city_id"].astype("category")),
    "shuffled": lambda: base(9).sample(frac=1, random_state=1),
    "far scales": lambda: base(10).assign(x=lambda d: d["x"] * 1e12, z=lambda d: d["z"] * 1e-9),
    "nearly collinear": lambda: base(11).assign(z=lambda d: d["x"] + 1e-4 * d["z"]),
    "large offset": lambda: base(12).assign(x=lambda d: d["x"] + 1e6),
}


@pytest.mark.parametrize("effects", [BOTH, ("entity",), ("time",), ()])
@pytest.mark.parametrize("name", PANELS)
def test_fixed_effects_equal_the_dense_regression(name: str, effects: tuple[str, ...]) -> None:
    data, names = PANELS[name](), ["x", "z"]
    fit = fixed_effects(
        data, "y", names, effects=effects, also=KINDS, lag=1, engine="kernel", drop_singletons=False
    )
    answer = Dense(data.sort_values(["city_id", "year"]), "y", names, effects)
    assert fit.statistics.df_residual == answer.n - answer.k - answer.r
    rel = 1e-5 if name in ("nearly collinear", "large offset") else 1e-8
    for place, term in enumerate(names):
        assert fit.term(term).estimate == pytest.approx(answer.coefficients[place], rel=rel)
    repaired = any(flag.startswith("negative_eigenvalues") for flag in fit.flags)
    for kind in KINDS:
        if (kind == "cluster_city_year" and repaired) or f"leverage_of_one:{kind}" in fit.flags:
            continue
        with np.errstate(invalid="ignore"):
            errors = answer.errors(kind)
        for place, term in enumerate(names):
            assert fit.term(term, kind).std_error == pytest.approx(errors[place], rel=rel)


def test_driscoll_kraay_counts_years_by_position() -> None:
    data = gap_years()
    kinds = {"covariance": "driscoll_kraay", "lag": 2, "engine": "kernel", "drop_singletons": False}
    closed = data.assign(year=data["year"] - (data["year"] > 2012))
    first, second = (fixed_effects(each, "y", ["x", "z"], **kinds) for each in (data, closed))
    assert first.term("x").std_error == pytest.approx(second.term("x").std_error, rel=1e-12)
    answer = Dense(closed, "y", ["x", "z"], BOTH).errors("driscoll_kraay", lag=2)
    assert first.term("x").std_error == pytest.approx(answer[0], rel=1e-8)


def with_instruments(seed: int, **shape: float) -> pd.DataFrame:
    data = base(seed, **shape)
    draw = np.random.default_rng(seed)
    data[["i1", "i2", "i3", "shock"]] = draw.normal(size=(len(data), 4))
    data["e1"] = data["i1"] + data["i2"] / 2 + data["shock"] + data["z"] / 5
    data["e2"] = data["i3"] - data["i2"] / 3 + draw.normal(size=len(data))
    return data.assign(y=data["e1"] - data["e2"] / 2 + data["shock"] + draw.normal(size=len(data)))


MODELS = {
    "just identified": (["e1", "z"], ("e1",), ("i1",)),
    "two for one": (["z", "e1"], ("e1",), ("i1", "i2")),
    "two for two": (["e1", "z", "e2"], ("e1", "e2"), ("i1", "i3")),
    "three for two": (["e1", "e2", "z"], ("e1", "e2"), ("i1", "i2", "i3")),
    "no exogenous": (["e1"], ("e1",), ("i1", "i2")),
}


@pytest.mark.parametrize(
    ("name", "effects"),
    [*((name, BOTH) for name in MODELS), ("two for one", ("entity",)), ("two for one", ())],
)
def test_two_stages_equal_the_dense_regression(name: str, effects: tuple[str, ...]) -> None:
    names, endogenous, instruments = MODELS[name]
    data = with_instruments(3, cities=20).assign(i1=lambda d: d["i1"] * 1e-9, z=lambda d: d["z"] * 1e6)
    kinds = ("iid", "hc1", "cluster_city", "cluster_city_year")
    fit = fe_2sls(data, "y", names, endogenous, instruments, effects=effects, also=kinds, engine="kernel")
    answer = Dense(data, "y", names, effects, endogenous, instruments)
    for kind in kinds:
        errors = answer.errors(kind)
        for place, term in enumerate(names):
            found = fit.term(term, kind)
            assert found.estimate == pytest.approx(answer.coefficients[place], rel=1e-8)
            assert found.std_error == pytest.approx(errors[place], rel=1e-8)


@pytest.mark.parametrize("name", MODELS)
def test_tests_of_instruments_equal_plain_formulas(name: str) -> None:
    """First stage and Anderson-Rubin as Wald tests of dense regressions; Cragg-Donald by its definition."""
    names, endogenous, instruments = MODELS[name]
    data = with_instruments(5, cities=20)
    fit = fe_2sls(data, "y", names, endogenous, instruments, engine="kernel")
    found = {(test.test, test.endogenous): test.statistic for test in fit.tests}
    exogenous = [term for term in names if term not in endogenous]
    right, count = [*instruments, *exogenous], len(instruments)
    stages = {(f"first_stage_f_{k}", x): (x, kind) for x in endogenous for k, kind in WALDS.items()}
    stages |= {
        ("anderson_rubin_f", None): ("y", "cluster_city"),
        ("anderson_rubin_f_iid", None): ("y", "iid"),
    }
    for test, (left, kind) in stages.items():
        assert found[test] == pytest.approx(wald(data, left, right, kind, count), rel=1e-8)
    controls = Dense(data, "y", right, BOTH)
    w = controls.left(data[exogenous].to_numpy(float)) if exogenous else np.zeros((len(data), 0))
    out = lambda c: c - w @ np.linalg.lstsq(w, c, rcond=None)[0] if w.shape[1] else c  # noqa: E731
    x, z = (out(controls.left(data[list(part)].to_numpy(float))) for part in (endogenous, instruments))
    fitted = z @ np.linalg.lstsq(z, x, rcond=None)[0]
    noise = (x - fitted).T @ (x - fitted) / (len(data) - controls.r - len(right))
    values, vectors = np.linalg.eigh(noise)
    root = vectors / np.sqrt(values) @ vectors.T
    answer = np.linalg.eigvalsh(root @ fitted.T @ fitted @ root)[0] / count
    assert found["cragg_donald_f", None] == pytest.approx(answer, rel=1e-8)
    assert found["kleibergen_paap_rk_wald_iid", None] > 0


WALDS = {"iid": "iid", "hc1": "hc1", "cluster": "cluster_city"}


def wald(data: pd.DataFrame, left: str, right: list[str], kind: str, count: int) -> float:
    """F of the first `count` regressors."""
    dense = Dense(data, left, right, BOTH)
    covariance = (dense.bread @ dense.meat(kind, 0) @ dense.bread * dense.factor(kind))[:count, :count]
    return dense.b[:count] @ np.linalg.solve(covariance, dense.b[:count]) / count


def test_wu_hausman_is_the_regression_with_first_stage_residuals() -> None:
    names, endogenous, instruments = MODELS["three for two"]
    data = with_instruments(6, cities=20)
    fit = fe_2sls(data, "y", names, endogenous, instruments, engine="kernel")
    for x in endogenous:
        stage = Dense(data, x, [*instruments, "z"], BOTH)
        data[f"left_{x}"] = stage.u
    right = [*(f"left_{x}" for x in endogenous), *names]
    for test, kind in (("wu_hausman", "cluster_city"), ("wu_hausman_iid", "iid")):
        found = next(t for t in fit.tests if t.test == test)
        assert found.statistic == pytest.approx(wald(data, "y", right, kind, 2), rel=1e-8)
        assert found.df == 2
