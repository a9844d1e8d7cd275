"""The grammar of printed headers: which text is a key, an indicator, a unit, a scope or a treatment.

`指标_口径_单位`, `指标_单位_口径`, `指标(单位)` and `指标（单位）` are one grammar: what stands between
underscores or in brackets is taken as a unit, scope, price basis or treatment where a row says so, and
belongs to the name where none does. Nothing is recognised by position.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from citypanel.importing.printed_text import folded, folded_name
from citypanel.importing.reference_rows import by_key, seed_rows
from citypanel.importing.units import Units

_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_UNIT_PREFIX = re.compile(r"^(计量)?单位\s*:?\s*")


@dataclass(frozen=True)
class Header:
    """A printed header taken apart; `label` is the text without its unit, `name` also without scope and the
    like.
    """

    printed: str
    label: str
    name: str
    unit: str = ""
    scope: str = ""
    price: str = ""
    treatment: str = ""


@dataclass(frozen=True)
class Key:
    """What a key column is; `rank` is the row of the key in the list, the lower one wins a role."""

    role: str
    cities_only: bool
    rank: int


@dataclass(frozen=True)
class Meaning:
    """What the name of a header stands for: an indicator (with the unit the name implies), or a known other
    thing.
    """

    indicator_id: str
    scope: str = ""
    unit: str = ""
    status: str = "indicator"
    note: str = ""


class Grammar:
    """The rows of key_headers, header_tokens, header_aliases, units and the dictionary, looked up by folded
    text.
    """

    def __init__(self, reference: Path) -> None:
        """Read the rows of the folder `reference`."""
        self.units = Units(seed_rows(reference, "units"))
        self.indicators = by_key(seed_rows(reference, "indicators"), "indicator_id")
        self._keys = {
            folded(row["printed_name"]): Key(row["role"], row["cities_only"] == "true", rank)
            for rank, row in enumerate(seed_rows(reference, "key_headers"))
        }
        self._tokens = {
            folded(row["token"]): (row["kind"], row["value"]) for row in seed_rows(reference, "header_tokens")
        }
        self._meanings = self._dictionary_names()
        for row in seed_rows(reference, "header_aliases"):
            self._meanings[folded_name(row["printed_name"])] = Meaning(
                row["indicator_id"], row["scope"], row["unit"], row["status"], row["note"]
            )
        self.names = {name: meaning for name, meaning in self._meanings.items() if meaning.indicator_id}

    def _dictionary_names(self) -> dict[str, Meaning]:
        """Return the names the dictionary itself gives its indicators: id, both labels, the header of the
        CSV.
        """
        names = {}
        for indicator_id, row in self.indicators.items():
            header = self.header(row["printed_header"])
            for name in (indicator_id, row["label_zh"], row["label_en"], header.name, header.label):
                names[folded_name(name)] = Meaning(indicator_id)
        return names

    def key(self, printed: str) -> Key | None:
        """Return what the key column headed `printed` is, `None` where it is no key."""
        return self._keys.get(folded(printed))

    def header(self, printed: str) -> Header:
        """Take a printed header apart."""
        text = " ".join(unicodedata.normalize("NFKC", printed).split())
        taken: dict[str, str] = {}
        kept = _BRACKETS.sub(lambda found: self._bracket(found, taken), text)
        parts = [part for part in (piece.strip() for piece in kept.split("_")) if part]
        name = "_".join(part for part in parts if not (len(parts) > 1 and self._take(part, taken)))
        label = "_".join(part for part in parts if len(parts) == 1 or not self.units.known(part))
        label += "".join(f"_{taken[kind]}" for kind in ("bracket_label",) if kind in taken)
        known = {
            kind: value for kind, value in taken.items() if kind in ("unit", "scope", "price", "treatment")
        }
        return Header(printed, label, name or kept, **known)

    def meaning(self, header: Header) -> Meaning | None:
        """Return what the header stands for: the whole label first, then the name without scope, price and
        treatment.
        """
        return self._meanings.get(folded_name(header.label)) or self._meanings.get(folded_name(header.name))

    def states_whole_label(self, header: Header) -> bool:
        """Say whether a row names the label as it stands, qualifiers included."""
        return folded_name(header.label) in self._meanings

    def _bracket(self, found: re.Match[str], taken: dict[str, str]) -> str:
        """Take what stands in a pair of brackets; return what of it stays in the name."""
        content = _UNIT_PREFIX.sub("", found.group(1).strip())
        pieces = [content] if self._known(content) else re.split(r"[,;、]", content)
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
        if kind:
            taken.setdefault(kind, value)
        return bool(kind)
