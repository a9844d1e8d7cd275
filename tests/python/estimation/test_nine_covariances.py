"""CR2 and Conley equal R, and one fit carries all nine covariances."""

from __future__ import annotations

from time import perf_counter

import numpy as np
import pandas as pd
import pytest
from textbook import cigar, expected, made_up_panel, places, produc

from citypanel.estimation import CONSTANT, COVARIANCES, EstimationError, fe_2sls, fixed_effects

ANSWERS = expected("inference")
NAMES = ["lpcap", "lpc", "lemp", "unemp"]


def random_places(data: pd.DataFrame) -> pd.DataFrame:
    draw, cities = np.random.default_rng(4), sorted(data["city_id"].unique())
    degrees = draw.uniform([25, 100], [45, 122], (len(cities), 2))
    return pd.DataFrame(degrees, index=cities, columns=["latitude", "longitude"])


def test_cr2_and_satterthwaite_equal_clubsandwich() -> None:
    fit = fixed_effects(
        produc(), "lgsp", NAMES, entity="state", effects=("entity",), covariance="cr2", engine="kernel"
    )
    for name in NAMES:
        term, answer = fit.term(name), ANSWERS["cr2_produc_oneway"]
        assert term.std_error == pytest.approx(answer["se"][name], rel=1e-8)
        assert term.df == pytest.approx(answer["df"][name], rel=1e-6)
        assert term.p_value == pytest.approx(answer["p"][name], rel=1e-6)
    assert fit.term(CONSTANT).status_reason == "not_defined_for_constant"


@pytest.mark.parametrize("effects", [("entity", "time"), ("entity",), ("time",), ()])
def test_cr2_equals_the_dense_formula_with_all_dummies(effects: tuple[str, ...]) -> None:
    """Absorbing the city effects and keeping every dummy give one answer (Pustejovsky and Tipton 2018)."""
    data = made_up_panel(8, cities=14, years=6).assign(z=lambda d: (d["z"] - 10) * 1e4).reset_index(drop=True)
    fit = fixed_effects(data, "y", ["x", "z"], effects=effects, covariance="cr2", drop_singletons=False)
    keys = {"entity": "city_id", "time": "year"}
    dummies = [pd.get_dummies(data[keys[effect]], dtype=float) for effect in effects]
    x = np.column_stack([data[["x", "z"]], np.ones(len(data)), *dummies])
    bread, u = np.linalg.pinv(x.T @ x), fit.residuals.sort_index().to_numpy()
    maker = np.eye(len(x)) - x @ bread @ x.T
    rows, columns = [], []
    for city in data["city_id"].unique():
        mine = (data["city_id"] == city).to_numpy()
        values, vectors = np.linalg.eigh(maker[np.ix_(mine, mine)])
        root = vectors[:, values > 1e-9] / values[values > 1e-9] ** 0.5 @ vectors[:, values > 1e-9].T
        adjusted = root @ (x @ bread)[mine, :2]
        rows.append(adjusted.T @ u[mine])
        columns.append(maker[:, mine] @ adjusted)
    covariance = sum(np.outer(row, row) for row in rows)
    for position, name in enumerate(["x", "z"]):
        vectors = np.column_stack([column[:, position] for column in columns])
        gram = vectors.T @ vectors
        assert fit.term(name).std_error == pytest.approx(covariance[position, position] ** 0.5, rel=1e-7)
        assert fit.term(name).df == pytest.approx(np.trace(gram) ** 2 / (gram**2).sum(), rel=1e-6)


def test_conley_equals_r() -> None:
    fit = fixed_effects(
        produc(), "lgsp", NAMES, entity="state", coordinates=places(), covariance="conley_500km",
        also=["conley_500km_bartlett"],
    )  # fmt: skip
    for name in NAMES:
        for kind, key in (("conley_500km", "uniform"), ("conley_500km_bartlett", "bartlett")):
            answer = ANSWERS["conley_produc"][f"{key}_500km"][name]
            assert fit.term(name, kind).std_error == pytest.approx(answer, rel=1e-8)
    assert fit.term(CONSTANT).std_error > 0


def test_conley_of_no_distance_is_hc1_without_its_factor() -> None:
    data = made_up_panel(1)
    fit = fixed_effects(
        data, "y", ["x", "z"], covariance="conley_0km", also=["hc1"], coordinates=random_places(data)
    )
    factor = (fit.statistics.n_obs / fit.statistics.df_residual) ** 0.5
    for term in ("x", "z"):
        error = fit.term(term, "hc1").std_error
        assert error == pytest.approx(fit.term(term).std_error * factor, rel=1e-9)
    assert fit.term("x").df == fit.statistics.df_residual


def test_conley_without_coordinates_is_not_defined() -> None:
    data = made_up_panel(1)
    for given in (None, random_places(data).iloc[1:], random_places(data).drop(columns="latitude")):
        fit = fixed_effects(data, "y", ["x"], also=COVARIANCES[5:7], coordinates=given)
        found = {(term.status, term.status_reason) for term in fit.terms if not term.is_headline}
        assert found == {("not_defined", "no_coordinates")}
    with pytest.raises(EstimationError, match=r"needs the latitude .* 1 have none, c000 first") as caught:
        lacking = random_places(data).iloc[1:]
        fixed_effects(data, "y", ["x"], covariance="conley_200km", coordinates=lacking)
    assert caught.value.message_id == "covariance_no_coordinates"


def test_one_fit_carries_all_nine_in_time_and_two_stages_four() -> None:
    data = made_up_panel(9, cities=286, share=1.0)
    start = perf_counter()
    fit = fixed_effects(data, "y", ["x", "z", "w"], also=COVARIANCES, coordinates=random_places(data))
    assert perf_counter() - start < 15
    assert {term.covariance for term in fit.terms} == set(COVARIANCES)
    for kind in COVARIANCES:
        term = fit.term("x", kind)
        assert term.status == "estimated"
        assert term.conf_low < term.estimate < term.conf_high
        assert term.p_value is not None
    table = cigar().assign(instrument=lambda d: d.groupby("state")["lrprice"].shift())
    two = fe_2sls(table, "lsales", ["lrprice"], ["lrprice"], ["instrument"], entity="state", also=COVARIANCES)
    defined = {term.covariance for term in two.terms if term.status == "estimated"}
    assert defined == set(COVARIANCES[:4])
    reasons = {term.status_reason for term in two.terms if term.status == "not_defined"}
    assert reasons == {"not_defined_for_2sls"}


@pytest.mark.parametrize("kind", ["cr2", "wild_cluster", "conley_200km"])
def test_engines_agree_on_the_further_headlines(kind: str) -> None:
    data = made_up_panel(2, cities=15)
    ours, theirs = (
        fixed_effects(data, "y", ["x", "z"], covariance=kind, engine=engine, coordinates=random_places(data))
        for engine in ("kernel", "linearmodels")
    )
    assert theirs.statistics.engine == "linearmodels"
    for mine, other in zip(ours.terms, theirs.terms, strict=True):
        assert mine.estimate == pytest.approx(other.estimate, rel=1e-8)
        assert mine.status != "estimated" or mine.p_value == pytest.approx(other.p_value, rel=1e-6)
    assert (ours.statistics.f_statistic is None) == (kind in ("cr2", "wild_cluster"))
