"""A unit at the end of a header without brackets: `GDP:现价:亿元`, `GDP，亿元`, `人口 万人`, `GDP亿元`."""

from __future__ import annotations

import re
from collections.abc import Callable

# after a mark any unit, after a space Chinese ones alone: `mobile telephone users` ends in no unit
_MARK = re.compile(
    r"\s*[:：,，、;；]\s*|\s*[-–—]\s*(?=[^\d\s])|(?<=[^\x00-\x7f\d])\s+|\s+(?=[^\x00-\x7f])"
    r"|\s*/\s*(?=[^\x00-\x7f]|%)"
)
_COLON = re.compile(r"\s*[:：]\s*")
_STATED = re.compile(r"[\s,，;；]*(?:计量)?(?:单位|unit)s?\s*[:：]\s*(\S.*)$", re.IGNORECASE)
LONGEST_GLUED = 5
_MULTIPLES = "十百千万亿%‰"
_ENCLOSED = "()（）[]【】_"


def with_brackets(text: str, is_unit: Callable[[str], bool], counts: Callable[[str, str], bool]) -> str:
    """Return `text` with the unit at its end in brackets and the parts before it joined by underscores; as it
    is where it ends in no unit, or brackets and underscores say what is what.

    `counts` says whether a known name is counted in a unit, which then needs no mark (`GDP亿元`).
    """
    if (stated := _STATED.search(text)) and stated.start() and is_unit(stated[1]):
        return f"{text[: stated.start()]}({stated[1]})"
    if any(sign in text for sign in _ENCLOSED):
        return text
    for mark in _MARK.finditer(text):
        name, unit = text[: mark.start()], text[mark.end() :]
        per = mark[0].strip() == "/" and unit[0] not in _MULTIPLES and not counts(name, unit)  # 存款/人
        if name and unit and is_unit(unit) and not per:
            return f"{_COLON.sub('_', name)}({unit})"
    for length in range(1, min(LONGEST_GLUED, len(text) - 1) + 1):
        name, unit = text[:-length], text[-length:]
        if not unit.isascii() and is_unit(unit) and counts(name, unit):
            return f"{name}({unit})"
    return text
