"""What a table is about whose columns print only years: its title, or the name of the sheet or file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from citypanel.importing.grammar import Grammar
from citypanel.importing.meaning.header_paths import path_header
from citypanel.importing.printed_text import folded, folded_name, printed_year
from citypanel.importing.roster import Roster

_TABLE_NUMBER = re.compile(
    r"^\s*(表\s*)?\d+([-－.]\d+)*\s+|^\s*表\s*\d+([-－.]\d+)*|^\s*([一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）])"
)
_YEARS = re.compile(
    r"(?:19|20)\d{2}\s*年?\s*[-—–~～至到]\s*(?:19|20)\d{2}\s*年?|(?:19|20)\d{2}\s*年(?:版|末|底)?"
)
_EMPTY_BRACKETS = re.compile(r"[(（\[【]\s*[)）\]】]")
_UNIT_LINE = re.compile(r"[(（]?(?:计量)?(?:单位|units?)\s*[:：].*$", re.IGNORECASE)
SHORTEST = 3


def subject(grammar: Grammar, texts: Iterable[str], *, only: bool = False) -> str:
    """Return what a table is about: the first text that names an indicator, else the first text.

    `only`: empty where no text names one, or the text names several.
    """
    plain = [text for text in map(_bare, texts) if text and not printed_year(text)]
    for text in plain:
        if grammar.meaning(path_header(grammar, [text])):
            return text
    for text in plain:
        if name := contained_name(grammar, text):
            several = only and contained_name(grammar, folded_name(text).replace(name, " "))
            return "" if several else name
    return plain[0] if plain and not only else ""


def contained_name(grammar: Grammar, text: str) -> str:
    """Return the longest name of an indicator in a text, empty where the rest changes the quantity."""
    whole = folded_name(text)
    name = max(
        (name for name in grammar.names if len(name) >= SHORTEST and name in whole), key=len, default=""
    )
    return "" if name and grammar.words("modifier", whole.replace(name, " ")) else name


def city_in(roster: Roster, text: str) -> str:
    """Return the one city that a title names: the text itself, or a full name (`苏州市`) inside it."""
    plain = folded(text)
    if roster.is_unit(plain):
        return text
    found = {name for name in roster.full_names if name in plain}
    longest = {name for name in found if not any(name != other and name in other for other in found)}
    return longest.pop() if len(longest) == 1 else ""


def _bare(text: str) -> str:
    """Return a title without its number, its years and its unit line."""
    for pattern in (_UNIT_LINE, _TABLE_NUMBER, _YEARS, _EMPTY_BRACKETS):
        text = pattern.sub("", text)
    return text.strip(" 　:：-—")
