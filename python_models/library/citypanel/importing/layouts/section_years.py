"""Years that head rows: `2010年` in a line of its own above the cities of that year."""

from __future__ import annotations

from citypanel.importing.layouts.block import Block
from citypanel.importing.layouts.signs import Signs
from citypanel.importing.printed_text import printed_period


def section_years(block: Block, signs: Signs) -> dict[int, int]:
    """Return the year of each row below a line that is a year and nothing else; empty where there is none.

    A table with a column of years has no such lines.
    """
    if "year" in block.roles:
        return {}
    years: dict[int, int] = {}
    current = None
    for row in range(block.last + 1, block.end):
        texts = [text for text in block.grid.rows[row][slice(*block.columns)] if text.strip()]
        if len(texts) == 1 and signs.year(texts[0]):
            current = printed_period(texts[0])
        if current:
            years[row] = current
    return years


def whole_table(block: Block, years: dict[int, int]) -> bool:
    """Say whether every row from the first that holds anything stands below a year."""
    return all(row in years for row in range(block.last + 1, block.end) if any(block.grid.rows[row]))
