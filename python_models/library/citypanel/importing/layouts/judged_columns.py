"""Columns whose header does not say what they are, and whose texts do: indicators, years, the numbers of a
long table.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from citypanel.importing.layouts.signs import Signs

if TYPE_CHECKING:
    from citypanel.importing.layouts.block import Block

MOST_JUDGED = 100


def judged(block: Block, signs: Signs) -> Block:
    """Return the block with the roles that the texts of its columns show."""
    block = _with_years(block, signs)
    if block.unnamed:
        block = _with_indicators(block, signs)
    return _with_value(block, signs)


def _texts(block: Block, column: int) -> list[str]:
    """Return the first printed texts of a column."""
    texts = (block.grid.cell(row, column) for row in range(block.last + 1, block.end))
    return [text for text in texts if text.strip()][:MOST_JUDGED]


def _with_years(block: Block, signs: Signs) -> Block:
    """Return the block; a column without header, or headed 指标, that holds years and nothing else is the
    column of years where there is no other.
    """
    across = any(signs.year(piece) for path in block.paths.values() for piece in path.pieces)
    if across or "year" in block.roles:
        return block
    for column in (*block.unnamed, block.roles.get("indicator", -1)):
        texts = _texts(block, column) if column >= 0 else []
        if texts and all(map(signs.year, texts)):
            roles = {role: place for role, place in block.roles.items() if place != column}
            unnamed = tuple(other for other in block.unnamed if other != column)
            return replace(block, roles=roles | {"year": column}, unnamed=unnamed)
    return block


def _with_indicators(block: Block, signs: Signs) -> Block:
    """Return the block; a column without header whose texts name indicators says what each row counts."""
    for column in block.unnamed:
        texts = _texts(block, column)
        named = {text for text in texts if signs.indicator(text)}
        if "indicator" not in block.roles and 2 * sum(text in named for text in texts) > len(texts):
            unnamed = tuple(other for other in block.unnamed if other != column)
            return replace(block, unnamed=unnamed, roles=block.roles | {"indicator": column})
    return block


def _with_value(block: Block, signs: Signs) -> Block:
    """Return the block; of a long table without a known header of numbers the one column that holds numbers,
    and whose header says nothing known, is theirs.
    """
    if "indicator" not in block.roles or "value" in block.roles:
        return block
    holding = [column for column in block.paths if any(map(signs.value, _texts(block, column)))]
    if len(holding) != 1 or any(map(signs.meant, block.paths[holding[0]].pieces)):
        return block
    paths = {column: path for column, path in block.paths.items() if column != holding[0]}
    return replace(block, paths=paths, roles=block.roles | {"value": holding[0]})
