"""Series beside each other that name their city: `苏州:GDP`, `GDP: Jiangsu: Suzhou`, as data services export
them, with frequency, unit and source below the names and dates down the first column.

Turned, such a table has one series per row; it gets columns of its own for city and province, beyond the last
one of the file, so that every other cell keeps its place.
"""

from __future__ import annotations

import re
from dataclasses import replace

from citypanel.importing.layouts.grid import Grid
from citypanel.importing.layouts.headed_rows import CITY, INDICATOR
from citypanel.importing.layouts.signs import Signs

PROVINCE = "省份"
ROWS_SEARCHED = 40
_PARTS = re.compile(r"\s*([:：_|]|\s-\s)\s*")
Series = tuple[str, str, str]  # city, province, indicator


def series_of(text: str, signs: Signs) -> Series | None:
    """Return city, province (or empty) and indicator of a series' name, `None` where it is none."""
    mark = _PARTS.search(text)
    if not mark:
        return None
    parts = [part for part in _PARTS.split(text)[::2] if part.strip()]
    units = [part for part in parts if signs.unit(part)]
    provinces = [part for part in parts if signs.roster.provinces.full(part)]
    if len(units) > 1:  # 海南:海口, 吉林:吉林市
        units = [part for part in units if part not in provinces] or units[-1:]
    if len(units) != 1:
        return None
    province = next((part for part in provinces if part != units[0]), "")
    places = (units[0], province)
    kept = [part for part in parts if part not in places and not signs.grammar.is_word("place", part)]
    return (units[0], province, mark[1].join(kept)) if kept else None


def under_series(grid: Grid, signs: Signs) -> Grid | None:
    """Return the turned grid with columns of cities and provinces, `None` where no row holds series."""
    for row, cells in enumerate(grid.rows[:ROWS_SEARCHED]):
        texts = [text for text in cells[1:] if text.strip()]
        found = {text: series for text in set(texts) if (series := series_of(text, signs))}
        if found and 2 * sum(text in found for text in texts) > len(texts):
            return _turned(grid.turn_below(row), signs, found)
    return None


def _turned(grid: Grid, signs: Signs, found: dict[str, Series]) -> Grid:
    """Return the turned grid: years and units head its columns, what else stands there is left out."""
    head = grid.rows[0]
    kept = [
        column
        for column, text in enumerate(head)
        if column and (signs.year(text) or ((key := signs.key(text)) and key.role == "unit"))
    ]
    rows = []
    for number, cells in enumerate(grid.rows):
        city, province, indicator = (
            (CITY, PROVINCE, INDICATOR) if not number else found.get(cells[0], ("",) * 3)
        )
        texts = [indicator, *(cells[column] if column in kept else "" for column in range(1, len(head)))]
        rows.append([*texts, city, province] if city else [""] * (len(texts) + 2))
    return replace(grid, rows=rows)
