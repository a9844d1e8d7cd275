"""From the header of a column to an indicator of the dictionary and the unit of its numbers, or to a reason.

A unit is printed in the header, printed in a unit column, implied by the name (an index), or inherited from
columns of the same table and unit in the same sheet. Where it came from is kept; where it comes from nowhere
the column stays unmapped until other sources show it (`agreement.py`).
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from fractions import Fraction

from citypanel.importing.grammar import Grammar, Header
from citypanel.importing.layout import Layout
from citypanel.importing.printed_text import cell_reference, folded_name
from citypanel.importing.readers import Sheet


@dataclass
class Column:
    """A value column of one sheet; `indicator_id` is empty and `reason` says why where it is not mapped."""

    file: str
    sheet: str
    index: int
    cell: str
    header: Header
    indicator_id: str = ""
    reason: str = ""
    note: str = ""
    unit: str = ""
    unit_origin: str = ""
    unit_evidence: str = ""
    factor: Fraction | None = None
    unit_index: int | None = None
    nearest: list[str] = field(default_factory=list)
    numbers: int = 0

    @property
    def awaits_unit(self) -> bool:
        """Say whether only the unit is lacking."""
        return self.reason == "no_unit"


def map_columns(grammar: Grammar, sheet: Sheet, layout: Layout) -> list[Column]:
    """Return the value columns of a city panel with their meaning and unit."""
    columns = []
    row = sheet.first_row + layout.header_row
    for index, printed in sorted(layout.headers.items()):
        reference = cell_reference(row, sheet.first_column + index)
        column = Column(sheet.file, sheet.name, index, reference, grammar.header(printed))
        column.unit = column.header.unit
        _name(grammar, column)
        columns.append(column)
    for unit_index in layout.unit_columns:
        left = [column for column in columns if column.index < unit_index and not column.unit]
        if left:
            left[-1].unit_index = unit_index
    for column in columns:
        _unit(grammar, column)
    for column in columns:
        _inherit(grammar, column, columns)
    return columns


def _name(grammar: Grammar, column: Column) -> None:
    """Set the indicator that the header names, or the reason why there is none."""
    header, meaning = column.header, grammar.meaning(column.header)
    scope = header.scope or (meaning.scope if meaning else "")
    if meaning is None:
        column.reason, column.nearest = "unknown", nearest_indicators(grammar, header.name)
    elif meaning.status != "indicator":
        column.reason, column.note = meaning.status, meaning.note
    elif header.treatment and not grammar.states_whole_label(header):
        column.reason, column.note = "treated", header.treatment
    elif header.price == "constant" and not grammar.states_whole_label(header):
        column.reason = "constant_prices"
    elif scope not in ("", grammar.indicators[meaning.indicator_id]["scope"]):
        column.reason, column.note = "other_scope", scope
    else:
        column.indicator_id = meaning.indicator_id
        if meaning.unit and not column.unit:
            column.unit, column.unit_origin, column.unit_evidence = meaning.unit, "name", meaning.note


def _unit(grammar: Grammar, column: Column) -> None:
    """Set the factor from the unit in force, or the reason why there is none."""
    if not column.indicator_id:
        return
    wanted = grammar.indicators[column.indicator_id]["unit"]
    if column.unit_index is not None:
        column.unit_origin = "unit_column"
    elif column.unit:
        column.unit_origin = column.unit_origin or "header"
        give_unit(grammar, column, column.unit)
    elif grammar.units.needs_no_print(wanted):
        column.unit_origin, column.factor = "name", Fraction(1)
    else:
        column.reason = "no_unit"


def _inherit(grammar: Grammar, column: Column, columns: list[Column]) -> None:
    """Give a column without unit the one printed for all columns of its table and dictionary unit in the
    sheet.
    """
    if not column.awaits_unit:
        return
    row = grammar.indicators[column.indicator_id]
    neighbours = [
        other
        for other in columns
        if other.unit_origin == "header"
        and other.factor is not None
        and (mine := grammar.indicators[other.indicator_id])["source_table"] == row["source_table"]
        and mine["unit"] == row["unit"]
    ]
    if len({folded_name(other.unit) for other in neighbours}) == 1:
        column.unit_origin = "neighbours"
        column.unit_evidence = " | ".join(other.header.printed for other in neighbours)
        give_unit(grammar, column, neighbours[0].unit)


def give_unit(grammar: Grammar, column: Column, printed: str) -> None:
    """Set unit and factor; a unit that measures another thing unmaps the column."""
    column.unit, column.reason = printed, ""
    column.factor = grammar.units.factor(printed, grammar.indicators[column.indicator_id]["unit"])
    if column.factor is None:
        unmap(column, "unit_does_not_fit", grammar.indicators[column.indicator_id]["unit"])


def unmap(column: Column, reason: str, note: str = "") -> None:
    """Take the indicator from a column; its numbers stay reachable under the printed name."""
    column.nearest = [column.indicator_id]
    column.indicator_id, column.reason, column.note, column.factor = "", reason, note, None


def nearest_indicators(grammar: Grammar, name: str, count: int = 3) -> list[str]:
    """Return the ids of the dictionary's entries whose names look most like `name`, best first."""
    wanted = folded_name(name)
    best: dict[str, float] = {}
    for known, meaning in grammar.names.items():
        likeness = difflib.SequenceMatcher(None, wanted, known).ratio()
        best[meaning.indicator_id] = max(likeness, best.get(meaning.indicator_id, 0.0))
    return sorted(best, key=lambda indicator_id: (-best[indicator_id], indicator_id))[:count]
