"""The one error class of the estimation room: a mistake of the user, never a trace."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from citypanel.messages import Mistake


class EstimationError(Mistake, ValueError):
    """A model that cannot be estimated as asked.

    `message_id` names a row of `seeds/reference/messages.csv`; `arguments` fill its placeholders. The ids:
    `unknown_variable`, `not_a_data_frame`, `repeated_column`, `duplicate_panel_key`,
    `variable_not_numeric`, `variable_all_missing`, `no_complete_row`, `no_row_after_singletons`,
    `sample_has_one_city`, `too_few_rows`, `outcome_without_variation`, `no_regressor_given`,
    `not_a_regressor`, `no_regressor_left`, `bad_argument`, `bad_percentiles`, `unknown_covariance`,
    `unknown_effect`, `under_identified`, `repeated_variable`, `too_few_cities_for_random_effects`,
    `not_two_groups`, `group_varies_within_city`, `term_not_estimated`, `variable_scale`, `unknown_term`,
    `covariance_not_computed`, `time_is_no_number`, and those of `CovarianceNotDefined`.
    """


class CovarianceNotDefined(EstimationError):
    """A kind of covariance that there is, and that this fit cannot have.

    The ids: `covariance_not_defined_for_2sls`, `covariance_no_coordinates`, `covariance_one_cluster`,
    `covariance_no_degrees_of_freedom`; `reason` is the id without its first word.
    """

    def __init__(self, reason: str, covariance: str, **arguments: Any) -> None:
        """Keep the reason; arguments fill the message of `covariance_<reason>`."""
        super().__init__(f"covariance_{reason}", covariance=covariance, **arguments)
        self.reason = reason


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the three names most like `name`, for a message."""
    lower = {candidate.lower(): candidate for candidate in known}
    return ", ".join(lower[match] for match in get_close_matches(name.lower(), list(lower), n=3, cutoff=0.0))


def nearest_to_each(names: Iterable[str], known: list[str]) -> str:
    """Return `name: three nearest` for each name, for a message."""
    return "; ".join(f"{name}: {nearest(name, known)}" for name in names)
