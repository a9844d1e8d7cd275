"""Which area a table is about where its headers do not say: the title (`市辖区人口`), the name of the sheet
or file, a column whose cells print 全市 and 市辖区 in turn, or the beginning of a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from citypanel.importing.grammar import Grammar, Header
from citypanel.importing.layouts.block import Block
from citypanel.importing.printed_text import folded, printed_number

MOST_AREAS = 8
SHORTEST_INSIDE = 3  # 市区 inside a sentence may be 城市区域


def stated_scope(grammar: Grammar, texts: Iterable[str]) -> tuple[str, str]:
    """Return the scope that the first text with one states, and the word; empty where it states several."""
    for text in texts:
        plain = folded(text)
        found = {
            value: word
            for word, value in grammar.scopes.items()
            if word == plain or f"({word})" in plain or (len(word) >= SHORTEST_INSIDE and word in plain)
        }
        if found:
            both = len(found) > 1 or "全市" in plain.replace("全市辖", "")
            return ("", "") if both else next(iter(found.items()))
    return "", ""


def scope_column(grammar: Grammar, block: Block) -> int | None:
    """Return the column whose cells are names of areas, `None` where there is none."""
    rows = range(block.last + 1, block.end)
    for column in block.paths:
        if holds_areas(grammar, (block.grid.cell(row, column) for row in rows)):
            return column
    return None


def holds_areas(grammar: Grammar, texts: Iterable[str]) -> bool:
    """Say whether the texts of a column are areas: few different ones, 市辖区 or the like, no numbers."""
    printed: set[str] = set()
    for text in texts:
        if text and text not in printed:
            printed.add(text)
            if len(printed) > MOST_AREAS or printed_number(text) is not None:
                return False
    words = {text.strip() for text in printed} - {""}
    known = [text for text in words if folded(text) in grammar.scopes]
    return bool(known) and 2 * len(known) >= len(words)


def area_of(grammar: Grammar, word: str) -> str:
    """Return the scope that a cell of a column of areas prints; an unknown area is a scope by itself."""
    return grammar.scopes.get(folded(word), word.strip())


def led_by_scope(grammar: Grammar, header: Header) -> Header:
    """Return a header whose name begins with an area (`市辖区总人口`) as that quantity there."""
    plain = folded(header.name)
    words = [word for word in grammar.scopes if len(word) > 1 and plain.startswith(word) and plain != word]
    if header.scope or not words:
        return header
    word = max(words, key=len)
    names = (header.name, *header.names)
    bare = [folded(name).removeprefix(word).lstrip("_的") for name in names if folded(name).startswith(word)]
    return replace(header, scope=grammar.scopes[word], name=bare[0], names=tuple(bare)) if bare[0] else header


def scoped(header: Header, scope: str, word: str) -> Header:
    """Return the header of the same quantity in another area; a whole city needs no word."""
    if header.scope or not scope:
        return header
    label = header.label if scope == "city" else f"{header.label}_{word}".strip("_")
    return replace(header, scope=scope, label=label)
