"""The regressor whose slope a test is about, and the others beside it."""

from __future__ import annotations

from collections.abc import Sequence

from citypanel.estimation.collinearity import omitted_columns
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.panel_sample import PanelSample


def controls_beside(treatment: str, sample: PanelSample, regressors: Sequence[str]) -> list[str]:
    """Return the regressors but the treatment that are neither absorbed nor collinear.

    Raises EstimationError term_not_estimated where the treatment itself is.
    """
    omitted = omitted_columns(sample.columns(regressors), sample.columns(regressors, True), regressors)
    if treatment in omitted:
        raise EstimationError("term_not_estimated", variable=treatment)
    return [name for name in regressors if name not in omitted and name != treatment]
