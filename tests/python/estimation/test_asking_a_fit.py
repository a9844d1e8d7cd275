"""What a fit is asked for and has not: the answer names what there is, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from test_mistakes_of_callers import panel, said

from citypanel.estimation import (
    EstimationError,
    between,
    fe_2sls,
    fixed_effects,
    fixed_effects_on,
    panel_sample,
    random_effects,
    specification_curve,
)


def two_stage(data: pd.DataFrame, **options: Any) -> Any:
    return fe_2sls(data, "y", ["x", "z"], ["x"], ["w"], engine="kernel", **options)


def least_squares(data: pd.DataFrame, **options: Any) -> Any:
    return fixed_effects(data, "y", ["x", "z"], engine="kernel", **options)


def means(data: pd.DataFrame, **options: Any) -> Any:
    return between(data, "y", ["x"], **options)


def curve(data: pd.DataFrame, covariance: str, **options: Any) -> Any:
    return specification_curve(data, "y", ["x"], ["z"], covariances=[covariance], **options)


ESTIMATORS: dict[str, Callable[..., Any]] = {
    "fixed_effects": least_squares, "fe_2sls": two_stage, "between": means, "specification_curve": curve,
}  # fmt: skip


def listed(estimator: Callable[..., Any]) -> list[str]:
    """The kinds that the message names when one is asked for that no estimator has."""
    with pytest.raises(EstimationError) as caught:
        estimator(panel(), covariance="robust")
    assert caught.value.message_id == "unknown_covariance"
    return str(caught.value.arguments["known"]).split(", ")


@pytest.mark.parametrize("name", ESTIMATORS)
def test_the_message_names_exactly_the_kinds_there_are(name: str) -> None:
    data = panel()
    places = pd.DataFrame(
        np.random.default_rng(1).uniform(20, 40, (data["city_id"].nunique(), 2)),
        index=sorted(data["city_id"].unique()), columns=["latitude", "longitude"],
    )  # fmt: skip
    everywhere = set(listed(least_squares))
    own = listed(ESTIMATORS[name])
    assert len(own) == len(set(own)) and set(own) <= everywhere
    options = {"coordinates": places} if name in ("fixed_effects", "specification_curve") else {}
    for kind in (each.replace("<N>", "250") for each in own):
        if kind != "wild_cluster":
            assert ESTIMATORS[name](data, covariance=kind, **options) is not None
    for kind in (each.replace("<N>", "250") for each in everywhere - set(own)):
        with pytest.raises(EstimationError):
            ESTIMATORS[name](data, covariance=kind)


def test_a_term_or_covariance_that_is_not_there_is_answered_with_those_that_are() -> None:
    fit = least_squares(panel(), also=["hc1", "iid"])
    with pytest.raises(EstimationError, match=r"no term xx\. Its terms: x, z, _cons\.") as caught:
        fit.term("xx")
    assert caught.value.message_id == "unknown_term"
    with pytest.raises(EstimationError, match=r"covariance cr2\. It has: cluster_city, hc1, iid"):
        fit.term("x", "cr2")
    assert said(lambda: fit.term("xx", "cr2")) == "unknown_term"
    assert said(lambda: fit.term("x", "cr2")) == "covariance_not_computed"


def test_random_effects_have_terms_by_name_too() -> None:
    fit = random_effects(panel(), "y", ["x", "z"])
    assert fit.term("x").estimate == fit.coefficients["x"]
    assert said(lambda: fit.term("xx")) == "unknown_term"


def test_a_sample_names_the_nearest_of_its_columns() -> None:
    sample = panel_sample(panel(), ["y", "x", "z"])
    assert said(lambda: sample.columns(["x", "w"])) == "unknown_variable"
    assert said(lambda: fixed_effects_on(sample, "y", ["w"])) == "unknown_variable"


@pytest.mark.parametrize(
    ("call", "message_id"),
    [
        (lambda: two_stage(panel(), covariance="cr2"), "covariance_not_defined_for_2sls"),
        (lambda: least_squares(panel(), covariance="conley_10km"), "covariance_no_coordinates"),
        (lambda: curve(panel(), "conley_10km"), "covariance_no_coordinates"),
        (
            lambda: fixed_effects(
                panel()[lambda d: d["year"] == 2012], "y", ["x"], effects=(), covariance="driscoll_kraay"
            ),
            "covariance_one_cluster",
        ),
    ],
)
def test_a_covariance_that_cannot_be_had_says_why_and_what_to_do(
    call: Callable[[], Any], message_id: str
) -> None:
    assert said(call) == message_id


def test_beside_the_headline_it_is_a_term_that_is_not_defined() -> None:
    fit = two_stage(panel(), also=["cr2", "conley_10km"])
    for kind in ("cr2", "conley_10km"):
        assert (fit.term("x", kind).status, fit.term("x", kind).std_error) == ("not_defined", None)
        assert fit.term("x", kind).status_reason == "not_defined_for_2sls"
