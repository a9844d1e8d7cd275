"""Rows of corrections.csv that say different things of one cell: the build keeps one and loses the other.

The same as the check `corrections_contradict` of the build, as far as the register alone tells: rows about
one named cell. What rows of a whole column or a block do together, the build finds.
"""

from __future__ import annotations

from collections.abc import Iterator

from citypanel.importing.check_files import Table
from citypanel.importing.printed_text import printed_number, printed_year
from citypanel.importing.problems import Problem
from citypanel.importing.value_rules import ValueRules

Row = dict[str, str]
Cell = tuple[str, str, str, int]
OF_ONE_CELL = ("drop", "override", "scale", "move")


def check_contradictions(corrections: Table, rules: ValueRules) -> list[Problem]:
    """Return, for each row that contradicts an earlier one, the error with the line of the earlier row."""
    problems = []
    seen: dict[Cell, list[tuple[int, Row]]] = {}
    for number, row in corrections.rows:
        cell = _cell(row, rules)
        if cell is None:
            continue
        for earlier, other in seen.setdefault(cell, []):
            if _of_one_text(row, other) and _contradict(row, other):
                said = f"{row.get('action', '')} {row.get('value_new', '')}".strip()
                problems.append(
                    Problem(
                        "error", "check_correction_contradicts", corrections.file, number, "action", said,
                        {"nearest": earlier},
                    )
                )  # fmt: skip
                break
        seen[cell].append((number, row))
    return problems


def _cell(row: Row, rules: ValueRules) -> Cell | None:
    """Return source, indicator, unit and year of a row about one named cell; None for any other row."""
    year = printed_year(row.get("year", ""))
    city_id = rules.city_id(row.get("city", ""), year) if year is not None else ""
    if row.get("action") not in OF_ONE_CELL or year is None or not city_id:
        return None
    return row.get("source_id", ""), row.get("indicator_id", ""), city_id, year


def _of_one_text(row: Row, other: Row) -> bool:
    """Say whether two rows can be about the same printed text; an empty expectation is about every text."""
    texts = {text for each in (row, other) if (text := each.get("value_expected", "").strip())}
    return len(texts) < 2


def _contradict(row: Row, other: Row) -> bool:
    """Say whether one drops what the other uses, or both put or move the number, and differently."""
    actions = [row.get("action"), other.get("action")]
    if "drop" in actions:
        return actions != ["drop", "drop"]
    if actions[0] != actions[1] or actions[0] == "scale":
        return False
    return len(set(_given((row, other)))) > 1


def _given(rows: tuple[Row, Row]) -> Iterator[object]:
    """Yield what the rows give: a number, or the text of a cell to move to."""
    for row in rows:
        text = row.get("value_new", "").strip()
        yield text if (number := printed_number(text)) is None else number
