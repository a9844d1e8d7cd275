"""The built sample holds every specification of the catalogue with all covariances, and the curve.

One queue is fitted again here on both engines: the headline by linearmodels and the NumPy kernel agree to
1e-8 on every specification, sub-ids and provinces left out too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from conftest import Copy

from citypanel.estimation import COVARIANCES, fixed_effects
from citypanel.regressions import PredicateSandbox, SpecificationResult, run

CATALOGUE = {
    *(f"A1.{n}" for n in range(1, 7)),
    *("A2.1", "A2.2", "A2.3", "A3.1", "A4.1", "A4.2", "A4.3", "A5.1", "A5.2", "A6.1", "A6.2", "A6.3"),
    *("B1.1", "B1.2", "B1.3", "B1.4", "B2.1", "B2.2", "B3.1", "B3.2", "B3.3", "B4.1"),
    *(f"BH.{n}" for n in range(1, 8)),
    *(f"AX.{n}" for n in range(1, 11)),
}
FIRST = "digital_infrastructure_index"


@pytest.fixture(scope="module")
def diagnostics(built: Copy) -> pd.DataFrame:
    return built.query("from estimates.diagnostics").set_index(["specification_id", "test"]).sort_index()


@pytest.fixture(scope="module")
def panel(built: Copy) -> pd.DataFrame:
    return built.query("from panels.city_year")


@pytest.fixture(scope="module")
def queue(built: Copy) -> pd.DataFrame:
    return built.query("from estimates.regression_queue").set_index("specification_id", drop=False)


@pytest.fixture(scope="module")
def sandbox(panel: pd.DataFrame) -> Iterator[PredicateSandbox]:
    with PredicateSandbox(panel) as opened:
        yield opened


def test_every_specification_is_fitted(built: Copy) -> None:
    fits = built.query("select specification_id, n_obs, failure_message from estimates.fit_statistics")
    assert len(CATALOGUE) == 45
    assert not set(fits["specification_id"][fits["n_obs"].isna()])
    assert set(fits["specification_id"]) >= CATALOGUE
    assert len(fits) == len(built.query("from estimates.specifications"))


def test_every_fit_has_all_nine_covariances(built: Copy) -> None:
    kinds = built.query("""
        select estimates.specification_id, estimator, estimates.covariance,
            bool_or(estimates.status = 'estimated') as defined,
            string_agg(distinct status_reason_zh) as reason
        from estimates.estimates inner join estimates.specifications using (specification_id)
        where term <> '_cons' group by all""")  # fmt: skip
    assert (kinds.groupby("specification_id")["covariance"].agg(set) == set(COVARIANCES)).all()
    undefined = kinds[~kinds["defined"]]
    assert undefined["reason"].notna().all()
    expected = {"fe_2sls": set(COVARIANCES[4:]), "random_effects": set(COVARIANCES) - {"iid"}}
    assert set(undefined["estimator"]) == set(expected)
    for estimator, group in undefined.groupby("estimator"):
        assert (group.groupby("specification_id")["covariance"].agg(set) == expected[str(estimator)]).all()


def test_the_curve_has_its_rows_and_its_headline_is_the_baseline(
    built: Copy, diagnostics: pd.DataFrame
) -> None:
    curve = built.query("from estimates.specification_curve where specification_id = 'AX.6'")
    assert len(curve) >= 1000 and set(curve["status"]) == {"estimated"}
    assert sorted(curve["rank"]) == list(range(1, len(curve) + 1))
    assert curve.sort_values("rank")["estimate"].is_monotonic_increasing
    headline = curve[curve["is_headline"]]
    baseline = built.query(
        f"from estimates.estimates where specification_id = 'A1.6' and is_headline and term = '{FIRST}'"
    )
    assert len(headline) == len(baseline) == 1
    for name in ("estimate", "std_error", "statistic", "df", "p_value", "conf_low", "conf_high"):
        assert headline[name].iloc[0] == pytest.approx(baseline[name].iloc[0], rel=1e-10, abs=1e-12), name
    summary = diagnostics.loc[[("AX.6", "specification_curve")]].iloc[0]
    assert summary["statistic"] == pytest.approx(curve["estimate"].median(), rel=1e-12)
    details = json.loads(summary["details"])
    assert details["share_significant"] == pytest.approx((curve["p_value"] < 0.05).mean(), rel=1e-12)


@pytest.mark.parametrize("index", [f"{FIRST[:-6]}_principal_component_index", f"{FIRST[:-6]}_hukou_index"])
def test_rows_of_the_curve_are_the_index_variants(built: Copy, index: str) -> None:
    rows = built.query(f"""
        select curve.estimate as ours, estimates.estimate as fitted, curve.std_error,
            estimates.std_error as error
        from estimates.specification_curve as curve
        inner join estimates.estimates on treatment = term and estimates.covariance = curve.covariance
        where treatment = '{index}' and n_controls = 5 and years = '2011-2021' and winsor = 'none'
            and estimates.specification_id like 'AX.10.%'""")
    assert len(rows) == 6
    np.testing.assert_allclose(rows["ours"], rows["fitted"], rtol=1e-9)
    np.testing.assert_allclose(rows["std_error"], rows["error"], rtol=1e-7)


def test_provinces_left_out_equal_direct_fits(
    built: Copy, panel: pd.DataFrame, queue: pd.DataFrame, diagnostics: pd.DataFrame
) -> None:
    expanded = built.query("from estimates.specifications where province_left_out is not null")
    sample = panel[panel["study_a_city"].fillna(False) & panel["year"].between(2011, 2021)]
    assert sorted(expanded["province_left_out"]) == sorted(sample["province_zh"].unique())
    assert set(expanded["parent_id"]) == {"AX.8"}
    slopes = built.query(f"select specification_id, estimate, std_error from estimates.estimates "
                         f"where specification_id like 'AX.8.%' and is_headline and term = '{FIRST}'")
    slopes = slopes.set_index("specification_id")
    assert len(slopes) == len(expanded)
    controls = queue.loc["AX.8", "controls"].split(" + ")
    for name, province in [("AX.8.anhui", "安徽省"), ("AX.8.inner_mongolia", "内蒙古自治区")]:
        rows = sample[sample["province_zh"] != province]
        direct = fixed_effects(rows, queue.loc["AX.8", "outcome"], [FIRST, *controls]).term(FIRST)
        assert slopes.loc[name, "estimate"] == pytest.approx(direct.estimate, rel=1e-10)
        assert slopes.loc[name, "std_error"] == pytest.approx(direct.std_error, rel=1e-10)
    found = json.loads(diagnostics.loc[[("AX.8", "leave_one_out_range")], "details"].iloc[0])
    assert (found["min"], found["max"]) == (slopes["estimate"].min(), slopes["estimate"].max())
    assert f"AX.8.{found['min_without'].lower()}" == slopes["estimate"].idxmin()


def test_the_difference_between_groups_is_that_of_the_two_columns(built: Copy) -> None:
    slopes = built.query("select specification_id, term, estimate from estimates.estimates "
                         f"where is_headline and term in ('{FIRST}', '{FIRST}:study_a_east')")
    by = slopes.set_index(["specification_id", "term"])["estimate"]
    assert by["A6.3", FIRST] == pytest.approx(by["A6.2", FIRST], rel=1e-9)
    difference = by["A6.1", FIRST] - by["A6.2", FIRST]
    assert by["A6.3", f"{FIRST}:study_a_east"] == pytest.approx(difference, rel=1e-8)


def test_the_engines_are_as_documented(built: Copy) -> None:
    engines = built.query("select specification_id, estimator, engine from estimates.fit_statistics "
                          "inner join estimates.specifications using (specification_id)")
    sub = engines["specification_id"].str.count(r"\.") > 1
    assert set(engines["engine"][sub]) == {"kernel"}
    assert set(engines["engine"][~sub]) == {"linearmodels"}


def both_engines(row: dict, panel: pd.DataFrame, sandbox: PredicateSandbox) -> list[SpecificationResult]:
    if row["estimator"] not in ("fe_2sls", "fixed_effects", "group_difference"):
        row = row | {"estimator": "two_way_fixed_effects"}  # the tests beside it have no engine
    kinds = ("iid", "hc1", "cluster_city")
    engines = ("linearmodels", "kernel")
    return [run(row, panel, sandbox=sandbox, covariances=kinds, engine=name) for name in engines]


def test_kernel_and_linearmodels_agree_on_every_specification(
    queue: pd.DataFrame, panel: pd.DataFrame, sandbox: PredicateSandbox
) -> None:
    """Slopes and errors of the headline covariance, where linearmodels has it, to 1e-8."""
    compared = 0
    for row in queue.to_dict("records"):
        if row["estimator"] == "random_effects":
            continue
        if row["covariance"] not in ("iid", "hc1", "cluster_city", "cluster_city_year", "driscoll_kraay"):
            row |= {"covariance": "cluster_city"}
        first, second = both_engines(row, panel, sandbox)
        assert (first.fit.engine, second.fit.engine) == ("linearmodels", "kernel"), row["specification_id"]
        for one, other in zip(first.terms, second.terms, strict=True):
            assert (one.term, one.covariance, one.status) == (other.term, other.covariance, other.status)
            for name in ("estimate", "std_error"):
                expected = getattr(one, name)
                assert getattr(other, name) == (expected and pytest.approx(expected, rel=1e-8)), row
        compared += 1
    assert compared >= 100
