"""Other programs' small-sample factors, asked for by a word after the covariance: `cluster_city:none`.

The plain kinds follow reghdfe (module `inference`). A word after a colon changes the factor and nothing else:
`none` leaves it out (sandwich's HC0, plm's vcovHC and vcovSCC of type HC0), `all_effects` counts nested
effects too (xtreg, fe dfadj; fixest with K.fixef = "full"), `plm` is plm's type sss, slopes alone counted.
"""

from __future__ import annotations

RULES = ("none", "all_effects", "plm")
_MEANT_FOR = {
    "none": ("iid", "hc1", "cluster_city", "cluster_city_year", "driscoll_kraay"),
    "all_effects": ("cluster_city", "cluster_city_year"),
    "plm": ("cluster_city", "driscoll_kraay"),
}


def split_kind(kind: str) -> tuple[str, str]:
    """Return (kind, rule) of `kind:rule`; the rule is empty for a plain kind, and stays in one unknown."""
    base, _, rule = kind.partition(":")
    return (base, rule) if base in _MEANT_FOR.get(rule, ()) else (kind, "")


def other_factor(rule: str, n: int, groups: int, slopes: int, rank: int) -> float:
    """Return the factor of a rule: n rows, groups of the smaller dimension, rank of slopes and dummies."""
    if rule == "none":
        return 1.0
    counted = rank if rule == "all_effects" else slopes
    return groups / (groups - 1) * (n - 1) / (n - counted)
