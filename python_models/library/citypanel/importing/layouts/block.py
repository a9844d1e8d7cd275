"""A block: one header with the rows below it and one column of cities; a sheet may hold several."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from citypanel.importing.layouts.grid import Grid
from citypanel.importing.layouts.header_rows import Path, header_paths
from citypanel.importing.layouts.judged_columns import judged
from citypanel.importing.layouts.signs import Signs
from citypanel.importing.meaning.names import Key

NO_KEY = Key("", False, 0)
MEASURING = ("indicator", "value", "unit")


@dataclass(frozen=True)
class Block:
    """A table of cities inside a grid: rows `first`..`last` are its header, those up to `end` its body.

    `roles`: key columns by role. `paths`: header of every other column. `columns`: first and last + 1 of the
    part of the row that is this block's. `titles`: texts printed above it.
    """

    grid: Grid
    first: int
    last: int
    end: int
    columns: tuple[int, int]
    roles: dict[str, int]
    unit_columns: tuple[int, ...]
    paths: dict[int, Path]
    unnamed: tuple[int, ...]
    cities_only: bool
    titles: tuple[str, ...] = field(default=())


def key_columns(
    grid: Grid, signs: Signs, header: tuple[int, int], row: int, cities: list[int]
) -> dict[int, Key]:
    """Return the columns whose header is a key.

    Below the row of the city's key `地区` (beside 市区) is a scope and no key; a city key that heads no
    cities (`地级市` over counts of them) is none.
    """
    keys = {}
    for column in range(grid.width):
        found = [
            (level, key)
            for level in range(header[0], header[1] + 1)
            if (text := grid.cell(level, column)).strip()
            and not signs.neutral(text)
            and (key := signs.key(text) or NO_KEY)
        ]
        level, key = _key_among(grid, signs, column, found)
        if not key.role:
            continue
        if key.role == "year" and _names_indicators(grid, signs, header, column):
            key = Key("indicator", False, key.rank)
        other = key.role == "city" and column not in cities
        if not (other and (level > row or _is_measured(grid, signs, header, column))):
            keys[column] = key
    return keys


def _key_among(grid: Grid, signs: Signs, column: int, found: list[tuple[int, Key]]) -> tuple[int, Key]:
    """Return the first key of a column's header, with its row.

    Where other words stand there it is one only if it says who or when, lowest, and they are no indicator
    (`基本信息` over 年份, a name of the vendor's over 城市).
    """
    others = [level for level, key in found if not key.role]
    level, key = next(((level, key) for level, key in found if key.role), (0, NO_KEY))
    if others and (
        not key.role
        or max(others) > level
        or key.role in MEASURING
        or any(signs.indicator(grid.cell(other, column)) for other in others)
    ):
        return 0, NO_KEY
    return level, key


def _names_indicators(grid: Grid, signs: Signs, header: tuple[int, int], column: int) -> bool:
    """Say whether a header 年份 belongs to the years right of it, and indicators stand below it."""
    years = any(signs.year(text) for row in range(header[0], header[1] + 1) for text in grid.rows[row])
    below = [grid.cell(row, column) for row in range(header[1] + 1, min(len(grid.rows), header[1] + 30))]
    return years and not any(map(signs.year, below)) and any(signs.indicator(t) for t in below if t.strip())


def _is_measured(grid: Grid, signs: Signs, header: tuple[int, int], column: int) -> bool:
    """Say whether numbers stand below the header of a column."""
    below = [grid.cell(row, column) for row in range(header[1] + 1, min(len(grid.rows), header[1] + 30))]
    return any(signs.value(text) for text in below if text.strip())


def make_blocks(
    grid: Grid, signs: Signs, header: tuple[int, int], end: int, row: int, cities: list[int]
) -> list[Block]:
    """Return the blocks under one header, one per column of cities that has columns of its own beside it."""
    keys = key_columns(grid, signs, header, row, cities)
    for city in cities:  # whatever its header says, or where it says nothing
        if city not in keys or keys[city].role != "city":
            keys[city] = Key("city", False, 0)
    paths = header_paths(grid, signs, header, set(keys))
    titles = titles_above(grid, signs, header[0])
    blocks: list[Block] = []
    for columns in _parts(grid, keys, cities):
        block = _block(grid, header, end, columns, keys, paths, titles)
        block = judged(block, signs)
        if blocks and "year" not in block.roles and "year" in blocks[0].roles:
            block.roles["year"] = blocks[0].roles["year"]
        blocks.append(block)
    return blocks


def _parts(grid: Grid, keys: dict[int, Key], cities: list[int]) -> list[tuple[int, int]]:
    """Return the side-by-side parts: each begins with the key columns that lead to its cities."""
    starts = [0]
    for before, city in pairwise(cities):
        begin = city
        while begin - 1 > before and begin - 1 in keys and keys[begin - 1].role != "unit":
            begin -= 1
        if begin - 1 > before:
            starts.append(begin)
    return list(zip(starts, [*starts[1:], grid.width], strict=True))


def _block(
    grid: Grid,
    header: tuple[int, int],
    end: int,
    columns: tuple[int, int],
    keys: dict[int, Key],
    paths: dict[int, Path],
    titles: tuple[str, ...],
) -> Block:
    """Return one block; of two columns of one role the surer one is its key."""
    mine = {column: key for column, key in keys.items() if columns[0] <= column < columns[1]}
    roles: dict[str, int] = {}
    for column, key in sorted(mine.items(), key=lambda item: item[1].rank):
        roles.setdefault(key.role, column)
    if "indicator" not in roles and "value" in roles:
        mine = {column: key for column, key in mine.items() if key.role != "value"}
        del roles["value"]
    inside = [column for column in range(*columns) if column not in mine]
    unnamed = tuple(
        column
        for column in inside
        if column not in paths
        and any(column < len(row) and row[column].strip() for row in grid.rows[header[1] + 1 : end])
    )
    return Block(
        grid, *header, end, columns, roles,
        tuple(column for column, key in sorted(mine.items()) if key.role == "unit"),
        {column: paths[column] for column in inside if column in paths},
        unnamed, mine[roles["city"]].cities_only, titles,
    )  # fmt: skip


def titles_above(grid: Grid, signs: Signs, first: int) -> tuple[str, ...]:
    """Return the texts of the lines right above a header, from the top: no numbers, no cities."""
    lines: list[list[str]] = []
    for row in range(first - 1, max(first - 12, -1), -1):
        texts = [text for text in grid.rows[row] if text.strip()]
        if any(signs.value(text) for text in texts) or (
            len(texts) > 1 and any(signs.unit(text) for text in texts)
        ):
            break
        if len(texts) > 3 and not any(signs.unit_line(text) for text in texts):
            break
        lines.append(texts)
    return tuple(text for texts in reversed(lines) for text in texts)
