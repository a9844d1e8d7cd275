"""Headers that say nothing by themselves: 增速 or 位次 right of 地区生产总值, 合计 under a title that names
what is counted, 总计 behind the years.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from citypanel.importing.grammar import Grammar, Header
from citypanel.importing.meaning.completed_names import is_total
from citypanel.importing.meaning.header_paths import path_header
from citypanel.importing.meaning.subjects import subject


def sums_of_years(grammar: Grammar, headers: Mapping[int, Header]) -> set[int]:
    """Return the columns of a table with years across that sum or average its years: no year's numbers."""
    if not any(header.year for header in headers.values()):
        return set()
    return {
        index
        for index, header in headers.items()
        if not header.year
        and (is_total(grammar, header.name) or grammar.dependent(header.name) == "over_years")
    }


def completed_headers(
    grammar: Grammar, headers: Mapping[int, Header], titles: Iterable[str]
) -> dict[int, Header]:
    """Return the headers of a table; one that only says how much of something is about the column left of it,
    else about what the titles name; a total about what the titles name.
    """
    about = subject(grammar, titles, only=True)
    whole = path_header(grammar, [about]) if about else None
    left: Header | None = None
    found = {}
    for index, header in sorted(headers.items()):
        if grammar.dependent(header.name):
            above = left or whole
            found[index] = _dependent(grammar, above, header) if above else header
            continue
        if whole and is_total(grammar, header.name):
            label = whole.label if header.label == header.name else f"{whole.label}_{header.label}"
            header = replace(header, name=whole.name, label=label, names=whole.names)
        left = header
        found[index] = header
    return found


def _dependent(grammar: Grammar, above: Header, header: Header) -> Header:
    """Return a header about another one; its unit stays its own."""
    own = grammar.header(header.name).name
    names = tuple(name for base in (above.name, *above.names) for name in (base + own, own + base))
    label = f"{above.label}_{header.label}"
    return replace(header, name=f"{above.name}_{header.name}", label=label, names=names, scope=above.scope)
