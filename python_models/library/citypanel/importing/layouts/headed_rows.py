"""Cities, indicators and areas that stand in no column: the sheet, the file or the title is one city's, a
line of its own names the city or the indicator of the rows below it, 市区 stands below its city.

Such a table gets a column of its own for them, beyond the last one of the file, so that every other cell
keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from citypanel.importing.layouts.block import Block
from citypanel.importing.layouts.grid import Grid
from citypanel.importing.layouts.signs import Signs
from citypanel.importing.meaning.subjects import city_in
from citypanel.importing.printed_text import folded

CITY, YEAR, INDICATOR, AREA = "城市", "年份", "指标", "统计范围"
ALL_YEARS = "合计"
MOST_TITLES = 12
_PART_OF = re.compile(r"^(其中:?|#)")


def of_one_city(grid: Grid, signs: Signs, names: Iterable[str]) -> Grid | None:
    """Return the grid with a column of its one city, which a line above the table or one of `names` (sheet,
    file) says; `None` where none does.
    """
    header = next((row for row in range(len(grid.rows)) if _heads_years(grid, signs, row)), None)
    if header is None:
        return None
    above = [text for row in grid.rows[max(header - MOST_TITLES, 0) : header] for text in row if text.strip()]
    city = next((found for text in [*names, *reversed(above)] if (found := city_in(signs.roster, text))), "")
    if not city:
        return None
    body = [city if _is_body(signs, cells) else "" for cells in grid.rows]
    heads = [CITY if _heads_years(grid, signs, row) else "" for row in range(len(grid.rows))]
    return _beside(grid, [head or text for head, text in zip(heads, body, strict=True)])


def under_cities(grid: Grid, signs: Signs) -> Grid | None:
    """Return the grid with a column of the cities that head rows of years, `None` where no line does."""
    texts, city = [], ""
    for row, cells in enumerate(grid.rows):
        alone = [text for text in cells if text.strip()]
        if len(set(alone)) == 1 and signs.place(alone[0]):
            city = alone[0] if signs.unit(alone[0]) else ""
            texts.append("")
        elif _heads_years(grid, signs, row):
            texts.append(CITY)
        else:
            texts.append(city if _is_body(signs, cells) else "")
    return _beside(grid, texts) if city and CITY in texts else None


def over_years(grid: Grid, signs: Signs) -> Grid | None:
    """Return the grid with a column of cities, of a table that prints cities and below each its years in one
    column (a pivot table); `None` where none does. The city's own line, a sum of years, gets no year.
    """
    for row, column in _headed_by_city(grid, signs):
        texts, city = [""] * len(grid.rows), ""
        rows = [list(cells) for cells in grid.rows]
        years = 0
        for below in range(row + 1, len(rows)):
            text = grid.cell(below, column)
            if signs.year(text) and not _is_body(signs, rows[below]):
                break  # 2010年 in a line of its own heads cities
            if signs.year(text):
                years += bool(city)
                texts[below] = city
            elif text.strip():
                city = text if signs.unit(text) else ""
                texts[below], rows[below][column] = text, ALL_YEARS
        if years > 1:
            texts[row], rows[row][column] = CITY, YEAR
            return _beside(replace(grid, rows=rows), texts)
    return None


def _headed_by_city(grid: Grid, signs: Signs) -> Iterator[tuple[int, int]]:
    """Yield row and column of the cells that head a column of cities below which a year stands."""
    for row, cells in enumerate(grid.rows[:MOST_TITLES]):
        for column, text in enumerate(cells):
            body = range(row + 1, len(grid.rows))
            heads = (key := signs.key(text)) and key.role == "city"
            if heads and any(signs.year(grid.cell(below, column)) for below in body):
                yield row, column


def under_indicators(grid: Grid, signs: Signs, blocks: list[Block]) -> Grid | None:
    """Return the grid with a column of the indicators that head rows of cities, of a table whose columns are
    years; `None` where it is no such table.
    """
    block = blocks[0]
    columns_are_years = block.paths and all(
        any(signs.year(piece) for piece in path.pieces) and not any(map(signs.indicator, path.pieces))
        for path in block.paths.values()
    )
    if not columns_are_years or "indicator" in block.roles:
        return None
    texts, indicator = [""] * len(grid.rows), ""
    texts[block.first] = INDICATOR
    for row in range(block.last + 1, len(grid.rows)):
        alone = [text for text in grid.rows[row] if text.strip()]
        if len(set(alone)) == 1 and signs.indicator(alone[0]) and not signs.place(alone[0]):
            indicator = alone[0]
        elif row in {other.first for other in blocks[1:]}:
            texts[row] = INDICATOR
        elif indicator and alone:
            texts[row] = indicator
    return _beside(grid, texts) if indicator else None


def under_whole_cities(signs: Signs, blocks: list[Block]) -> Grid | None:
    """Return the blocks' grid with a column of areas, of a table that prints 市区 or 全市 below the name of a
    city; `None` where it does not.
    """
    grid = blocks[0].grid
    if grid.turned or any(block.grid is not grid for block in blocks):
        return None
    areas, city = [""] * len(grid.rows), ""
    rows = [list(cells) for cells in grid.rows]
    for block in blocks:
        column = block.roles["city"]
        if block.columns != (0, grid.width):
            return None
        areas[block.last] = AREA
        for row in range(block.last + 1, block.end):
            text = grid.cell(row, column)
            area = _PART_OF.sub("", folded(text))
            if city and area in signs.grammar.scopes:
                areas[row], rows[row][column] = area, city
            elif attached := _attached_area(signs, text):
                city, areas[row] = attached
                rows[row][column] = city
            elif text.strip():
                city = text if signs.unit(text) else ""
    return _beside(replace(grid, rows=rows), areas) if len(set(areas) - {""}) > 1 else None


def _attached_area(signs: Signs, text: str) -> tuple[str, str] | None:
    """Return city and area of a name that says both: `南京市（市辖区）`, `南京市区`."""
    plain = folded(text).rstrip(")")
    if not plain or signs.unit(text):
        return None
    for area in sorted(signs.grammar.scopes, key=len, reverse=True):
        city = plain.removesuffix(area).rstrip("(-_:")
        if plain.endswith(area) and signs.unit(city):
            return city, area
    return None


def _heads_years(grid: Grid, signs: Signs, row: int) -> bool:
    """Say whether a row heads a column of years, or has years beside each other over indicators."""
    texts = [text for text in grid.rows[row] if text.strip()]
    roles = {key.role for text in texts if (key := signs.key(text))}
    years = sum(map(signs.year, texts))
    if len(texts) < 2 or any(signs.value(text) for text in texts):
        return False
    return ("year" in roles and not years) or ("indicator" in roles and years > 0)


def _is_body(signs: Signs, cells: list[str]) -> bool:
    """Say whether a row holds numbers."""
    return any(signs.value(text) for text in cells if text.strip())


def _beside(grid: Grid, texts: list[str]) -> Grid:
    """Return the grid with `texts` as a further column."""
    rows = [
        [*cells, *[""] * (grid.width - len(cells)), text]
        for cells, text in zip(grid.rows, texts, strict=True)
    ]
    return replace(grid, rows=rows)
