"""Run the rows of expectations.csv against the tables of a layer with Great Expectations.

The suites get DataFrames: the SQLAlchemy route to DuckDB is broken in Great Expectations 1.24. The library is
imported once in a process, by whoever runs the first suite: it takes seconds, a suite tenths of one.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd

from citypanel.messages import Mistake
from citypanel.quality.expectation_answers import COLUMNS, answered, mistaken, not_judged
from citypanel.quality.expectation_frames import Relation, has_nothing_to_judge, keys_of, looked_at, needed
from citypanel.quality.expectation_rows import Asked, nearest, read, texts_of

Rows = dict[str, dict[str, str]]
Results = dict[str, dict[str, Any]]


def run_expectations(tables: Mapping[str, Relation], expectations: pd.DataFrame) -> pd.DataFrame:
    """Check tables against their expectations.

    Parameters
    ----------
    tables
        Lazy tables by `schema.name`; only the columns asked about are read, and only of tables asked about.
    expectations
        Rows of expectations.csv: `expectation_id`, `layer`, `table_name`, `column_name` (may be empty),
        `expectation` (a class of Great Expectations), `arguments` (JSON), `only_where` (`column = a | b`, or
        `!=`), `grouped_by` (columns joined by `+`) with `aggregate`, `severity`, `reason`, `reason_zh`.

    Returns
    -------
    One row per expectation with the columns of `COLUMNS`, in the order given. `is_met` is NULL where there is
    nothing to judge. A row that cannot run (an unknown class or column, bad arguments) is not met, and
    `mistake` names the message that `message_en` and `message_zh` tell.
    """
    rows = {row["expectation_id"]: row for row in map(texts_of, expectations.to_dict("records"))}
    columns = {name: list(table.columns) for name, table in tables.items()}
    results: Results = {}
    asked: dict[str, list[Asked]] = {}
    for expectation_id, row in rows.items():
        try:
            each = read(row, columns)
        except Mistake as mistake:
            results[expectation_id] = mistaken(row, mistake)
        else:
            asked.setdefault(each.table, []).append(each)
    for name, of_table in asked.items():
        results |= _of_table(needed(tables[name], of_table), of_table, rows)
    frame = pd.DataFrame([results[expectation_id] for expectation_id in rows], columns=list(COLUMNS))
    return frame.astype(COLUMNS)


def _of_table(frame: pd.DataFrame, asked: list[Asked], rows: Rows) -> Results:
    """Run the expectations of one table: those that look at the same rows are one suite."""
    by_frame: dict[Any, list[Asked]] = {}
    for each in asked:
        by_frame.setdefault(each.frame, []).append(each)
    results: Results = {}
    for of_frame in by_frame.values():
        kept = looked_at(frame, of_frame)
        judged, suite = [], []
        for each in of_frame:
            row = rows[each.expectation_id]
            if not each.is_about_absence and has_nothing_to_judge(kept, each.judged):
                results[each.expectation_id] = not_judged(row, len(kept))
                continue
            try:
                suite.append(_expectation(each))
                judged.append(each.expectation_id)
            except Mistake as mistake:
                results[each.expectation_id] = mistaken(row, mistake)
        if suite:
            answers = _validated(kept, suite)
            results |= {name: answered(rows[name], answers[name], len(kept)) for name in judged}
    return results


def _library() -> Any:
    """Return Great Expectations, which says nothing of its own between the lines of dbt."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations  # seconds: paid once, by those who run expectations

    # its remarks on temporary folders; the import resets the level
    for name in ("great_expectations", "great_expectations.data_context.types.base"):
        logging.getLogger(name).setLevel(logging.ERROR)
    return great_expectations


def _expectation(asked: Asked) -> Any:
    """Return the expectation; Mistake expectation_class_unknown, expectation_arguments_wrong."""
    _library()
    import great_expectations.expectations as gxe

    known = [name for name in dir(gxe) if name.startswith("Expect") and name != "Expectation"]
    if asked.expectation not in known:
        near = nearest(asked.expectation, known)
        raise Mistake("expectation_class_unknown", value=asked.expectation, nearest=near)
    arguments = asked.arguments | ({"column": asked.column} if asked.column else {})
    try:
        return getattr(gxe, asked.expectation)(**arguments, meta={"expectation_id": asked.expectation_id})
    except (TypeError, ValueError) as reason:
        raise Mistake("expectation_arguments_wrong", value=asked.expectation, reason=_said(reason)) from None


def _said(reason: Exception) -> str:
    """Return what is wrong with which argument; of a list of pydantic's, each argument's first complaint."""
    if not hasattr(reason, "errors"):
        return str(reason)
    complaints: dict[str, str] = {}
    for each in reason.errors():
        argument = ".".join(str(part) for part in each["loc"]).replace("__root__", "*")
        complaints.setdefault(argument, each["msg"])
    return "; ".join(f"{argument}: {text}" for argument, text in complaints.items())


@cache
def _frames() -> Any:
    """Return the place where Great Expectations takes frames from, made once in a process."""
    context = _library().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("frame")
    return asset.add_batch_definition_whole_dataframe("all")


def _validated(frame: pd.DataFrame, expectations: list[Any]) -> dict[str, Any]:
    """Return the answers of one suite on one frame, by expectation_id."""
    suite = _library().ExpectationSuite(name="suite", expectations=expectations)
    shown = {"result_format": "SUMMARY", "unexpected_index_column_names": keys_of(frame)}
    batch = _frames().get_batch({"dataframe": frame})
    answers = batch.validate(suite, result_format=shown).results
    return {each.expectation_config.meta["expectation_id"]: each for each in answers}
