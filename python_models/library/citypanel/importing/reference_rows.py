"""The rows that the importer is written in: seeds of `seeds/reference`, read as text.

Which header means which indicator, which unit is which multiple, which text is an advert: each is a row
there.
"""

from __future__ import annotations

import csv
from pathlib import Path

from citypanel.messages import Mistake
from citypanel.project import project_root

REFERENCE = Path("seeds") / "reference"


def reference_folder() -> Path:
    """Return the folder of the reference seeds of the project that this package lies in."""
    return project_root(Path(__file__).parent) / REFERENCE


def seed_rows(reference: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of the reference seed `name`.csv.

    Raises `Mistake` (`import_reference_absent`) where the file is not there: an import without it would
    guess.
    """
    path = reference / f"{name}.csv"
    if not path.exists():
        raise Mistake("import_reference_absent", file=str(path))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def by_key(rows: list[dict[str, str]], key: str) -> dict[str, dict[str, str]]:
    """Return `rows` by the text of their column `key`; the first row of a key counts."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row[key], row)
    return found


def tables_of(indicators: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """Return the rows of the dictionary by yearbook table, both in the order of the dictionary."""
    tables: dict[str, list[dict[str, str]]] = {}
    for row in indicators:
        tables.setdefault(row["source_table"], []).append(row)
    return tables
