"""What a specification leaves behind: fit, terms, sample flow and rows, as plain records and as JSON text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from citypanel.estimation import Diagnostic, Term
from citypanel.regressions.cell_grammar import Factor


@dataclass(frozen=True)
class FitRecord:
    """One row of `fit_statistics`; where `failure_message` is set the numbers are None.

    df_residual: rows less the rank of regressors and all dummies; k_parameters: the K the headline covariance
    counts; clusters: clusters of the headline covariance by dimension; rows_missing: rows of the sample lost
    to missing values; index_sample: rows an index was built on, from the row; flags: notes on the fit.
    """

    covariance: str | None = None
    n_obs: int | None = None
    n_cities: int | None = None
    n_years: int | None = None
    df_residual: int | None = None
    k_parameters: int | None = None
    r2_overall: float | None = None
    r2_overall_adjusted: float | None = None
    r2_within: float | None = None
    r2_within_adjusted: float | None = None
    dependent_mean: float | None = None
    f_statistic: float | None = None
    f_p_value: float | None = None
    clusters: dict[str, int] | None = None
    rows_missing: int | None = None
    singletons: int | None = None
    quantile_type: int | None = None
    index_sample: str | None = None
    engine: str | None = None
    seed: int | None = None
    flags: tuple[str, ...] = ()
    failure_id: str | None = None
    failure_message: str | None = None
    failure_message_zh: str | None = None


@dataclass(frozen=True)
class TermRecord(Term):
    """One row of `estimates`; status_reason is English text here, status_reason_zh the same in Chinese."""

    status_reason_zh: str | None = None


@dataclass(frozen=True)
class FlowStep:
    """One step from the panel to the rows of the fit; rows_in equals rows_out of the step before."""

    step_number: int
    step: str
    rows_in: int
    rows_out: int
    reason: str
    reason_zh: str


@dataclass(frozen=True)
class SpecificationResult:
    """Everything one row of the queue gives, fitted or not.

    rows: the (city_id, year) of the fit, sorted; variables: the panel columns and lags that the row names.
    """

    specification_id: str
    fit: FitRecord
    terms: tuple[TermRecord, ...] = ()
    steps: tuple[FlowStep, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    rows: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"city_id": [], "year": []}))
    variables: tuple[Factor, ...] = ()

    def as_row(self) -> dict[str, str]:
        """Return the result as one row of `regression_fits`: an id and six JSON texts (null, never NaN).

        sample_rows is an object {city_id: [years]}; in SQL:
        `select e.key as city_id, unnest(e.value) as year from (select unnest(map_entries(cast(
        sample_rows::json as map(varchar, integer[])))) as e from estimates.regression_fits)`.
        """
        years = self.rows.groupby("city_id")["year"].agg(list).to_dict()
        return {
            "specification_id": self.specification_id,
            "fit": to_json(vars(self.fit)),
            "terms": to_json([vars(term) for term in self.terms]),
            "steps": to_json([vars(step) for step in self.steps]),
            "diagnostics": to_json([vars(test) for test in self.diagnostics]),
            "sample_rows": to_json(years),
            "variables": to_json([vars(variable) for variable in self.variables]),
        }


def to_json(record: Any) -> str:
    """Return JSON text with every digit of a float and null for what is not a finite number."""
    return json.dumps(_plain(record), ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not np.isfinite(value) else value
