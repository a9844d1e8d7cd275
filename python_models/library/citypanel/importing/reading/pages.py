"""Web pages that data services offer as Excel files: HTML, and MHTML with one page per sheet.

The page becomes one sheet: what stands above and between its tables as rows of one cell, the tables below
each other in the order of the page, cells that span rows or columns as merged blocks. Nothing is loaded.
"""

from __future__ import annotations

import email
import email.policy
import re

from lxml import etree

from citypanel.importing.reading.limits import WIDEST_ROW, check_cells
from citypanel.importing.reading.page_grid import PageGrid
from citypanel.importing.reading.sheet import Refused, Sheet
from citypanel.importing.reading.text import decoded

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
# what pages of these names are written in; a wider set of the same characters reads more of them
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "caption",
        "title",
        "center",
        "ul",
        "ol",
        "dl",
        "form",
    )
)
_UNREAD = frozenset(("script", "style", "noscript", "template"))
DEEPEST = 200


class _Events:
    """What the parser sees, written into a grid of cells (the target of an lxml parser)."""

    def __init__(self) -> None:
        """Begin outside of any table."""
        self.grid = PageGrid()
        self._unread = 0
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refused("import_page_too_deep", limit=DEEPEST)
        if tag in _UNREAD:
            self._unread += 1
        elif tag == "table":
            self.grid.open_table()
        elif tag == "tr":
            self.grid.open_row()
        elif tag in ("td", "th"):
            self.grid.open_cell(_span(attributes, "rowspan"), _span(attributes, "colspan"))
        elif tag == "br" or tag in _BLOCKS:
            self.grid.line_break()

    def end(self, tag: str) -> None:
        """Close an element."""
        self._depth -= 1
        if tag in _UNREAD:
            self._unread -= 1
        elif tag == "table":
            self.grid.close_table()
        elif tag == "tr":
            self.grid.close_row()
        elif tag in ("td", "th"):
            self.grid.close_cell()
        elif tag in _BLOCKS:
            self.grid.line_break()

    def data(self, text: str) -> None:
        """Take the text between two tags."""
        if not self._unread:
            self.grid.text(text)

    def comment(self, text: str) -> None:
        """Leave comments out, conditional ones of office programs too."""

    def close(self) -> PageGrid:
        """Return what was read."""
        self.grid.close_all()
        return self.grid


def _span(attributes: dict[str, str], name: str) -> int:
    """Return how many rows or columns a cell takes (1 where the page says nonsense, at most a sheet's)."""
    written = (attributes.get(name) or "").strip()
    return min(max(int(written), 1), WIDEST_ROW) if written.isascii() and written.isdigit() else 1


def read_page(content: bytes, file: str, name: str = "") -> list[Sheet]:
    """Read a page as one sheet.

    Raises `Refused` where it is nested deeper than any table, too large, or no text.
    """
    parser = etree.HTMLParser(
        target=_Events(), encoding="utf-8", no_network=True, recover=True, huge_tree=True
    )
    text = _text_of_page(content)
    try:
        parser.feed(text.encode("utf-8", "replace"))
        grid: PageGrid = parser.close()
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise Refused("import_unreadable", error=" ".join(str(error).split())[:200]) from error
    rows, merged = grid.rows_and_blocks()
    check_cells(len(rows), max(map(len, rows), default=0))
    return [Sheet(file, name, rows, merged=merged)]


def _text_of_page(content: bytes) -> str:
    """Return the text of a page in the encoding that it names, else in the one its bytes fit."""
    found = _CHARSET.search(content[:4096])
    named = found.group(1).decode("ascii").lower() if found else "utf-8"
    try:
        return content.removeprefix(b"\xef\xbb\xbf").decode(_WIDER.get(named, named)).replace("\x00", "")
    except (UnicodeDecodeError, LookupError):
        return decoded(content)


def read_mhtml(content: bytes, file: str) -> list[Sheet]:
    """Read the pages of a web archive; each that holds a table is a sheet."""
    archive = email.message_from_bytes(content.lstrip(), policy=email.policy.default)
    sheets = []
    for number, part in enumerate(archive.walk()):
        if part.get_content_type() == "text/html":
            place = str(part.get("Content-Location") or "").rsplit("/", 1)[-1]
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                sheets += read_page(page, file, place or str(number))
    return [sheet for sheet in sheets if any(len(row) > 1 for row in sheet.rows)]
