"""The first principal component: known answers of two components, its sign, its columns when it is empty."""

import numpy as np
import pandas as pd
import pytest

from citypanel.composite import component_loadings, principal_component_loadings


def long(columns: dict[str, list[float]], index_id: str = "i") -> pd.DataFrame:
    """One row per city and component, as SQL hands the scores over."""
    rows = [
        (index_id, "all", f"city {n}", 2015, component, z)
        for component, scores in columns.items()
        for n, z in enumerate(scores)
    ]
    return pd.DataFrame(rows, columns=["index_id", "pool", "city_id", "year", "component", "z"])


def test_two_positively_correlated_components_load_alike() -> None:
    # the correlation matrix [[1, r], [r, 1]] has the eigenvector (1, 1) / sqrt 2 with eigenvalue 1 + r
    result = component_loadings(long({"u": [0, 0.5, 1], "v": [0, 0, 1]})).set_index("component")
    assert result["loading"].to_list() == pytest.approx([0.5**0.5, 0.5**0.5])
    assert result["explained_share"].to_list() == pytest.approx([(1 + 0.75**0.5) / 2] * 2)
    assert result.loc["u", "loading_on_score"] == pytest.approx(0.5**0.5 / 0.5)
    assert result.loc["v", "loading_on_score"] == pytest.approx(0.5**0.5 / (1 / 3) ** 0.5)


def test_loadings_sum_to_a_positive_number_whatever_the_order_of_rows_and_columns() -> None:
    generator = np.random.default_rng(3)
    mixed = generator.normal(size=(50, 4)) @ generator.normal(size=(4, 4))
    scores = pd.DataFrame(mixed, columns=list("abcd"))
    loadings = principal_component_loadings(scores).set_index("component")["loading"]
    shuffled = scores.sample(frac=1, random_state=1)[list("dbca")]
    again = principal_component_loadings(shuffled).set_index("component")["loading"]
    assert loadings.sum() > 0
    assert np.linalg.norm(loadings) == pytest.approx(1)
    pd.testing.assert_series_equal(loadings, again)


def test_the_scores_of_the_first_component_have_the_largest_variance() -> None:
    generator = np.random.default_rng(4)
    scores = pd.DataFrame(generator.normal(size=(60, 3)) @ generator.normal(size=(3, 3)), columns=list("abc"))
    result = principal_component_loadings(scores)
    standardised = (scores - scores.mean()) / scores.std()
    variance = (standardised @ result["loading"].to_numpy()).var()
    assert variance == pytest.approx(result["explained_share"].iloc[0] * 3)
    directions = generator.normal(size=(500, 3))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    assert ((standardised.to_numpy() @ directions.T).var(axis=0, ddof=1) <= variance + 1e-12).all()


def test_a_component_that_does_not_vary_is_left_out() -> None:
    result = component_loadings(long({"u": [0, 0.5, 1], "v": [0, 0, 1], "constant": [2, 2, 2]}))
    assert result["component"].to_list() == ["u", "v"]


@pytest.mark.parametrize("scores", [{}, {"u": [1.0], "v": [2.0]}])
def test_without_rows_to_compare_the_answer_is_empty_and_typed(scores: dict[str, list[float]]) -> None:
    result = component_loadings(long(scores))
    assert result.empty
    assert [str(kind) for kind in result.dtypes] == ["string"] * 3 + ["float64"] * 3
