"""Run the rows of expectations.csv against a table with Great Expectations.

The suites get DataFrames: the SQLAlchemy route to DuckDB is broken in Great Expectations 1.24.
"""

from __future__ import annotations

import json
import logging
import os
from typing import Any

import pandas as pd

COLUMNS = {
    "expectation_id": "string",
    "table_name": "string",
    "column_name": "string",
    "severity": "string",
    "is_met": "boolean",
    "rows_checked": "Int64",
    "rows_unexpected": "Int64",
    "observed": "string",
    "reason": "string",
}


def run_expectations(table: pd.DataFrame, expectations: pd.DataFrame) -> pd.DataFrame:
    """Check one table against its expectations.

    Parameters
    ----------
    table
        Any frame, one row per unit of observation.
    expectations
        Rows with `expectation_id`, `table_name`, `column_name` (may be empty), `expectation` (the name of a
        class of Great Expectations), `arguments` (JSON), `severity` (error or warn) and `reason`.

    Returns
    -------
    One row per expectation with the columns of `COLUMNS`, in the order given. An expectation that cannot run
    (an unknown class, an absent column) is not met, and `observed` says why.
    """
    batch = _batch(table)
    rows = [_result(batch, row) for row in expectations.to_dict("records")]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _batch(table: pd.DataFrame) -> Any:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx  # 5 s: paid only by those who run expectations

    # its remarks on temporary folders would stand between the lines of dbt; the import resets the level
    for name in ("great_expectations", "great_expectations.data_context.types.base"):
        logging.getLogger(name).setLevel(logging.WARNING)

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    source = context.data_sources.add_pandas("panel")
    asset = source.add_dataframe_asset("table")
    return asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": table})


def _result(batch: Any, row: dict[str, Any]) -> dict[str, Any]:
    import great_expectations.expectations as gxe

    kept = {name: row[name] for name in ("expectation_id", "table_name", "column_name", "severity", "reason")}
    column = row["column_name"] if isinstance(row["column_name"], str) and row["column_name"] else None
    try:
        expectation = getattr(gxe, row["expectation"])
        arguments = json.loads(row["arguments"] or "{}") | ({"column": column} if column else {})
        validated = batch.validate(expectation(**arguments))
    except (AttributeError, TypeError, ValueError) as reason:
        return kept | {
            "is_met": False,
            "rows_checked": None,
            "rows_unexpected": None,
            "observed": str(reason)[:300],
        }
    found = validated.result or {}
    return kept | {
        "is_met": bool(validated.success),
        "rows_checked": found.get("element_count"),
        "rows_unexpected": found.get("unexpected_count"),
        "observed": _observed(found, validated),
    }


def _observed(found: dict[str, Any], validated: Any) -> str | None:
    if found.get("partial_unexpected_list"):
        return json.dumps(found["partial_unexpected_list"][:5], ensure_ascii=False, default=str)
    if found.get("observed_value") is not None:
        return str(found["observed_value"])
    failures = [
        entry["exception_message"] for entry in _exceptions(validated) if entry.get("raised_exception")
    ]
    return failures[0][:300] if failures else None


def _exceptions(validated: Any) -> list[dict[str, Any]]:
    information = validated.exception_info or {}
    return [information] if "raised_exception" in information else list(information.values())
