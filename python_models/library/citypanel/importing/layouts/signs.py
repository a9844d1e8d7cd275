"""What a cell looks like, before it is known what it means: a number, a year, a mark, a place, a key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from citypanel.importing.grammar import Grammar
from citypanel.importing.meaning.header_paths import path_header
from citypanel.importing.meaning.names import Key
from citypanel.importing.meaning.provinces import undressed
from citypanel.importing.printed_text import folded, printed_number, printed_period
from citypanel.importing.roster import Roster

_UNIT_LINE = re.compile(r"^[(（\[【]?(计量)?(单位|unit)s?\s*[:：]", re.IGNORECASE)
LONGEST_NAME = 60
_NUMERIC_START = re.compile(r"[\d.+\-−(]")

TESTS: dict[str, Callable[[str, str], bool]] = {
    "anywhere": str.__contains__,
    "start": str.startswith,
    "equal": str.__eq__,
}


class Signs:
    """Recognises cells by the rows of the reference seeds."""

    def __init__(
        self, grammar: Grammar, roster: Roster, marks: set[str], markers: list[dict[str, str]]
    ) -> None:
        """Take the grammar, the roster, the folded missing marks and the rows of row_markers."""
        self.grammar, self.roster, self.marks = grammar, roster, marks
        self._markers = [(folded(row["marker"]), TESTS[row["position"]], row["kind"]) for row in markers]
        self.key = lru_cache(maxsize=100_000)(self._key)
        self._dressed = lru_cache(maxsize=100_000)(self._is_dressed)

    def _key(self, text: str) -> Key | None:
        """Return what the key column headed `text` is."""
        return None if not text or _NUMERIC_START.match(text) else self.grammar.key(text)

    def year(self, text: str) -> bool:
        """Say whether the cell is a year and nothing else."""
        return printed_period(text.strip().removesuffix("末").removesuffix("底")) is not None

    def value(self, text: str) -> bool:
        """Say whether the cell is a number (no year) or a missing mark."""
        return not self.year(text) and (printed_number(text) is not None or folded(text) in self.marks)

    def unit(self, text: str) -> bool:
        """Say whether the cell is a prefecture-level unit."""
        return bool(text.strip()) and (self.roster.is_unit(text) or self._dressed(text))

    def _is_dressed(self, text: str) -> bool:
        """Say whether the cell is a unit with its province before it or its English name behind it."""
        if (
            len(text) > LONGEST_NAME
            or not text[0].isprintable()
            or (text.isascii() and "(" not in text and "," not in text)
        ):
            return False
        name, _ = undressed(text, self.roster.provinces)
        return name != folded(text) and self.roster.is_unit(name)

    def place(self, text: str) -> bool:
        """Say whether the cell is a unit or a province."""
        return self.unit(text) or (bool(text.strip()) and self.roster.is_province(text))

    def code(self, text: str) -> bool:
        """Say whether the cell is an administrative code of a city, or of what lies above or below it."""
        return self.roster.codes.is_code(text)

    def indicator(self, text: str) -> bool:
        """Say whether the cell names an indicator of the dictionary, or another known quantity."""
        return not self.value(text) and self.grammar.meaning(path_header(self.grammar, [text])) is not None

    def neutral(self, text: str) -> bool:
        """Say whether the cell is a word of a header that says nothing by itself (`合计`, `没有单位`)."""
        found = self.grammar.qualifier(text)
        return found is not None and found[0] == "neutral"

    def meant(self, text: str) -> bool:
        """Say whether a header says anything known: a year, an indicator, a unit, an area, a price basis."""
        header = self.grammar.header(text)
        known = header.unit or header.scope or header.price or header.treatment
        return bool(known or self.year(text) or self.grammar.qualifier(text)) or self.indicator(text)

    def heading(self, text: str) -> bool:
        """Say whether the cell is a key, or says nothing by itself (`位次` beside the cities)."""
        return bool(self.key(text) or self.grammar.dependent(self.grammar.header(text).name))

    def marker(self, texts: list[str]) -> str:
        """Return the kind of row that a marker gives to one of the folded texts, empty where none does."""
        for marker, test, kind in self._markers:
            if any(test(text, marker) for text in texts):
                return kind
        return ""

    def unit_line(self, text: str) -> bool:
        """Say whether the cell says in which unit a table is printed."""
        return bool(_UNIT_LINE.match(text.strip()))

    def keys_of(self, rows: Iterable[list[str]], role: str) -> set[str]:
        """Return the texts in `rows` that head a key column of a role."""
        texts = {text for row in rows for text in row}
        return {text for text in texts if (key := self.key(text)) and key.role == role}
