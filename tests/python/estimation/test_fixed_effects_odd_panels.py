"""Fixed effects where panels are odd: singletons, absorbed terms, separate parts, mistakes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from textbook import made_up_panel, produc, unbalanced

from citypanel.estimation import COVARIANCES, EstimationError, fixed_effects


def test_singletons_are_dropped_repeatedly_and_counted() -> None:
    data = unbalanced()
    fit = fixed_effects(data, "y", ["x1", "x2"], entity="id")
    assert fit.statistics.n_obs + fit.statistics.singletons == len(data)
    chain = pd.DataFrame(
        {
            "city_id": list("aabbcd"),
            "year": [1, 2, 1, 2, 2, 3],
            "y": [0, 1, 5, 3, 4, 5],
            "x": [1, 5, 2, 2, 7, 1],
        }
    )
    # d is alone in its city and year, c in its city: both go, and nothing else
    with pytest.raises(EstimationError, match=r"^4 rows") as caught:
        fixed_effects(chain, "y", ["x"])
    assert caught.value.message_id == "too_few_rows"
    kept = fixed_effects(data, "y", ["x1", "x2"], entity="id", drop_singletons=False)
    assert (kept.statistics.n_obs, kept.statistics.singletons) == (len(data), 0)
    assert kept.term("x1").estimate == pytest.approx(fit.term("x1").estimate, rel=1e-10)


def test_order_of_rows_and_type_of_ids_change_nothing() -> None:
    data = made_up_panel(5)
    shuffled = data.sample(frac=1, random_state=1).assign(city_id=lambda d: d["city_id"].str[1:].astype(int))
    first, second = (fixed_effects(d, "y", ["x", "z"], also=COVARIANCES) for d in (data, shuffled))
    assert [term.std_error for term in first.terms] == [term.std_error for term in second.terms]
    pd.testing.assert_series_equal(first.residuals.sort_index(), second.residuals.sort_index())


def test_absorbed_and_collinear_regressors_are_recorded_last_first() -> None:
    data = produc().assign(
        one=1.0, trend=lambda d: d["year"] - 1970.0, twice=lambda d: 2 * d["lpc"] + d["lemp"]
    )
    data["of_the_state"] = data.groupby("state")["lpcap"].transform("mean")
    regressors = ["one", "lpc", "trend", "of_the_state", "lemp", "twice"]
    fit = fixed_effects(data, "lgsp", regressors, entity="state")
    found = {t.term: (t.status, t.status_reason) for t in fit.terms if t.is_headline}
    assert found["one"] == ("absorbed", "constant_in_sample")
    assert found["trend"] == found["of_the_state"] == ("absorbed", "absorbed_by_effects")
    assert found["twice"] == ("omitted", "collinear_with_earlier_terms")
    plain = fixed_effects(data, "lgsp", ["lpc", "lemp"], entity="state")
    assert fit.term("lpc").std_error == pytest.approx(plain.term("lpc").std_error, rel=1e-12)
    assert fit.term("twice").estimate is None


def test_two_separate_parts_of_a_panel_cost_one_more_dummy() -> None:
    data = made_up_panel(3, cities=20, share=1.0)
    apart = data[(data["city_id"] < "c010") == (data["year"] < 2016)]
    fit = fixed_effects(apart, "y", ["x"], covariance="iid")
    dummies = pd.get_dummies(apart[["city_id", "year"]].astype(str), dtype=float)
    rank = np.linalg.matrix_rank(dummies.to_numpy()) + 1
    assert fit.statistics.df_residual == len(apart) - rank
    full = np.column_stack([apart["x"], dummies])
    slope = np.linalg.lstsq(full, apart["y"].to_numpy(), rcond=None)[0][0]
    assert fit.term("x").estimate == pytest.approx(slope, rel=1e-8)


def test_a_covariance_that_is_not_psd_is_repaired_and_flagged() -> None:
    for seed in range(200):
        fit = fixed_effects(
            made_up_panel(seed, 6, 4, 1.0),
            "y",
            ["x", "z", "w"],
            covariance="cluster_city_year",
            engine="kernel",
        )
        if fit.flags:
            break
    assert fit.flags == ("negative_eigenvalues_set_to_zero:cluster_city_year",)
    eigenvalues = np.linalg.eigvalsh(fit.covariances["cluster_city_year"].to_numpy())
    assert eigenvalues.min() >= -1e-12 * eigenvalues.max()


@pytest.mark.parametrize(
    ("change", "message_id"),
    [
        ({"outcome": "yy"}, "unknown_variable"),
        ({"regressors": ["x", "x"]}, "repeated_variable"),
        ({"regressors": ["city_id"]}, "variable_not_numeric"),
        ({"regressors": ["nothing"]}, "variable_all_missing"),
        ({"regressors": ["one"]}, "no_regressor_left"),
        ({"outcome": "one"}, "outcome_without_variation"),
        ({"covariance": "robust"}, "unknown_covariance"),
        ({"effects": ("city",)}, "unknown_effect"),
    ],
)
def test_mistakes_are_typed_errors(change: dict, message_id: str) -> None:
    data = made_up_panel(1).assign(one=1.0, nothing=np.nan)
    asked = {"outcome": "y", "regressors": ["x"]} | change
    with pytest.raises(EstimationError) as caught:
        fixed_effects(data, **asked)
    assert caught.value.message_id == message_id


def test_a_city_year_twice_and_one_city_are_typed_errors() -> None:
    data = made_up_panel(1)
    with pytest.raises(EstimationError) as caught:
        fixed_effects(pd.concat([data, data.head(1)]), "y", ["x"])
    assert caught.value.message_id == "duplicate_panel_key"
    with pytest.raises(EstimationError) as caught:
        fixed_effects(data[data["city_id"] == "c001"], "y", ["x"], effects=("entity",))
    assert caught.value.message_id == "sample_has_one_city"
