"""A derived number: its formula, the components and weights of an index, and the printed numbers below it."""

from __future__ import annotations

import duckdb

from citypanel.console.explaining.cell import number_lines, year_outside
from citypanel.console.explaining.cities import city_line, years_stood
from citypanel.console.explaining.indicators import Indicator, entry_of
from citypanel.console.explaining.specifications import listed, parents_of_provinces, where_all_are
from citypanel.console.explaining.words import figure, rows_of
from citypanel.messages import message
from citypanel.publishing.content import text

INPUTS = "select input from indicators.indicator_inputs where indicator_id = ? order by input"
COMPONENTS = """
select s.component, s.value, s.z, w.weight, w.minimum, w.maximum
from indicators.index_scores as s
left join indicators.index_weights as w using (index_id, component, pool)
where s.index_id = ? and s.city_id = ? and s.year = ? order by s.component
"""
SPECIFICATIONS = """
select distinct specification_id from estimates.specification_variables where variable = {} order by 1
"""


def derived_lines(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, city_id: str, year: int
) -> list[str]:
    """Return value, formula, components and printed inputs of a derived indicator, line by line."""
    lines = [
        message(
            "explain_heading", label=indicator.label, indicator=indicator.indicator_id, unit=indicator.unit
        ),
        city_line(connection, city_id, year),
        message("explain_definition", description=indicator.description),
    ]
    if indicator.formula:
        lines.append(message("explain_formula", formula=indicator.formula))
    lines += [
        "",
        *_value(connection, indicator, city_id, year),
        *_components(connection, indicator, city_id, year),
    ]
    inputs = [row["input"] for row in rows_of(connection, INPUTS, [indicator.indicator_id])]
    if inputs:
        lines += ["", message("explain_inputs", count=len(inputs))]
    for name in inputs:
        entry = entry_of(connection, name)
        lines += ["", f"{entry.label} ({name})"]
        lines += [f"  {line}" for line in number_lines(connection, entry, city_id, year)]
    return [*lines, "", *_specifications(connection, indicator.indicator_id)]


def _specifications(connection: duckdb.DuckDBPyConnection, indicator_id: str) -> list[str]:
    """Return which specifications use a column of the panel."""
    statement = SPECIFICATIONS.format(text(indicator_id)).strip()
    names = [row["specification_id"] for row in rows_of(connection, statement)]
    parents = parents_of_provinces(connection)
    used = message("explain_specifications", names=listed(names, parents))
    return [used, *where_all_are(names, parents, statement)]


def _value(connection: duckdb.DuckDBPyConnection, indicator: Indicator, city_id: str, year: int) -> list[str]:
    """Return the number of the panel, or why there is none."""
    column = '"' + indicator.indicator_id.replace('"', '""') + '"'
    rows = rows_of(
        connection,
        f"select {column} as value from panels.city_year where city_id = ? and year = ?",
        [city_id, year],
    )
    if rows and rows[0]["value"] is not None:
        return [message("explain_value", value=figure(float(rows[0]["value"])), unit=indicator.unit)]
    state = None if rows else year_outside(connection, year) or years_stood(connection, city_id, year)
    return [message("explain_no_value", state=state or message("explain_state_input_missing"))]


def _components(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, city_id: str, year: int
) -> list[str]:
    """Return the components of a composite index with value, range, score and weight; none for others."""
    rows = rows_of(connection, COMPONENTS, [indicator.indicator_id, city_id, year])
    lines = [message("explain_components", count=len(rows))] if rows else []
    for row in rows:
        entry = entry_of(connection, row["component"])
        lines.append(
            message(
                "explain_component",
                component=row["component"],
                value=figure(row["value"]),
                low=figure(row["minimum"]),
                high=figure(row["maximum"]),
                score=figure(row["z"]),
                weight=figure(row["weight"]),
                formula=entry.formula or message("explain_as_printed"),
            )
        )
    return lines
