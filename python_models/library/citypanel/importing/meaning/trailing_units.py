"""A unit at the end of a header without brackets: `GDP:现价:亿元`, `GDP，亿元`, `常住人口 万人`."""

from __future__ import annotations

import re
from collections.abc import Callable

# after a mark any unit, after a space Chinese ones alone: `mobile telephone users` ends in no unit
_MARK = re.compile(r"\s*[:：,，、;；]\s*|\s*[-–—]\s*(?=[^\d\s])|(?<=[^\x00-\x7f\d])\s+|\s+(?=[^\x00-\x7f])")
_COLON = re.compile(r"\s*[:：]\s*")
_ENCLOSED = "()（）[]【】_"


def with_brackets(text: str, is_unit: Callable[[str], bool]) -> str:
    """Return `text` with the unit at its end in brackets and the parts before it joined by underscores; as it
    is where it ends in no unit, or brackets and underscores say what is what.
    """
    if any(sign in text for sign in _ENCLOSED):
        return text
    for mark in _MARK.finditer(text):
        name, unit = text[: mark.start()], text[mark.end() :]
        if name and unit and is_unit(unit):
            return f"{_COLON.sub('_', name)}({unit})"
    return text
