"""Numbers of a suspect magnitude in a long sheet: the check of short ones, on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from citypanel.importing.cells import Panel
from citypanel.importing.long.panel import LongPanel
from citypanel.importing.long.settling import long_cell
from citypanel.importing.meaning.magnitudes import Magnitude, suspects_among

MOST_SHOWN = 2_000  # of one indicator


def suspect_in_long(panels: Iterable[Panel]) -> Iterator[Magnitude]:
    """Yield the numbers of long panels that differ by a suspect factor from the city's years around.

    A long panel is judged by itself: it holds its own years. Needs `again_<n>` (see `choose_among_long`).
    """
    for panel in panels:
        if isinstance(panel, LongPanel) and any(column.factor is not None for column in panel.columns):
            _write_numbers(panel)
            yield from _suspect(panel)
            panel.disk.run(f"drop table {panel.table('judged')}")


def _write_numbers(panel: LongPanel) -> None:
    """Write the table `judged_<n>`: the candidates among the numbers of known indicators, in their units."""
    cities: dict[str, int] = {}
    names = (row.match.city_id or panel.names[place] for place, row in enumerate(panel.rows))
    places = (
        (place, cities.setdefault(name, len(cities)), panel.rows[place].year or 0)
        for place, name in enumerate(names)
    )
    panel.disk.keep("judged_places", ["place integer", "city integer", "year integer"], places)
    indicators: dict[str, int] = {}
    series = (
        (number, indicators.setdefault(column.indicator_id, len(indicators)), float(column.factor))
        for number, column in enumerate(panel.columns)
        if column.indicator_id and column.factor is not None
    )
    panel.disk.keep("judged_series", ["series integer", "indicator integer", "factor double"], series)
    panel.disk.run(
        f"""
        create table {panel.table("judged")} as
        select
            r::bigint * {len(panel.columns)} + series as one, indicator,
            indicator::bigint * {max(len(cities), 1)} + city as series, "year", number * factor as value
        from {panel.table("cells")}
        inner join judged_series using (series)
        inner join judged_places using (place)
        semi join {panel.table("spots")} using (place)
        anti join {panel.table("again")} using (r, series)
        where number > 0
        """
    )


def _suspect(panel: LongPanel) -> Iterator[Magnitude]:
    """Yield the suspect numbers, the first ones of each indicator."""
    judged = panel.table("judged")
    printed = panel.disk.run(
        f"""
        with suspects as ({suspects_among(judged)}), shown as (
            select suspects.* from suspects inner join {judged} using (one)
            qualify row_number() over (partition by indicator order by one) <= {MOST_SHOWN}
        )
        select r, place, cells.series, cells.value, factor, level
        from shown
        inner join {panel.table("cells")} as cells on one = r::bigint * {len(panel.columns)} + cells.series
        order by one
        """
    )
    for r, place, series, value, factor, level in printed:
        yield Magnitude(long_cell(panel, r, place, series, value), factor, level)
