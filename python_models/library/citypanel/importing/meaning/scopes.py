"""Which area a table is about where its headers do not say: the title (`市辖区人口`), the name of the sheet
or file, or a column whose cells print 全市 and 市辖区 in turn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from citypanel.importing.grammar import Grammar, Header
from citypanel.importing.layouts.block import Block
from citypanel.importing.printed_text import folded

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
    """Return the column whose cells are all names of areas, `None` where there is none."""
    for column in block.paths:
        texts = {block.grid.cell(row, column).strip() for row in range(block.last + 1, block.end)} - {""}
        if texts and all(folded(text) in grammar.scopes for text in texts):
            return column
    return None


def scoped(header: Header, scope: str, word: str) -> Header:
    """Return the header of the same quantity in another area; a whole city needs no word."""
    if header.scope or not scope:
        return header
    label = header.label if scope == "city" else f"{header.label}_{word}".strip("_")
    return replace(header, scope=scope, label=label)
