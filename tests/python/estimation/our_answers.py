"""What the library answers to the questions of the known answers, in the shape of their JSON files.

`ours(file, block)` walks a block's own names and formula, so that a block added to a file needs no line here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd
from our_inference_answers import inference
from our_instrument_answers import textbook_iv, two_stages
from our_reading import Answers, errors, estimates, r_name
from textbook import PANELS, expected

from citypanel.estimation import (
    CONSTANT,
    PanelFit,
    between,
    first_differences,
    fixed_effects,
    hausman,
    hausman_regression,
    panel_tests,
    random_effects,
)

TWFE_ERRORS = {
    "se_iid": "iid",
    "se_hc1": "hc1",
    "se_hc2": "hc2",
    "se_hc3": "hc3",
    "se_cluster_entity_hc0_nocorr": "cluster_city:none",
    "se_cluster_entity_reghdfe": "cluster_city",
    "se_cluster_entity_fulldof": "cluster_city:all_effects",
    "se_cluster_twoway_entity_time_gmin": "cluster_city_year",
}
ENTITY = {"grunfeld": "firm", "produc": "state", "cigar": "state", "wage": "nr"}
BOTH, CITY = ("entity", "time"), ("entity",)


@cache
def ours(file: str, block: str) -> Answers:
    """Our answers to one block of one file."""
    makers: dict[str, Callable[[str], Answers]] = {
        "twfe": twfe, "plm": plm, "fe2sls": two_stages, "iv_textbook": textbook_iv, "inference": inference,
    }  # fmt: skip
    return makers[file](block)


def twfe(name: str) -> Answers:
    block = expected("twfe")[name]
    outcome, regressors = block["formula"].split(" ~ ")
    options: dict[str, Any] = {
        "entity": block["id"], "time": block["time"], "effects": BOTH if block["twoway"] else CITY,
        "drop_singletons": "keep" not in name, "engine": "kernel",
    }  # fmt: skip
    data = PANELS[name.split("_")[0]]()
    fit = fixed_effects(data, outcome, regressors.split("+"), also=list(TWFE_ERRORS.values()), **options)
    plain = fixed_effects(data, outcome, regressors.split("+"), covariance="iid", **options)
    s = fit.statistics
    return {key: errors(fit, kind) for key, kind in TWFE_ERRORS.items()} | {
        "n": s.n_obs,
        "n_entities": s.n_entities,
        "n_periods": s.n_periods,
        "k": len(fit.coefficients),
        "rank_lsdv": s.n_obs - s.df_residual,
        "coef": fit.coefficients.to_dict(),
        "cons": fit.constant,
        "cons_se_cluster_entity_reghdfe": fit.term(CONSTANT).std_error,
        "cons_se_iid": fit.term(CONSTANT, "iid").std_error,
        "r2_overall_lsdv": s.r2_overall,
        "adj_r2_lsdv": s.r2_overall_adjusted,
        "r2_within_twoway": s.r2_within,
        "adj_r2_within_reghdfe": s.r2_within_adjusted,
        "rss": s.rss,
        "tss": s.rss / (1 - s.r2_overall),
        "tss_within": s.rss / (1 - s.r2_within),
        "rmse": s.rmse,
        "df_resid_lsdv": s.df_residual,
        "F_iid": plain.statistics.f_statistic,
        "F_cluster_reghdfe": s.f_statistic,
        "p_cluster_t_Gm1": {t.term: t.p_value for t in fit.terms if t.is_headline and t.term != CONSTANT},
    }


def plm(name: str) -> Answers:
    block, data, entity = expected("plm")[name], PANELS[name](), ENTITY[name]
    outcome, regressors = block["formula"].split(" ~ ")
    names = regressors.split(" + ")

    def fit(effects: tuple[str, ...], covariance: str = "iid", **options: Any) -> PanelFit:
        return fixed_effects(
            data, outcome, names, entity=entity, effects=effects, covariance=covariance, engine="kernel",
            drop_singletons=False, **options,
        )  # fmt: skip

    one = fit(CITY, also=["cluster_city:none", "cluster_city:plm", "hc1:none", "beck_katz_city"])
    both, pooled = fit(BOTH, also=["cluster_city:none", "cluster_city_year:none"]), fit(())
    means = between(data, outcome, names, entity=entity)
    changes = first_differences(data, outcome, names, entity=entity, covariance="iid")
    tests = {t.test: t.statistic for t in panel_tests(data, outcome, names, entity=entity, effects=CITY)}
    answers: Answers = {"arellano_hc0": errors(one, "cluster_city:none")}
    fits = {"fe": one, "fe_twoway": both, "pooled": pooled, "between": means, "first_difference": changes}
    for key, fitted in fits.items():
        constant = key not in ("fe", "fe_twoway")
        answers[key] = {k: v for k, v in estimates(fitted).items() if constant or k != "(Intercept)"}
        answers[f"{key}_se"] = errors(fitted, "iid", constant)
    for key, fitted in (("fe", one), ("fe_twoway", both)):
        s = fitted.statistics
        # plm adjusts the within R2 by all rows less one
        answers[f"{key}_r2"] = [s.r2_within, 1 - (1 - s.r2_within) * (s.n_obs - 1) / s.df_residual]
    for ending, fitted in (("", one), ("_tw", both)):
        answers[f"within_intercept{ending}"] = fitted.constant
        answers[f"within_intercept{ending}_se"] = fitted.term(CONSTANT).std_error
    lags = {key: int(key[3:]) for key in block["driscoll_kraay_hc0"]}
    return answers | random_and_hausman(data, outcome, names, entity) | {
        "arellano_sss": errors(one, "cluster_city:plm"),
        "white1_hc0": errors(one, "hc1:none"),
        "twoway_arellano_hc0": errors(both, "cluster_city:none"),
        "double_cluster_hc0": errors(both, "cluster_city_year:none"),
        "beck_katz": errors(one, "beck_katz_city"),
        "driscoll_kraay_hc0": {
            key: {
                "oneway": errors(fit(CITY, "driscoll_kraay", lag=steps), "driscoll_kraay"),
                "twoway": errors(fit(BOTH, "driscoll_kraay", lag=steps), "driscoll_kraay"),
                "pooled": errors(fit((), "driscoll_kraay", lag=steps), "driscoll_kraay", True),
                "twoway_sss": errors(fit(BOTH, "driscoll_kraay:plm", lag=steps), "driscoll_kraay:plm"),
            }
            for key, steps in lags.items()
        },
        "pooltest_F_entity": tests["effects_f"],
        "bp_lm": tests["breusch_pagan_lm"],
        "wooldridge_ar": tests["wooldridge_serial_correlation"],
        "pcd": tests["pesaran_cd"],
    }  # fmt: skip


def random_and_hausman(data: pd.DataFrame, outcome: str, names: list[str], entity: str) -> Answers:
    options: dict[str, Any] = {"entity": entity, "year_dummies": False}
    fit = random_effects(data, outcome, names, **options)
    tests = (*hausman(data, outcome, names, **options), *hausman_regression(data, outcome, names, **options))
    chi2 = {t.test: {"chi2": t.statistic, "df": t.df, "p": t.p_value} for t in tests}
    return {
        "re": {r_name(k): v for k, v in fit.coefficients.items()},
        "re_se": {r_name(k): fit.covariance.loc[k, k] ** 0.5 for k in fit.coefficients.index},
        "re_theta": fit.theta.mean(),
        "re_sigma2": {"idios": fit.sigma2_idiosyncratic, "id": fit.sigma2_entity},
        "re_r2": [fit.r2_quasi_demeaned, fit.r2_quasi_demeaned_adjusted],
        "hausman": chi2["hausman_classic"],
        "hausman_aux_wooldridge": chi2["hausman_regression"],
        "hausman_aux_robust_arellano": chi2["hausman_regression_robust"],
    }
