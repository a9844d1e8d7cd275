"""A row of the queue and the panel in, records out; a failure is a record too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from citypanel.estimation import SANDWICHES, PanelFit, Term, fe_2sls, fixed_effects
from citypanel.messages import LANGUAGES, Mistake, message
from citypanel.regressions.diagnostics import diagnostics_of
from citypanel.regressions.records import FitRecord, SpecificationResult, TermRecord
from citypanel.regressions.sample import SampleFlow, build_sample
from citypanel.regressions.sandbox import TIME_LIMIT_SECONDS, PredicateSandbox
from citypanel.regressions.specification import Specification, SpecificationError, parse_specification

# what FitRecord and FitStatistics call by the same name
_SHARED = (
    *("covariance", "n_obs", "df_residual", "k_parameters", "clusters", "singletons", "engine"),
    *("r2_overall", "r2_overall_adjusted", "r2_within", "r2_within_adjusted"),
    *("dependent_mean", "f_statistic", "f_p_value"),
)


def run(
    row: Mapping[str, Any],
    panel: pd.DataFrame,
    *,
    sandbox: PredicateSandbox | None = None,
    covariances: Sequence[str] = SANDWICHES,
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
    specification_id = str(row.get("specification_id", ""))
    flow = SampleFlow(len(panel))
    try:
        specification = parse_specification(row)
        with nullcontext(sandbox) if sandbox else PredicateSandbox(panel, time_limit) as opened:
            sample = build_sample(specification, panel, opened, flow)
        fit = _fitted(specification, sample, covariances, coordinates, engine or _engine(specification_id))
        diagnostics = diagnostics_of(specification, sample, fit)
    except Mistake as mistake:
        return _failed(specification_id, flow, mistake)
    except np.linalg.LinAlgError as error:
        return _failed(specification_id, flow, SpecificationError("numerical_failure", detail=str(error)))
    flow.add("singletons", fit.statistics.n_obs, rows=fit.statistics.singletons)
    return SpecificationResult(
        specification_id,
        fit=_fit_record(specification, fit, flow, row),
        terms=tuple(_with_reason(term) for term in fit.terms),
        steps=tuple(flow.steps),
        diagnostics=diagnostics,
        rows=fit.keys.reset_index(drop=True),
    )


def _engine(specification_id: str) -> str:
    return "kernel" if specification_id.count(".") > 1 else "linearmodels"


def _fitted(
    specification: Specification,
    sample: pd.DataFrame,
    covariances: Sequence[str],
    coordinates: pd.DataFrame | None,
    engine: str,
) -> PanelFit:
    terms = [term.text for term in specification.terms]
    options: dict[str, Any] = {
        "effects": specification.effects,
        "covariance": specification.covariance,
        "also": covariances,
        "engine": engine,
    }
    if specification.estimator == "fe_2sls":
        endogenous = [term.text for term in specification.endogenous]
        instruments = [term.text for term in specification.instruments]
        return fe_2sls(sample, specification.outcome.text, terms, endogenous, instruments, **options)
    options |= {"coordinates": coordinates}
    if specification.seed is not None:
        options |= {"seed": specification.seed}
    return fixed_effects(sample, specification.outcome.text, terms, **options)


def _fit_record(
    specification: Specification, fit: PanelFit, flow: SampleFlow, row: Mapping[str, Any]
) -> FitRecord:
    numbers = fit.statistics
    index_sample = row.get("index_sample")
    return FitRecord(
        **{name: getattr(numbers, name) for name in _SHARED},
        n_cities=numbers.n_entities,
        n_years=numbers.n_periods,
        rows_missing=sum(s.rows_in - s.rows_out for s in flow.steps if s.step.startswith("missing:")),
        quantile_type=specification.winsor.quantile_type if specification.winsor else None,
        index_sample=index_sample if isinstance(index_sample, str) and index_sample else None,
        seed=specification.seed,
        flags=fit.flags,
    )


def _with_reason(term: Term) -> TermRecord:
    numbers = asdict(term)
    if term.status_reason is not None:
        names = {"term": term.term, "covariance": term.covariance}
        english, chinese = (message(f"term_{term.status_reason}", lang, **names) for lang in LANGUAGES)
        numbers |= {"status_reason": english, "status_reason_zh": chinese}
    return TermRecord(**numbers)


def _failed(specification_id: str, flow: SampleFlow, mistake: Mistake) -> SpecificationResult:
    english, chinese = (message(mistake.message_id, lang, **mistake.arguments) for lang in LANGUAGES)
    record = FitRecord(failure_id=mistake.message_id, failure_message=english, failure_message_zh=chinese)
    return SpecificationResult(specification_id, fit=record, steps=tuple(flow.steps))
