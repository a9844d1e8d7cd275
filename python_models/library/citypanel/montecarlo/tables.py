"""The tables of the page, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from citypanel.estimation import COVARIANCES
from citypanel.montecarlo.cases import PLANTED
from citypanel.montecarlo.draws import ANDERSON_RUBIN
from citypanel.sample import coefficients as c

TERMS = {c.DIGITAL: "digital", c.LM: "LM", c.IA: "IA", c.LM_IA: "LM x IA"}
ROW = ["design", "specification", "term"]


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; the first two columns left, the others right."""
    marks = ["---" if position < 2 else "---:" for position in range(len(header))]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [header, marks, *rows])


def lowest_by_chance(draws: int) -> float:
    """Return the coverage (0-1) below which a 95 % interval is short: two Monte-Carlo errors under .95."""
    return float(0.95 - 2 * np.sqrt(0.95 * 0.05 / draws))


def coverage_table(table: pd.DataFrame) -> str:
    """Return coverage in % by term and covariance; bold below what chance allows."""
    lowest = lowest_by_chance(int(table["draws"].max()))
    kinds = [*COVARIANCES, ANDERSON_RUBIN]
    rows = []
    for (name, term), group in _planted(table):
        values = group.set_index("covariance")["coverage"]
        cells = [_percent(values.get(kind), lowest) for kind in kinds]
        rows.append([name, TERMS[term], str(group["cities"].iloc[0]), *cells])
    return markdown(["specification", "term", "cities", *kinds], rows)


def error_table(table: pd.DataFrame) -> str:
    """Return truth, bias and spread of the estimates, and the ratio of standard errors by covariance."""
    kinds = [kind for kind in COVARIANCES if kind != "wild_cluster"]
    rows = []
    for (name, term), group in _planted(table):
        first, ratios = group.iloc[0], group.set_index("covariance")["se_ratio"]
        numbers = [f"{first[column]:.4f}" for column in ("truth", "bias", "spread")]
        rows.append([name, TERMS[term], *numbers, *[_two_digits(ratios.get(kind)) for kind in kinds]])
    return markdown(["specification", "term", "truth", "bias", "spread", *kinds], rows)


def instrument_table(table: pd.DataFrame) -> str:
    """Return the two designs: least squares beside two stages, and the Anderson-Rubin set."""
    rows = []
    for row in table[table["design"] != PLANTED].itertuples():
        is_set = row.covariance == ANDERSON_RUBIN
        numbers = ["", "", ""] if is_set else [f"{row.bias:.3f}", f"{row.spread:.3f}", f"{row.se_ratio:.2f}"]
        strength = ["", "", ""]
        if np.isfinite(row.effective_f):
            strength = [f"{row.effective_f:.1f}", f"{row.critical_f:.1f}", f"{100 * row.share_weak:.0f} %"]
        label = f"{row.design}: {row.specification}"
        rows.append([label, str(row.covariance), *numbers, f"{100 * row.coverage:.1f}", *strength])
    header = ["design and estimator", "interval", "bias", "spread", "se ratio", "coverage, %"]
    return markdown([*header, "effective F", "critical value", "draws below it"], rows)


def _planted(table: pd.DataFrame) -> list[tuple[tuple[str, str], pd.DataFrame]]:
    chosen = table[table["design"] == PLANTED]
    return [((key[0], key[1]), g) for key, g in chosen.groupby(["specification", "term"], sort=False)]


def _percent(value: float | None, lowest: float) -> str:
    if value is None or not np.isfinite(value):
        return ""
    text = f"{100 * value:.1f}"
    return f"**{text}**" if value < lowest else text


def _two_digits(value: float | None) -> str:
    return "" if value is None or not np.isfinite(value) else f"{value:.2f}"
