"""Checking a yearbook folder before dbt reads it: what would stop the build, and what will become a finding.

A plain `dbt build` meets an absent folder or a GBK file before any code of the project runs; these messages
name file, row, column, value and remedy in words.
"""

from __future__ import annotations

from pathlib import Path

from citypanel.importing.check_contradictions import check_contradictions
from citypanel.importing.check_corrections import check_corrections
from citypanel.importing.check_files import read_table
from citypanel.importing.check_gate import accepted_numbers, check_numbers
from citypanel.importing.check_registers import check_sources
from citypanel.importing.check_values import check_values
from citypanel.importing.folder import CORRECTION_COLUMNS, SOURCE_COLUMNS
from citypanel.importing.folder_names import name_is_reserved
from citypanel.importing.problems import Problem
from citypanel.importing.reference_rows import reference_folder, seed_rows, tables_of
from citypanel.importing.tables import KEYS
from citypanel.importing.value_rules import ValueRules
from citypanel.project import CELL_TRACE

__all__ = ["Problem", "check_folder"]


def check_folder(folder: Path, reference: Path | None = None) -> list[Problem]:
    """Return the problems of a yearbook folder, in the order of its files; none is hidden by another file's.

    Severity `error`: a build would fail or would have to choose; `gate`: the build stops at its gate, before
    the regressions; `warn`: the build records a finding (an impossible number may stop it at the gate).
    """
    folder = Path(folder)
    reference = reference or reference_folder()
    problems = []
    if name_is_reserved(folder):
        problems.append(Problem("error", "check_folder_name_reserved", file=str(folder), value=folder.name))
    if not folder.is_dir():
        kind = "check_folder_is_a_file" if folder.exists() else "check_folder_absent"
        return [*problems, Problem("error", kind, file=str(folder))]
    tables = {
        name: [*KEYS, *(row["printed_header"] for row in rows)]
        for name, rows in tables_of(seed_rows(reference, "indicators")).items()
    }
    problems += _unknown_files(folder, reference, {*tables, "sources", "corrections"})
    sources, found = read_table(folder / "sources.csv", SOURCE_COLUMNS)
    problems += found + check_sources(sources)
    corrections, found = read_table(folder / "corrections.csv", CORRECTION_COLUMNS)
    problems += found
    rules = ValueRules(reference, sources, corrections)
    accepted, is_traced = accepted_numbers(reference), (folder / CELL_TRACE).exists()
    for name, columns in tables.items():
        table, found = read_table(folder / f"{name}.csv", columns)
        found += check_values(table, rules) + check_numbers(table, rules, accepted, is_traced)
        problems += sorted(found, key=lambda problem: problem.row)
    return [*problems, *check_corrections(corrections, rules), *check_contradictions(corrections, rules)]


def _unknown_files(folder: Path, reference: Path, known: set[str]) -> list[Problem]:
    """Return the CSV files that are no table of the dictionary: dbt loads each as a seed of its own."""
    problems = []
    taken = {path.stem for path in reference.parent.glob("*/*.csv") if path.parent.name != "yearbook"}
    for path in sorted(folder.rglob("*.csv")):
        if path.stem in taken:
            problems.append(Problem("error", "check_file_name_taken", file=path.name))
        elif path.stem not in known or path.parent != folder:
            problems.append(Problem("warn", "check_file_unknown", file=path.relative_to(folder).as_posix()))
    return problems
