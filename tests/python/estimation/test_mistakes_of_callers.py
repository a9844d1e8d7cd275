"""What cannot be meant is refused with a message in two languages, whichever function is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from textbook import made_up_panel

from citypanel.estimation import (
    EstimationError,
    between,
    fe_2sls,
    first_differences,
    fixed_effects,
    group_difference,
    hausman,
    hausman_regression,
    oster,
    panel_tests,
    placebo,
    random_effects,
    specification_curve,
)
from citypanel.messages import message

Asked = Callable[..., Any]


def panel() -> pd.DataFrame:
    data = made_up_panel(1, cities=20).reset_index(drop=True)
    return data.assign(g=(data["city_id"] < "c008").astype(int), one=1.0, text="a", nothing=np.nan)


def two_stage(data: pd.DataFrame, outcome: str, regressors: Any, **options: Any) -> Any:
    return fe_2sls(data, outcome, regressors, ["x"], ["w"], engine="kernel", **options)


def groups(data: pd.DataFrame, outcome: str, regressors: Any, **options: Any) -> Any:
    return group_difference(data, outcome, regressors, "g", **{"draws": 50, **options})


def curve(data: pd.DataFrame, outcome: str, regressors: Any, **options: Any) -> Any:
    names = [regressors] if isinstance(regressors, str) else list(regressors)
    return specification_curve(data, outcome, names[:1], names[1:], covariances=["iid"], **options)


EVERY: dict[str, Asked] = {
    "fixed_effects": fixed_effects, "fe_2sls": two_stage, "between": between,
    "first_differences": first_differences, "random_effects": random_effects, "hausman": hausman,
    "hausman_regression": hausman_regression, "panel_tests": panel_tests, "placebo": placebo,
    "oster": oster, "group_difference": groups, "specification_curve": curve,
}  # fmt: skip
# of the whole curve one sample's failure is a row's status, not an error
ROWS_SAY = {
    "variable_not_numeric",
    "variable_all_missing",
    "outcome_without_variation",
    "duplicate_panel_key",
}


def said(call: Callable[[], Any]) -> str:
    with pytest.raises(EstimationError) as caught:
        call()
    error = caught.value
    english, chinese = (message(error.message_id, lang, **error.arguments) for lang in ("en", "zh"))
    assert english != chinese and any("\u4e00" <= letter <= "\u9fff" for letter in chinese)
    return error.message_id


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(
    ("change", "message_id"),
    [
        (lambda d: {"data": d.to_numpy()}, "not_a_data_frame"),
        (lambda d: {"data": pd.concat([d, d[["x"]]], axis=1)}, "repeated_column"),
        (lambda d: {"data": pd.concat([d, d.head(1)])}, "duplicate_panel_key"),
        (lambda d: {"regressors": ["x", "absent"]}, "unknown_variable"),
        (lambda d: {"regressors": ["x", "text"]}, "variable_not_numeric"),
        (lambda d: {"regressors": ["x", "nothing"]}, "variable_all_missing"),
        (lambda d: {"outcome": "one"}, "outcome_without_variation"),
    ],
)
def test_bad_data_are_refused_by_every_function(
    name: str, change: Callable[[pd.DataFrame], dict[str, Any]], message_id: str
) -> None:
    asked = {"data": panel(), "outcome": "y", "regressors": ["x", "z"]} | change(panel())
    if name == "specification_curve" and message_id in ROWS_SAY:
        rows = EVERY[name](asked["data"], asked["outcome"], asked["regressors"])
        assert set(rows["status"]) == {message_id}
        return
    assert said(lambda: EVERY[name](asked["data"], asked["outcome"], asked["regressors"])) == message_id


@pytest.mark.parametrize("name", EVERY)
def test_one_name_is_a_name_and_not_its_letters(name: str) -> None:
    data = panel().rename(columns={"x": "xz", "w": "x"}).assign(w=lambda d: d["x"])
    if name == "fe_2sls":
        fit = fe_2sls(data, "y", "xz", "xz", "w", engine="kernel")
        assert [term.term for term in fit.terms] == ["xz", "_cons"]
        return
    first, second = (EVERY[name](data, "y", names) for names in ("xz", ["xz"]))
    if isinstance(first, pd.DataFrame):
        pd.testing.assert_frame_equal(first, second)
    else:
        assert str(first) == str(second)


@pytest.mark.parametrize("name", ["random_effects", "placebo", "oster", "group_difference", "between",
    "first_differences", "panel_tests", "hausman_regression"])  # fmt: skip
def test_no_regressor_is_refused(name: str) -> None:
    assert said(lambda: EVERY[name](panel(), "y", [])) == "no_regressor_given"


@pytest.mark.parametrize(
    ("asked", "options"),
    [
        (fixed_effects, {"level": 95}),
        (fixed_effects, {"level": 0.0}),
        (fixed_effects, {"lag": -1, "covariance": "driscoll_kraay"}),
        (fixed_effects, {"draws": 0, "covariance": "wild_cluster"}),
        (fixed_effects, {"seed": -3, "covariance": "wild_cluster"}),
        (fixed_effects, {"engine": "stata"}),
        (two_stage, {"level": 1.0}),
        (random_effects, {"level": 95}),
        (placebo, {"draws": 0}),
        (placebo, {"seed": -1}),
        (groups, {"draws": 0}),
        (groups, {"seed": 1.5}),
        (oster, {"r2_max": 0.0}),
        (oster, {"r2_max": 1.5}),
        (curve, {"level": 95}),
        (curve, {"lag": -1}),
    ],
)
def test_options_that_cannot_be_meant_are_refused(asked: Asked, options: dict[str, Any]) -> None:
    assert said(lambda: asked(panel(), "y", ["x", "z"], **options)) == "bad_argument"


def test_the_slope_in_question_must_be_a_regressor() -> None:
    for asked, word in ((placebo, "treatment"), (oster, "treatment"), (groups, "term")):
        assert said(lambda a=asked, w=word: a(panel(), "y", ["x", "z"], **{w: "w"})) == "not_a_regressor"
    assert said(lambda: group_difference(panel(), "y", ["x"], "absent")) == "unknown_variable"


@pytest.mark.parametrize("kind", ["cluster_city:sss", "cr2:none", "hc1:all_effects", "hc9", "conley_km"])
def test_unknown_factors_are_refused(kind: str) -> None:
    assert said(lambda: fixed_effects(panel(), "y", ["x"], covariance=kind)) == "unknown_covariance"
