"""The specification curve as a figure: sorted slopes with intervals, and below the choices they stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

POINTS, BINS = 120, 26
# columns of estimates.specification_curve that are choices, but the controls, of which each is one
CHOICES = ("treatment", "winsor", "years")


@dataclass(frozen=True)
class CurveWords:
    """Texts of the figure; `{rows}` in the title is the number of regressions.

    labels: columns of the panel and choices in words; what is not in it stays.
    """

    title: str
    axis: str
    slopes: str
    interval: str
    headline: str
    shade: str
    labels: dict[str, str]


def curve_rows(curve: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of one covariance, the headline's, sorted by estimate: one per choice of regression."""
    headline = curve.loc[curve["is_headline"], "covariance"]
    if headline.empty:
        return curve.iloc[:0]
    shown = curve[(curve["covariance"] == headline.iloc[0]) & (curve["status"] == "estimated")]
    return shown.sort_values("rank").reset_index(drop=True)


def choice_table(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return {choice: whether each row (n,) makes it}: indices, winsorising, years, and each control."""
    table = {
        str(value): (rows[name] == value).to_numpy() for name in CHOICES for value in rows[name].unique()
    }
    controls = rows["controls"].str.split(" + ", regex=False)
    named = dict.fromkeys(name for chosen in controls for name in chosen if name)
    return table | {name: np.array([name in chosen for chosen in controls]) for name in named}


def specification_curve_plot(out: Path, curve: pd.DataFrame, words: CurveWords) -> None:
    """Write an SVG of `curve`, the rows of one specification of estimates.specification_curve.

    Above: every n-th slope with its 95 % interval under the headline's covariance, the headline marked.
    Below: a row per choice; a cell is the darker the more of the slopes of its stretch make that choice.
    Text stays text, and the file is the same on every run. Raises ImportError without matplotlib.
    """
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "citypanel", "font.size": 9})
    from matplotlib import pyplot

    rows = curve_rows(curve)
    figure, (above, below) = pyplot.subplots(
        2, 1, figsize=(7.6, 7), sharex=True, gridspec_kw={"height_ratios": [1, 1.3], "hspace": 0.05}
    )
    _draw_slopes(above, rows, words)
    _draw_choices(below, choice_table(rows), words)
    for axes in (above, below):
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
    figure.subplots_adjust(left=0.36, right=0.98, top=0.92, bottom=0.06)
    figure.savefig(out, format="svg", metadata={"Date": None})
    pyplot.close(figure)


def _draw_slopes(axes: Any, rows: pd.DataFrame, words: CurveWords) -> None:
    shown = rows.iloc[np.unique(np.linspace(0, len(rows) - 1, POINTS).round().astype(int))]
    axes.fill_between(
        shown.index, shown["conf_low"], shown["conf_high"], color="0.85", linewidth=0, label=words.interval
    )
    axes.plot(shown.index, shown["estimate"], color="C0", label=words.slopes)
    headline = rows[rows["is_headline"]]
    axes.plot(headline.index, headline["estimate"], "o", color="C3", label=words.headline)
    axes.axhline(0, color="0.6", linewidth=0.8)
    axes.set_ylabel(words.axis)
    axes.set_title(words.title.format(rows=f"{len(rows):,}"))
    axes.legend(frameon=False, loc="upper left")


def _draw_choices(axes: Any, table: dict[str, np.ndarray], words: CurveWords) -> None:
    size = len(next(iter(table.values()))) if table else 0
    edges = np.unique(np.linspace(0, size, BINS + 1).round())
    shares = [_shares(made, edges) for made in table.values()]
    axes.pcolormesh(edges, np.arange(len(table) + 1), np.array(shares), cmap="Greys", vmin=0, vmax=1)
    axes.set_yticks(np.arange(len(table)) + 0.5, [words.labels.get(name, name) for name in table])
    axes.invert_yaxis()
    axes.set_xlabel(words.shade)


def _shares(made: np.ndarray, edges: Sequence[float] | np.ndarray) -> np.ndarray:
    """Return the share of rows that make a choice in each stretch between edges."""
    starts = np.asarray(edges[:-1], dtype=int)
    return np.add.reduceat(made.astype(float), starts) / np.diff(edges)
