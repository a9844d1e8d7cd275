"""Our answers to `inference_expected.json`: what is more than one fit and its errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from our_reading import Answers
from textbook import KNOWN_ANSWERS, in_regions, places, produc

from citypanel.estimation import (
    fixed_effects,
    group_difference,
    hausman,
    hausman_regression,
    percentile,
    winsorise,
)

NAMES = ["lpcap", "lpc", "lemp", "unemp"]


def inference(name: str) -> Answers:
    makers: dict[str, Callable[[], Answers]] = {
        "mundlak_produc": mundlak,
        "group_difference_produc": difference,
        "cr2_produc_oneway": bias_reduced,
        "wild_cluster_full_enumeration": wild,
        "fisher_permutation_full_enumeration": permutation,
        "winsor": winsor,
        "conley_produc": conley,
    }
    return makers[name]()


def wild8() -> pd.DataFrame:
    return pd.read_csv(KNOWN_ANSWERS / "wild8.csv")


def mundlak() -> Answers:
    options: dict[str, Any] = {"entity": "state", "year_dummies": False}
    *_, test = hausman(produc(), "lgsp", NAMES, **options)
    _, robust = hausman_regression(produc(), "lgsp", NAMES, **options)
    data = produc()
    means = data.groupby("state")[NAMES].transform("mean").add_prefix("m_")
    wide = data.join(means)
    pooled = fixed_effects(wide, "lgsp", [*NAMES, *means], entity="state", effects=(), engine="kernel")
    return {
        "coef_within_equal_fe": {name: pooled.coefficients[name] for name in NAMES},
        "pooled_cluster_HC1_chi2": test.details["chi2"],
        "df": test.df,
        "F": test.statistic,
        "p_F": test.p_value,
        "re_arellano_hc0_chi2": robust.statistic,
        "p_chi2": robust.p_value,
    }


def difference() -> Answers:
    _, sur, _ = group_difference(in_regions(), "lgsp", NAMES, "g", entity="state", draws=20)
    found = sur.details
    return {
        "diff": found["difference"], "se_cluster_hc0": found["std_error"], "z_from_separate": sur.statistic,
        **{f"beta_g{g}": found[f"estimate_{g}"] for g in (0, 1)},
        **{f"n_g{g}": found[f"n_obs_{g}"] for g in (0, 1)},
        **{f"G_g{g}": found[f"n_cities_{g}"] for g in (0, 1)},
    }  # fmt: skip


def bias_reduced() -> Answers:
    fit = fixed_effects(produc(), "lgsp", NAMES, entity="state", effects=("entity",), covariance="cr2")
    numbers = {"se": "std_error", "df": "df", "p": "p_value"}
    return {key: {name: getattr(fit.term(name), of) for name in NAMES} for key, of in numbers.items()}


def wild() -> Answers:
    fit = fixed_effects(wild8(), "lgsp", ["lpcap", "lemp"], entity="state", covariance="wild_cluster")
    term, draws = fit.term("lpcap"), int(fit.flags[0].split("draws=")[1].split(":")[0])
    return {
        "beta": term.estimate,
        "t_hc0": term.statistic,
        "p_two_sided_ge": term.p_value,
        # ties count here; without them the sample itself and its mirror image leave
        "p_two_sided_gt": term.p_value - 2 / draws,
        "n_draws": draws,
    }


def permutation() -> Answers:
    data = wild8()
    data["first"] = data["state"].isin(sorted(data["state"].unique())[:4])
    *_, test = group_difference(data, "lgsp", ["lpcap", "lemp"], "first", entity="state")
    return {
        "diff": test.statistic,
        "p_one_sided_ge": test.details["p_greater"],
        "p_one_sided_le": test.details["p_less"],
        "p_two_sided": test.p_value,
        "n": test.draws,
    }


def winsor() -> Answers:
    values = pd.read_csv(KNOWN_ANSWERS / "winsor.csv")["v"]
    answers: Answers = {"n": len(values)}
    for key, kind in (("stata_pctile_type2", 2), ("numpy_default_type7", 7)):
        answers[key] = {
            f"p0{p}": [percentile(values.to_numpy(), percent, kind) for percent in (p, 100 - p)]
            for p in (1, 5)
        }
        answers[f"winsorised_mean_type{kind}_5"] = winsorise(values, 5, 95, kind).mean()
    return answers


def conley() -> Answers:
    kinds = {"uniform_500km": "conley_500km", "bartlett_500km": "conley_500km_bartlett"}
    fit = fixed_effects(
        produc(), "lgsp", NAMES, entity="state", coordinates=places(), also=list(kinds.values())
    )
    return {key: {name: fit.term(name, kind).std_error for name in NAMES} for key, kind in kinds.items()}
