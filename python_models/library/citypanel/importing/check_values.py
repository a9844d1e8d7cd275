"""The cells of a yearbook table: years, cities, sources, numbers, and city-years that stand twice.

What a build can carry is a warning and becomes a finding; only what it would have to choose about is an
error.
"""

from __future__ import annotations

from collections.abc import Iterator

from citypanel.importing.check_files import Table
from citypanel.importing.printed_text import FIRST_YEAR, LAST_YEAR, folded, printed_number, printed_year
from citypanel.importing.problems import Problem
from citypanel.importing.roster import PREFECTURE
from citypanel.importing.value_rules import ValueRules, ready_correction

Entry = tuple[int, dict[str, str]]


def check_values(table: Table, rules: ValueRules) -> list[Problem]:
    """Return the problems of the cells of a table (columns 年份, 城市, 来源 and those of the dictionary)."""
    problems: list[Problem] = []
    seen: dict[tuple[str, int, str], list[Entry]] = {}
    cities: set[str] = set()
    sources: set[str] = set()
    for number, row in table.rows:
        year, printed, source = printed_year(row.get("年份", "")), row.get("城市", ""), row.get("来源", "")
        if year is None and "年份" in row:
            years = {"first": FIRST_YEAR, "last": LAST_YEAR}
            problems.append(Problem("error", "check_year", table.file, number, "年份", row["年份"], years))
        if source not in rules.sources | sources and "来源" in row:
            sources.add(source)
            problems.append(Problem("error", "check_source_unknown", table.file, number, "来源", source))
        city_id = rules.city_id(printed, year or 0)
        if not city_id and "城市" in row and printed not in cities:
            cities.add(printed)
            problems.append(_unknown_city(table.file, number, printed, rules, year or 0))
        if year is not None:
            seen.setdefault((city_id or printed, year, source), []).append((number, row))
        problems += _numbers(table.file, number, row, rules)
    for entries in seen.values():
        problems += _repeated(table.file, entries, rules)
    return problems


def _unknown_city(file: str, number: int, printed: str, rules: ValueRules, year: int) -> Problem:
    """Return the problem of a name that is no unit of the roster, with the nearest names."""
    match = rules.roster.match(printed, year)
    if match.kind == "ambiguous":
        names = [rules.roster.official_name(city_id, year) or city_id for city_id in match.candidates]
    else:
        names = rules.roster.nearest(printed)
    assert match.kind not in PREFECTURE
    return Problem(
        "warn", "check_city_unknown", file, number, "城市", printed, {"nearest": "、".join(names) or "-"}
    )


def _numbers(file: str, number: int, row: dict[str, str], rules: ValueRules) -> Iterator[Problem]:
    """Yield the cells that are neither number nor missing mark."""
    for column, text in row.items():
        if column in rules.indicators and not rules.is_number_or_missing(text):
            yield Problem("warn", "check_not_a_number", file, number, column, text)


def _repeated(file: str, entries: list[Entry], rules: ValueRules) -> Iterator[Problem]:
    """Yield a city-year that its source prints again: the same numbers (warn), or another number (error)."""
    first_number, first = entries[0]
    for number, row in entries[1:]:
        differing = [
            column for column in rules.indicators if _differ(first.get(column, ""), row.get(column, ""))
        ]
        open_columns = [
            column for column in differing if not _is_corrected("drop", column, (first, row), rules)
        ]
        place: dict[str, str] = {
            "first": str(first_number),
            "city": row.get("城市", ""),
            "year": row.get("年份", ""),
        }
        if not differing:
            yield Problem("warn", "check_row_repeated", file, number, "城市", place["city"], place)
        for column in open_columns:
            reason = "printed twice: which one is right?"
            correction = ready_correction(row, column, rules.indicators[column], reason)
            arguments = {**place, "kept": first[column], "correction": correction}
            yield Problem("error", "check_row_conflict", file, number, column, row[column], arguments)


def _differ(one: str, other: str) -> bool:
    """Say whether two cells print different things; a blank beside a number differs from nothing."""
    if not folded(one) or not folded(other):
        return False
    numbers = printed_number(one), printed_number(other)
    return folded(one) != folded(other) if None in numbers else numbers[0] != numbers[1]


def _is_corrected(action: str, column: str, rows: tuple[dict[str, str], ...], rules: ValueRules) -> bool:
    """Say whether a correction of the folder does `action` to the number of one of the rows."""
    return any(
        (action, row.get("来源"), rules.indicators[column], row.get("年份"), folded(row.get(column, "")))
        in rules.corrected
        for row in rows
    )
