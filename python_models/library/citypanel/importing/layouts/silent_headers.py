"""Headers in the middle of a table that do not name their column of cities again: after a page break only the
other columns bear a name. Read as part of the table above, their numbers would be given to its columns.
"""

from __future__ import annotations

from collections.abc import Iterator

from citypanel.importing.layouts.block import Block
from citypanel.importing.layouts.signs import Signs
from citypanel.importing.printed_text import folded

ROWS_TO_A_CITY = 4


def silent_headers(block: Block, signs: Signs) -> Iterator[tuple[int, list[int]]]:
    """Yield (row, city columns) of rows without a city and without numbers that head columns anew.

    At least half of the block's columns must hold words, none of them a marker (an advert, a source line),
    and a city must follow.
    """
    city = block.roles["city"]
    for row in range(block.last + 1, block.end):
        if block.grid.cell(row, city).strip():
            continue
        texts = [text for column in block.paths if (text := block.grid.cell(row, column)).strip()]
        if not texts or any(signs.value(text) or signs.year(text) for text in texts):
            continue
        if 2 * len(texts) < len(block.paths) or signs.marker([folded(text) for text in texts]):
            continue
        below = range(row + 1, min(row + ROWS_TO_A_CITY, block.end))
        if any(signs.place(block.grid.cell(under, city)) for under in below):
            yield row, [city]
