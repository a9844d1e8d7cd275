"""The register of sources of a yearbook folder, sources.csv."""

from __future__ import annotations

from citypanel.importing.check_files import Table
from citypanel.importing.problems import Problem

KINDS = ("synthetic", "real")


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
