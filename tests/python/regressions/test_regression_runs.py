"""A row of the queue becomes records; every row lost is in the flow; a failure is a record too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from panel_for_regressions import made_up_panel, row

from citypanel.estimation import COVARIANCES, fe_2sls, fixed_effects, lag, winsorise
from citypanel.regressions import SpecificationResult, run, run_queue

PANEL = made_up_panel()


def require_accounted(result: SpecificationResult) -> None:
    """Each step takes over what the one before left, the last leaves the rows of the fit."""
    assert [step.step_number for step in result.steps] == list(range(1, len(result.steps) + 1))
    assert result.steps[0].rows_in == result.steps[0].rows_out == len(PANEL)
    for before, after in zip(result.steps, result.steps[1:], strict=False):
        assert after.rows_in == before.rows_out >= after.rows_out
    assert result.steps[-1].rows_out == result.fit.n_obs == len(result.rows)


def test_a_row_gives_terms_fit_flow_and_rows() -> None:
    result = run(row(), PANEL)
    require_accounted(result)
    flow = {step.step: step.rows_in - step.rows_out for step in result.steps}
    # 11 years of the belt's 20 cities, one of them seen once: 210 rows; 2 of wage and 1 of gdp are missing
    assert flow == {
        "panel": 0,
        "sample": len(PANEL) - 210,
        "missing:gdp": 1,
        "missing:wage": 2,
        "singletons": 1,
    }
    assert (result.fit.n_obs, result.fit.n_cities, result.fit.n_years) == (206, 19, 11)
    assert (result.fit.rows_missing, result.fit.singletons) == (3, 1)
    assert result.fit.failure_message is None
    assert {term.covariance for term in result.terms} == set(COVARIANCES)
    assert {term.covariance for term in result.terms if term.is_headline} == {"cluster_city"}
    assert [term.term for term in result.terms[:4]] == ["digital", "gdp", "wage", "_cons"]


def test_the_run_equals_the_estimator_on_the_same_rows() -> None:
    result = run(row(), PANEL)
    direct = fixed_effects(result.rows.merge(PANEL), "flow", ["digital", "gdp", "wage"])
    assert result.terms[0].estimate == pytest.approx(direct.term("digital").estimate, rel=1e-12)
    assert result.terms[0].std_error == pytest.approx(direct.term("digital").std_error, rel=1e-12)


def test_lags_are_taken_inside_the_sample_window() -> None:
    result = run(row(regressors="L1.digital", controls="gdp:wage + wage"), PANEL)
    require_accounted(result)
    assert result.rows["year"].min() == 2012
    assert [step.step for step in result.steps] == [
        *("panel", "sample", "lag", "missing:gdp:wage", "singletons"),
    ]
    assert result.steps[2].rows_in - result.steps[2].rows_out == 20
    assert result.fit.n_obs == 190 - 3


def test_winsorising_uses_the_rows_of_the_sample() -> None:
    result = run(row(transform="winsor(5,95,7)"), PANEL)
    sample = PANEL[PANEL["belt"] & PANEL["year"].between(2011, 2021)].copy()
    for name in ("flow", "digital", "gdp", "wage"):
        sample[name] = winsorise(sample[name], 5, 95, 7)
    direct = fixed_effects(sample, "flow", ["digital", "gdp", "wage"])
    assert result.terms[0].estimate == pytest.approx(direct.term("digital").estimate, rel=1e-10)
    assert result.fit.quantile_type == 7


def test_two_stage_rows_carry_their_diagnostics() -> None:
    changes = {"estimator": "fe_2sls", "endogenous": "digital", "instruments": "L1.digital"}
    result = run(row(**changes), PANEL)
    require_accounted(result)
    sample = PANEL[PANEL["belt"] & PANEL["year"].between(2011, 2021)].copy()
    sample["L1.digital"] = lag(sample, "digital")
    direct = fe_2sls(sample, "flow", ["digital", "gdp", "wage"], ["digital"], ["L1.digital"])
    assert result.terms[0].estimate == pytest.approx(direct.term("digital").estimate, rel=1e-8)
    assert "kleibergen_paap_rk_f" in {test.test for test in result.diagnostics}


def test_the_catalogue_runs_on_linearmodels_and_sub_ids_on_the_kernel_with_the_same_numbers() -> None:
    first, second = run(row(), PANEL), run(row(specification_id="T1.1.again"), PANEL)
    assert (first.fit.engine, second.fit.engine) == ("linearmodels", "kernel")
    for one, other in zip(first.terms, second.terms, strict=True):
        assert (one.std_error is None) == (other.std_error is None)
        assert one.std_error is None or one.std_error == pytest.approx(other.std_error, rel=1e-8)


def test_a_trend_in_years_is_a_term_of_a_one_way_model() -> None:
    result = run(row(estimator="fixed_effects", fixed_effects="city", controls="year"), PANEL)
    assert result.fit.failure_message is None
    assert result.rows["year"].dtype.kind == "i"


def test_an_absorbed_term_has_a_status_and_a_reason() -> None:
    result = run(row(controls="year"), PANEL)
    absorbed = next(term for term in result.terms if term.term == "year")
    assert (absorbed.status, absorbed.estimate) == ("absorbed", None)
    assert absorbed.status_reason == "year is absorbed by the fixed effects."
    assert absorbed.status_reason_zh == "year 被固定效应吸收。"


@pytest.mark.parametrize(
    ("changes", "failure_id", "names"),
    [
        ({"regressors": "digitl"}, "unknown_variable", ["digitl", "digital"]),
        ({"controls": "gpd + wagge"}, "unknown_variable", ["gpd", "wagge", "gdp", "wage"]),
        ({"regressors": "unpublished"}, "variable_all_missing", ["unpublished"]),
        ({"regressors": "region_three"}, "variable_not_numeric", ["region_three"]),
        ({"predicate": "year = 1990"}, "sample_is_empty", ["year = 1990"]),
        ({"predicate": "city_id = 'city_07'"}, "sample_has_one_city", ["city_07", "12"]),
        ({"predicate": "city_id < 'city_03' and year < 2013"}, "too_few_rows", ["6"]),
        ({"predicate": "year = 2012"}, "no_row_after_singletons", ["29"]),
        ({"predicate": "belt; drop table city_year"}, "predicate_second_statement", ["belt"]),
        ({"predicate": "beltt"}, "predicate_unknown_column", ["beltt", "belt"]),
        ({"estimator": "ols"}, "unknown_estimator", ["ols", "two_way_fixed_effects"]),
    ],
)
def test_what_cannot_run_is_a_record_that_says_why(changes: dict, failure_id: str, names: list[str]) -> None:
    result = run(row(**changes), PANEL)
    assert result.fit.failure_id == failure_id
    assert all(name in str(result.fit.failure_message) for name in names)
    assert names[0] in str(result.fit.failure_message_zh) != result.fit.failure_message
    assert (result.terms, result.fit.n_obs, len(result.rows)) == ((), None, 0)
    assert result.steps[0].rows_out == len(PANEL)


def test_a_city_year_twice_in_the_panel_is_refused() -> None:
    result = run(row(), pd.concat([PANEL, PANEL.tail(1)]))
    assert result.fit.failure_id == "duplicate_panel_key"


def queue() -> pd.DataFrame:
    rows = [row(), row(specification_id="T1.2", predicate="beltt"), row(specification_id="T1.3", outcome="x")]
    return pd.DataFrame(rows).assign(
        is_valid=[True, True, False],
        failure_id=[None, None, "sample_is_unknown"],
        failure_message=[None, None, "no such sample"],
    )


def test_the_queue_becomes_one_row_each_of_json_without_nan() -> None:
    said: list[str] = []
    table = run_queue(queue(), PANEL, report=said.append)
    assert table["specification_id"].tolist() == ["T1.1", "T1.2", "T1.3"]
    assert said == ["regression_fits: 3 of 3 specifications"]

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    fits = [json.loads(text, parse_constant=refuse) for text in table["fit"]]
    assert [fit["failure_id"] for fit in fits] == [None, "predicate_unknown_column", "sample_is_unknown"]
    assert fits[2]["failure_message"] == "no such sample"
    terms = json.loads(table["terms"][0], parse_constant=refuse)
    assert set(terms[0]) >= {"term", "covariance", "std_error", "df", "is_headline", "status_reason"}
    years = json.loads(table["sample_rows"][0])
    assert sum(len(listed) for listed in years.values()) == fits[0]["n_obs"]
    assert json.loads(table["terms"][2]) == [] == json.loads(table["steps"][2])


SCRIPT = """
import json
from panel_for_regressions import made_up_panel
from test_regression_runs import queue
from citypanel.regressions import run_queue
PANEL = made_up_panel(286).assign(belt=True)  # large enough for BLAS to share its work among threads
for term in json.loads(run_queue(queue(), PANEL, report=lambda line: None)["terms"][0]):
    numbers = [f"{term[name] or 0:.12g}" for name in ("estimate", "std_error", "p_value")]
    print(term["term"], term["covariance"], *numbers)
"""


def test_numbers_hold_to_twelve_digits_under_any_hash_seed_and_thread_count() -> None:
    outputs = set()
    for seed, threads in (("1", "1"), ("2", "2"), ("77", "4")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": threads}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], cwd=Path(__file__).parent, env=environment, capture_output=True,
            text=True, check=True,
        )  # fmt: skip
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert len(next(iter(outputs)).splitlines()) == 4 * len(COVARIANCES)


def test_rows_that_are_not_finite_count_as_missing() -> None:
    panel = PANEL.copy()
    panel.loc[panel["year"] == 2014, "gdp"] = np.inf
    result = run(row(), panel)
    assert next(step for step in result.steps if step.step == "missing:gdp").rows_out == 210 - 19 - 1
