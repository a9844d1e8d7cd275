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
from functools import lru_cache
from pathlib import PurePosixPath

from citypanel.importing.cells import Cell, Panel
from citypanel.importing.grammar import Grammar
from citypanel.importing.row_kinds import IN_TABLES

_YEARBOOK = re.compile(
    r"中国[\u4e00-\u9fff]{0,8}?年鉴|[\u4e00-\u9fff]{2,3}省?统计年鉴|[A-Z][A-Za-z ]*Yearbook"
)
Columns = tuple[tuple[str, int], ...]  # table, columns of it
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
    def edition(self) -> int | None:
        """Return the edition of the yearbook that the sheets name: one, and later than every year in them."""
        named = {panel.edition[0] for panel in self.panels if panel.edition}
        last = max((cell.year for cell in self.cells), default=0)
        return next((year for year in named if len(named) == 1 and last < year), None)

    @property
    def publisher(self) -> str:
        """Return the yearbook that the sheets name, empty where none or several."""
        words = [panel.edition[1] for panel in self.panels if panel.edition]
        named = {found.group() for text in words if (found := _YEARBOOK.search(text))}
        return named.pop() if len(named) == 1 else ""

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
    registered: Mapping[str, int] | None = None,
) -> list[Source]:
    """Return the sources of the panels (by file) in order of precedence, and mark their cells with them.

    `known`: the ids that an earlier import gave to a file and first sheet; they stay theirs. `registered`:
    the editions in the sources.csv of that import, by file.
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
    ordered = _by_precedence(sources, grammar, registered or {})
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


def _columns_by_table(source: Source, grammar: Grammar) -> Columns:
    """Return how many indicators of each yearbook table the source prints."""
    mapped = {
        column.indicator_id for panel in source.panels for column in panel.columns if column.indicator_id
    }
    tables = Counter(grammar.indicators[indicator_id]["source_table"] for indicator_id in mapped)
    return tuple(sorted(tables.items()))


def _by_precedence(sources: list[Source], grammar: Grammar, registered: Mapping[str, int]) -> list[Source]:
    """Return the sources so that of two that share a table the one with more of its columns comes first.

    Where that runs in a circle (each wider in another table) the one with more columns in all comes first;
    of equals the later edition, then those without one; ties go by name.
    """
    columns = {source.source_id: _columns_by_table(source, grammar) for source in sources}
    vintage = {one.source_id: registered.get(one.file) or one.edition or 0 for one in sources}
    waiting = sorted(sources, key=lambda source: (-vintage[source.source_id], source.source_id))
    ordered: list[Source] = []
    while waiting:
        kinds = {columns[one.source_id] for one in waiting}  # two hundred vintages of one table are one kind
        free = {kind for kind in kinds if not any(_is_wider(other, kind) for other in kinds)}
        chosen = next((one for one in waiting if columns[one.source_id] in free), None)
        chosen = chosen or max(waiting, key=lambda one: sum(count for _, count in columns[one.source_id]))
        waiting.remove(chosen)
        ordered.append(chosen)
    return ordered


@lru_cache(maxsize=100_000)
def _is_wider(one: Columns, other: Columns) -> bool:
    """Say whether a source prints more columns than another of the tables that both print."""
    mine, its = dict(one), dict(other)
    shared = mine.keys() & its.keys()
    return sum(mine[table] for table in shared) > sum(its[table] for table in shared)
