"""Numbers that stand between other signs: `12.3亿元`, `56.7 %`, `¥1,234`, `12.3(预计)`.

The unit behind a number is its unit, whatever the header says; a currency sign or a known note beside it says
nothing of its size. Everything else beside a number leaves it a text: `约12`, `>100`, `(12)`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from decimal import Decimal

from citypanel.importing.printed_text import FOOTNOTES, folded, printed_number

_CURRENCY = re.compile(r"^(rmb|cny|[¥￥])\s*", re.IGNORECASE)
_NOTE = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,12})[)）\]】]$")
_WITH_UNIT = re.compile(r"([+\-−]?[\d.,\s]*\d)\s*[(（]?([^\d\s().,][^\d()]{0,14})[)）]?")
LONGEST = 60


def dressed_number(
    printed: str, is_unit: Callable[[str], bool], notes: Collection[str]
) -> tuple[Decimal, str] | None:
    """Return the number and its own unit (empty where it prints none) of a text that is no plain number;
    `None` where it is no number at all.

    `notes`: folded words that may stand in brackets behind a number.
    """
    if len(printed) > LONGEST or not any(map(str.isdigit, printed)):
        return None
    text = FOOTNOTES.sub("", printed.strip())
    if any(unicodedata.category(sign) == "No" for sign in text):
        return None
    text = _CURRENCY.sub("", unicodedata.normalize("NFKC", text))
    if (note := _NOTE.search(text)) and folded(note[1]) in notes:
        text = text[: note.start()].rstrip()
    if (number := printed_number(text)) is not None:
        return number, ""
    found = _WITH_UNIT.fullmatch(text)
    number = printed_number(found[1]) if found else None
    return (number, found[2].strip()) if found and number is not None and is_unit(found[2]) else None
