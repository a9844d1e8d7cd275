"""Levels of a header that say in English what a level above says in Chinese: a row below it, or a second
block of levels below the first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citypanel.importing.grammar import Grammar


@dataclass
class Level:
    """One level: the name in each language without qualifiers, how it is labelled, what it qualifies;
    `languages`: those that it prints anything in.
    """

    chinese: str = ""
    english: str = ""
    label: str = ""
    taken: dict[str, str] = field(default_factory=dict)
    year: int | None = None
    languages: set[str] = field(default_factory=set)


def with_translations(grammar: Grammar, levels: list[Level]) -> list[Level]:
    """Return the levels; English ones below as many Chinese ones without English are their translations."""
    kept: list[Level] = []
    index = 0
    while index < len(levels):
        run = len(list(takewhile(lambda level: level.languages == {"english"}, levels[index:])))
        chinese = takewhile(lambda level: level.languages <= {"chinese"}, reversed(kept))
        above = [level for level in chinese if level.languages][::-1]  # years between have no language
        pairs = list(zip(above[-run:], levels[index : index + run], strict=False)) if run else []
        if run > len(above) or not all(_says_the_same(grammar, *pair) for pair in pairs):
            pairs = [
                (level, levels[index])
                for level in above
                if run and _says_the_same(grammar, level, levels[index])
            ]
            pairs = pairs[-1:]
        for level, translation in pairs:
            level.english = translation.english
            level.languages.add("english")
            level.taken = translation.taken | level.taken
        if not pairs:
            kept.append(levels[index])
        index += len(pairs) or 1
    return kept


def _says_the_same(grammar: Grammar, chinese: Level, english: Level) -> bool:
    """Say whether one level may translate the other: names for names, qualifiers for qualifiers, and a word
    that changes the quantity in both or in neither.
    """
    if not (chinese.chinese and english.english):
        return not chinese.chinese and not english.english
    changes = [bool(grammar.words("modifier", name)) for name in (chinese.chinese, english.english)]
    return not grammar.dependent(english.english) and changes[0] == changes[1]
