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


def test_an_absorbed_instrument_leaves_the_model_under_identified() -> None:
    data = cigar().assign(of_the_year=lambda d: d["year"] * 2.0)
    with pytest.raises(EstimationError) as caught:
        fe_2sls(data, "lsales", ["lrprice"], ["lrprice"], ["of_the_year"], entity="state")
    assert caught.value.message_id == "under_identified"
