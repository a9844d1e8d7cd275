"""A coefficient: its errors, the printed number, its sample, the rows lost, where its numbers come from."""

from __future__ import annotations

import duckdb

from citypanel.console.explaining.fitted import source_lines, variable_lines
from citypanel.console.explaining.printed import printed_lines
from citypanel.console.explaining.words import Row, figure, in_language, nearest, plain, rows_of
from citypanel.messages import Mistake, language, message

FIT = """
select
    r.*, s.predicate, s.label_en, s.label_zh, f.* exclude (specification_id, covariance, seed)
from estimates.specifications as r
left join specifications.samples as s using (sample_id)
left join estimates.fit_statistics as f using (specification_id)
where lower(r.specification_id) = lower(?)
"""
TERMS = """
select e.*, v.label_en, v.label_zh from estimates.estimates as e
left join estimates.specifications as r using (specification_id)
left join specifications.study_variables as v on r.study = v.study and e.term = v.variable
where e.specification_id = ? order by is_headline desc, covariance
"""
FLOW = "from estimates.sample_flow where specification_id = ? order by step_number"


def estimate_lines(connection: duckdb.DuckDBPyConnection, specification: str, term: str) -> list[str]:
    """Return what stands behind one coefficient, line by line.

    Raises `Mistake` when the specification or the term is unknown.
    """
    fit = _fit(connection, specification)
    name = fit["specification_id"]
    lines = [
        message(
            "explain_estimate_heading",
            specification=name,
            study=fit["study"],
            exhibit=fit["exhibit"] or "-",
            column=fit["column"] or "-",
        ),
        message(
            "explain_model",
            estimator=fit["estimator"],
            outcome=fit["outcome"],
            effects=fit["fixed_effects"] or "-",
        ),
    ]
    if fit["failure_message"]:
        reason = fit["failure_message_zh"] if language() == "zh" else fit["failure_message"]
        return [*lines, message("explain_not_estimated", reason=reason)]
    terms = _terms(connection, name, term)
    lines += ["", *_coefficient(terms), *printed_lines(connection, terms[0])]
    lines += ["", *_sample(connection, fit), "", *variable_lines(connection, fit)]
    return [*lines, "", *source_lines(connection, name)]


def _fit(connection: duckdb.DuckDBPyConnection, specification: str) -> Row:
    rows = rows_of(connection, FIT, [specification.strip()])
    if rows:
        return rows[0]
    known = [row["specification_id"] for row in rows_of(connection, "from estimates.specifications")]
    raise Mistake("explain_specification_unknown", name=specification, nearest=nearest(specification, known))


def _terms(connection: duckdb.DuckDBPyConnection, specification: str, term: str) -> list[Row]:
    """Return the rows of one term (by column, study name or label), the headline covariance first."""
    rows = rows_of(connection, TERMS, [specification])
    found = [
        row
        for row in rows
        if plain(term)
        in {plain(row[key]) for key in ("term", "study_name", "label_en", "label_zh") if row[key]}
    ]
    if found:
        return found
    known = dict.fromkeys(
        f"{row['study_name']} ({row['term']})" if row["study_name"] else row["term"] for row in rows
    )
    raise Mistake("explain_term_unknown", name=term, specification=specification, terms=", ".join(known))


def _coefficient(rows: list[Row]) -> list[str]:
    """Return the headline estimate, then its standard error by the other covariances."""
    head = rows[0]
    if head["estimate"] is None:
        reason = head["status_reason_zh"] if language() == "zh" else head["status_reason"]
        return [message("explain_not_estimated", reason=reason or head["status"])]
    lines = [
        message(
            "explain_coefficient",
            term=head["term"],
            label=in_language(head, "label") or head["term"],
            estimate=f"{head['estimate']:.6g}",
        ),
        message(
            "explain_error",
            covariance=head["covariance"],
            std_error=f"{head['std_error']:.6g}",
            statistic=f"{head['statistic']:.4g}",
            df=figure(head["df"]),
            p=f"{head['p_value']:.4g}",
            low=f"{head['conf_low']:.6g}",
            high=f"{head['conf_high']:.6g}",
        ),
    ]
    others = ", ".join(
        f"{row['covariance']} {row['std_error']:.6g}" for row in rows[1:] if row["std_error"] is not None
    )
    return [*lines, message("explain_other_errors", errors=others)] if others else lines


def _sample(connection: duckdb.DuckDBPyConnection, fit: Row) -> list[str]:
    """Return the sample with its predicate, and every step from the panel to the rows fitted."""
    label = in_language(fit, "label") or fit["sample_id"]
    lines = [
        message("explain_sample", sample=fit["sample_id"], label=label, predicate=fit["predicate"]),
        message(
            "explain_fitted",
            rows=fit["n_obs"],
            cities=fit["n_cities"],
            years=fit["n_years"],
            kind=message(f"data_kind_{fit['data_kind']}"),
        ),
    ]
    if fit["n_expected"]:
        lines.append(message("explain_printed_n", n=fit["n_expected"]))
    for step in rows_of(connection, FLOW, [fit["specification_id"]]):
        lost = step["rows_in"] - step["rows_out"]
        lines.append(
            message(
                "explain_step",
                rows_in=step["rows_in"],
                rows_out=step["rows_out"],
                lost=lost,
                reason=" ".join(
                    in_language({"r_en": step["reason"], "r_zh": step["reason_zh"]}, "r").split()
                ),
            )
        )
    return lines
