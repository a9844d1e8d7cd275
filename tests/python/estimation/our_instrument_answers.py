"""Our answers to the known answers on instrumental variables."""

from __future__ import annotations

from our_reading import Answers, errors, estimates
from textbook import cigar, expected, mroz

from citypanel.estimation import fe_2sls, lag


def two_stages(name: str) -> Answers:
    block, data = expected("fe2sls")[name], cigar()
    for instrument in block["instr"]:
        periods, variable = instrument[1:].split(".")
        data[instrument] = lag(data, variable, int(periods), entity="state")
    endogenous, exogenous = block["endog"], block.get("exog", [])
    fit = fe_2sls(
        data, "lsales", [*endogenous, *exogenous], endogenous, block["instr"], entity="state",
        also=["iid", "hc1", "cluster_city:none"], engine="kernel",
    )  # fmt: skip
    s, m = fit.statistics, len(endogenous)
    tests = {(t.test, t.endogenous): t for t in fit.tests}
    joint = {test: t for (test, variable), t in tests.items() if variable is None}
    plain = lambda values: values[0] if len(values) == 1 else values  # noqa: E731  (R writes scalars bare)
    error = lambda kind: plain([fit.term(x, kind).std_error for x in endogenous])  # noqa: E731
    stages = [
        {
            "coef": plain([t.estimate for t in fit.first_stage if t.endogenous == x]),
            "se_cluster": plain([t.std_error for t in fit.first_stage if t.endogenous == x]),
            "partial_r2": tests["partial_r2", x].statistic,
            **{f"F_{k}": tests[f"first_stage_f_{k}", x].statistic for k in ("iid", "cluster", "hc1")},
        }
        for x in endogenous
    ]
    over = {d.test: {"stat": d.statistic, "df": d.df, "p": d.p_value} for d in fit.diagnostics}
    return {
        "n": s.n_obs, "G": s.n_entities, "m": m, "l": len(block["instr"]),
        "K_partialled": s.n_obs - s.df_residual - m, "K_nested_used": s.k_parameters - m,
        "coef": plain([fit.term(x).estimate for x in endogenous]),
        "se_iid": error("iid"), "se_hc1": error("hc1"), "se_cluster": error("cluster_city"),
        "se_cluster_nocorr": error("cluster_city:none"),
        "first_stage": stages,
        "cragg_donald_F": joint["cragg_donald_f"].statistic,
        "kp_rk_wald_chi2": {
            key: joint[f"kleibergen_paap_rk_wald{ending}"].statistic
            for key, ending in (("iid", "_iid"), ("robust", "_robust"), ("cluster", ""))
        },
        "kp_rk_df": joint["kleibergen_paap_rk_wald"].df,
        "kp_F_robust": joint["kleibergen_paap_rk_f_robust"].statistic,
        "kp_F_cluster_ivreg2": joint["kleibergen_paap_rk_f_ivreg2"].statistic,
        "kp_F_cluster_nested": joint["kleibergen_paap_rk_f"].statistic,
        "anderson_rubin_F_cluster": joint["anderson_rubin_f"].statistic,
        "anderson_rubin_F_iid": joint["anderson_rubin_f_iid"].statistic,
        "anderson_rubin_p_cluster": joint["anderson_rubin_f"].p_value,
        "wu_hausman_F_iid": joint["wu_hausman_iid"].statistic,
        "wu_hausman_p_iid": joint["wu_hausman_iid"].p_value,
        "wu_hausman_F_cluster": joint["wu_hausman"].statistic,
        "sargan": over["sargan"], "hansen_J_cluster": over["hansen_j"],
        "check_AER": {
            "coef": fit.term(endogenous[0]).estimate,
            "coef_exog": fit.term(exogenous[0]).estimate if exogenous else None,
            "se": fit.term(endogenous[0], "iid").std_error,
            "weak_F": tests["first_stage_f_iid", endogenous[0]].statistic,
            "wu_hausman": joint["wu_hausman_iid"].statistic,
            "sargan": over["sargan"]["stat"],
        },
    }  # fmt: skip


def textbook_iv(name: str) -> Answers:
    assert name == "mroz"
    data = mroz()
    names, instruments = ["educ", "exper", "expersq"], ["motheduc", "fatheduc"]
    fit = fe_2sls(
        data, "lwage", names, ["educ"], instruments, entity="woman", effects=(), covariance="iid",
        also=["hc1"], engine="kernel",
    )  # fmt: skip
    weak, wu = (next(t for t in fit.tests if t.test == n) for n in ("first_stage_f_iid", "wu_hausman_iid"))
    sargan = next(d for d in fit.diagnostics if d.test == "sargan")
    rows = {"Weak instruments": weak, "Wu-Hausman": wu, "Sargan": sargan}
    return {
        "published": {
            "educ": fit.term("educ").estimate, "educ_se": fit.term("educ").std_error,
            "n": fit.statistics.n_obs, "overid_nR2": sargan.statistic, "overid_p": sargan.p_value,
        },
        "coef": estimates(fit),
        "se": errors(fit, "iid", True),
        "hc1": errors(fit, "hc1", True),
        "diag": {
            key: {"df1": t.df, "df2": t.df_denominator, "statistic": t.statistic, "p-value": t.p_value}
            for key, t in rows.items()
        },
    }  # fmt: skip
