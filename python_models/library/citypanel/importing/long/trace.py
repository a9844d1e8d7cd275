"""The numbers of long sheets as rows of cells.parquet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citypanel.importing.grammar import Grammar
from citypanel.importing.long.panel import LongPanel
from citypanel.importing.long.shape import quoted
from citypanel.importing.printed_text import cell_reference
from citypanel.importing.sources import Source

_PLACES = (
    "place integer", "city_id varchar", "city_printed varchar", "year integer", "match_kind varchar",
)  # fmt: skip
_SERIES = (
    "series integer", "source_table varchar", "column_printed varchar", "indicator_id varchar",
    "indicator_printed varchar", "scope varchar", "unit_printed varchar", "unit varchar", "factor double",
    "letters varchar", "is_eligible boolean",
)  # fmt: skip
# 7 x 0.0001 is not the double nearest to 0.0007, 7 / 10000 is
_VALUE = """
    case
        when indicator_id = '' then cells.number
        when factor < 1 and abs(1 / factor - round(1 / factor)) < 1e-9 then cells.number / round(1 / factor)
        else cells.number * factor
    end
"""


def long_cells(sources: Sequence[Source], grammar: Grammar) -> Iterator[str]:
    """Yield for each long sheet the query of its cells, in reading order."""
    for source in sources:
        for panel in source.panels:
            if isinstance(panel, LongPanel):
                _write_places(panel)
                _write_series(panel, grammar)
                yield _query(panel, source.source_id)


def _write_places(panel: LongPanel) -> None:
    """Write what the trace says of each city-year."""
    panel.disk.keep(
        panel.table("traced_places"), _PLACES,
        (
            (number, row.match.city_id or None, row.city_printed, row.year,
             row.match.kind if row.kind == "city" else row.kind)
            for number, row in enumerate(panel.rows)
        ),
    )  # fmt: skip


def _write_series(panel: LongPanel, grammar: Grammar) -> None:
    """Write what the trace says of each series."""
    lines = []
    for number, column in enumerate(panel.columns):
        entry = grammar.indicators.get(column.indicator_id, {})
        letters = cell_reference(0, panel.first_column + panel.value_columns[number])[:-1]
        lines.append((
            number, entry.get("source_table", ""), column.header.printed, column.indicator_id,
            column.header.label if column.indicator_id else grammar.extra_name(column.header),
            column.header.scope or entry.get("scope", ""), column.unit,
            entry.get("unit", ""), None if column.factor is None else float(column.factor), letters,
            not (column.indicator_id and column.factor is None),
        ))  # fmt: skip
    panel.disk.keep(panel.table("traced_series"), _SERIES, lines)


def _query(panel: LongPanel, source_id: str) -> str:
    """Return the query of a panel's cells; the first of repeated numbers is the candidate."""
    return f"""
        select
            source_table, city_id, city_printed, year, 'column' as year_origin, '' as year_evidence,
            column_printed, indicator_id, indicator_printed, scope, unit_printed, unit, factor,
            {quoted(source_id)} as source_id, {quoted(panel.file)} as file,
            {quoted(panel.sheet)} as sheet, letters || (cells.r + {panel.first_row + 1}) as cell,
            cells.r + {panel.first_row + 1} as "row", cells.value as value_printed,
            {_VALUE} as value, match_kind,
            is_eligible and spots.place is not null and again.r is null as is_candidate,
            false as is_tabulated
        from {panel.table("cells")} as cells
        inner join {panel.table("traced_places")} using (place)
        inner join {panel.table("traced_series")} using (series)
        left join {panel.table("spots")} as spots using (place)
        left join {panel.table("again")} as again on cells.r = again.r and cells.series = again.series
    """
