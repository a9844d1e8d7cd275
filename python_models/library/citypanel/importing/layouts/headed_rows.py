"""Cities and indicators that stand in no column: the sheet, the file or the title is one city's, or a line of
its own names the city or the indicator of the rows below it.

Such a table gets a column of its own for them, beyond the last one of the file, so that every other cell
keeps its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from citypanel.importing.layouts.block import Block
from citypanel.importing.layouts.grid import Grid
from citypanel.importing.layouts.signs import Signs
from citypanel.importing.meaning.subjects import city_in

CITY, INDICATOR = "城市", "指标"
MOST_TITLES = 12


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
