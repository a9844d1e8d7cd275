"""What changed, part by part, between two publications attached as `earlier` and `later`.

Every part is a statement with the columns of `CHANGES`; a part whose tables or columns one of the two lacks
is left out (the part about tables and columns says so).
"""

from __future__ import annotations

import duckdb

from citypanel.publishing.content import quoted, text

EARLIER, LATER = "earlier", "later"
CHANGES = [
    "part", "change", "item", "before", "after", "relative_difference", "std_errors", "stars_before",
    "stars_after",
]  # fmt: skip
# floats are equal to 12 significant digits, as everywhere in the project
SAME = 1e-12
PANEL_KEYS = ["city_id", "year"]
NUMBERS = ("DOUBLE", "FLOAT", "BIGINT", "INTEGER", "HUGEINT", "DECIMAL")
NOTHING = "null::double"
CHANGE = "case when {0} is null then 'added' when {1} is null then 'removed' else 'changed' end"

COLUMNS = f"""
with e as (
    select schema_name, table_name, column_name, data_type from duckdb_columns()
    where database_name = '{EARLIER}'
), l as (
    select schema_name, table_name, column_name, data_type from duckdb_columns()
    where database_name = '{LATER}'
)
select 'column', {CHANGE.format("e.data_type", "l.data_type")},
    concat_ws('.', schema_name, table_name, column_name), e.data_type, l.data_type,
    {NOTHING}, {NOTHING}, null, null
from e full join l using (schema_name, table_name, column_name)
where e.data_type is distinct from l.data_type
    and (schema_name, table_name) in (select (schema_name, table_name) from e)
    and (schema_name, table_name) in (select (schema_name, table_name) from l)
"""


def differ(before: str, after: str) -> str:
    """Return the condition that two numbers differ; one that is missing differs from one that is not."""
    return (f"({before} is distinct from {after} and ({before} is null or {after} is null or "
            f"abs({after} - {before}) > {SAME} * greatest(abs({before}), abs({after}))))")


def relative(before: str, after: str) -> str:
    """Return the change as a share of the number before."""
    return f"({after} - {before})::double / nullif(abs({before}), 0)"


def shown(column: str, kind: str) -> str:
    """Return a cell as text, floats to 12 significant digits."""
    return f"format('{{:.12g}}', {column})" if kind in ("DOUBLE", "FLOAT") else f"{column}::varchar"


def columns_in_both(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> dict[str, str]:
    """Return name and type (of the later) of the columns that both publications' tables have, of one type."""
    both = connection.execute(
        "select column_name, any_value(data_type) from duckdb_columns() where database_name in (?, ?) "
        "and schema_name = ? and table_name = ? group by column_name "
        "having count(*) = 2 and count(distinct data_type) = 1 order by any_value(column_index)",
        [EARLIER, LATER, schema, table],
    ).fetchall()
    return {str(name): str(kind) for name, kind in both}


def panel_statements(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return one statement for the rows of the panel and one for each of its columns with a changed cell."""
    columns = columns_in_both(connection, "panels", "city_year")
    if not set(PANEL_KEYS) <= set(columns):
        return []
    cells = {name: kind for name, kind in columns.items() if name not in PANEL_KEYS}
    joined = f"{EARLIER}.panels.city_year as e join {LATER}.panels.city_year as l using (city_id, year)"
    tests = {name: _cells_differ(name, kind) for name, kind in cells.items()}
    counts = ", ".join(f"count(*) filter (where {test})" for test in tests.values())
    found = connection.execute(f"select {counts} from {joined}").fetchone() if cells else ()
    changed = [name for name, count in zip(cells, found or (), strict=True) if count]
    return [_panel_rows(), *(_panel_cells(name, cells[name], tests[name], joined) for name in changed)]


def _cells_differ(name: str, kind: str) -> str:
    before, after = f"e.{quoted(name)}", f"l.{quoted(name)}"
    return differ(before, after) if kind.startswith(NUMBERS) else f"{before} is distinct from {after}"


def _panel_rows() -> str:
    """Return the city-years that only one of the two has."""
    return f"""
    select 'panel', if(e.year is null, 'added', 'removed'), concat_ws(' ', city_id, year), null, null,
        {NOTHING}, {NOTHING}, null, null
    from {EARLIER}.panels.city_year as e full join {LATER}.panels.city_year as l using (city_id, year)
    where e.year is null or l.year is null"""


def _panel_cells(name: str, kind: str, test: str, joined: str) -> str:
    """Return the cells of one column that differ."""
    before, after = f"e.{quoted(name)}", f"l.{quoted(name)}"
    size = relative(before, after) if kind.startswith(NUMBERS) else NOTHING
    return f"""
    select 'panel', {CHANGE.format(before, after)}, concat_ws(' ', city_id, year, {text(name)}),
        {shown(before, kind)}, {shown(after, kind)}, {size}, {NOTHING}, null, null
    from {joined} where {test}"""
