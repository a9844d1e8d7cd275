"""The numbers that the gate of the build stops: negative where they cannot be, or not finite.

The gate looks at the panel, after corrections and the choice among sources. What will be in the panel for
certain is told so; where another source or a row of the register decides, that the build may stop.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path
from typing import Literal

from citypanel.importing.check_files import Table
from citypanel.importing.printed_text import printed_number, printed_year
from citypanel.importing.problems import Problem
from citypanel.importing.reference_rows import seed_rows
from citypanel.importing.value_rules import ValueRules, ready_correction

Fate = Literal["used", "settled", "open"]
Cell = tuple[str, int, str, str]  # city_id, year, source_id, column
Accepted = Set[tuple[str, str, str, str]]
EVERY = "*"
# the panel will use the number; another source or a row of the register decides
CERTAIN, OPEN = "check_number_impossible", "check_count_negative"


def check_numbers(table: Table, rules: ValueRules, accepted: Accepted, is_traced: bool) -> list[Problem]:
    """Return the impossible numbers of a table that no row of the register mends.

    Severity `gate`: the build stops; `warn`: it stops if the panel uses the number. `accepted`: source, city,
    year and indicator of the findings that somebody accepted; `is_traced`: an import wrote the folder, so
    that texts and sources beyond the tables count.
    """
    suspects = list(_suspects(table, rules))
    printed = _printed(table, rules, {column for *_, column in (cell for *_, cell in suspects)})
    problems = []
    for number, row, why, cell in suspects:
        city_id, year, source, column = cell
        indicator = rules.indicators[column]
        fate = _fate(row[column], cell, rules, is_traced)
        if fate == "settled" or (source, city_id, str(year), indicator) in accepted:
            continue
        is_open = fate == "open" or _may_give_way(cell, rules, printed, is_traced)
        arguments = {"correction": ready_correction(row, column, indicator, "number is impossible", why)}
        severity, message_id = ("warn", OPEN) if is_open else ("gate", CERTAIN)
        problems.append(Problem(severity, message_id, table.file, number, column, row[column], arguments))
    return problems


def accepted_numbers(reference: Path) -> Accepted:
    """Return source, city, year and indicator of the impossible numbers that somebody accepted, with a
    reason, in seeds/specifications/accepted_findings.csv.
    """
    rows = seed_rows(reference.parent / "specifications", "accepted_findings")
    return {
        (row["source_id"], row["city_id"], row["year"].strip(), row["indicator_id"])
        for row in rows
        if row["finding_check"] == "number_is_impossible"
    }


def _suspects(table: Table, rules: ValueRules) -> Iterator[tuple[int, dict[str, str], str, Cell]]:
    """Yield line, row, reason and cell of the impossible numbers that a city and a year have."""
    for number, row in table.rows:
        for column in rules.indicators.keys() & row.keys():
            found = printed_number(row[column])
            why = "" if found is None else rules.why_impossible(float(found), rules.indicators[column])
            year = printed_year(row.get("年份", "")) if why else None
            city_id = rules.city_id(row.get("城市", ""), year) if year is not None else ""
            if year is not None and city_id:
                yield number, row, why, (city_id, year, row.get("来源", ""), column)


def _printed(table: Table, rules: ValueRules, columns: Set[str]) -> set[Cell]:
    """Return the cells of the columns that print a number."""
    found = set()
    for _, row in table.rows if columns else []:
        year = printed_year(row.get("年份", ""))
        city_id = rules.city_id(row.get("城市", ""), year) if year is not None else ""
        if year is not None:
            found |= {
                (city_id, year, row.get("来源", ""), column)
                for column in columns
                if printed_number(row.get(column, "")) is not None
            }
    return found


def _may_give_way(cell: Cell, rules: ValueRules, printed: set[Cell], is_traced: bool) -> bool:
    """Say whether a source that may come before the cell's prints a number, in a table or beyond."""
    city_id, year, source, column = cell
    own = rules.precedences.get(source, float("inf"))
    ahead = {name for name, rank in rules.precedences.items() if name != source and rank <= own}
    return bool(ahead) and (is_traced or any((city_id, year, name, column) in printed for name in ahead))


def _fate(text: str, cell: Cell, rules: ValueRules, is_traced: bool) -> Fate:
    """Return what the register does to a number: nothing, take it away for certain, or perhaps."""
    _, _, source, column = cell
    fate: Fate = "used"
    for row in rules.corrections:
        if row.get("source_id") != source or row.get("indicator_id") != rules.indicators[column]:
            continue
        touch = _touch(row, text, cell, rules)
        if touch == "settled":
            return "settled"
        if touch == "open" or (is_traced and _names(row, cell, rules)):
            fate = "open"
    return fate


def _touch(row: dict[str, str], text: str, cell: Cell, rules: ValueRules) -> Fate:
    """Return what one row of the register does to the number that `text` prints."""
    action, expected = row.get("action", ""), row.get("value_expected", "").strip()
    if action == "shift":
        return "open" if _spans(row.get("year", ""), cell[1]) else "used"
    if not _names(row, cell, rules):
        return "used"
    is_witnessed = row.get("city") == EVERY and "=" in expected
    if not is_witnessed and expected not in ("", text.strip()):
        return "used"
    if action == "scale":
        factor = printed_number(row.get("value_new", ""))
        return "open" if is_witnessed or factor is None or factor <= 0 else "used"
    return "open" if is_witnessed or action == "move" else "settled"


def _spans(printed: str, year: int) -> bool:
    """Say whether the years of a shift, `2010..2015`, `2010` or `*`, hold the year."""
    first, last = (printed_year(end) for end in (printed.split("..")[0], printed.split("..")[-1]))
    return printed == EVERY or (first is not None and last is not None and first <= year <= last)


def _names(row: dict[str, str], cell: Cell, rules: ValueRules) -> bool:
    """Say whether a row of the register is about the cell's city and year, whatever text it expects."""
    city_id, year, _, _ = cell
    city = row.get("city", "")
    return printed_year(row.get("year", "")) == year and (
        city == EVERY or rules.city_id(city, year) == city_id
    )
