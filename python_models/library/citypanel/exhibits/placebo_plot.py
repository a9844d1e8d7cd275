"""The slopes of placebo treatments as histograms, beside the slope in the data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

BINS = 30


@dataclass(frozen=True)
class PlaceboWords:
    """Texts of the figure; `{draws}` in the title is the number of draws."""

    title: str
    axis: str
    count: str
    permuted: str
    shuffled: str
    observed: str


def placebo_plot(out: Path, draws: pd.DataFrame, observed: float, words: PlaceboWords) -> None:
    """Write an SVG of `draws`, the rows of one specification of estimates.placebo_draws.

    observed: the slope in the data. Text stays text, and the file is the same on every run. Raises
    ImportError without matplotlib.
    """
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "citypanel", "font.size": 10})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 3.2))
    limit = float(draws["slope"].abs().max())
    edges = np.linspace(-limit, limit, BINS + 1).tolist()
    for test, label in (("placebo_within_year", words.shuffled), ("placebo_permutation", words.permuted)):
        axes.hist(draws.loc[draws["test"] == test, "slope"], edges, alpha=0.6, label=label)
    axes.axvline(observed, color="C3", label=words.observed)
    axes.set_xlabel(words.axis)
    axes.set_ylabel(words.count)
    axes.set_title(words.title.format(draws=int(draws["draw"].max()) if len(draws) else 0))
    axes.legend(frameon=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    figure.savefig(out, format="svg", metadata={"Date": None})
    pyplot.close(figure)
