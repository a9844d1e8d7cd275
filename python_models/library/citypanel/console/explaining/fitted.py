"""The numbers below a fit: shares of rows that stand on marked cells, and the sources."""

from __future__ import annotations

import json

import duckdb

from citypanel.console.explaining.words import Row, in_language, rows_of, share
from citypanel.messages import message

# the printed numbers below the variables of the rows fitted, each at the lag it enters with
NUMBERS = """
with used as (
    select distinct
        v.variable, o.city_id, o.year, o.indicator_id, o.source_id
    from estimates.estimation_samples as s
    inner join estimates.specification_variables as v using (specification_id)
    inner join indicators.indicator_inputs as i on v.variable = i.indicator_id
    inner join observations.observations as o
        on i.input = o.indicator_id and s.city_id = o.city_id and o.year = s.year - v.lag
    where s.specification_id = ? and o.value_used is not null
)
"""
SHARES = """
select
    variable, share_imputed, share_corrected, share_break,
    (select list_sort(list(input)) from indicators.indicator_inputs where indicator_id = variable) as inputs
from estimates.marked_shares where specification_id = ? order by variable
"""
SOURCES = (
    NUMBERS
    + """
select coalesce(source_id, '') as source_id, n.numbers, name_en, name_zh, kind
from (
    select source_id, count(distinct (city_id, year, indicator_id)) as numbers from used group by source_id
) as n
left join yearbook.sources using (source_id) order by numbers desc, source_id
"""
)


def variable_lines(connection: duckdb.DuckDBPyConnection, fit: Row) -> list[str]:
    """Return, by variable, the shares of fitted rows that stand on marked cells, and its inputs."""
    lines = [message("explain_variables")]
    for row in rows_of(connection, SHARES, [fit["specification_id"]]):
        lines.append(
            message(
                "explain_variable",
                variable=row["variable"],
                imputed=share(row["share_imputed"]),
                corrected=share(row["share_corrected"]),
                breaks=share(row["share_break"]),
                inputs=", ".join(row["inputs"] or []),
            )
        )
    clusters = json.loads(fit["clusters"]) if fit["clusters"] else None
    return [*lines, message("explain_clusters", clusters=json.dumps(clusters))] if clusters else lines


def source_lines(connection: duckdb.DuckDBPyConnection, specification: str) -> list[str]:
    """Return how many printed numbers of the fit come from each source."""
    lines = [message("explain_sources")]
    for row in rows_of(connection, SOURCES, [specification]):
        name = in_language(row, "name") or message("explain_no_source")
        lines.append(
            message(
                "explain_source_count", count=f"{row['numbers']:,}", source=row["source_id"] or "-", name=name
            )
        )
    return lines
