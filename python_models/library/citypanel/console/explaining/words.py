"""Rows of the database as dictionaries, and numbers, methods and names as words for the explanations."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import duckdb

from citypanel.messages import is_message, language, message

Row = dict[str, Any]
METHODS = (
    (r"linear between (?P<before>\d+) and (?P<after>\d+)", "method_linear"),
    (r"sum: (?P<parts>.+)", "method_sum"),
    (r"not additive: (?P<parts>.+)", "method_not_additive"),
    (r"a part is missing: (?P<parts>.+)", "method_part_missing"),
)


def rows_of(connection: duckdb.DuckDBPyConnection, statement: str, values: Sequence[Any] = ()) -> list[Row]:
    """Return the rows of a statement as dictionaries; `values` fill its question marks."""
    cursor = connection.execute(statement, list(values))
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def in_language(row: Row, stem: str) -> str:
    """Return `stem`_en or `stem`_zh of a row in the language in force, the other one where it is empty."""
    texts = [row.get(f"{stem}_{lang}") for lang in (language(), "en", "zh")]
    return next((str(text) for text in texts if text), "")


def written(row: Row, column: str) -> str:
    """Return a text of the dictionary, its Chinese in `column`_zh; English where no Chinese is written."""
    return in_language({f"{column}_en": row.get(column), f"{column}_zh": row.get(f"{column}_zh")}, column)


def figure(value: float | None) -> str:
    """Return a number to ten significant digits, without an exponent below 1e15; `-` for none."""
    if value is None:
        return "-"
    text = f"{value:.10g}"
    return f"{value:.0f}" if "e+" in text and abs(value) < 1e15 else text


def share(value: float | None) -> str:
    """Return a share as a percentage with one decimal; `-` for none."""
    return "-" if value is None else f"{100 * value:.1f} %"


def unit_text(unit: str | None) -> str:
    """Return a unit in the language in force; one that the dictionary lacks (an import's) as it is."""
    name = "unit_" + re.sub(r"\W+", "_", unit or "")
    return message(name) if is_message(name) else unit or ""


def method_text(method: str | None) -> str:
    """Return how a number came about, in the language in force."""
    if method is None:
        return message("method_none")
    for pattern, message_id in METHODS:
        if found := re.fullmatch(pattern, method):
            return message(message_id, **found.groupdict())
    return message("method_" + method.replace(" ", "_"))


def plain(text: str) -> str:
    """Return a name as it is compared: half width, small letters, no spaces or punctuation around."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def nearest(wanted: str, names: Sequence[str], count: int = 3) -> str:
    """Return the names nearest to `wanted`, joined by commas; `-` where none is near."""
    spelt = {plain(name): name for name in sorted(names)}
    found = difflib.get_close_matches(plain(wanted), list(spelt), n=count, cutoff=0.4)
    return ", ".join(dict.fromkeys(spelt[key] for key in found)) or "-"
