"""The registers of a yearbook folder: sources.csv and corrections.csv."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterator

from citypanel.importing.check_files import Table
from citypanel.importing.check_values import ValueRules
from citypanel.importing.printed_text import printed_number, printed_year
from citypanel.importing.problems import Problem

KINDS = ("synthetic", "real")
ACTIONS = ("drop", "override", "scale")
EVERY_CITY = "*"


def check_sources(sources: Table) -> list[Problem]:
    """Return the sources that stand twice, whose kind is none, or whose precedence is no whole number."""
    problems = []
    seen: set[str] = set()
    for number, row in sources.rows:
        source_id, kind, precedence = (row.get(name, "") for name in ("source_id", "kind", "precedence"))
        if source_id in seen or not source_id:
            problems.append(
                Problem("error", "check_source_twice", sources.file, number, "source_id", source_id)
            )
        if kind not in KINDS and "kind" in row:
            known = {"known": ", ".join(KINDS)}
            problems.append(Problem("error", "check_source_kind", sources.file, number, "kind", kind, known))
        if not precedence.isdecimal() and "precedence" in row:
            problems.append(
                Problem("error", "check_source_precedence", sources.file, number, "precedence", precedence)
            )
        seen.add(source_id)
    return problems


def check_corrections(corrections: Table, rules: ValueRules) -> list[Problem]:
    """Return the rows of corrections.csv that name what does not exist or carry no number."""
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, row in corrections.rows:
        name = row.get("correction_id", "")
        if "correction_id" in row and (name in seen or not name):
            problems.append(
                Problem("error", "check_correction_twice", corrections.file, number, "correction_id", name)
            )
        seen.add(name)
        problems += _correction(corrections.file, number, row, rules)
    return problems


def _correction(file: str, number: int, row: dict[str, str], rules: ValueRules) -> Iterator[Problem]:
    """Yield what is wrong with one correction; a column that is lacking has been named already."""
    known = {
        "source_id": sorted(rules.sources),
        "indicator_id": sorted(rules.indicators.values()),
        "action": list(ACTIONS),
    }
    for column, allowed in known.items():
        if column in row and row[column] not in allowed:
            arguments = {"nearest": ", ".join(_near(row[column], allowed))}
            yield Problem("error", "check_correction_unknown", file, number, column, row[column], arguments)
    year = printed_year(row.get("year", ""))
    if "year" in row and year is None:
        yield Problem("error", "check_correction_year", file, number, "year", row["year"])
    city = row.get("city", EVERY_CITY)
    if city != EVERY_CITY and not rules.city_id(city, year or 0):
        arguments = {"nearest": "、".join(rules.roster.nearest(city)) or "-"}
        yield Problem("error", "check_correction_city", file, number, "city", city, arguments)
    value = row.get("value_new", "")
    figure = printed_number(value)
    if row.get("action") in ("override", "scale") and (figure is None or not math.isfinite(float(figure))):
        yield Problem("error", "check_correction_number", file, number, "value_new", value)


def _near(text: str, allowed: list[str]) -> list[str]:
    near = difflib.get_close_matches(text, allowed, n=3, cutoff=0.3)
    return [*near, *(name for name in allowed if name not in near)][:3]
