"""A printed number: its entry in the dictionary, every source's cell, corrections, status, and its uses."""

from __future__ import annotations

import re

import duckdb

from citypanel.console.explaining.candidates import candidate_lines
from citypanel.console.explaining.cities import city_line, years_stood
from citypanel.console.explaining.indicators import Indicator
from citypanel.console.explaining.specifications import listed, parents_of_provinces, where_all_are
from citypanel.console.explaining.words import Row, figure, method_text, rows_of, unit_text
from citypanel.messages import message
from citypanel.publishing.content import text

TRACE = """
select t.*, s.name_zh, s.name_en, s.edition, s.publisher, s.precedence
from observations.cell_trace as t left join yearbook.sources as s using (source_id)
where city_id = ? and year = ? and indicator_id = ? order by place
"""
# the numbers that an interpolated or summed one stands on: other years of the city, other units of the year
BELOW = """
select city_id, year, value_used, source_id, value_printed from observations.observations_as_was
where list_contains(?, city_id) and list_contains(?, year) and indicator_id = ? order by city_id, year
"""
YEARS = "select min(year), max(year) from observations.reported_observations"
USES = """
select indicator_id, list_sort(list_distinct(list(specification_id))) as specifications
from estimates.indicator_uses where input = ? group by indicator_id order by indicator_id
"""
# for the reader to run
ALL_USES = "select indicator_id, specification_id from estimates.indicator_uses where input = {} order by all"


def cell_lines(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, city_id: str, year: int
) -> list[str]:
    """Return all that is known of one printed number, line by line."""
    lines = [
        message(
            "explain_heading", label=indicator.label, indicator=indicator.indicator_id, unit=indicator.unit
        ),
        city_line(connection, city_id, year),
    ]
    if indicator.description:
        lines.append(message("explain_definition", description=indicator.description))
    lines += ["", *number_lines(connection, indicator, city_id, year)]
    return [*lines, "", *use_lines(connection, indicator.indicator_id)]


def number_lines(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, city_id: str, year: int
) -> list[str]:
    """Return value, status and the printed cells of all sources."""
    trace = rows_of(connection, TRACE, [city_id, year, indicator.indicator_id])
    if not trace or (trace[0]["value_used"] is None and trace[0]["source_id"] is None):
        return [message("explain_no_value", state=_state(connection, indicator, city_id, year, trace))]
    first = trace[0]
    if first["value_used"] is None:
        lines = [message("explain_no_value", state=_state(connection, indicator, city_id, year, trace))]
    else:
        lines = [message("explain_value", value=figure(first["value_used"]), unit=unit_text(first["unit"]))]
    lines.append(
        message(
            "explain_status",
            status=first["status"],
            meaning=message(f"status_{first['status']}"),
            method=method_text(first["method"]),
        )
    )
    lines += _below(connection, first)
    printed = [row for row in trace if row["source_id"] is not None]
    lines += (
        [message("explain_candidates", count=len({row["source_id"] for row in printed}))] if printed else []
    )
    used = next((row for row in printed if row["is_used"]), None)
    for row in printed:
        lines += candidate_lines(connection, row, used)
    return lines


def year_outside(connection: duckdb.DuckDBPyConnection, year: int) -> str | None:
    """Return which years the folder holds where `year` is none of them, else None."""
    first, last = connection.execute(YEARS).fetchone() or (None, None)
    if first is not None and first <= year <= last:
        return None
    return message("explain_state_year", first=first, last=last)


def use_lines(connection: duckdb.DuckDBPyConnection, indicator_id: str) -> list[str]:
    """Return which columns of the panel and which specifications stand on a printed indicator."""
    uses = rows_of(connection, USES, [indicator_id])
    if not uses:
        return [message("explain_unused")]
    parents = parents_of_provinces(connection)
    names = {row["indicator_id"]: [name for name in row["specifications"] if name] for row in uses}
    lines = [message("explain_used_by", count=len(uses))]
    lines += [f"  {column}: {listed(used, parents)}" for column, used in names.items()]
    statement = ALL_USES.format(text(indicator_id))
    hints = [line for used in names.values() for line in where_all_are(used, parents, statement)]
    return [*lines, *hints[:1]]


def _below(connection: duckdb.DuckDBPyConnection, first: Row) -> list[str]:
    """Return the numbers that an interpolated number lies between, or that a sum adds; none for others."""
    method = first["method"] or ""
    years = re.fullmatch(r"linear between (\d+) and (\d+)", method)
    parts = re.fullmatch(r"(?:sum|a part is missing): (.+)", method)
    if years is None and parts is None:
        return []
    cities = parts[1].split(" + ") if parts else [first["city_id"]]
    found = rows_of(
        connection,
        BELOW,
        [cities, [int(each) for each in years.groups()] if years else [first["year"]], first["indicator_id"]],
    )
    return [
        message(
            "explain_below",
            city=row["city_id"],
            year=row["year"],
            value=figure(row["value_used"]),
            source=row["source_id"] or "-",
            text=row["value_printed"] or "-",
        )
        for row in found
    ]


def _state(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, city_id: str, year: int, trace: list[Row]
) -> str:
    """Return why there is no number: no such unit then, not published, nothing printed, a mark, dropped."""
    unit_state = (None if trace else year_outside(connection, year)) or years_stood(connection, city_id, year)
    if unit_state is not None and not (trace and trace[0]["source_id"]):
        return unit_state
    if not trace:
        return message("explain_state_not_printed")
    if trace[0]["status"] == "M":
        return message(
            "explain_state_not_published", first=indicator.first_year or "", last=indicator.last_year or ""
        )
    if trace[0]["source_id"] is None:
        return message("explain_state_not_printed")
    return message(
        "explain_state_dropped" if trace[0]["correction_id"] else "explain_state_mark",
        text=trace[0]["value_printed"],
    )
