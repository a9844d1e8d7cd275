"""The corrections register of a yearbook folder: rows that name what does not exist, or say nothing.

What a row may say is in docs/yearbook_folder.md. The build reads the register with the same rules
(`observations.read_corrections`); here they become messages before anything is built.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterator

from citypanel.importing.check_files import Table
from citypanel.importing.printed_text import printed_number, printed_year
from citypanel.importing.problems import Problem
from citypanel.importing.value_rules import ValueRules

ACTIONS = ("drop", "override", "scale", "shift", "move")
EVERY = "*"
STEPS = re.compile(r"[+-]?0*[1-9][0-9]* (row|year)s?")
DESTINATION = re.compile(r"\s*(city|year|indicator)\s*=\s*(.+?)\s*")


def check_corrections(corrections: Table, rules: ValueRules) -> list[Problem]:
    """Return the rows of corrections.csv that name what does not exist or carry no number."""
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, row in corrections.rows:
        name = row.get("correction_id", "")
        found = (
            [("twice", "correction_id", name, "")]
            if "correction_id" in row and (name in seen or not name)
            else []
        )
        seen.add(name)
        found = [*found, *_wrong(row, rules)] or list(_unguarded(row))
        for kind, column, value, nearest in found:
            severity = "warn" if kind == "unguarded" else "error"
            problem = f"check_correction_{kind}"
            about = {"nearest": nearest or "-"}
            problems.append(Problem(severity, problem, corrections.file, number, column, value, about))
    return problems


def _unguarded(row: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield a row that would change the number still when the source has been repaired."""
    expected = row.get("value_expected", "")
    if not expected.strip() or (row.get("city") == EVERY and "=" not in expected):
        yield "unguarded", "value_expected", expected, ""


def _wrong(row: dict[str, str], rules: ValueRules) -> Iterator[tuple[str, str, str, str]]:
    """Yield kind of problem, column, value, nearest names; a column that lacks has been named already."""
    known = {
        "source_id": sorted(rules.sources),
        "indicator_id": sorted(rules.indicators.values()),
        "action": list(ACTIONS),
    }
    for column, allowed in known.items():
        if column in row and row[column] not in allowed:
            yield "unknown", column, row[column], ", ".join(_near(row[column], allowed))
    action, value = row.get("action", ""), row.get("value_new", "")
    steps = STEPS.fullmatch(value.strip()) if action == "shift" else None
    yield from _years(row, steps is not None and steps[1] == "year")
    yield from _cities(row, rules, steps is not None and steps[1] == "row")
    figure = math.nan if (number := printed_number(value)) is None else float(number)
    if action in ("override", "scale") and not math.isfinite(figure):
        yield "number", "value_new", value, ""
    elif action == "override" and rules.why_impossible(figure, row.get("indicator_id", "")):
        yield "impossible", "value_new", value, f"{rules.minimums[row['indicator_id']]:g}"
    if action == "shift" and steps is None:
        yield "shift", "value_new", value, ""
    if action == "move":
        yield from _destination(row, rules)
    expected = row.get("value_expected", "")
    if (action == "shift" and "=" not in expected) or (action == "move" and not expected.strip()):
        yield "expectation", "value_expected", expected, ""


def _years(row: dict[str, str], is_along_years: bool) -> Iterator[tuple[str, str, str, str]]:
    """Yield a year that is none; a shift along the years may name two (2008..2020) or all (*)."""
    year = row.get("year", "")
    ends = year.split("..") if is_along_years else [year]
    if (
        "year" in row
        and not (is_along_years and year == EVERY)
        and (len(ends) > 2 or any(printed_year(end) is None for end in ends))
    ):
        yield "year", "year", year, ""


def _cities(row: dict[str, str], rules: ValueRules, is_by_rows: bool) -> Iterator[tuple[str, str, str, str]]:
    """Yield a name that is no unit, and a block of rows without a first and a last city of one province."""
    city = row.get("city", EVERY)
    year = printed_year(row.get("year", "").split("..")[0]) or 0
    names = [name.strip() for name in city.split("..")] if is_by_rows else [city]
    ids = [rules.city_id(name, year) for name in names]
    for name, city_id in zip(names, ids, strict=True):
        if not city_id and (is_by_rows or name != EVERY):
            yield "city", "city", name, "、".join(rules.roster.nearest(name))
    if (
        is_by_rows
        and all(ids)
        and (len(ids) != 2 or len({rules.roster.code(each, year)[:2] for each in ids}) > 1)
    ):
        yield "block", "city", city, ""


def _destination(row: dict[str, str], rules: ValueRules) -> Iterator[tuple[str, str, str, str]]:
    """Yield a destination of a move that cannot be read, or that names no unit, year or indicator."""
    value = row.get("value_new", "")
    parts = [DESTINATION.fullmatch(part) for part in value.split(" + ")]
    if not all(parts):
        yield "move", "value_new", value, ""
        return
    to = {part[1]: part[2] for part in parts if part}
    year = printed_year(to.get("year", row.get("year", "")))
    if "year" in to and year is None:
        yield "year", "value_new", to["year"], ""
    if "city" in to and not rules.city_id(to["city"], year or 0):
        yield "city", "value_new", to["city"], "、".join(rules.roster.nearest(to["city"]))
    if "indicator" in to and to["indicator"] not in rules.indicators.values():
        yield (
            "unknown",
            "value_new",
            to["indicator"],
            ", ".join(_near(to["indicator"], sorted(rules.indicators.values()))),
        )


def _near(text: str, allowed: list[str]) -> list[str]:
    """Return every action, else the three allowed names that come nearest."""
    near = difflib.get_close_matches(text, allowed, n=3, cutoff=0.3)
    ordered = [*near, *(name for name in allowed if name not in near)]
    return ordered[: max(3, len(ACTIONS))] if set(allowed) == set(ACTIONS) else ordered[:3]
