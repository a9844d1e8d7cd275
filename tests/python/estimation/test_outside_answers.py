"""pyfixest and linearmodels, run apart from this library, agree on the studies and on a panel with gaps."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from conftest import Copy
from linearmodels.panel import PanelOLS
from textbook import unbalanced

from citypanel.estimation import PanelFit, fixed_effects

KINDS = ("cluster_city", "hc1", "iid")
A = (
    "digital_infrastructure_index", "loans_to_gdp_ratio", "gdp_per_person_ln_yuan",
    "education_expenditure_gdp_share", "science_expenditure_gdp_share", "mobile_users_ln_10k_users",
)  # fmt: skip
B = (
    "net_migration_rate", "secondary_location_quotient_ratio", "product", "fdi_gdp_share",
    "urban_employment_m_persons", "fiscal_expenditure_gdp_share", "average_wage_10k_yuan",
    "tertiary_to_secondary_ratio",
)  # fmt: skip
BELT = "belt and level in ('municipality', 'prefecture_city') and year between 2008 and 2023"
Case = tuple[pd.DataFrame, str, tuple[str, ...]]


def study_a(built: Copy) -> Case:
    data = built.query("from panels.city_year where study_a_city and year between 2011 and 2021")
    return data, "non_agricultural_employment_share", A


def study_b(built: Copy) -> Case:
    data = built.query(f"from panels.city_year where {BELT}")
    together = data["net_migration_rate"] * data["secondary_location_quotient_ratio"]
    return data.assign(product=together), "real_gdp_per_person_10k_yuan", B


def gaps(built: Copy) -> Case:
    return unbalanced().rename(columns={"id": "city_id"}), "y", ("x1", "x2")


def reghdfe_factors(fit: PanelFit) -> dict[str, float]:
    s, groups = fit.statistics, fit.statistics.n_entities
    nested = len(fit.coefficients) + s.n_periods  # slopes, constant, years less one
    city = groups / (groups - 1) * (s.n_obs - 1) / (s.n_obs - nested)
    return {"cluster_city": city, "hc1": s.n_obs / s.df_residual, "iid": s.n_obs / s.df_residual}


CASES = {"study_a": study_a, "study_b": study_b, "gaps": gaps}


@pytest.mark.parametrize("hash_seed", ["0", "1", "4242"])
def test_pyfixest_agrees_under_every_hash_seed(hash_seed: str, built: Copy, tmp_path: Path) -> None:
    pytest.importorskip("pyfixest")
    cases = {name: case(built) for name, case in CASES.items()}
    for name, (data, outcome, regressors) in cases.items():
        table = data[[outcome, *regressors]].assign(city=pd.factorize(data["city_id"])[0], year=data["year"])
        table.to_csv(tmp_path / f"{name}.csv", index=False)
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("by_pyfixest.py")), str(tmp_path)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name, theirs in json.loads(done.stdout.splitlines()[-1]).items():
        data, outcome, regressors = cases.pop(name)
        fit = fixed_effects(data, outcome, regressors, also=KINDS, engine="kernel")
        assert theirs["n_obs"] == fit.statistics.n_obs
        factors = reghdfe_factors(fit)
        factors["iid"] *= (fit.statistics.n_obs - 1) / fit.statistics.n_obs  # theirs divides by n - 1
        for kind in KINDS:
            for term in regressors:
                estimate, error = theirs[kind][term]
                assert fit.term(term).estimate == pytest.approx(estimate, rel=1e-8)
                assert fit.term(term, kind).std_error == pytest.approx(error * factors[kind] ** 0.5, rel=1e-8)
    assert not cases


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_linearmodels_agrees_when_asked_directly(case: Callable[[Copy], Case], built: Copy) -> None:
    data, outcome, regressors = case(built)
    fit = fixed_effects(data, outcome, regressors, also=KINDS, engine="kernel")
    keys = pd.MultiIndex.from_arrays([fit.keys["city_id"], fit.keys["year"]])
    table = data.loc[fit.keys.index, [outcome, *regressors]].astype(float).set_index(keys)
    options = {"hc1": {"cov_type": "robust"}, "iid": {"cov_type": "unadjusted"}}
    options["cluster_city"] = {"cov_type": "clustered", "cluster_entity": True}
    factors = reghdfe_factors(fit)
    for kind in KINDS:
        theirs = PanelOLS(
            table[outcome], table[list(regressors)], entity_effects=True, time_effects=True
        ).fit(debiased=False, auto_df=False, count_effects=False, **options[kind])
        for name in regressors:
            assert fit.term(name).estimate == pytest.approx(theirs.params[name], rel=1e-8)
            error = theirs.std_errors[name] * factors[kind] ** 0.5
            assert fit.term(name, kind).std_error == pytest.approx(error, rel=1e-8)
    assert fit.statistics.r2_within == pytest.approx(theirs.rsquared, rel=1e-8)
