"""The doctor: everything a build needs, looked at one by one, each with what to do where it is not well.

A look is a function that returns checks. It is imported when its turn comes: a package that is absent, or any
other thing that breaks in a look, is an error in its place and never the end of the examination.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from citypanel.console.doctor.check import Check
from citypanel.messages import message
from citypanel.project import ProjectNotFound, project_root

# room and function, in the order of the report: what needs no project, then what is asked of its root
ENVIRONMENT = (
    ("environment", "python"),
    ("environment", "encoding"),
    ("environment", "blas"),
    ("environment", "git"),
)
PROJECT = (
    ("packages", "packages"),
    ("packages", "pair"),
    ("folders", "yearbook"),
    ("folders", "build"),
    ("folders", "disk"),
    ("database", "database"),
    ("database", "holder"),
    ("folders", "leftovers"),
    ("folders", "publication"),
)
STATUSES = ("ok", "warn", "error")


def examine(start: Path | None = None) -> list[Check]:
    """Return all checks, from the project above `start` (default: the working folder)."""
    found = [check for room, name in ENVIRONMENT for check in _asked(room, name)]
    try:
        root = project_root(start)
    except ProjectNotFound as error:
        return [*found, Check("project", "error", "doctor_project_absent", {"error": error})]
    found.append(Check("project", "ok", "doctor_project", {"folder": root}))
    return found + [check for room, name in PROJECT for check in _asked(room, name, root)]


def _asked(room: str, name: str, *arguments: Path) -> list[Check]:
    """Return what a look finds; what breaks in it is reported in its place."""
    try:
        look: Any = getattr(import_module(f"citypanel.console.doctor.{room}"), name)
        return list(look(*arguments))
    except Exception as error:
        text = " ".join(f"{type(error).__name__}: {error}".split())
        return [Check(name, "error", "doctor_look_broke", {"error": text})]


def as_report(checks: list[Check], style: str) -> str:
    """Return the checks as a list for people (`table`), as Markdown or as csv, in the language in force."""
    if style == "table":
        ok, warn, error = (sum(check.status == status for check in checks) for status in STATUSES)
        return "\n".join([*map(_lines, checks), message("doctor_verdict", ok=ok, warn=warn, error=error)])
    import pandas as pd

    from citypanel.console.formats import as_text

    rows = [[check.status, check.name, check.found(), check.remedy()] for check in checks]
    return as_text(pd.DataFrame(rows, columns=["status", "name", "found", "remedy"]), style)


def _lines(check: Check) -> str:
    """Return a check as a line, and its remedy as a second one."""
    line = f"{message(f'doctor_{check.status}')}  {check.title()}: {check.found()}"
    return f"{line}\n      -> {check.remedy()}" if check.remedy() else line
