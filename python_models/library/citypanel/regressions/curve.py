"""Rows of the queue whose estimator is `specification_curve`, each with its choices, as one long table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from citypanel.estimation import specification_curve
from citypanel.messages import LANGUAGES, Mistake, message
from citypanel.regressions.curve_choices import CurveChoices, curve_choices
from citypanel.regressions.queue import row_is_valid
from citypanel.regressions.sample import SampleFlow, build_sample, columns_of
from citypanel.regressions.sandbox import PredicateSandbox
from citypanel.regressions.single_thread import one_blas_thread
from citypanel.regressions.specification import parse_specification

CHOSEN = ("treatment", "controls", "effects", "years", "winsor", "covariance")
NUMBERS = ("estimate", "std_error", "statistic", "df", "p_value", "conf_low", "conf_high")
COLUMNS = (
    *("specification_id", *CHOSEN, "n_controls", *NUMBERS, "n_obs", "n_cities"),
    *("is_headline", "status", "status_reason", "status_reason_zh"),
)


def run_curves(
    queue: pd.DataFrame, choices: pd.DataFrame, panel: pd.DataFrame, coordinates: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return COLUMNS of every curve of the queue, one row per set of choices.

    queue, panel, coordinates: as in `run_queue`; choices: specification_id, dimension, choice. A curve that
    cannot be drawn is one row whose status is the id of the message and whose status_reason is its text.
    """
    asked = queue[queue["estimator"] == "specification_curve"].sort_values("specification_id")
    parts = []
    with one_blas_thread(), PredicateSandbox(panel) as sandbox:
        for row in asked.to_dict("records"):
            mine = choices[choices["specification_id"] == row["specification_id"]]
            try:
                part = _curve(row, mine, panel, sandbox, coordinates)
            except Mistake as mistake:
                texts = [message(mistake.message_id, lang, **mistake.arguments) for lang in LANGUAGES]
                part = _not_drawn(mistake.message_id, *texts)
            parts.append(part.assign(specification_id=row["specification_id"]))
    empty = pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    return pd.concat(parts)[list(COLUMNS)].reset_index(drop=True) if parts else empty


def _curve(
    row: Mapping[str, Any],
    choices: pd.DataFrame,
    panel: pd.DataFrame,
    sandbox: PredicateSandbox,
    coordinates: pd.DataFrame | None,
) -> pd.DataFrame:
    if not row_is_valid(row):
        return _not_drawn(row["failure_id"], row["failure_message"], row["failure_message_zh"])
    specification = parse_specification(row)
    chosen = curve_choices(specification, choices)
    # what keeps the row itself from being fitted keeps its curve from being drawn
    build_sample(specification, panel, sandbox, SampleFlow(len(panel)))
    data = columns_of(specification.predicate, chosen.variables, panel, sandbox)
    curve = specification_curve(
        data,
        specification.outcome.text,
        chosen.treatments,
        chosen.controls,
        windows=chosen.windows,
        winsors=chosen.winsors,
        effects=chosen.effects,
        covariances=chosen.covariances,
        coordinates=coordinates,
    )
    nothing = pd.Series(None, index=curve.index, dtype=object)
    headline = _headline(curve, chosen, data)
    curve = curve.rename(columns={"window": "years"})  # window is a word of SQL
    return curve.assign(is_headline=headline, status_reason=nothing, status_reason_zh=nothing)


def _headline(curve: pd.DataFrame, chosen: CurveChoices, data: pd.DataFrame) -> pd.Series:
    """Return which row is the specification as written: its index, all controls, its window and errors."""
    whole = [
        label for label, years in chosen.windows.items()
        if years is None or data["year"].between(*years).all()
    ]  # fmt: skip
    written = {
        "treatment": chosen.treatments[0],
        "controls": " + ".join(chosen.controls),
        "effects": " + ".join(chosen.effects[0]),
        "window": whole[0] if whole else "",
        "winsor": chosen.winsor_texts[0],
        "covariance": chosen.covariances[0],
    }
    return pd.Series(
        np.logical_and.reduce([curve[name] == value for name, value in written.items()]), index=curve.index
    )


def _not_drawn(status: str, english: str, chinese: str) -> pd.DataFrame:
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    reasons = {"status": status, "status_reason": english, "status_reason_zh": chinese}
    return pd.DataFrame([row | {"is_headline": False} | reasons])
