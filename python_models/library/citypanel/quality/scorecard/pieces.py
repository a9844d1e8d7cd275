"""The pieces of the scorecard as HTML: tables, bars, marks, legends; every text from a cell is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from citypanel.messages import message
from citypanel.web_page import escaped

Row = tuple[Any, ...]


class Html(str):
    """A piece of HTML whose texts are escaped already."""


class Failed(int):
    """A number that should be 0."""


@dataclass(frozen=True)
class Book:
    """What a section reads: an open read-only connection, and the language of its words."""

    connection: duckdb.DuckDBPyConnection
    lang: str

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a question to the database."""
        return self.connection.execute(statement, list(parameters)).fetchall()

    def say(self, name: str, /, **arguments: Any) -> str:
        """Return the text `scorecard_<name>` of the dictionary of messages."""
        return message(f"scorecard_{name}", self.lang, **arguments)

    def word(self, group: str, name: str) -> str:
        """Return the label of a check, layer or verdict; one that the dictionary lacks is its own label."""
        message_id = f"scorecard_{group}_{name.replace(' ', '_')}"
        try:
            text = message(message_id, self.lang)
        except KeyError:
            text = message_id
        plain = name.replace("_", " ")
        return plain if text.startswith(message_id) else text


def table(heads: Iterable[str], rows: Iterable[Iterable[object]], caption: str = "") -> Html:
    """Return a table in a frame that scrolls by itself; numbers stand to the right, None is a dash."""
    cells = [list(row) for row in rows]
    names = list(heads)
    sides = [_side(cells, place) for place in range(len(names))]
    head = "".join(
        f"<th scope='col'{side}>{escaped(each)}</th>" for side, each in zip(sides, names, strict=True)
    )
    body = "\n".join(f"<tr>{''.join(map(_cell, row, sides))}</tr>" for row in cells)
    size = " class='small'" if len(names) <= 4 else ""
    title = f"<caption>{escaped(caption)}</caption>" if caption else ""
    return Html(f"<div class='wide' tabindex='0'><table{size}>{title}<thead><tr>{head}</tr></thead>\n"
                f"<tbody>{body}</tbody></table></div>")  # fmt: skip


def _side(rows: list[list[object]], place: int) -> str:
    """Return the attribute of a column of numbers, or nothing."""
    found = [row[place] for row in rows if row[place] not in (None, "")]
    return " class='n'" if found and all(isinstance(value, int) for value in found) else ""


def _cell(value: object, side: str) -> str:
    if isinstance(value, Html):
        return f"<td{side}>{value}</td>"
    if isinstance(value, Failed) and value:
        return f"<td class='n failed'>{value:,}</td>"
    if isinstance(value, int):
        return f"<td class='n{'' if value else ' zero'}'>{value:,}</td>"
    return f"<td{side}>{escaped('–' if value is None else value)}</td>"


def bar(parts: Sequence[tuple[str, int]], total: int | None = None) -> Html:
    """Return a bar of coloured parts, (class, count); `total` is its full length, by default their sum."""
    whole = max(total or sum(count for _, count in parts), 1)
    pieces = "".join(
        f"<i class='{name}' style='width:{max(100 * count / whole, 0.8):.2f}%'></i>"
        for name, count in parts if count
    )  # fmt: skip
    return Html(f"<span class='bar' aria-hidden='true'>{pieces}</span>")


def mark(text: str, tone: str) -> Html:
    """Return a word in a coloured lozenge: good, warn, bad, calm. The word says it; the colour repeats it."""
    return Html(f"<span class='mark {tone}'>{escaped(text)}</span>")


def code(text: object) -> Html:
    """Return a name of the database in type of fixed width."""
    return Html(f"<code>{escaped(text)}</code>")


def legend(entries: Iterable[tuple[str, str]]) -> Html:
    """Return the meaning of colours: (class, word)."""
    keys = "".join(f"<span><i class='{name}'></i>{escaped(word)}</span>" for name, word in entries)
    return Html(f"<p class='legend'>{keys}</p>")


def paragraph(text: str) -> Html:
    """Return a paragraph of plain text."""
    return Html(f"<p>{escaped(text)}</p>")


def folded(summary: str, inside: Html) -> Html:
    """Return what opens at a click, without any script."""
    return Html(f"<details><summary>{escaped(summary)}</summary>{inside}</details>")


def share(part: int, whole: int) -> str:
    """Return a share in per cent with one digit, or less than a tenth, or a dash where there is no whole."""
    if not whole:
        return "–"
    per_cent = 100 * part / whole
    return "< 0.1 %" if 0 < per_cent < 0.05 else f"{per_cent:.1f} %"
