"""What a page that City Panel wrote is made of, for the tests of the scorecard."""

from __future__ import annotations

from html.parser import HTMLParser


class Reader(HTMLParser):
    """What a page is made of: tags, addresses, and the rows of each section's tables."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.rows: dict[str, list[list[str]]] = {}
        self.section = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        named = dict(attrs)
        self.addresses += [str(named[name]) for name in ("href", "src", "srcset", "data") if name in named]
        assert not [name for name in named if name.startswith("on")], named
        if tag == "section":
            self.section = str(named["id"])
            self.rows[self.section] = []
        if tag == "tr":
            self.rows[self.section].append([])
        if tag in ("td", "th"):
            self.rows[self.section][-1].append("")

    def handle_data(self, data: str) -> None:
        rows = self.rows.get(self.section)
        if rows and rows[-1]:
            rows[-1][-1] += data.strip()

    def number(self, section: str, head: str, first: str) -> str:
        """The cell under a head in the row that begins with a word."""
        rows = self.rows[section]
        return next(row[rows[0].index(head)] for row in rows if row[0] == first)
