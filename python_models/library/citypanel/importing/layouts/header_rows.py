"""The rows of a header block, and the path of printed texts above each column.

The block is what lies around the row that names the city column: lines below without a city and without
numbers (scopes, units, years, a second language), groups above. A cell that is blank under a group belongs to
it: by the merged range where the file says so, else by the group to its left.
"""

from __future__ import annotations

from dataclasses import dataclass

from citypanel.importing.layouts.grid import Grid
from citypanel.importing.layouts.signs import Signs
from citypanel.importing.meaning.header_paths import is_qualifier

MOST_LEVELS = 6


@dataclass(frozen=True)
class Path:
    """The printed texts above one column, from the top; `own`: those that stand in the column itself."""

    pieces: tuple[str, ...]
    own: tuple[str, ...]
    row: int


def header_rows(grid: Grid, signs: Signs, row: int, cities: list[int], above: int) -> tuple[int, int]:
    """Return first and last row of the header block around `row`, whose city columns are `cities`.

    `above`: the first row that the block may reach.
    """
    last = row
    while last + 1 < len(grid.rows) and last - row < MOST_LEVELS and _below(grid, signs, last + 1, cities):
        last += 1
    first = row
    while (
        first > above and row - first < MOST_LEVELS and _above(grid, signs, first - 1, cities, (first, last))
    ):
        first -= 1
    return first, last


def _below(grid: Grid, signs: Signs, row: int, cities: list[int]) -> bool:
    """Say whether a row under a header row belongs to the header: no city, no numbers, words, units or
    years.
    """
    texts = {index: text for index, text in enumerate(grid.rows[row]) if text.strip()}
    names = [texts[city] for city in cities if city in texts]
    if len(texts) == 1 and any(map(signs.place, texts.values())):
        return False  # a city that heads its years
    if not texts or any(signs.place(name) for name in names) or len(texts) == len(names) == 1:
        return False
    others = [text for index, text in texts.items() if index not in cities]
    if _numbers_the_columns(others):
        return True
    if (
        not others
        or any(signs.value(text) for text in others)
        or any(signs.unit_line(text) for text in names)
    ):
        return False
    if any(signs.key(name) for name in names) or not names:
        return any(_is_word(signs, text) for text in others) or all(signs.year(text) for text in others)
    return len(others) > 1 and all(_is_word(signs, text) and not signs.place(text) for text in others)


def _is_word(signs: Signs, text: str) -> bool:
    return not signs.year(text) and not signs.value(text)


def _numbers_the_columns(texts: list[str]) -> bool:
    """Say whether the cells count the columns (1, 2, 3 …)."""
    counts = [text.strip().strip("()（）") for text in texts]
    if len(counts) < 2 or counts[0] not in ("1", "2"):
        return False
    return counts == [str(int(counts[0]) + step) for step in range(len(counts))]


def _above(grid: Grid, signs: Signs, row: int, cities: list[int], block: tuple[int, int]) -> bool:
    """Say whether a row over a header row holds groups of columns: not a title, a unit line or data."""
    texts = {index: text for index, text in enumerate(grid.rows[row]) if text.strip()}
    if not texts or any(city in texts and not _heads_down(grid, row, city) for city in cities):
        return False
    if any(signs.value(text) or signs.unit_line(text) for text in texts.values()):
        return False
    others = [index for index in texts if index not in cities]
    if len(others) != 1:
        return len(others) > 1
    left, right = _span(grid, row, others[0])
    if right > left:
        return not any(left <= city <= right for city in cities)
    covered = [index for index in range(others[0], grid.width) if grid.cell(block[1], index).strip()]
    return (
        others[0] > min(cities)
        and bool(covered)
        and all(is_qualifier(signs.grammar, grid.cell(block[1], index)) for index in covered)
    )


def _heads_down(grid: Grid, row: int, column: int) -> bool:
    """Say whether the cell is merged with the one below it."""
    return any(top <= row < bottom and left <= column <= right for top, left, bottom, right in grid.merged)


def _span(grid: Grid, row: int, column: int) -> tuple[int, int]:
    """Return first and last column of the merged range that the cell lies in, else its own column."""
    for top, left, bottom, right in grid.merged:
        if top <= row <= bottom and left <= column <= right:
            return left, right
    return column, column


def header_paths(grid: Grid, signs: Signs, block: tuple[int, int], keys: set[int]) -> dict[int, Path]:
    """Return the path above each column that has one; `keys` are columns that no group is filled into."""
    rows = [
        row
        for row in range(block[0], block[1] + 1)
        if not _numbers_the_columns([text for text in grid.rows[row] if text.strip()])
    ]
    own = [[grid.cell(row, column) for column in range(grid.width)] for row in rows]
    full = [list(texts) for texts in own]
    merged = _fill_merged(grid, rows, full)
    for level, texts in enumerate(full):
        _fill_right(signs, full, level, texts, keys, merged[level])
    paths = {}
    for column in range(grid.width):
        pieces = _distinct(texts[column] for texts in full)
        if pieces and any(texts[column].strip() for texts in own):
            printed = [row for row, texts in zip(rows, own, strict=True) if texts[column].strip()]
            paths[column] = Path(pieces, _distinct(texts[column] for texts in own), printed[-1])
    return paths


def _fill_merged(grid: Grid, rows: list[int], full: list[list[str]]) -> list[bool]:
    """Write the text of each merged range into its cells; say of each row whether one runs across columns."""
    across = [False] * len(rows)
    for top, left, bottom, right in grid.merged:
        inside = [level for level, row in enumerate(rows) if top <= row <= bottom]
        if not inside or right >= grid.width:
            continue
        text = grid.cell(top, left)
        for level in inside:
            across[level] |= right > left
            full[level][left : right + 1] = [text] * (right - left + 1)
    return across


def _fill_right(
    signs: Signs, full: list[list[str]], level: int, texts: list[str], keys: set[int], merged: bool
) -> None:
    """Fill blank cells of a row of groups from the left, inside the group above.

    Where the row says by merging how far its groups reach, only a column that cannot stand alone is filled.
    """
    lower = full[level + 1 :]
    for column in range(1, len(texts)):
        if texts[column].strip() or column in keys or column - 1 in keys or not texts[column - 1].strip():
            continue
        below = [row[column] for row in lower if row[column].strip()]
        if not below or (merged and not is_qualifier(signs.grammar, below[-1])):
            continue
        if level and full[level - 1][column] != full[level - 1][column - 1]:
            continue
        texts[column] = texts[column - 1]


def _distinct(texts: object) -> tuple[str, ...]:
    """Return the texts that are not blank, without a text that repeats the one above it."""
    kept: list[str] = []
    for text in texts:  # type: ignore[attr-defined]
        if text.strip() and (not kept or kept[-1] != text):
            kept.append(text)
    return tuple(kept)
