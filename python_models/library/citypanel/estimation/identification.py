"""Whether the data leave anything to estimate: an outcome that varies, residuals that are not rounding."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from citypanel.estimation.collinearity import omitted_columns
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.within import Floats

# a residual sum of squares below this share of the total is rounding of an exact fit
EXACT = 1e-20


def require_outcome_varies(sample: PanelSample, outcome: str) -> None:
    """Raise EstimationError sample_has_one_city or outcome_without_variation (once effects are out)."""
    if sample.n_entities < 2:
        raise EstimationError("sample_has_one_city", city=sample.keys.iloc[0, 0], rows=sample.n_rows)
    values, within = sample.columns([outcome]), sample.columns([outcome], demeaned=True)
    if np.linalg.norm(within) <= 1e-12 * np.linalg.norm(values):
        raise EstimationError("outcome_without_variation", variable=outcome)


def omitted_of(sample: PanelSample, names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return {name: (status, reason)} of the columns that effects and earlier columns leave nothing."""
    return omitted_columns(sample.columns(names), sample.columns(names, demeaned=True), names)


def kept_of(sample: PanelSample, names: Sequence[str]) -> tuple[str, ...]:
    """Return the other columns; EstimationError no_regressor_left where there is none."""
    omitted = omitted_of(sample, names)
    if not (kept := tuple(name for name in names if name not in omitted)):
        raise EstimationError("no_regressor_left", rows=sample.n_rows)
    return kept


def not_absorbed(sample: PanelSample, names: Sequence[str]) -> list[str]:
    """Return the names whose columns are neither constant nor absorbed by the effects."""
    omitted = omitted_of(sample, names)
    return [name for name in names if omitted.get(name, ("",))[0] != "absorbed"]


def is_exact(residuals: Floats, total: Floats) -> bool:
    """Return whether residuals (n,) are only rounding beside `total` (n,), what was to be explained."""
    return float(residuals @ residuals) <= EXACT * float(total @ total)
