"""What the numbers themselves say about a column: the unit that no header prints, and headers that promise
too much.

A unit that is printed nowhere is never guessed from the size of the numbers alone. It is taken where other
columns, whose unit is printed, hold the same indicator for the same cities and years, and one unit (no other)
makes most of them agree. The count of agreeing city-years is part of the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from citypanel.importing.cells import Cell, Panel
from citypanel.importing.grammar import Grammar
from citypanel.importing.mapping import Column, give_unit, unmap

LEAST_PAIRS = 20
LEAST_SHARE = 0.5
CLOSE = 0.1

Key = tuple[str, int, str]


def settle_units(panels: list[Panel], grammar: Grammar, assumed: Mapping[str, str]) -> None:
    """Give columns without unit the one that `assumed` or other columns show; unmap those left, and misfits.

    `assumed` is what the user states: printed header -> printed unit.
    """
    awaiting = [column for panel in panels for column in panel.columns if column.awaits_unit]
    known = _known_values(panels) if awaiting else {}
    for panel in panels:
        cells = _by_column(panel)
        for column in panel.columns:
            mine = cells.get(id(column), [])
            if column.awaits_unit:
                _settle(column, mine, grammar, assumed, known)
                _carry_to_cells(mine)
            if column.indicator_id and not _in_range(column, mine, grammar):
                _carry_to_cells(mine)


def _by_column(panel: Panel) -> dict[int, list[Cell]]:
    """Return the cells of a panel by the identity of their column."""
    found: dict[int, list[Cell]] = {}
    for cell in panel.cells:
        found.setdefault(id(cell.column), []).append(cell)
    return found


def _settle(
    column: Column, cells: list[Cell], grammar: Grammar, assumed: Mapping[str, str], known: dict[Key, float]
) -> None:
    """Give a column without unit the one in its cells, that the user states, or that other columns show."""
    printed = Counter(cell.unit for cell in cells if cell.has_unit and cell.factor is not None)
    if printed:
        column.unit_origin, column.unit_evidence = "cell", ", ".join(sorted(printed))
        give_unit(grammar, column, printed.most_common(1)[0][0])
    elif stated := assumed.get(column.header.printed.strip()):
        column.unit_origin, column.unit_evidence = "user", ""
        give_unit(grammar, column, stated)
    else:
        _by_agreement(column, cells, grammar, known)


def _key(cell: Cell) -> Key:
    return cell.unit_key, cell.year, cell.column.indicator_id


def _known_values(panels: list[Panel]) -> dict[Key, float]:
    """Return the numbers of columns whose unit is printed, in the dictionary's unit."""
    known: dict[Key, float] = {}
    for panel in panels:
        for cell in panel.cells:
            if cell.column.indicator_id and cell.match.city_id and (value := cell.rough):
                known.setdefault(_key(cell), value)
    return known


def _by_agreement(column: Column, cells: list[Cell], grammar: Grammar, known: dict[Key, float]) -> None:
    """Give the column the one unit under which most of its numbers agree with `known`, else leave it
    unmapped.
    """
    ratios = []
    for cell in cells:
        if cell.number and (value := known.get(_key(cell))):
            ratios.append(value / float(cell.number))
    wanted = grammar.indicators[column.indicator_id]["unit"]
    for printed, factor in grammar.units.candidates(wanted):
        close = sum(abs(ratio / float(factor) - 1) < CLOSE for ratio in ratios)
        if len(ratios) >= LEAST_PAIRS and close > LEAST_SHARE * len(ratios):
            column.unit_origin, column.unit_evidence = "agreement", f"{close}/{len(ratios)}"
            return give_unit(grammar, column, printed)
    return unmap(column, "no_unit", wanted)


def _in_range(column: Column, cells: list[Cell], grammar: Grammar) -> bool:
    """Say whether most numbers lie in the range of the indicator, else unmap the column: its header means
    another thing.
    """
    row = grammar.indicators[column.indicator_id]
    found = [value for cell in cells if (value := cell.rough) is not None]
    if row["minimum"] and row["maximum"] and found:
        low, high = float(row["minimum"]), float(row["maximum"])
        if sum(low <= value <= high for value in found) * 2 < len(found):
            unmap(column, "values_do_not_fit", f"{row['minimum']}..{row['maximum']} {row['unit']}")
    return bool(column.indicator_id)


def _carry_to_cells(cells: list[Cell]) -> None:
    """Copy unit and factor of a column to its cells (a unit column has given them already)."""
    for cell in cells:
        if cell.has_unit and cell.column.indicator_id:
            continue
        if cell.column.unit_origin == "cell":
            cell.unit, cell.factor = "", None  # a number without a unit among numbers with one
        elif cell.column.unit_index is None:
            cell.unit, cell.factor = cell.column.unit, cell.column.factor
        elif not cell.column.indicator_id:
            cell.factor = None
