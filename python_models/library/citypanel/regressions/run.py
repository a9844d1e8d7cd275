"""A row of the queue and the panel in, records out; a failure is a record too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import numpy as np
import pandas as pd

from citypanel.estimation import COVARIANCES, Term
from citypanel.messages import LANGUAGES, Mistake, message
from citypanel.regressions.cell_grammar import SpecificationError, readable_factors
from citypanel.regressions.diagnostics import diagnostics_of
from citypanel.regressions.fitting import Fitted, fitted
from citypanel.regressions.records import FitRecord, SpecificationResult, TermRecord
from citypanel.regressions.sample import SampleFlow, build_sample
from citypanel.regressions.sandbox import TIME_LIMIT_SECONDS, PredicateSandbox
from citypanel.regressions.specification import Specification, parse_specification


def run(
    row: Mapping[str, Any],
    panel: pd.DataFrame,
    *,
    sandbox: PredicateSandbox | None = None,
    covariances: Sequence[str] = COVARIANCES,
    coordinates: pd.DataFrame | None = None,
    engine: str | None = None,
    time_limit: float = TIME_LIMIT_SECONDS,
) -> SpecificationResult:
    """Return the records of one specification.

    row: the fields of `parse_specification`, and index_sample (text) if any; panel: one row per city_id and
    year; sandbox: one that holds the same panel, to share between rows; covariances: computed beside the
    headline that the row names; coordinates: longitude and latitude (degrees) by city_id, for Conley errors;
    engine: `linearmodels` or `kernel`, default linearmodels for a row of the catalogue (`A1.6`) and the
    kernel for its sub-ids (`AX.10.pca`); time_limit: seconds for the sample's predicate. Never raises for
    what a row or the data hold: the result then carries failure_id and failure_message.
    """
    flow = SampleFlow(len(panel))
    try:
        specification = parse_specification(row)
        with nullcontext(sandbox) if sandbox else PredicateSandbox(panel, time_limit) as opened:
            sample = build_sample(specification, panel, opened, flow)
        engine = engine or _engine(specification.specification_id)
        fit = fitted(specification, sample, covariances, coordinates, engine)
        return _succeeded(row, specification, fit, flow)
    except Mistake as mistake:
        return _failed(row, flow, mistake)
    except np.linalg.LinAlgError as error:
        return _failed(row, flow, SpecificationError("numerical_failure", detail=str(error)))


def _succeeded(
    row: Mapping[str, Any], specification: Specification, fit: Fitted, flow: SampleFlow
) -> SpecificationResult:
    diagnostics = diagnostics_of(specification, fit)
    flow.add("singletons", fit.numbers["n_obs"], rows=fit.numbers["singletons"])
    return SpecificationResult(
        specification.specification_id,
        fit=_fit_record(specification, fit, flow, row),
        terms=tuple(_with_reason(term) for term in fit.terms),
        steps=tuple(flow.steps),
        diagnostics=diagnostics,
        rows=fit.keys,
        variables=readable_factors(row),
    )


def _engine(specification_id: str) -> str:
    return "kernel" if specification_id.count(".") > 1 else "linearmodels"


def _fit_record(
    specification: Specification, fit: Fitted, flow: SampleFlow, row: Mapping[str, Any]
) -> FitRecord:
    index_sample = row.get("index_sample")
    return FitRecord(
        **fit.numbers,
        rows_missing=sum(s.rows_in - s.rows_out for s in flow.steps if s.step.startswith("missing:")),
        quantile_type=specification.winsor.quantile_type if specification.winsor else None,
        index_sample=index_sample if isinstance(index_sample, str) and index_sample else None,
        seed=specification.seed,
        flags=fit.flags,
    )


def _with_reason(term: Term) -> TermRecord:
    numbers = dict(vars(term))
    if term.status_reason is not None:
        names = {"term": term.term, "covariance": term.covariance}
        english, chinese = (message(f"term_{term.status_reason}", lang, **names) for lang in LANGUAGES)
        numbers |= {"status_reason": english, "status_reason_zh": chinese}
    return TermRecord(**numbers)


def _failed(row: Mapping[str, Any], flow: SampleFlow, mistake: Mistake) -> SpecificationResult:
    english, chinese = (message(mistake.message_id, lang, **mistake.arguments) for lang in LANGUAGES)
    record = FitRecord(failure_id=mistake.message_id, failure_message=english, failure_message_zh=chinese)
    return SpecificationResult(
        str(row.get("specification_id", "")),
        fit=record,
        steps=tuple(flow.steps),
        variables=readable_factors(row),
    )
