"""One coefficient over several specifications, with its intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Series:
    """One estimate per specification, in the units of the outcome; intervals are at 95 %.

    label: name in the legend; estimates, low, high: one number per specification, None where there is none.
    """

    label: str
    estimates: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


def coefficient_plot(
    out: Path, columns: Sequence[str], series: Sequence[Series], title: str, axis: str
) -> None:
    """Write an SVG with each series' estimates side by side for the columns (such as `(1)`).

    Text stays text, so that the viewer's fonts show Chinese; the file is the same on every run.
    Raises ImportError where matplotlib (a development dependency) is absent.
    """
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "citypanel", "font.size": 10})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 3.4))
    for position, one in enumerate(series):
        places = [number + 0.24 * (position - (len(series) - 1) / 2) for number in range(len(columns))]
        below = [estimate - low for estimate, low in zip(one.estimates, one.low, strict=True)]
        above = [high - estimate for estimate, high in zip(one.estimates, one.high, strict=True)]
        axes.errorbar(places, one.estimates, yerr=[below, above], fmt="o", capsize=3, label=one.label)
    axes.axhline(0, color="0.6", linewidth=0.8)
    axes.set_xticks(range(len(columns)), columns)
    axes.set_ylabel(axis)
    axes.set_title(title)
    axes.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.08), ncols=len(series))
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    figure.savefig(out, format="svg", metadata={"Date": None})
    pyplot.close(figure)
