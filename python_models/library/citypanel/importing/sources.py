"""Sources: which sheets are one source, what it is called, and which source comes first.

The sheets of a workbook are one source as long as they agree; a sheet that contradicts another is a source of
its own. A source that prints more columns of a table comes before one that prints fewer: a total with its
parts can be checked, a total alone cannot.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePosixPath

from citypanel.importing.cells import Cell, Panel
from citypanel.importing.grammar import Grammar
from citypanel.importing.row_kinds import IN_TABLES

Values = dict[tuple[str, int, str], Decimal | Fraction]


@dataclass
class Source:
    """One source of the yearbook folder, with the panels it consists of."""

    source_id: str
    file: str
    sha256: str
    panels: list[Panel] = field(repr=False)
    precedence: int = 0

    @property
    def cells(self) -> list[Cell]:
        """Return the cells of all sheets in the order of the workbook."""
        return [cell for panel in self.panels for cell in panel.cells]

    @property
    def sheets(self) -> str:
        """Return the names of the sheets."""
        return " | ".join(panel.sheet for panel in self.panels)


def slug(text: str) -> str:
    """Return a stable id made of the letters (Chinese ones too) and digits of a file's name, lower case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\W+", "_", plain).strip("_") or "source"


def make_sources(
    panels: dict[str, list[Panel]],
    checksums: dict[str, str],
    grammar: Grammar,
    known: Mapping[tuple[str, str], str] | None = None,
) -> list[Source]:
    """Return the sources of the panels (by file) in order of precedence, and mark their cells with them.

    `known`: the ids that an earlier import gave to a file and first sheet; they stay theirs.
    """
    known = known or {}
    sources: list[Source] = []
    for file, sheets in panels.items():
        base = slug(PurePosixPath(file).with_suffix("").as_posix())
        for number, group in enumerate(_agreeing_groups(sheets)):
            name = base if number == 0 else f"{base}_{slug(group[0].sheet)}"
            taken = {source.source_id for source in sources} | set(known.values())
            source_id = known.get((file, group[0].sheet)) or _unused(name, taken, file)
            sources.append(Source(source_id, file, checksums[file], group))
    ordered = _by_precedence(sources, grammar)
    for precedence, source in enumerate(ordered, start=1):
        source.precedence = precedence
        for cell in source.cells:
            cell.source_id = source.source_id
    return ordered


def _unused(name: str, taken: set[str], file: str) -> str:
    """Return `name`, with the ending of the file and a number where another source has it."""
    candidates = [
        name,
        f"{name}_{slug(PurePosixPath(file).suffix)}",
        *(f"{name}_{number}" for number in range(2, 999)),
    ]
    return next(candidate for candidate in candidates if candidate not in taken)


def _agreeing_groups(sheets: list[Panel]) -> list[list[Panel]]:
    """Return the sheets of a workbook in groups whose numbers agree wherever they overlap."""
    if len(sheets) == 1:
        return [sheets]
    groups: list[tuple[list[Panel], Values]] = []
    for sheet in sheets:
        values = _values(sheet)
        for members, known in groups:
            if all(known.get(key, value) == value for key, value in values.items()):
                members.append(sheet)
                known.update(values)
                break
        else:
            groups.append(([sheet], values))
    return [members for members, _ in groups]


def _values(panel: Panel) -> Values:
    """Return the first number of each city, year and indicator of the dictionary in a sheet."""
    values: Values = {}
    for cell in panel.cells:
        if cell.column.indicator_id and cell.kind in IN_TABLES and (value := cell.value) is not None:
            values.setdefault((cell.unit_key, cell.year, cell.column.indicator_id), value)
    return values


def _columns_by_table(source: Source, grammar: Grammar) -> Counter[str]:
    """Return how many indicators of each yearbook table the source prints."""
    mapped = {
        column.indicator_id for panel in source.panels for column in panel.columns if column.indicator_id
    }
    return Counter(grammar.indicators[indicator_id]["source_table"] for indicator_id in mapped)


def _by_precedence(sources: list[Source], grammar: Grammar) -> list[Source]:
    """Return the sources so that of two that share a table the one with more of its columns comes first.

    Where that runs in a circle (each wider in another table) the one with more columns in all comes first;
    ties go by name.
    """
    counts = {source.source_id: _columns_by_table(source, grammar) for source in sources}

    def wider(one: Source, other: Source) -> bool:
        mine, its = counts[one.source_id], counts[other.source_id]
        shared = mine.keys() & its.keys()
        return sum(mine[table] for table in shared) > sum(its[table] for table in shared)

    waiting = sorted(sources, key=lambda source: source.source_id)
    ordered: list[Source] = []
    while waiting:
        free = [one for one in waiting if not any(wider(other, one) for other in waiting)]
        chosen = (free or sorted(waiting, key=lambda one: -counts[one.source_id].total()))[0]
        waiting.remove(chosen)
        ordered.append(chosen)
    return ordered
