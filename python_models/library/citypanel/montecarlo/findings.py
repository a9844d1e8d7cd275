"""What the tables say in words: every sentence is chosen and filled by the numbers it speaks of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from citypanel.estimation.fit_checks import FEW
from citypanel.montecarlo.cases import DEFAULT, ENDOGENOUS, PLANTED, WEAK
from citypanel.montecarlo.draws import ANDERSON_RUBIN
from citypanel.montecarlo.tables import TERMS, lowest_by_chance

REMEDIES = ("cr2", "wild_cluster")
_WITHIN = "the errors of a city are correlated over the years, which it does not know"
WHY_SHORT = {
    "iid": _WITHIN,
    "hc1": _WITHIN,
    "cluster_city_year": "its part by year sums over 7 to 16 years",
    "driscoll_kraay": "it is made for long panels, and these have 7 to 16 years",
    "conley_200km": _WITHIN,
    "conley_500km": _WITHIN,
    "cr2": "its degrees of freedom are an approximation",
    "wild_cluster": "few cities carry the term",
}


def sentences(table: pd.DataFrame) -> list[str]:
    """Return the findings on a summary (see `summarise`), one paragraph each."""
    planted = table[table["design"] == PLANTED]
    lowest = lowest_by_chance(int(table["draws"].max()))
    found = [_bias(planted), _default(planted, lowest), _by_cities(planted), _remedy(planted, lowest)]
    found += [_other(planted, kind, lowest) for kind in WHY_SHORT]
    return [text for text in [*found, _wide(planted), _endogenous(table), _weak(table)] if text]


def _bias(planted: pd.DataFrame) -> str:
    rows = planted[planted["covariance"] == DEFAULT]
    shares = (rows["bias"] / rows["spread"]).abs()
    chance = 2 / float(rows["draws"].max()) ** 0.5
    return (
        f"**Bias.** {int((shares > chance).sum())} of {len(rows)} terms, which are correlated, lie further "
        f"from their truth than twice the Monte-Carlo error ({chance:.3f} standard deviations of an "
        f"estimate; by chance one in twenty). The largest distance is {shares.max():.3f}, in "
        f"{_name(rows.loc[shares.idxmax()])}."
    )


def _default(planted: pd.DataFrame, lowest: float) -> str:
    rows = _of(planted, DEFAULT)
    short = rows[rows["coverage"] < lowest]
    text = (
        f"**The default** (`{DEFAULT}`) covers between {_percent(rows['coverage'].min())} and "
        f"{_percent(rows['coverage'].max())}, on average {_percent(rows['coverage'].mean())}. It is short "
        f"(below {_percent(lowest)}) in {len(short)} of {len(rows)} terms"
    )
    return text + (f": {_listed(short)}." if len(short) else ".")


def _by_cities(planted: pd.DataFrame) -> str:
    """The default and its remedies by the number of cities, on the terms that have all of them."""
    rows = planted[planted["estimator"] != "fe_2sls"]
    few = rows["cities"] <= FEW
    parts = []
    for label, chosen in [(f"With at most {FEW} cities", rows[few]), ("With more", rows[~few])]:
        means = [f"`{k}` {_percent(_of(chosen, k)['coverage'].mean())}" for k in (DEFAULT, *REMEDIES)]
        if len(chosen):
            parts.append(f"{label} ({len(_of(chosen, DEFAULT))} terms) mean coverage is {', '.join(means)}.")
    return f"**Few clusters.** {' '.join(parts)}" if parts else ""


def _remedy(planted: pd.DataFrame, lowest: float) -> str:
    """Where the default is short: what the two remedies reach on the same terms."""
    rows = _of(planted, DEFAULT)
    short = rows[rows["coverage"] < lowest].set_index(["specification", "term"])["coverage"]
    parts = []
    for kind in REMEDIES:
        same = _of(planted, kind).set_index(["specification", "term"])["coverage"]
        same = same[same.index.isin(short.index)]
        if len(same):
            parts.append(
                f"`{kind}` covers {_percent(same.mean())} on average (the default "
                f"{_percent(short[same.index].mean())}) and is no longer short in "
                f"{int((same >= lowest).sum())} of the {len(same)}"
            )
    return f"**What fixes it.** Where the default is short, {'; '.join(parts)}." if parts else ""


def _other(planted: pd.DataFrame, kind: str, lowest: float) -> str:
    rows = _of(planted, kind)
    if not len(rows):
        return ""
    short = rows[rows["coverage"] < lowest]
    text = (
        f"**`{kind}`** covers {_percent(rows['coverage'].mean())} on average and is short in {len(short)} of "
        f"{len(rows)} terms"
    )
    if not len(short):
        return f"{text}."
    worst = short.loc[short["coverage"].idxmin()]
    return f"{text}, most in {_name(worst)} ({_percent(worst['coverage'])}): {WHY_SHORT[kind]}."


def _wide(planted: pd.DataFrame) -> str:
    rows = _of(planted, DEFAULT)
    wide = rows[rows["se_ratio"] > 1.1]
    names = [f"{_name(row)} {row['se_ratio']:.2f}" for _, row in wide.iterrows()]
    text = "**Too wide.** The default's standard error is over a tenth larger than the estimates' spread in"
    return f"{text} {', '.join(names)}." if names else ""


def _endogenous(table: pd.DataFrame) -> str:
    rows = table[table["design"] == ENDOGENOUS].set_index(["specification", "covariance"])
    if not len(rows):
        return ""
    ols, outside, lag = (
        rows.loc[(name, DEFAULT)] for name in ("least squares", "2SLS, outside instrument", "2SLS, own lag")
    )
    by_set = rows.loc[("2SLS, own lag", ANDERSON_RUBIN), "coverage"]
    text = (
        f"**Planted endogeneity.** Least squares are off by {ols['bias']:.3f} (the truth is "
        f"{ols['truth']:.4f}), and their interval covers {_percent(ols['coverage'])}. Two stages with an "
        f"instrument from outside are off by {outside['bias']:.3f} and cover "
        f"{_percent(outside['coverage'])}. With the variable's own lag they are "
        f"off by {lag['bias']:.3f}, and the Anderson-Rubin set covers {_percent(by_set)}"
    )
    if by_set < lowest_by_chance(int(ols["draws"])):
        text += (
            ": in a short panel with city effects the lag of an endogenous variable is no valid instrument, "
            "for the city's mean holds later shocks (Nickell 1981, Econometrica 49). Table 2 of study A and "
            "the 2SLS of study B stand on lags"
        )
    return f"{text}."


def _weak(table: pd.DataFrame) -> str:
    rows = table[(table["design"] == WEAK) & (table["estimator"] == "fe_2sls")].set_index("covariance")
    if not len(rows):
        return ""
    first = rows.loc[DEFAULT]
    return (
        f"**Weak instruments.** The effective F has median {first['effective_f']:.1f} and lies below its "
        f"critical value ({first['critical_f']:.1f}) in {_percent(first['share_weak'])} of the draws. The "
        f"two-stage interval covers {_percent(first['coverage'])}, the Anderson-Rubin set "
        f"{_percent(rows.loc[ANDERSON_RUBIN, 'coverage'])}."
    )


def _of(rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    return rows[rows["covariance"] == kind]


def _name(row: Any) -> str:
    return f"{row['specification']} {TERMS[row['term']]}"


def _listed(rows: pd.DataFrame) -> str:
    ordered = rows.sort_values(["coverage", "specification", "term"])
    parts = [(_name(row), row["cities"], _percent(row["coverage"])) for _, row in ordered.iterrows()]
    return "; ".join(f"{name} ({cities} cities) {covered}" for name, cities, covered in parts)


def _percent(share: Any) -> str:
    return f"{100 * np.float64(share):.1f} %"
