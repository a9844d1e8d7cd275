"""Numbers of a suspect magnitude in a long sheet: the check of short ones, indicator by indicator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from citypanel.importing.cells import Panel
from citypanel.importing.long.panel import LongPanel
from citypanel.importing.long.settling import long_cell
from citypanel.importing.meaning.magnitudes import Magnitude, suspect_places

MOST_SHOWN = 2_000


def suspect_in_long(panels: Iterable[Panel]) -> Iterator[Magnitude]:
    """Yield the numbers of long panels that differ by a suspect factor from the city's years around.

    A long panel is judged by itself: it holds its own years. Needs `again_<n>` (see `choose_among_long`).
    """
    for panel in panels:
        if isinstance(panel, LongPanel):
            series: defaultdict[str, list[int]] = defaultdict(list)
            for number, column in enumerate(panel.columns):
                if column.indicator_id and column.factor is not None:
                    series[column.indicator_id].append(number)
            cities: dict[str, int] = {}
            names = [row.match.city_id or panel.names[place] for place, row in enumerate(panel.rows)]
            units = np.array([cities.setdefault(name, len(cities)) for name in names], dtype=np.int64)
            years = np.array([row.year or 0 for row in panel.rows], dtype=np.int64)
            for numbers in series.values():
                yield from _suspect(panel, numbers, units, years)


def _suspect(
    panel: LongPanel, numbers: list[int], units: np.ndarray, years: np.ndarray
) -> Iterator[Magnitude]:
    """Yield the suspect numbers of one indicator, which the series `numbers` hold."""
    cells, listed = panel.table("cells"), ", ".join(map(str, numbers))
    found = panel.disk.columns(
        f"select r, place, series, number from {cells} semi join {panel.table('spots')} using (place) "
        f"anti join {panel.table('again')} using (r, series) "
        f"where series in ({listed}) and number > 0 order by r, series"
    )
    factors = np.array([float(column.factor or 0) for column in panel.columns])
    values = found["number"] * factors[found["series"]]
    suspects = suspect_places(units[found["place"]], years[found["place"]], values)[:MOST_SHOWN]
    places = [at for at, _, _ in suspects]
    keys = zip(found["r"][places], found["series"][places], range(len(places)), strict=True)
    panel.disk.keep("suspects", ["r integer", "series integer", "number integer"], keys)
    printed = panel.disk.run(
        f"select r, place, series, value, suspects.number from {cells} "
        "inner join suspects using (r, series) order by suspects.number"
    )
    for r, place, series, value, number in printed:
        _, factor, level = suspects[number]
        yield Magnitude(long_cell(panel, r, place, series, value), factor, level)
