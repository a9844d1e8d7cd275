"""The one error class of the estimation room: a mistake of the user, never a trace."""

from __future__ import annotations

from citypanel.messages import Mistake


class EstimationError(Mistake, ValueError):
    """A model that cannot be estimated as asked.

    `message_id` names a row of `seeds/reference/messages.csv`; `arguments` fill its placeholders. The ids:
    `unknown_variable`, `duplicate_panel_key`, `variable_not_numeric`, `variable_all_missing`, `no_complete_row`,
    `no_row_after_singletons`, `sample_has_one_city`, `too_few_rows`, `outcome_without_variation`,
    `no_regressor_left`, `unknown_covariance`, `unknown_effect`, `covariance_not_defined`, `under_identified`,
    `bad_percentiles`, `repeated_variable`.
    """
