"""The whole queue, row after row, into the table `estimates.regression_fits`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from citypanel.regressions.cell_grammar import readable_factors
from citypanel.regressions.records import FitRecord, SpecificationResult
from citypanel.regressions.run import run
from citypanel.regressions.sandbox import PredicateSandbox
from citypanel.regressions.single_thread import one_blas_thread

COLUMNS = ["specification_id", "fit", "terms", "steps", "diagnostics", "sample_rows", "variables"]
PROGRESS_EVERY = 10


def run_queue(
    queue: pd.DataFrame,
    panel: pd.DataFrame,
    report: Callable[[str], None] = print,
    coordinates: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return one row per specification: specification_id and the JSON texts fit, terms, steps, diagnostics,
    sample_rows (as {city_id: [years]}), variables.

    queue: the columns of `parse_specification`, is_valid and failure_message; a row that is not valid is
    passed through with its message. panel: one row per city_id and year. report: called with a line per ten
    rows. coordinates: longitude and latitude (degrees), indexed by city_id, for Conley errors.
    """
    rows = []
    with one_blas_thread(), PredicateSandbox(panel) as sandbox:
        for number, row in enumerate(queue.sort_values("specification_id").to_dict("records"), start=1):
            if row_is_valid(row):
                result = run(row, panel, sandbox=sandbox, coordinates=coordinates)
            else:
                result = _passed_through(row)
            rows.append(result.as_row())
            if number % PROGRESS_EVERY == 0 or number == len(queue):
                report(f"regression_fits: {number} of {len(queue)} specifications")
    return pd.DataFrame(rows, columns=COLUMNS).astype("object")


def row_is_valid(row: Mapping[str, Any]) -> bool:
    """Return whether a row of the queue can run: its sample, controls and split exist."""
    return not pd.isna(row["is_valid"]) and bool(row["is_valid"])


def _passed_through(row: dict) -> SpecificationResult:
    record = FitRecord(
        failure_id=row["failure_id"],
        failure_message=row.get("failure_message"),
        failure_message_zh=row.get("failure_message_zh"),
    )
    return SpecificationResult(
        str(row["specification_id"]), fit=record, variables=readable_factors(row)
    )
