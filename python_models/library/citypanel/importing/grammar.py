"""The grammar of printed headers: which text is a key, an indicator, a unit, a scope or a treatment.

`指标_口径_单位`, `指标_单位_口径`, `指标(单位)` and `指标（单位）` are one grammar: what stands between
underscores or in brackets is taken as a unit, scope, price basis or treatment where a row says so, and
belongs to the name where none does. Nothing is recognised by position.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from citypanel.importing.meaning.dressed_numbers import dressed_number
from citypanel.importing.meaning.languages import split_languages
from citypanel.importing.meaning.names import Key, Meaning
from citypanel.importing.meaning.trailing_units import with_brackets
from citypanel.importing.printed_text import folded, folded_name
from citypanel.importing.reference_rows import by_key, seed_rows
from citypanel.importing.units import Units

_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_UNIT_PREFIX = re.compile(r"^((计量)?单位|unit)\s*:?\s*", re.IGNORECASE)
LONGEST_KEY = 60
QUALIFIERS = ("unit", "scope", "price", "treatment")
# kinds of words that stand by themselves in a header; words of the other kinds are looked for in texts
ALONE = (*QUALIFIERS, "neutral")
ALSO_DEPENDENT = ("beside", "over_years")


@dataclass(frozen=True)
class Header:
    """A printed header taken apart; `label` is the text without its unit, `name` also without scope and the
    like.

    `names`: further names it may be known by (of several levels their combinations, the translation), the
    surest first. `year`: the data year, where the header prints one.
    """

    printed: str
    label: str
    name: str
    unit: str = ""
    scope: str = ""
    price: str = ""
    treatment: str = ""
    names: tuple[str, ...] = ()
    year: int | None = None


class Grammar:
    """The rows of key_headers, header_tokens, header_aliases, units and the dictionary, looked up by folded
    text.
    """

    def __init__(self, reference: Path) -> None:
        """Read the folder `reference`."""
        self.units = Units(seed_rows(reference, "units"))
        self.indicators = by_key(seed_rows(reference, "indicators"), "indicator_id")
        self._keys = {
            folded_name(row["printed_name"]): Key(row["role"], row["cities_only"] == "true", rank)
            for rank, row in enumerate(seed_rows(reference, "key_headers"))
        }
        tokens = [(row["token"], row["kind"], row["value"]) for row in seed_rows(reference, "header_tokens")]
        alone = [row for row in tokens if row[1] in ALONE]
        self._tokens = {folded(token): (kind, value) for token, kind, value in alone}
        self._canonical = {(kind, value): token for token, kind, value in reversed(alone)}
        self._words = {
            group: [folded(token) for token, kind, _ in tokens if kind == group]
            for group in ("modifier", "noun", "note", "place")
        }
        self._dependents = {
            folded_name(token): value
            for token, kind, value in tokens
            if kind == "dependent" or value in ALSO_DEPENDENT
        }
        self.scopes = {folded(token): value for token, kind, value in tokens if kind == "scope"}
        self.part_nouns = {value: token for token, _, value in tokens if value in self.indicators}
        self._meanings: dict[str, Meaning] = {}
        self._meanings = self._dictionary_names()
        for row in seed_rows(reference, "header_aliases"):
            self._meanings[folded_name(row["printed_name"])] = Meaning(
                row["indicator_id"], row["scope"], row["unit"], row["status"], row["note"]
            )
        self.names = {name: meaning for name, meaning in self._meanings.items() if meaning.indicator_id}

    def _dictionary_names(self) -> dict[str, Meaning]:
        """Return the dictionary's own names of its indicators: id, both labels, the header of the CSV."""
        names = {}
        for indicator_id, row in self.indicators.items():
            header = self.header(row["printed_header"])
            for name in (row["label_zh"], row["label_en"], header.name, header.label):
                names[folded_name(name)] = Meaning(indicator_id)
            names[folded_name(indicator_id)] = Meaning(indicator_id, unit=row["unit"], note=indicator_id)
        return names

    def key(self, printed: str) -> Key | None:
        """Return what the key column headed `printed` is, `None` where it is no key."""
        if len(printed) > LONGEST_KEY:
            return None
        found = self._keys.get(folded_name(printed))
        return found or next(
            (key for text in split_languages(printed) if (key := self._keys.get(folded_name(text)))), None
        )

    def words(self, kind: str, text: str) -> list[str]:
        """Return the words of a kind (modifier, noun) that the text contains, the longest first."""
        plain = folded(text)
        return sorted((word for word in self._words[kind] if word in plain), key=len, reverse=True)

    def is_word(self, kind: str, text: str) -> bool:
        """Say whether the whole text is a word of a kind."""
        return folded(text) in self._words[kind]

    def dependent(self, name: str) -> str:
        """Return how a name that says nothing by itself depends on another column, empty for other names."""
        return self._dependents.get(folded_name(name), "")

    def dressed_number(self, printed: str) -> tuple[Decimal, str] | None:
        """Return a number that stands between other signs, with its own unit (empty where it prints none)."""
        return dressed_number(printed, self.units.known, self._words["note"])

    def header(self, printed: str) -> Header:
        """Take a printed header of one level and one language apart."""
        text = " ".join(unicodedata.normalize("NFKC", printed).split())
        if text in self.indicators:  # its last part is a unit and no other text says so
            return Header(printed, text, text)
        if folded_name(text) not in self._meanings:
            text = with_brackets(text, self.units.known, self._counted_in)
        taken: dict[str, str] = {}
        kept = _BRACKETS.sub(lambda found: self._bracket(found, taken), text)
        parts = [part for part in (piece.strip() for piece in kept.split("_")) if part]
        name = "_".join(part for part in parts if not (len(parts) > 1 and self._take(part, taken)))
        label = "_".join(part for part in parts if len(parts) == 1 or not self.units.known(part))
        label += "".join(f"_{taken[kind]}" for kind in ("bracket_label",) if kind in taken)
        unit, scope, price, treatment = (taken.get(kind, "") for kind in QUALIFIERS)
        return Header(printed, label, name or kept, unit, scope, price, treatment)

    def _counted_in(self, name: str, unit: str) -> bool:
        """Say whether a name is an indicator that a unit measures."""
        meaning = self._meanings.get(folded_name(name))
        entry = self.indicators.get(meaning.indicator_id) if meaning else None
        return entry is not None and self.units.factor(unit, entry["unit"]) is not None

    def qualifier(self, text: str) -> tuple[str, str, str] | None:
        """Return (kind, value, how it is labelled) of a text that is a unit, scope or the like alone."""
        plain = _UNIT_PREFIX.sub("", unicodedata.normalize("NFKC", text).strip()).strip("()[]【】 ")
        if self.units.known(plain):
            return "unit", plain, ""
        kind, value = self._tokens.get(folded(plain), ("", ""))
        return (kind, value, self._canonical[kind, value]) if kind else None

    def meaning(self, header: Header) -> Meaning | None:
        """Return what the header stands for: the whole label first, then the bare name, then its others."""
        return next((self._meanings[name] for name in lookups(header) if name in self._meanings), None)

    def named(self, name: str) -> Meaning | None:
        """Return what a name by itself stands for."""
        return self._meanings.get(folded_name(name))

    def extra_name(self, header: Header) -> str:
        """Return the name under which an unmapped header is kept: never an id of the dictionary."""
        return f"{header.label}_as_printed" if header.label in self.indicators else header.label

    def states_whole_label(self, header: Header) -> bool:
        """Say whether a row names the label as it stands, qualifiers included."""
        return folded_name(header.label) in self._meanings

    def _bracket(self, found: re.Match[str], taken: dict[str, str]) -> str:
        """Take what stands in a pair of brackets; return what of it stays in the name."""
        content = _UNIT_PREFIX.sub("", found.group(1).strip())
        pieces = [content] if self._known(content) else re.split(r"[;、]|,(?!\d{3})", content)
        if not all(self._known(piece) for piece in pieces):
            return found.group(0)
        for piece in pieces:
            self._take(piece, taken)
            if not self.units.known(piece):
                taken["bracket_label"] = piece
        return ""

    def _known(self, text: str) -> bool:
        return self.units.known(text) or folded(text) in self._tokens

    def _take(self, text: str, taken: dict[str, str]) -> bool:
        """Note `text` as a unit, scope, price, treatment or neutral word; return whether it is one."""
        if self.units.known(text):
            taken.setdefault("unit", text)
            return True
        kind, value = self._tokens.get(folded(text), ("", ""))
        if kind and (kind not in taken or (kind == "scope" and taken[kind] == "city")):
            taken[kind] = value
        return bool(kind)


def lookups(header: Header) -> Iterator[str]:
    """Yield the folded names under which a header may be known."""
    yield from (folded_name(name) for name in (header.label, header.name, *header.names))
