"""From the panel to the complete rows of one specification, each lost row accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from citypanel.estimation import lag, product, winsorise
from citypanel.estimation.errors import nearest_to_each
from citypanel.messages import LANGUAGES, message
from citypanel.regressions.cell_grammar import Expression, SpecificationError, Winsor
from citypanel.regressions.records import FlowStep
from citypanel.regressions.sandbox import PredicateSandbox
from citypanel.regressions.specification import Specification

KEYS = ["city_id", "year"]


class SampleFlow:
    """The steps so far; a failure half-way keeps what was counted."""

    def __init__(self, rows: int) -> None:
        """Start with the number of rows of the panel."""
        self.steps: list[FlowStep] = []
        self.add("panel", rows, rows_in=rows)

    def add(self, step: str, rows_out: int, *, rows_in: int | None = None, **arguments: Any) -> None:
        """Add a step that leaves `rows_out` rows; the reason is message `flow_<kind of step>`."""
        rows_in = self.steps[-1].rows_out if rows_in is None else rows_in
        reason = f"flow_{step.split(':')[0]}"
        texts = [message(reason, lang, **arguments) for lang in LANGUAGES]
        self.steps.append(FlowStep(len(self.steps) + 1, step, rows_in, rows_out, *texts))


def build_sample(
    specification: Specification, panel: pd.DataFrame, sandbox: PredicateSandbox, flow: SampleFlow
) -> pd.DataFrame:
    """Return the complete rows: columns city_id, year and one float column per term, under its text.

    Order: sample predicate; winsorising, on the sample's rows; lags inside the sample; missing values,
    variable by variable. A split adds its column of 0 and 1. Adds each step to `flow`. Raises
    SpecificationError unknown_variable, sample_is_empty, sample_has_one_city, variable_all_missing,
    variable_not_numeric, no_complete_row, split_is_a_column, or one of the sandbox.
    """
    _require_columns(specification, panel, sandbox.repeated_keys)
    sample = _rows(specification.predicate, specification.variables, panel, sandbox)
    flow.add("sample", len(sample), predicate=specification.predicate)
    _require_content(specification, sample)
    numbers = sample[KEYS].copy()
    for name in specification.variables:
        column = _numbers(sample[name], specification.winsor)
        if name not in KEYS:  # a trend in `year` is a term, and year stays the key
            numbers[name] = column
    if split := specification.split:
        inside = sandbox.rows(split.predicate).assign(**{split.name: 1.0})
        numbers[split.name] = numbers[KEYS].merge(inside, on=KEYS, how="left")[split.name].fillna(0.0)
    terms = _within_window(specification, numbers, flow)
    if split:
        terms[split.name] = numbers.loc[terms.index, split.name]
    return _complete(specification, terms, flow)


def columns_of(
    predicate: str, variables: Sequence[str], panel: pd.DataFrame, sandbox: PredicateSandbox
) -> pd.DataFrame:
    """Return keys and variables, as floats, of the rows that meet the predicate, incomplete ones too.

    Raises SpecificationError unknown_variable, variable_not_numeric, or one of the sandbox.
    """
    _require_known(variables, panel)
    rows = _rows(predicate, variables, panel, sandbox)
    return rows[KEYS].assign(**{name: _numbers(rows[name], None) for name in variables})


def cities_of(samples: pd.DataFrame, panel: pd.DataFrame) -> pd.DataFrame:
    """Return sample_id and city_id of the cities in each sample (columns sample_id, predicate).

    A sample whose predicate cannot run has no city here; the row that uses it carries the message.
    """
    parts = [pd.DataFrame({"sample_id": [], "city_id": []}, dtype="string")]
    with PredicateSandbox(panel) as sandbox:
        for sample_id, predicate in samples[["sample_id", "predicate"]].itertuples(index=False):
            try:
                cities = sandbox.rows(predicate)["city_id"].unique()
            except SpecificationError:
                continue
            parts.append(pd.DataFrame({"sample_id": sample_id, "city_id": cities}))
    return pd.concat(parts, ignore_index=True)


def _rows(
    predicate: str, variables: Sequence[str], panel: pd.DataFrame, sandbox: PredicateSandbox
) -> pd.DataFrame:
    columns = panel[[*KEYS, *(name for name in variables if name not in KEYS)]]
    return sandbox.rows(predicate).merge(columns, on=KEYS, how="left")


def _require_known(variables: Sequence[str], panel: pd.DataFrame) -> None:
    columns = [str(column) for column in panel.columns]
    if missing := [name for name in variables if name not in columns]:
        near = nearest_to_each(missing, columns)
        raise SpecificationError("unknown_variable", variables=", ".join(missing), nearest=near)


def _require_columns(specification: Specification, panel: pd.DataFrame, repeated: pd.DataFrame) -> None:
    _require_known(specification.variables, panel)
    if specification.split and specification.split.name in panel.columns:
        raise SpecificationError("split_is_a_column", value=specification.split.name)
    if not repeated.empty:
        city, year = repeated.iloc[0]
        raise SpecificationError("duplicate_panel_key", rows=len(repeated), city=city, year=year)


def _require_content(specification: Specification, sample: pd.DataFrame) -> None:
    if sample.empty:
        raise SpecificationError("sample_is_empty", predicate=specification.predicate)
    if sample["city_id"].nunique() == 1:
        raise SpecificationError("sample_has_one_city", city=sample["city_id"].iloc[0], rows=len(sample))
    if empty := [name for name in specification.variables if sample[name].isna().all()]:
        raise SpecificationError("variable_all_missing", variables=", ".join(empty))


def _numbers(column: pd.Series, winsor: Winsor | None) -> pd.Series:
    """Return the column as floats, missing where not finite; 0/1 columns are never winsorised."""
    try:
        numbers = column.astype("Float64").astype(float)
    except (ValueError, TypeError) as error:
        raise SpecificationError("variable_not_numeric", variable=column.name) from error
    numbers = numbers.where(np.isfinite(numbers))
    if winsor is None or numbers.nunique() <= 2:
        return numbers
    return winsorise(numbers, winsor.lower, winsor.upper, winsor.quantile_type)


def _within_window(specification: Specification, numbers: pd.DataFrame, flow: SampleFlow) -> pd.DataFrame:
    """Return keys and one column per term, without the rows whose lag lies outside the sample."""
    terms = numbers[KEYS].copy()
    for expression in specification.expressions:
        if expression.text not in KEYS:
            terms[expression.text] = _values(expression, numbers)
    lags = {factor.lag for expression in specification.expressions for factor in expression.factors} - {0}
    if not lags:
        return terms
    present = numbers[KEYS].assign(present=1.0)
    inside = np.all([lag(present, "present", periods).notna() for periods in sorted(lags)], axis=0)
    flow.add("lag", int(inside.sum()), lags=", ".join(f"L{periods}" for periods in sorted(lags)))
    return terms[inside]


def _values(expression: Expression, numbers: pd.DataFrame) -> pd.Series:
    columns = [
        lag(numbers, factor.variable, factor.lag) if factor.lag else numbers[factor.variable]
        for factor in expression.factors
    ]
    return product(columns)


def _complete(specification: Specification, terms: pd.DataFrame, flow: SampleFlow) -> pd.DataFrame:
    for expression in specification.expressions:
        present = terms[expression.text].notna()
        if not present.all():
            terms = terms[present]
            flow.add(f"missing:{expression.text}", len(terms), variable=expression.text)
    if terms.empty:
        raise SpecificationError("no_complete_row", rows=flow.steps[1].rows_out)
    return terms.reset_index(drop=True)
