"""Every row of the specification curve equals the fit it stands for, at ten thousand rows a second."""

from __future__ import annotations

from time import process_time

import numpy as np
import pandas as pd
import pytest
from textbook import made_up_panel

from citypanel.estimation import (
    SANDWICHES,
    EstimationError,
    fixed_effects,
    specification_curve,
    winsorise,
)

KINDS = (*SANDWICHES, "conley_500km")


def panel(seed: int = 0, cities: int = 30, share: float = 0.85) -> pd.DataFrame:
    data = made_up_panel(seed, cities=cities, share=share)
    draw = np.random.default_rng(seed + 50)
    for number in range(5):
        data[f"c{number}"] = draw.normal(size=len(data)) + data["x"] * 0.2 * number
    return data.assign(x2=data["x"] + 0.3 * draw.normal(size=len(data)), d=(data["w"] > 3e6).astype(int))


def places(data: pd.DataFrame) -> pd.DataFrame:
    cities = sorted(data["city_id"].unique())
    degrees = np.random.default_rng(1).uniform([25, 100], [45, 122], (len(cities), 2))
    return pd.DataFrame(degrees, index=cities, columns=["latitude", "longitude"])


def test_rows_equal_the_fits_they_stand_for() -> None:
    data, controls = panel(), ["c0", "c1", "d"]
    curve = specification_curve(
        data, "y", ["x", "x2"], controls, windows={"all": None, "late": (2015, 2021)},
        winsors=[None, (5, 95)], effects=[("entity", "time"), ("entity",)], covariances=KINDS,
        coordinates=places(data),
    )  # fmt: skip
    assert len(curve) == 2 * 8 * 2 * 2 * 2 * len(KINDS)
    for row in curve.sample(60, random_state=3).to_dict("records"):
        table = data if row["window"] == "all" else data[data["year"] >= 2015]
        if row["winsor"] != "none":
            table = table.assign(**{name: winsorise(table[name]) for name in ("y", "x", "x2", "c0", "c1")})
        chosen = row["controls"].split(" + ") if row["controls"] else []
        fit = fixed_effects(
            table, "y", [row["treatment"], *chosen], effects=row["effects"].split(" + "),
            covariance=row["covariance"], engine="kernel", coordinates=places(data),
        )  # fmt: skip
        term = fit.term(row["treatment"])
        for name in ("estimate", "std_error", "statistic", "df", "conf_low", "conf_high"):
            assert row[name] == pytest.approx(getattr(term, name), rel=1e-8)
        assert row["p_value"] == pytest.approx(term.p_value, rel=1e-6)
        assert (row["n_obs"], row["n_cities"]) == (fit.statistics.n_obs, fit.statistics.n_entities)


def test_two_way_clusters_are_repaired_as_in_a_fit() -> None:
    repaired = 0
    for seed in range(10):
        data = panel(seed, cities=6)
        curve = specification_curve(data, "y", ["x"], ["c0", "c1"], covariances=["cluster_city_year"])
        for row in curve.to_dict("records"):
            names = ["x", *(row["controls"].split(" + ") if row["controls"] else [])]
            fit = fixed_effects(data, "y", names, covariance="cluster_city_year", engine="kernel")
            repaired += bool(fit.flags)
            assert row["std_error"] == pytest.approx(fit.term("x").std_error, rel=1e-6, abs=1e-12)
    assert repaired


def test_ten_thousand_rows_a_second() -> None:
    data = panel(cities=286, share=1.0)
    controls = [f"c{number}" for number in range(5)] + ["z", "w"]
    options = {"winsors": [None, (5, 95)], "windows": {"all": None, "late": (2015, 2021)}}
    start = process_time()
    curve = specification_curve(data, "y", ["x", "x2"], controls, **options)
    seconds = process_time() - start
    assert len(curve) == 2 * 2 * 2 * 128 * len(SANDWICHES)
    assert len(curve) / seconds > 3_000  # on a busy machine; some 25,000 on a calm one
    assert curve["status"].eq("estimated").all()


def test_rows_that_cannot_be_fitted_say_why() -> None:
    data = panel().assign(copy=lambda d: 2 * d["c0"], empty=np.nan, fixed=1.0)
    curve = specification_curve(data, "y", ["x", "fixed"], ["c0", "copy"], covariances=["iid"])
    status = curve.set_index(["treatment", "controls"])["status"]
    assert status["x", "c0 + copy"] == "collinear"
    assert status["x", "copy"] == "estimated"
    assert curve.loc[curve["treatment"] == "fixed", "status"].tolist() == ["absorbed"]
    assert curve.loc[curve["status"] != "estimated", "estimate"].isna().all()
    lost = specification_curve(data, "y", ["empty"], ["c0"], covariances=["iid"])
    assert lost["status"].tolist() == ["variable_all_missing"]
    own = specification_curve(data, "y", ["c0"], ["c0", "x"], covariances=["iid"])
    assert own["controls"].tolist() == ["", "x"]


@pytest.mark.parametrize("kind", ["wild_cluster", "conley_200km", "hc9"])
def test_covariances_that_the_curve_lacks_are_refused(kind: str) -> None:
    with pytest.raises(EstimationError):
        specification_curve(panel(), "y", ["x"], ["c0"], covariances=[kind])
