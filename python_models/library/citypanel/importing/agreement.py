"""What the numbers themselves say about a column: the unit that no header prints, and headers that promise
too much.

A unit that is printed nowhere is never guessed from the size of the numbers alone. It is taken where other
columns, whose unit is printed, hold the same indicator for the same cities and years, and one unit (no other)
makes most of them agree. The count of agreeing city-years is part of the report.
"""

from __future__ import annotations

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
    known = _known_values(panels)
    for panel in panels:
        for column in (column for column in panel.columns if column.awaits_unit):
            if column.header.printed.strip() in assumed:
                column.unit_origin, column.unit_evidence = "user", ""
                give_unit(grammar, column, assumed[column.header.printed.strip()])
            else:
                _by_agreement(panel, column, grammar, known)
        _carry_to_cells(panel)
        _check_ranges(panel, grammar)
        _carry_to_cells(panel)


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


def _by_agreement(panel: Panel, column: Column, grammar: Grammar, known: dict[Key, float]) -> None:
    """Give the column the one unit under which most of its numbers agree with `known`, else leave it
    unmapped.
    """
    ratios = []
    for cell in panel.cells:
        number = cell.number if cell.column is column else None
        if number and _key(cell) in known:
            ratios.append(known[_key(cell)] / float(number))
    wanted = grammar.indicators[column.indicator_id]["unit"]
    for printed, factor in grammar.units.candidates(wanted):
        close = sum(abs(ratio / float(factor) - 1) < CLOSE for ratio in ratios)
        if len(ratios) >= LEAST_PAIRS and close > LEAST_SHARE * len(ratios):
            column.unit_origin, column.unit_evidence = "agreement", f"{close}/{len(ratios)}"
            return give_unit(grammar, column, printed)
    return unmap(column, "no_unit", wanted)


def _check_ranges(panel: Panel, grammar: Grammar) -> None:
    """Unmap columns most of whose numbers lie outside the range of the indicator: the header means another
    thing.
    """
    values: dict[int, list[float]] = {}
    for cell in panel.cells:
        if cell.column.indicator_id and (value := cell.rough) is not None:
            values.setdefault(id(cell.column), []).append(value)
    for column in (column for column in panel.columns if column.indicator_id):
        row, found = grammar.indicators[column.indicator_id], values.get(id(column), [])
        if not (row["minimum"] and row["maximum"] and found):
            continue
        low, high = float(row["minimum"]), float(row["maximum"])
        if sum(low <= value <= high for value in found) * 2 < len(found):
            unmap(column, "values_do_not_fit", f"{row['minimum']}..{row['maximum']} {row['unit']}")


def _carry_to_cells(panel: Panel) -> None:
    """Copy unit and factor of the columns to their cells (a unit column has given them already)."""
    for cell in panel.cells:
        if cell.column.unit_index is None:
            cell.unit, cell.factor = cell.column.unit, cell.column.factor
        elif not cell.column.indicator_id:
            cell.factor = None
