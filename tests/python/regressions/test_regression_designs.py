"""Rows whose fit is more than one regression: groups, random effects, curves, provinces left out."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from panel_for_regressions import made_up_panel, row

from citypanel.estimation import COVARIANCES, fixed_effects, random_effects
from citypanel.regressions import cities_of, run, run_curves, run_queue
from citypanel.regressions.cell_grammar import Factor

PANEL = made_up_panel()
PLACES = pd.DataFrame(
    np.random.default_rng(2).uniform([25, 100], [45, 122], (30, 2)),
    index=[f"city_{i:02d}" for i in range(30)],
    columns=["latitude", "longitude"],
)
GROUPS = {"estimator": "group_difference", "split": "eastern", "split_predicate": "region_three = 'east'"}


def test_the_interacted_regression_is_the_two_separate_ones() -> None:
    """Slopes of the rest, and the differences, equal two fits; so do covariances that add up over groups."""
    result = run(row(**GROUPS, seed=7), PANEL, coordinates=PLACES)
    terms = {(t.term, t.covariance): t for t in result.terms}
    assert {kind for _, kind in terms} == set(COVARIANCES)
    sample = result.rows.merge(PANEL)
    east, rest = (
        fixed_effects(half, "flow", ["digital", "gdp", "wage"], also=["hc1"])
        for _, half in sample.groupby("region_three")
    )
    for name in ("digital", "gdp", "wage"):
        base, difference = terms[name, "cluster_city"], terms[f"{name}:eastern", "cluster_city"]
        assert base.estimate == pytest.approx(rest.term(name).estimate, rel=1e-9)
        expected = east.term(name).estimate - rest.term(name).estimate
        assert difference.estimate == pytest.approx(expected, rel=1e-8)
    assert not [name for name, _ in terms if name.startswith("year_")]
    tests = {test.test: test for test in result.diagnostics}
    permutation = tests["group_difference_permutation"]
    assert (permutation.seed, permutation.draws, permutation.variable) == (7, 9_999, "digital")
    assert permutation.statistic == pytest.approx(terms["digital:eastern", "iid"].estimate, rel=1e-9)
    assert "year_2012:eastern" not in tests["vif_max"].details
    assert tests["vif_max"].variable in {name for name, _ in terms}


def test_clusters_of_the_interacted_regression_count_the_years_of_both_groups() -> None:
    result = run(row(**GROUPS), PANEL)
    # 6 slopes, constant, 10 years and 10 years of the east; cities are nested
    assert result.fit.k_parameters == 6 + 1 + 10 + 10
    direct = run(row(), PANEL).fit
    assert (result.fit.n_obs, result.fit.n_years) == (direct.n_obs, 11)
    assert result.fit.f_statistic is not None and result.fit.f_statistic != direct.f_statistic


def test_a_split_is_a_variable_of_any_row() -> None:
    changes = {"split": "eastern", "split_predicate": "region_three = 'east'"}
    result = run(row(regressors="digital + digital:eastern", **changes), PANEL)
    sample = result.rows.merge(PANEL)
    sample["digital:eastern"] = sample["digital"] * (sample["region_three"] == "east")
    direct = fixed_effects(sample, "flow", ["digital", "digital:eastern", "gdp", "wage"])
    estimates = {t.term: t.estimate for t in result.terms if t.is_headline}
    for name in ("digital", "digital:eastern"):
        assert estimates[name] == pytest.approx(direct.term(name).estimate, rel=1e-10)
    assert Factor("eastern") not in result.variables


@pytest.mark.parametrize(
    ("changes", "failure_id"),
    [
        ({"estimator": "group_difference"}, "split_is_missing"),
        ({**GROUPS, "split": "rain"}, "split_is_a_column"),
        ({**GROUPS, "split_predicate": "year > 1900"}, "not_two_groups"),
        ({**GROUPS, "split_predicate": "year > 2015"}, "group_varies_within_city"),
        ({**GROUPS, "split_predicate": "regionthree"}, "predicate_unknown_column"),
        (
            {"estimator": "random_effects", "fixed_effects": "year", "covariance": "cluster_city"},
            "unknown_covariance",
        ),
        ({"estimator": "random_effects", "covariance": ""}, "effects_do_not_fit_estimator"),
    ],
)
def test_a_group_that_is_none_is_a_record(changes: dict, failure_id: str) -> None:
    result = run(row(**changes), PANEL)
    assert result.fit.failure_id == failure_id and result.fit.failure_message_zh


def test_random_effects_stand_beside_with_their_own_variance() -> None:
    result = run(row(estimator="random_effects", fixed_effects="year", covariance="iid"), PANEL)
    sample = PANEL[PANEL["belt"] & PANEL["year"].between(2011, 2021)]
    direct = random_effects(sample, "flow", ["digital", "gdp", "wage"])
    terms = {t.term: t for t in result.terms if t.is_headline}
    assert terms["digital"].std_error == pytest.approx(direct.terms[0].std_error, rel=1e-10)
    assert {t.status for t in result.terms if not t.is_headline} == {"not_defined"}
    assert {t.covariance for t in result.terms} == set(COVARIANCES)
    assert (result.fit.n_obs, result.fit.r2_overall, result.diagnostics) == (direct.n_obs, None, ())


@pytest.mark.parametrize("estimator", ["leave_one_out", "index_variants", "specification_curve"])
def test_the_row_of_several_fits_is_itself_the_two_way_fit(estimator: str) -> None:
    ours, plain = run(row(estimator=estimator), PANEL), run(row(), PANEL)
    assert ours.terms == plain.terms and ours.fit == plain.fit


def test_variables_are_read_from_rows_that_cannot_run() -> None:
    rows = [
        row(specification_id="T1.1", regressors="L2.digital:gdp + log(wage)", endogenous="rain"),
        row(specification_id="T1.2", controls=None),
    ]
    queue = pd.DataFrame(rows).assign(
        is_valid=[True, False], failure_id=[None, "control_set_is_unknown"], failure_message=["", "x"]
    )
    table = run_queue(queue, PANEL, report=lambda line: None)
    read = [[tuple(factor.values()) for factor in json.loads(text)] for text in table["variables"]]
    assert read[0] == [("digital", 2), ("flow", 0), ("gdp", 0), ("rain", 0), ("wage", 0)]
    assert read[1] == [("digital", 0), ("flow", 0)]


CHOICES = pd.DataFrame(
    [
        *(("T1.1", "control", name) for name in ("gdp", "wage")),
        *(("T1.1", "index", name) for name in ("digital", "rain")),
        *(("T1.1", "window", years) for years in ("2011-2021", "2015-2021")),
        *(("T1.1", "winsor", choice) for choice in ("none", "winsor(5,95)")),
        *(("T1.1", "covariance", kind) for kind in ("hc1", "conley_200km")),
    ],
    columns=["specification_id", "dimension", "choice"],
)


def curve(choices: pd.DataFrame = CHOICES, **changes: object) -> pd.DataFrame:
    asked = pd.DataFrame([row(estimator="specification_curve", **changes)]).assign(is_valid=True)
    return run_curves(asked, choices, PANEL, PLACES)


def test_a_curve_has_every_combination_and_its_headline_is_the_row() -> None:
    table = curve()
    assert len(table) == 4 * 2 * 2 * 2 * 3 and set(table["status"]) == {"estimated"}
    headline = table[table["is_headline"]].iloc[0]
    assert table["is_headline"].sum() == 1
    direct = next(t for t in run(row(), PANEL).terms if t.term == "digital" and t.is_headline)
    for name in ("estimate", "std_error", "df", "p_value", "conf_low", "conf_high"):
        assert headline[name] == pytest.approx(getattr(direct, name), rel=1e-8)
    assert (headline["years"], headline["covariance"]) == ("2011-2021", "cluster_city")


@pytest.mark.parametrize(
    ("changes", "choice", "status"),
    [
        ({}, ("T1.1", "colour", "red"), "curve_choice_is_unknown"),
        ({}, ("T1.1", "window", "2015"), "curve_choice_is_unknown"),
        ({}, ("T1.1", "covariance", "cr2"), "curve_choice_is_unknown"),
        ({}, ("T1.1", "index", "digitl"), "unknown_variable"),
        ({}, ("T1.1", "effects", "province"), "unknown_effect"),
        ({"regressors": "L1.digital"}, None, "curve_term_is_not_a_column"),
        ({"controls": "gdp + rain + wage"}, None, "curve_control_is_no_choice"),
        ({"controls": "gdp + unpublished"}, ("T1.1", "control", "unpublished"), "variable_all_missing"),
        ({"predicate": "year = 1900"}, None, "sample_is_empty"),
    ],
)
def test_a_curve_that_cannot_be_drawn_is_one_row_that_says_why(
    changes: dict, choice: tuple[str, str, str] | None, status: str
) -> None:
    added = pd.DataFrame([choice] if choice else [], columns=CHOICES.columns)
    table = curve(pd.concat([CHOICES, added]), **changes)
    assert list(table["status"]) == [status] and not table["is_headline"][0]
    assert table["status_reason"][0] and table["status_reason_zh"][0] != table["status_reason"][0]


def test_cities_of_a_sample_come_from_its_predicate() -> None:
    samples = pd.DataFrame(
        {"sample_id": ["east", "bad"], "predicate": ["region_three = 'east' and year > 2012", "nonsense"]}
    )
    found = cities_of(samples, PANEL)
    assert set(found["sample_id"]) == {"east"}
    assert list(found["city_id"]) == [f"city_{i:02d}" for i in range(10)]
