"""Tables in traditional characters: read as they stand, their cities and headers are known by simplified ones
alone, so that next to nothing of them would be understood.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from citypanel.importing.cells import Panel
from citypanel.importing.reading.sheet import Refused, Sheet

LEAST_SIGNS = 3
EXAMPLES = 3


def understood(sheet: Sheet, read: Callable[[Sheet], Panel]) -> Panel:
    """Return what `read` makes of a sheet.

    Raises `Refused` (`import_traditional`) where it is in traditional characters and is no panel for `read`,
    or most of its cities are not known.
    """
    try:
        panel = read(sheet)
    except Refused:
        _check_simplified(sheet)
        raise
    kinds = Counter(row.kind for row in panel.rows)
    if kinds["unknown_city"] > kinds["city"]:
        _check_simplified(sheet)
    return panel


def _check_simplified(sheet: Sheet) -> None:
    """Raise `Refused` for a sheet in traditional characters."""
    texts = [cell for row in sheet.rows for cell in row if cell and not cell.isascii()]
    signs = Counter("".join(texts))
    traditional = {sign for sign in signs if _only_in(sign, "big5", "gb2312")}
    simplified = {sign for sign in signs if _only_in(sign, "gb2312", "big5")}
    count = sum(signs[sign] for sign in traditional)
    if count >= LEAST_SIGNS and count > 3 * sum(signs[sign] for sign in simplified):
        seen = dict.fromkeys(text.strip() for text in texts if not traditional.isdisjoint(text))
        raise Refused("import_traditional", seen=", ".join(list(seen)[:EXAMPLES])[:60])


def _only_in(sign: str, encoding: str, other: str) -> bool:
    """Say whether a character is in one national standard and not in the other."""
    return bool(sign.encode(encoding, "ignore")) and not sign.encode(other, "ignore")
