"""Fixed effects equal R's dummy regressions, linearmodels and pyfixest, on every covariance."""

from __future__ import annotations

import pytest
from textbook import PANELS, expected, made_up_panel

from citypanel.estimation import CONSTANT, SANDWICHES, PanelFit, fixed_effects

BLOCKS = expected("twfe")
ENGINES = ("linearmodels", "kernel")
ERRORS = {
    "iid": "se_iid",
    "hc1": "se_hc1",
    "cluster_city": "se_cluster_entity_reghdfe",
    "cluster_city_year": "se_cluster_twoway_entity_time_gmin",
}


def block_fit(name: str, headline: str = "cluster_city", engine: str = "linearmodels") -> PanelFit:
    block = BLOCKS[name]
    return fixed_effects(
        PANELS[name.split("_")[0]](),
        block["formula"].split(" ~ ")[0],
        block["formula"].split(" ~ ")[1].split("+"),
        entity=block["id"],
        time=block["time"],
        effects=("entity", "time") if block["twoway"] else ("entity",),
        covariance=headline,
        also=SANDWICHES,
        engine=engine,
    )


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("headline", ERRORS)
@pytest.mark.parametrize("name", BLOCKS)
def test_coefficients_and_errors_equal_r(name: str, headline: str, engine: str) -> None:
    fit, block = block_fit(name, headline, engine), BLOCKS[name]
    assert fit.statistics.engine == engine
    for term, estimate in block["coef"].items():
        assert fit.term(term).estimate == pytest.approx(estimate, rel=1e-8)
        for covariance, key in ERRORS.items():
            assert fit.term(term, covariance).std_error == pytest.approx(block[key][term], rel=1e-8)
        assert fit.term(term).std_error == pytest.approx(block[ERRORS[headline]][term], rel=1e-8)


@pytest.mark.parametrize("name", BLOCKS)
def test_constant_fit_and_counts_equal_r(name: str) -> None:
    fit, block = block_fit(name), BLOCKS[name]
    numbers = fit.statistics
    assert fit.term(CONSTANT).estimate == pytest.approx(block["cons"], rel=1e-8)
    assert fit.term(CONSTANT).std_error == pytest.approx(block["cons_se_cluster_entity_reghdfe"], rel=1e-8)
    assert fit.term(CONSTANT, "iid").std_error == pytest.approx(block["cons_se_iid"], rel=1e-8)
    assert numbers.r2_overall == pytest.approx(block["r2_overall_lsdv"], rel=1e-8)
    assert numbers.r2_overall_adjusted == pytest.approx(block["adj_r2_lsdv"], rel=1e-8)
    assert numbers.r2_within == pytest.approx(block["r2_within_twoway"], rel=1e-8)
    assert numbers.r2_within_adjusted == pytest.approx(block["adj_r2_within_reghdfe"], rel=1e-8)
    assert numbers.rmse == pytest.approx(block["rmse"], rel=1e-8)
    assert numbers.f_statistic == pytest.approx(block["F_cluster_reghdfe"], rel=1e-8)
    assert block_fit(name, "iid").statistics.f_statistic == pytest.approx(block["F_iid"], rel=1e-8)
    counts = (numbers.n_obs, numbers.n_entities, numbers.n_periods, numbers.df_residual)
    assert counts == (block["n"], block["n_entities"], block["n_periods"], block["df_resid_lsdv"])
    assert numbers.k_parameters == block["k"] + 1 + (block["n_periods"] - 1 if block["twoway"] else 0)


@pytest.mark.parametrize("name", BLOCKS)
def test_p_and_interval_are_on_t_with_clusters_less_one(name: str) -> None:
    fit, block = block_fit(name), BLOCKS[name]
    for term, p_value in block["p_cluster_t_Gm1"].items():
        row = fit.term(term)
        assert row.p_value == pytest.approx(p_value, rel=1e-6)
        assert row.df == block["n_entities"] - 1
        assert row.conf_high - row.estimate == pytest.approx(row.estimate - row.conf_low, rel=1e-9)
    assert fit.term(CONSTANT, "cluster_city_year").df == min(block["n_entities"], block["n_periods"]) - 1


@pytest.mark.parametrize("lag", [1, 2, 3])
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("panel", ["grunfeld", "produc"])
def test_driscoll_kraay_equals_plm(panel: str, engine: str, lag: int) -> None:
    block = expected("plm")[panel]
    outcome, regressors = block["formula"].split(" ~ ")
    entity = {"grunfeld": "firm", "produc": "state"}[panel]
    answers = block["driscoll_kraay_hc0"][f"lag{lag}"]
    ways = {"oneway": ("entity",), "twoway": ("entity", "time"), "pooled": ()}
    for way, effects in ways.items():
        fit = fixed_effects(
            PANELS[panel](), outcome, regressors.split(" + "), entity=entity, effects=effects,
            covariance="driscoll_kraay", lag=lag, engine=engine,
        )  # fmt: skip
        for term, error in answers[way].items():
            name = CONSTANT if term == "(Intercept)" else term
            assert fit.term(name).std_error == pytest.approx(error, rel=1e-8)


@pytest.mark.parametrize("kind", SANDWICHES)
@pytest.mark.parametrize("seed", range(3))
def test_kernel_equals_linearmodels_on_unbalanced_panels(kind: str, seed: int) -> None:
    data = made_up_panel(seed)
    ours, theirs = (
        fixed_effects(data, "y", ["x", "z", "w"], covariance=kind, engine=engine) for engine in ENGINES
    )
    for mine, other in zip(ours.terms, theirs.terms, strict=True):
        assert mine.estimate == pytest.approx(other.estimate, rel=1e-8)
        assert mine.std_error == pytest.approx(other.std_error, rel=1e-8)
