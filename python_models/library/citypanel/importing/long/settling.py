"""What is settled of a long panel once all files are read: units by a sample, sources, repeated numbers."""

from __future__ import annotations

from collections.abc import Iterable

from citypanel.importing.cells import Cell
from citypanel.importing.long.panel import LongPanel
from citypanel.importing.printed_text import cell_reference, printed_number
from citypanel.importing.row_kinds import IN_TABLES
from citypanel.importing.sources import Source
from citypanel.importing.tables import Choice

SAMPLE = 400
CONFLICTS_SHOWN = 1000


def take_samples(panels: Iterable[LongPanel]) -> None:
    """Put the first numbers of each mapped series into the panel's cells, for the settling of units."""
    for panel in panels:
        mapped = ", ".join(str(n) for n, column in enumerate(panel.columns) if column.indicator_id)
        if mapped:
            found = panel.disk.run(
                f"select r, place, series, value from {panel.table('cells')} where series in ({mapped}) "
                f"qualify row_number() over (partition by series order by r) <= {SAMPLE}"
            )
            panel.cells = [long_cell(panel, *row) for row in found]


def drop_samples(panels: Iterable[LongPanel]) -> None:
    """Empty the panels' cells again: their numbers are on disk."""
    for panel in panels:
        panel.cells = []


def long_cell(panel: LongPanel, r: int, place: int, series: int, printed: str) -> Cell:
    """Return one number as a short sheet's cell is."""
    row, column = panel.row(place), panel.columns[series]
    reference = cell_reference(panel.first_row + r, panel.first_column + panel.value_columns[series])
    return Cell(
        column, row.kind, panel.names[place], row.match, row.city_printed, row.year or 0, reference,
        panel.first_row + r + 1, printed, printed_number(printed), column.unit, column.factor,
        row.year_origin,
    )  # fmt: skip


def choose_among_long(sources: list[Source], choice: Choice) -> None:
    """Note for each long panel which numbers repeat another of their city, year and series (`again_<n>`)."""
    for source in sources:
        for panel in source.panels:
            if isinstance(panel, LongPanel):
                _write_targets(panel, choice)
                _find_repeated(panel, source, choice)


def _write_targets(panel: LongPanel, choice: Choice) -> None:
    """Write what makes two numbers the same one: unit and year (`spots`), indicator (`targets`)."""
    spots: dict[tuple[str, int], int] = {}
    rows = []
    for place, row in enumerate(panel.rows):
        if row.kind in IN_TABLES and row.year is not None:
            key = (row.match.city_id or panel.names[place], row.year)
            rows.append((place, spots.setdefault(key, len(spots))))
    panel.disk.keep(panel.table("spots"), ["place integer", "spot integer"], rows)
    targets: dict[str, int] = {}
    lines = []
    for series, column in enumerate(panel.columns):
        if column.indicator_id and column.factor is None:
            choice.units_unknown[(column.header.printed, column.unit)] += column.numbers
        else:
            name = column.indicator_id or f"\t{column.header.label}"
            lines.append((series, targets.setdefault(name, len(targets)), float(column.factor or 1)))
    panel.disk.keep(panel.table("targets"), ["series integer", "target integer", "factor double"], lines)


def _find_repeated(panel: LongPanel, source: Source, choice: Choice) -> None:
    """Write `again_<n>` (r, series of numbers that come after another) and count what differs from it."""
    disk, width = panel.disk, len(panel.columns)
    disk.run(
        f"""
        create table {panel.table("again")} as
        with eligible as (
            select
                spot::bigint * {width + 1} + target as thing, r::bigint * {width + 1} + series as position,
                r, place, series, value, coalesce(number * factor, 0) as number
            from {panel.table("cells")}
            inner join {panel.table("spots")} using (place)
            inner join {panel.table("targets")} using (series)
        ), repeated as (
            select thing, min(position) as first from eligible group by thing having count(*) > 1
        ), pairs as (
            select eligible.* from eligible inner join repeated using (thing)
        )
        select
            later.r, later.series, later.place, later.value, kept.r as r_kept, kept.place as place_kept,
            kept.series as series_kept, kept.value as value_kept,
            later.value = kept.value or abs(later.number - kept.number) <= 1e-12 * abs(kept.number) as is_same
        from pairs as later
        inner join repeated using (thing)
        inner join pairs as kept on repeated.first = kept.position
        where later.position > repeated.first
        """
    )
    _note_repeated(panel, source, choice)


def _note_repeated(panel: LongPanel, source: Source, choice: Choice) -> None:
    """Count the numbers that repeat another, and keep the first pairs that differ."""
    disk, again = panel.disk, panel.table("again")
    choice.repeated[source.source_id] += disk.run(f"select count(*) from {again} where is_same")[0][0]
    found = disk.run(
        f"select r_kept, place_kept, series_kept, value_kept, r, place, series, value from {again} "
        f"where not is_same order by r, series limit {CONFLICTS_SHOWN}"
    )
    for row in found:
        kept, other = long_cell(panel, *row[:4]), long_cell(panel, *row[4:])
        kept.source_id = other.source_id = source.source_id
        choice.conflicts.append((kept, other))
