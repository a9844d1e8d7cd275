"""Finding the blocks of a sheet: by the header of a column of cities, by cities standing below each other,
or beside each other (a turned table).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from citypanel.importing.layouts.block import Block, make_blocks, titles_above
from citypanel.importing.layouts.grid import Grid, grid_of
from citypanel.importing.layouts.headed_rows import (
    of_one_city,
    over_years,
    under_cities,
    under_indicators,
    under_whole_cities,
)
from citypanel.importing.layouts.header_rows import Path, header_rows
from citypanel.importing.layouts.series_headers import under_series
from citypanel.importing.layouts.signs import Signs
from citypanel.importing.layouts.silent_headers import silent_headers
from citypanel.importing.reading.sheet import Refused, Sheet

ROWS_SEARCHED = 60
ROWS_JUDGED = 200
LEAST_CITIES = 2


def find_blocks(sheet: Sheet, signs: Signs) -> list[Block]:
    """Return the tables of cities in a sheet, from the top.

    Raises `Refused`: `import_no_city_column` or `import_no_table`.
    """
    grid = grid_of(sheet)
    nested = over_years(grid, signs)
    blocks = _by_headers(nested or grid, signs)
    if not blocks and (headed := under_cities(grid, signs)):
        blocks = _by_headers(headed, signs)
    blocks = blocks or _by_cities(grid, signs) or _by_headers(grid, signs, "city_code")
    blocks = blocks or _turned(grid, signs)
    if not blocks and (headed := under_series(grid, signs)):
        blocks = _by_headers(headed, signs)
    if blocks and (headed := under_indicators(grid, signs, blocks)):
        blocks = _by_headers(headed, signs) or blocks
    if blocks and (headed := under_whole_cities(signs, blocks)):
        blocks = _by_headers(headed, signs) or _by_cities(headed, signs) or blocks
    if not blocks and (headed := of_one_city(grid, signs, _names(sheet))):
        blocks = _by_headers(headed, signs)
    if blocks:
        return blocks
    raise Refused("import_no_city_column" if _has_years(grid, signs) else "import_no_table")


def _by_headers(grid: Grid, signs: Signs, role: str = "city") -> list[Block]:
    """Return the blocks under rows that name a column of cities (or of their codes), and under later headers
    that do not.
    """
    names = signs.keys_of(grid.rows, role)
    starts = {
        row: [column for column, text in enumerate(cells) if text in names]
        for row, cells in enumerate(grid.rows)
        if not names.isdisjoint(cells) and not any(signs.value(text) for text in cells if text.strip())
    }
    blocks = _blocks(grid, signs, starts)
    silent = {row: cities for block in blocks for row, cities in silent_headers(block, signs)}
    return _blocks(grid, signs, dict(sorted((silent | starts).items()))) if silent else blocks


def _blocks(grid: Grid, signs: Signs, starts: dict[int, list[int]]) -> list[Block]:
    """Return the blocks under header rows, given with the columns that may hold their cities."""
    blocks: list[Block] = []
    reached = -1
    for start, named in starts.items():
        if start <= reached:
            continue
        header = header_rows(grid, signs, start, named, reached + 1)
        body = range(header[1] + 1, min(row for row in (*starts, len(grid.rows)) if row > header[1]))
        cities = [column for column in named if _holds_cities(grid, signs, start, column, body)]
        words = len([text for text in grid.rows[start] if text.strip()]) + header[1] - header[0]
        if not cities or (words < 2 and grid.cell(start, cities[0]).strip()):
            continue
        blocks = [replace(b, end=header[0]) if b.end > header[0] else b for b in blocks]
        blocks += make_blocks(grid, signs, header, len(grid.rows), start, cities)
        reached = header[1]
    return blocks


def _holds_cities(grid: Grid, signs: Signs, start: int, column: int, body: range) -> bool:
    """Say whether the column below a city's header holds names.

    It must hold places where the header may mean a scope, and where cities stand beside it (a turned table);
    codes are names too, and under a header of codes nothing else is.
    """
    texts = [text for row in body[:ROWS_JUDGED] if (text := grid.cell(row, column)).strip()]
    key = signs.key(grid.cell(start, column))
    coded = 2 * sum(map(signs.code, texts)) >= len(texts)
    if not texts or coded or (key and key.role == "city_code"):
        return bool(texts) and coded
    numbers = sum(signs.value(text) or signs.year(text) for text in texts)
    if signs.grammar.qualifier(grid.cell(start, column)) or sum(map(signs.unit, grid.rows[start])) > 1:
        return sum(map(signs.place, texts)) * 3 >= len(texts)
    return numbers * 2 < len(texts) or sum(map(signs.unit, texts)) * 2 >= len(texts)


def _by_cities(grid: Grid, signs: Signs) -> list[Block]:
    """Return the block whose column of cities has no header that names it."""
    found = [column for column in range(grid.width) if _first_city(grid, signs, column) is not None]
    firsts = {column: _first_city(grid, signs, column) for column in found}
    tops = [row for row in firsts.values() if row is not None]
    if not tops:
        return []
    body = min(tops)
    cities = [
        column for column in found if firsts[column] is not None and abs((firsts[column] or 0) - body) < 10
    ]
    while body > 0 and any(signs.value(text) for text in grid.rows[body - 1] if text.strip()):
        body -= 1  # totals before the first city
    start = body - 1
    while start >= 0 and not any(text.strip() for text in grid.rows[start]):
        start -= 1
    if start < 0 or not any(
        text.strip() for column, text in enumerate(grid.rows[start]) if column not in cities
    ):
        return []
    first = start
    while first > 0 and start - first < 5 and _is_level(grid, signs, first - 1):
        first -= 1
    return make_blocks(grid, signs, (first, start), len(grid.rows), first, cities)


def _is_level(grid: Grid, signs: Signs, row: int) -> bool:
    """Say whether a row above a header row is a further level: several words or years, no numbers."""
    texts = [text for text in grid.rows[row] if text.strip()]
    return len(texts) > 1 and not any(signs.value(text) or signs.unit_line(text) for text in texts)


def _first_city(grid: Grid, signs: Signs, column: int) -> int | None:
    """Return the row of the first city of a column that is a column of cities."""
    rows = [row for row in range(min(len(grid.rows), 400)) if signs.unit(grid.cell(row, column))]
    if len({grid.cell(row, column).strip() for row in rows}) < LEAST_CITIES:
        return None
    texts = [
        text for row in range(rows[0], min(len(grid.rows), 400)) if (text := grid.cell(row, column)).strip()
    ]
    return rows[0] if 2 * len(rows) >= len(texts) else None


def _turned(grid: Grid, signs: Signs) -> list[Block]:
    """Return the blocks of a table whose cities stand beside each other."""
    for row, cells in enumerate(grid.rows[:ROWS_SEARCHED]):
        texts = [text for text in cells if text.strip()]
        units = [text for text in texts if signs.unit(text)]
        others = [text for text in texts if not (text in units or signs.heading(text))]
        if len(set(units)) >= LEAST_CITIES and len(units) >= len(others):
            top = _top(grid, signs, row)
            turned = grid.turn_below(top)
            titles = titles_above(grid, signs, top)
            blocks = _by_headers(turned, signs) or _by_cities(turned, signs)
            return [replace(block, titles=titles, paths=_with_numbers(block)) for block in blocks]
    return []


def _top(grid: Grid, signs: Signs, row: int) -> int:
    """Return the first of the rows of years that stand over a row of cities, else that row."""
    while row and (texts := [text for text in grid.rows[row - 1] if text.strip()]):
        years = sum(map(signs.year, texts))
        if not years or years < len(texts) - 1:
            break
        row -= 1
    return row


def _names(sheet: Sheet) -> list[str]:
    """Return what a sheet and its file are called."""
    return [sheet.name, PurePosixPath(sheet.file).stem]


def _with_numbers(block: Block) -> dict[int, Path]:
    """Return the headers of a turned block without lines that stood below the table (sources, notes)."""
    body = range(block.last + 1, block.end)
    return {
        column: path
        for column, path in block.paths.items()
        if any(block.grid.cell(row, column).strip() for row in body)
    }


def _has_years(grid: Grid, signs: Signs) -> bool:
    """Say whether a column is headed as years and holds them (a sentence that begins with 年份 does not)."""
    for row, cells in enumerate(grid.rows[:ROWS_SEARCHED]):
        for column, text in enumerate(cells):
            key = signs.key(text)
            if key and key.role == "year" and sum(bool(t.strip()) for t in cells) > 1:
                below = range(row + 1, min(row + 4, len(grid.rows)))
                if any(signs.year(grid.cell(under, column)) for under in below):
                    return True
    return False
