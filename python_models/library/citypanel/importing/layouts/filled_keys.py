"""Key cells that are printed once for several rows: merged over them, or blank below the first.

A blank is filled only where the column is printed so throughout: no text stands in two rows below each other,
at least half of the rows are blank, and no filled row repeats what the others of its group say.
"""

from __future__ import annotations

from itertools import pairwise

from citypanel.importing.layouts.block import Block
from citypanel.importing.layouts.grid import Grid

FILLED = ("year", "city", "province", "city_code", "english_name", "indicator")
TOLD_APART = {
    "year": ("city", "indicator"), "city": ("year", "indicator"), "province": ("city",),
    "indicator": ("city", "year"),
}  # fmt: skip


def filled_keys(block: Block, below: range) -> dict[str, dict[int, str]]:
    """Return by role the printed text of each row in `below`, with the blanks filled."""
    printed = {
        role: {row: block.grid.cell(row, column) for row in below} for role, column in block.roles.items()
    }
    filled = dict(printed)
    for role in FILLED:
        if role in printed:
            merged = printed[role] | _merged(block.grid, block.roles[role], printed[role])
            if not all(map(str.strip, merged.values())):
                merged |= _blanks(merged, _others(printed, role, below))
            filled[role] = merged
    if "unit" in printed and filled.get("indicator", {}) != printed.get("indicator", {}):
        filled["unit"] = _beside_indicator(printed["unit"], printed["indicator"], filled["indicator"])
    return filled


def _beside_indicator(
    units: dict[int, str], printed: dict[int, str], filled: dict[int, str]
) -> dict[int, str]:
    """Return the units with the blank ones beside an indicator that was filled in: those of its first row."""
    found, current = dict(units), ""
    for row, unit in units.items():
        current = unit if printed[row].strip() or unit.strip() else current
        if filled[row].strip() and not printed[row].strip():
            found[row] = unit if unit.strip() else current
    return found


def _merged(grid: Grid, column: int, printed: dict[int, str]) -> dict[int, str]:
    """Return the text of each merged range in the column for its rows."""
    return {
        row: printed[top]
        for top, left, bottom, right in grid.merged
        if left == column == right and bottom > top and top in printed
        for row in range(top, bottom + 1)
        if row in printed
    }


def _others(printed: dict[str, dict[int, str]], role: str, below: range) -> dict[int, tuple[str, ...]]:
    """Return what tells the rows of one group apart, for the rows that say it."""
    roles = [other for other in TOLD_APART.get(role, ()) if other in printed]
    found = {row: tuple(printed[other][row].strip() for other in roles) for row in below}
    return {row: texts for row, texts in found.items() if texts and any(texts)}


def _blanks(printed: dict[int, str], others: dict[int, tuple[str, ...]]) -> dict[int, str]:
    """Return the texts of blank rows, empty where the column is not printed once per group."""
    rows = list(others)
    shown = [row for row in rows if printed[row].strip()]
    if not shown or 2 * len(shown) > len(rows):
        return {}
    if any(printed[row].strip() and printed[row] == printed[after] for row, after in pairwise(rows)):
        return {}
    filled, current, seen = {}, "", set[tuple[str, ...]]()
    for row in rows:
        if printed[row].strip():
            current, seen = printed[row], {others[row]}
        elif current and others[row] not in seen:
            filled[row] = current
            seen.add(others[row])
        else:
            current = ""
    return filled
