"""From the header of a column to an indicator of the dictionary and the unit of its numbers, or to a reason.

A unit is printed in the header, printed in a unit column, printed in a line over the table, implied by the
name (an index), or inherited from columns of the same table and unit in the same sheet. Where it came from is
kept; where it comes from nowhere the column stays unmapped until other sources show it (`agreement.py`).
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from citypanel.importing.grammar import Grammar, Header
from citypanel.importing.meaning.completed_names import completed, read_part
from citypanel.importing.meaning.scopes import led_by_scope
from citypanel.importing.printed_text import folded_name


@dataclass
class Column:
    """A value column of one sheet; `indicator_id` is empty and `reason` says why where it is not mapped.

    `year`: the data year that the header prints, of tables with years across.
    """

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
    year: int | None = None

    @property
    def awaits_unit(self) -> bool:
        """Say whether only the unit is lacking."""
        return self.reason == "no_unit"


def map_columns(
    grammar: Grammar,
    columns: list[Column],
    titles: Sequence[str],
    units: Sequence[str],
    before: Sequence[Column] = (),
) -> None:
    """Set meaning and unit of the value columns of one table.

    `titles` stand above it and may complete a name; `units` are those of its unit lines. `before`: columns
    that a part may follow (其中 below its total).
    """
    for number, column in enumerate(columns):
        column.unit = column.header.unit
        _name(grammar, column, titles)
        if column.reason == "unknown":
            read_part(grammar, column, [*before, *columns[:number]])
    for column in columns:
        _unit(grammar, column, units)
    for column in columns:
        _inherit(grammar, column, columns)


def _name(grammar: Grammar, column: Column, titles: Sequence[str]) -> None:
    """Set the indicator that the header names, or the reason why there is none."""
    meaning = grammar.meaning(column.header) or completed(grammar, column, titles)
    if meaning is None:
        column.header = led_by_scope(grammar, column.header)
        meaning = grammar.meaning(column.header)
    header = column.header
    scope = header.scope or (meaning.scope if meaning else "")
    if meaning is None:
        column.reason = "unknown"
    elif meaning.status != "indicator":
        column.reason, column.note = meaning.status, meaning.note
    elif header.treatment and not grammar.states_whole_label(header):
        column.reason, column.note = "treated", header.treatment
    elif header.price == "constant" and not grammar.states_whole_label(header):
        column.reason = "constant_prices"
    elif scope not in ("", grammar.indicators[meaning.indicator_id]["scope"]):
        column.reason, column.note = "other_scope", scope
        column.nearest = [meaning.indicator_id]
    else:
        column.indicator_id = meaning.indicator_id
        if meaning.unit and not column.unit:
            column.unit, column.unit_origin, column.unit_evidence = meaning.unit, "name", meaning.note


def _unit(grammar: Grammar, column: Column, units: Sequence[str]) -> None:
    """Set the factor from the unit in force, or the reason why there is none."""
    if not column.indicator_id:
        if not column.unit and column.unit_index is None and len(units) == 1:
            column.unit, column.unit_origin = units[0], "unit_line"
        return
    wanted = grammar.indicators[column.indicator_id]["unit"]
    fitting = [unit for unit in units if grammar.units.factor(unit, wanted) is not None]
    if column.unit_index is not None:
        column.unit_origin = "unit_column"
    elif column.unit:
        column.unit_origin = column.unit_origin or "header"
        give_unit(grammar, column, column.unit)
    elif len({grammar.units.factor(unit, wanted) for unit in fitting}) == 1:
        column.unit_origin, column.unit_evidence = "unit_line", fitting[0]
        give_unit(grammar, column, fitting[0])
    elif grammar.units.needs_no_print(wanted):
        column.unit_origin, column.factor = "name", Fraction(1)
    elif len(units) == 1 and not fitting:
        column.unit_origin = "unit_line"
        give_unit(grammar, column, units[0])
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
        column.unit_evidence = " | ".join(dict.fromkeys(other.header.printed for other in neighbours))
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
    return list(_nearest(grammar, name, count))


@lru_cache(maxsize=1000)
def _nearest(grammar: Grammar, name: str, count: int) -> tuple[str, ...]:
    """Return what `nearest_indicators` returns; vintages print the same headers again and again."""
    matcher = difflib.SequenceMatcher(b=folded_name(name))
    best: dict[str, float] = {}
    least = 0.0
    for known, meaning in grammar.names.items():
        matcher.set_seq1(known)
        if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
            continue  # upper bounds of the likeness: it is not among the first
        best[meaning.indicator_id] = max(matcher.ratio(), best.get(meaning.indicator_id, 0.0))
        least = sorted(best.values())[-count] if len(best) >= count else 0.0
    return tuple(sorted(best, key=lambda indicator_id: (-best[indicator_id], indicator_id))[:count])
