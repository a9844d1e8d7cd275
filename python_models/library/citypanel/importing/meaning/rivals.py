"""Two columns of one sheet that are read as one indicator: the surer name keeps it.

国际互联网用户数 is an alias of the broadband users where it stands alone; beside 互联网宽带接入用户数 it is
another quantity. Two names that are equally sure both
stay, and where their numbers differ the report says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from citypanel.importing.cells import Panel
from citypanel.importing.grammar import Grammar, Header, lookups
from citypanel.importing.mapping import Column, unmap
from citypanel.importing.printed_text import folded_name


def settle_rivals(panels: Iterable[Panel], grammar: Grammar) -> None:
    """Unmap the less sure of two columns that hold one indicator for the same cities and years."""
    for panel in panels:
        named: defaultdict[str, list[Column]] = defaultdict(list)
        for column in panel.columns:
            if column.indicator_id:
                named[column.indicator_id].append(column)
        for columns in named.values():
            if len({folded_name(column.header.name) for column in columns}) > 1:
                _settle(panel, columns, grammar)


def _settle(panel: Panel, columns: list[Column], grammar: Grammar) -> None:
    """Unmap the columns whose name is less sure than that of another which holds a cell of theirs."""
    held: dict[int, set[tuple[str, int]]] = {id(column): set() for column in columns}
    for cell in panel.cells:
        if id(cell.column) in held:
            held[id(cell.column)].add((cell.unit_key, cell.year))
    surety = {id(column): _surety(grammar, column.header) for column in columns}
    best = min(columns, key=lambda column: surety[id(column)])
    for column in columns:
        if surety[id(column)] > surety[id(best)] and held[id(column)] & held[id(best)]:
            unmap(column, "twice", best.header.printed)
            for cell in panel.cells:
                if cell.column is column:
                    cell.factor = None


def _surety(grammar: Grammar, header: Header) -> int:
    """Return how sure a header's meaning is: 0 the dictionary's own name, 1 another, 2 one with a note."""
    meaning = grammar.meaning(header)
    entry = grammar.indicators.get(meaning.indicator_id) if meaning else None
    if not meaning or not entry:
        return 2
    own = {folded_name(entry["label_zh"]), folded_name(entry["printed_header"].rpartition("_")[0])}
    return 0 if own & set(lookups(header)) else 1 + bool(meaning.note)
