"""The regressor whose slope a test is about, and the others beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from citypanel.estimation.arguments import chosen_regressor, regressors_of
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.identification import omitted_of, require_outcome_varies
from citypanel.estimation.panel_sample import PanelSample, panel_sample


def treated_sample(
    data: pd.DataFrame, outcome: str, regressors: Sequence[str], treatment: str | None, **panel: Any
) -> tuple[PanelSample, str, list[str]]:
    """Return sample, treatment (the first regressor unless one is named) and the controls kept beside it.

    panel: entity, time, effects and drop_singletons of `panel_sample`. Errors as `fixed_effects`, and
    EstimationError no_regressor_given, not_a_regressor, term_not_estimated.
    """
    regressors = regressors_of(regressors)
    treatment = chosen_regressor(treatment, regressors)
    sample = panel_sample(data, (outcome, *regressors), **panel)
    require_outcome_varies(sample, outcome)
    kept = kept_with(treatment, sample, regressors)
    return sample, treatment, [name for name in kept if name != treatment]


def kept_with(treatment: str, sample: PanelSample, regressors: Sequence[str]) -> list[str]:
    """Return the regressors that are neither absorbed nor collinear, in their order.

    Raises EstimationError term_not_estimated where the treatment is not one of them.
    """
    omitted = omitted_of(sample, regressors)
    if treatment in omitted:
        raise EstimationError("term_not_estimated", variable=treatment)
    return [name for name in regressors if name not in omitted]
