"""Two-stage least squares with fixed effects, and the strength of instruments, equal R."""

from __future__ import annotations

import numpy as np
import pytest
from textbook import cigar, expected

from citypanel.estimation import COVARIANCES, EstimationError, PanelFit, fe_2sls, lag

CASES = {
    "fe2sls_lagged_instrument": (["lrprice", "lrndi"], ["lrprice"], ["L1.lrprice"]),
    "fe2sls_two_endog_two_lags": (
        ["lrprice", "lrpimin"],
        ["lrprice", "lrpimin"],
        ["L1.lrprice", "L1.lrpimin"],
    ),
}
TESTS = {
    "cragg_donald_f": "cragg_donald_F",
    "kleibergen_paap_rk_f": "kp_F_cluster_nested",
    "kleibergen_paap_rk_f_ivreg2": "kp_F_cluster_ivreg2",
    "kleibergen_paap_rk_f_robust": "kp_F_robust",
    "anderson_rubin_f": "anderson_rubin_F_cluster",
    "anderson_rubin_f_iid": "anderson_rubin_F_iid",
    "wu_hausman": "wu_hausman_F_cluster",
    "wu_hausman_iid": "wu_hausman_F_iid",
}


def fitted(case: str, engine: str = "kernel", headline: str = "cluster_city") -> PanelFit:
    data = cigar()
    for name in ("lrprice", "lrpimin"):
        data[f"L1.{name}"] = lag(data, name, entity="state")
    return fe_2sls(
        data, "lsales", *CASES[case], entity="state", covariance=headline, also=COVARIANCES, engine=engine
    )


@pytest.mark.parametrize("headline", COVARIANCES[:4])
@pytest.mark.parametrize("engine", ["linearmodels", "kernel"])
@pytest.mark.parametrize("case", CASES)
def test_coefficients_and_errors_equal_r(case: str, engine: str, headline: str) -> None:
    fit, block = fitted(case, engine, headline), expected("fe2sls")[case]
    assert fit.statistics.engine == engine
    assert (fit.statistics.n_obs, fit.statistics.n_entities) == (block["n"], block["G"])
    for position, name in enumerate(CASES[case][1]):
        assert fit.term(name).estimate == pytest.approx(np.atleast_1d(block["coef"])[position], rel=1e-8)
        for kind, key in (("iid", "se_iid"), ("hc1", "se_hc1"), ("cluster_city", "se_cluster")):
            assert fit.term(name, kind).std_error == pytest.approx(
                np.atleast_1d(block[key])[position], rel=1e-8
            )
        assert fit.term(name, "driscoll_kraay").status == "not_defined"


def test_both_engines_agree_on_two_way_clusters() -> None:
    for case in CASES:
        ours, theirs = (fitted(case, engine, "cluster_city_year") for engine in ("kernel", "linearmodels"))
        for mine, other in zip(ours.terms, theirs.terms, strict=True):
            assert mine.estimate == pytest.approx(other.estimate, rel=1e-8)
            if mine.status == "estimated":
                assert mine.std_error == pytest.approx(other.std_error, rel=1e-8)


def test_exogenous_coefficient_equals_r() -> None:
    answer = expected("fe2sls")["fe2sls_lagged_instrument"]["check_AER"]["coef_exog"]
    assert fitted("fe2sls_lagged_instrument").term("lrndi").estimate == pytest.approx(answer, rel=1e-8)


@pytest.mark.parametrize("case", CASES)
def test_strength_of_instruments_equals_r(case: str) -> None:
    fit, block = fitted(case), expected("fe2sls")[case]
    found = {(test.test, test.endogenous): test for test in fit.tests}
    for test, key in TESTS.items():
        assert found[test, None].statistic == pytest.approx(block[key], rel=1e-8)
    wald = found["kleibergen_paap_rk_wald", None]
    assert wald.statistic == pytest.approx(block["kp_rk_wald_chi2"]["cluster"], rel=1e-8)
    assert wald.df == block["kp_rk_df"]
    assert found["anderson_rubin_f", None].p_value == pytest.approx(
        block["anderson_rubin_p_cluster"], rel=1e-6
    )
    assert found["wu_hausman_iid", None].p_value == pytest.approx(block["wu_hausman_p_iid"], rel=1e-6)


@pytest.mark.parametrize("case", CASES)
def test_first_stage_equals_r(case: str) -> None:
    fit, block = fitted(case), expected("fe2sls")[case]
    found = {(test.test, test.endogenous): test.statistic for test in fit.tests}
    for name, stage in zip(CASES[case][1], block["first_stage"], strict=True):
        rows = [term for term in fit.first_stage if term.endogenous == name]
        assert [row.estimate for row in rows] == pytest.approx(np.atleast_1d(stage["coef"]), rel=1e-8)
        assert [row.std_error for row in rows] == pytest.approx(np.atleast_1d(stage["se_cluster"]), rel=1e-8)
        for test, key in (("iid", "F_iid"), ("hc1", "F_hc1"), ("cluster", "F_cluster")):
            assert found[f"first_stage_f_{test}", name] == pytest.approx(stage[key], rel=1e-8)
        assert found["partial_r2", name] == pytest.approx(stage["partial_r2"], rel=1e-8)


def test_an_absorbed_instrument_leaves_the_model_under_identified() -> None:
    data = cigar().assign(of_the_year=lambda d: d["year"] * 2.0)
    with pytest.raises(EstimationError) as caught:
        fe_2sls(data, "lsales", ["lrprice"], ["lrprice"], ["of_the_year"], entity="state")
    assert caught.value.message_id == "under_identified"
