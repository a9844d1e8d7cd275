"""The units that a table prints for all its columns: `单位:万元`, `Unit: 10 000 yuan`, or a unit in brackets
in the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from citypanel.importing.grammar import Grammar
from citypanel.importing.printed_text import folded

_LINE = re.compile(
    r"(?:计量)?(?:单位|units?)\s*(?:[:：]|[均都皆]?[为是])\s*(.+?)(?=(?:计量)?单位\s*[:：]|units?\s*[:：]|[)）\]】]|$)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]")
_REMARK = re.compile(r"\s*[(（].*$")  # 万元（特殊标明者除外）
_SEVERAL = re.compile(r"[、,，;；]|\s{2,}")


def table_units(grammar: Grammar, titles: Iterable[str]) -> list[str]:
    """Return the units that the lines above a table state, without repetition; a unit line counts before a
    bracket.
    """
    titles = list(titles)
    lines = [found for text in titles for found in _LINE.findall(text)]
    stated = list(_units(grammar, lines)) or list(
        _units(grammar, (found for text in titles for found in _BRACKET.findall(text)))
    )
    return list({folded(unit): unit for unit in stated}.values())


def _units(grammar: Grammar, texts: Iterable[str]) -> Iterable[str]:
    """Yield the units in texts, each a unit or a list of them."""
    for text in texts:
        plain = text.strip().strip("()（） ")
        plain = plain if grammar.units.known(plain) else _REMARK.sub("", plain)
        for unit in [plain] if grammar.units.known(plain) else _SEVERAL.split(plain):
            if unit.strip() and grammar.units.known(unit):
                yield unit.strip()
