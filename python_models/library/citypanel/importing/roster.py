"""From a printed name to a unit of the roster: dated names, short names, aliases, codes, and the province
beside it.

The order is the one of the observations layer: the name of the year, its short form, a name of another year,
an alias; then the English name and the code. A name that fits two units is decided by the province (beside
it, or heading its rows) or the code, and by nothing else.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from citypanel.importing.city_match import CITY_LEVELS, PREFECTURE, CityMatch, Span
from citypanel.importing.meaning.city_codes import CityCodes
from citypanel.importing.meaning.provinces import Provinces, is_latin, latin
from citypanel.importing.printed_text import folded, without_spaces
from citypanel.importing.reference_rows import seed_rows

__all__ = ["PREFECTURE", "CityMatch", "Roster", "Span"]
_FOREVER = 9999


class Roster:
    """The dated names of prefecture-level units, with their aliases, codes and provinces."""

    def __init__(self, reference: Path) -> None:
        """Read cities, city_names and city_aliases of the folder `reference`."""
        self.provinces = Provinces(seed_rows(reference, "cities"))
        self._english: dict[str, set[str]] = {}
        self._full: dict[str, list[Span]] = {}
        self._short: dict[str, list[Span]] = {}
        self.codes = CityCodes()
        self.spans: dict[str, list[Span]] = {}
        for row in seed_rows(reference, "city_names"):
            self._read_name(row)
        self._aliases: dict[str, set[str]] = {}
        for row in seed_rows(reference, "city_aliases"):
            for alias in (row["alias"], row["alias"] + "市"):
                self._aliases.setdefault(folded(alias), set()).add(row["city_id"])
        self.first_year = min(span.first for spans in self.spans.values() for span in spans)
        self.match = lru_cache(maxsize=200_000)(self._match)
        self.official_name = lru_cache(maxsize=100_000)(self._official_name)

    def _read_name(self, row: dict[str, str]) -> None:
        """Take a row of city_names."""
        last = int(row["valid_to"]) if row["valid_to"] else _FOREVER
        span = Span(row["city_id"], int(row["valid_from"]), last, row["name_zh"], row["code"], row["level"])
        self._full.setdefault(folded(row["name_zh"]), []).append(span)
        self._short.setdefault(folded(row["name_short_zh"]), []).append(span)
        self.codes.add(span)
        self.spans.setdefault(span.city_id, []).append(span)
        self._english.setdefault(latin(row["name_en"]), set()).add(span.city_id)

    def _official_name(self, city_id: str, year: int) -> str:
        """Return the unit's name at the end of `year`, empty where it did not exist.

        Before the roster begins a unit bears the name of the roster's first year.
        """
        year = max(year, self.first_year)
        return next((span.name for span in self.spans.get(city_id, []) if span.holds(year)), "")

    def code(self, city_id: str, year: int) -> str:
        """Return the unit's code at the end of `year`, else the one of its last span; for sorting."""
        spans = self.spans.get(city_id, [])
        return next((span.code for span in spans if span.holds(year)), spans[-1].code if spans else "")

    @property
    def full_names(self) -> Iterable[str]:
        """Return the folded full names of all years."""
        return self._full

    def is_province(self, printed: str) -> bool:
        """Say whether the text is the name of a province that is not a municipality, and of no unit
        below it.
        """
        name = folded(printed)
        if is_latin(name):
            return bool(self.provinces.full(name)) and latin(name) not in self._english
        return bool(self.provinces.full(name)) and name not in self._short

    def is_unit(self, printed: str) -> bool:
        """Say whether the text is a name, in any year or language, of a prefecture-level unit."""
        name = folded(printed)
        known = name in self._full or name in self._short or name in self._aliases
        return known or (is_latin(name) and latin(name) in self._english)

    def is_municipality(self, city_id: str) -> bool:
        """Say whether the unit is a province of its own (北京, 天津, 上海, 重庆)."""
        return self.spans[city_id][-1].level == "municipality"

    def _match(
        self, printed: str, year: int, province: str = "", code: str = "", stated: bool = False
    ) -> CityMatch:
        """Read a printed name as of the end of `year` (of the roster's first year where it is earlier).

        `stated`: the header says that every name of its column is a prefecture-level city.
        """
        name, code, year = folded(printed), code or printed, max(year, self.first_year)
        says_nothing = folded(province) in ("", name)
        province = self.provinces.named(province)
        if self.is_province(printed):
            return CityMatch("", "province")
        coded = self.codes.bearers(code)
        for kind, found in self._ranks(name, year):
            within = {unit for unit in found if self.provinces.holds(province, unit)}
            if kind == "exact" and len(found) == 1:
                within = found
            if len(within) > 1 and stated and (cities := {u for u in within if self._is_city(u, year)}):
                within, kind = cities, "stated_by_header"
            within = within & coded or within
            if len(within) > 1:
                return CityMatch("", "ambiguous", tuple(sorted(within)))
            if within and says_nothing and self.provinces.full(name) and not within & coded:
                return self._city_or_province(within.pop(), name, stated)
            if within:
                return self._single(within.pop(), kind, province, coded)
        return self.codes.match(code, year)

    def _ranks(self, name: str, year: int) -> list[tuple[str, set[str]]]:
        """Return the units a name may mean, by how it means them, the surest way first."""
        full, short = self._full.get(name, []), self._short.get(name, [])
        return [
            ("exact", {span.city_id for span in full if span.holds(year)}),
            ("without_suffix", {span.city_id for span in short if span.holds(year)}),
            ("other_year_name", {span.city_id for span in (*full, *short)}),
            ("alias", self._aliases.get(name, set())),
            ("english_name", self._english.get(latin(name), set()) if is_latin(name) else set()),
        ]

    def _city_or_province(self, city_id: str, name: str, stated: bool) -> CityMatch:
        """Return the match of a name that is a city and a province (吉林) with nothing to decide."""
        if stated:
            return CityMatch(city_id, "stated_by_header")
        return CityMatch("", "ambiguous", (city_id, self.provinces.full(name)))

    def _single(self, city_id: str, kind: str, province: str, coded: set[str]) -> CityMatch:
        """Return the match of a name that fits one unit; note where province or code are another unit's."""
        other_code = bool(coded) and city_id not in coded
        return CityMatch(city_id, kind, disagrees=other_code or not self.provinces.holds(province, city_id))

    def _is_city(self, city_id: str, year: int) -> bool:
        """Say whether the unit is a city at the end of `year` (in its first or last span outside the roster's
        years).
        """
        spans = self.spans[city_id]
        nearest = min(spans, key=lambda span: max(span.first - year, year - span.last, 0))
        return nearest.level in CITY_LEVELS

    def nearest(self, printed: str, count: int = 3) -> list[str]:
        """Return the official names that look most like the printed one."""
        names = {span.name for spans in self.spans.values() for span in spans}
        return difflib.get_close_matches(without_spaces(printed), sorted(names), n=count, cutoff=0.4)
