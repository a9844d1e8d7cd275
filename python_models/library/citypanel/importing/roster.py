"""From a printed name to a unit of the roster: dated names, short names, aliases, codes, and the province
beside it.

The order is the one of the observations layer: the name of the year, its short form, a name of another year,
an alias; then the code. A name that fits two units is decided by the province or the code, and by nothing
else.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from citypanel.importing.printed_text import folded, without_spaces
from citypanel.importing.reference_rows import seed_rows

CITY_LEVELS = ("municipality", "prefecture_city")
PREFECTURE = ("exact", "without_suffix", "other_year_name", "alias", "code", "stated_by_header")
_PROVINCE_SUFFIX = re.compile(r"(省|市|(壮族|回族|维吾尔)?自治区)$")
_FOREVER = 9999


@dataclass(frozen=True)
class CityMatch:
    """How a printed name was read; `kind` is one of PREFECTURE, or `province`, `ambiguous`, `unknown`.

    `disagrees`: the province or the code beside the name belongs to another unit; the name was followed.
    """

    city_id: str
    kind: str
    candidates: tuple[str, ...] = ()
    disagrees: bool = False


@dataclass(frozen=True)
class Span:
    """A run of years in which a unit keeps its name, code and level."""

    city_id: str
    first: int
    last: int
    name: str
    code: str
    level: str

    def holds(self, year: int) -> bool:
        """Say whether the span covers the end of `year`."""
        return self.first <= year <= self.last


class Roster:
    """The dated names of prefecture-level units, with their aliases, codes and provinces."""

    def __init__(self, reference: Path) -> None:
        """Read cities, city_names and city_aliases of the folder `reference`."""
        cities = {row["city_id"]: folded(row["province_zh"]) for row in seed_rows(reference, "cities")}
        self._province = {city_id: _PROVINCE_SUFFIX.sub("", name) for city_id, name in cities.items()}
        self._full: dict[str, list[Span]] = {}
        self._short: dict[str, list[Span]] = {}
        self._codes: dict[str, list[Span]] = {}
        self.spans: dict[str, list[Span]] = {}
        for row in seed_rows(reference, "city_names"):
            last = int(row["valid_to"]) if row["valid_to"] else _FOREVER
            span = Span(
                row["city_id"], int(row["valid_from"]), last, row["name_zh"], row["code"], row["level"]
            )
            self._full.setdefault(folded(row["name_zh"]), []).append(span)
            self._short.setdefault(folded(row["name_short_zh"]), []).append(span)
            self._codes.setdefault(row["code"], []).append(span)
            self.spans.setdefault(span.city_id, []).append(span)
        self._aliases: dict[str, set[str]] = {}
        for row in seed_rows(reference, "city_aliases"):
            for alias in (row["alias"], row["alias"] + "市"):
                self._aliases.setdefault(folded(alias), set()).add(row["city_id"])
        provinces = {name for name in cities.values() if not name.endswith("市")}
        self._provinces = {_PROVINCE_SUFFIX.sub("", name): name for name in provinces}
        self._provinces |= {name: name for name in provinces}
        self.first_year = min(span.first for spans in self.spans.values() for span in spans)

    def official_name(self, city_id: str, year: int) -> str:
        """Return the unit's name at the end of `year`, empty where it did not exist.

        Before the roster begins a unit bears the name of the roster's first year.
        """
        year = max(year, self.first_year)
        return next((span.name for span in self.spans.get(city_id, []) if span.holds(year)), "")

    def code(self, city_id: str, year: int) -> str:
        """Return the unit's code at the end of `year`, else the one of its last span; for sorting."""
        spans = self.spans.get(city_id, [])
        return next((span.code for span in spans if span.holds(year)), spans[-1].code if spans else "")

    def is_province(self, printed: str) -> bool:
        """Say whether the text is the name of a province that is not a municipality, and of no unit
        below it.
        """
        name = folded(printed)
        return name in self._provinces and name not in self._short

    def match(
        self, printed: str, year: int, province: str = "", code: str = "", stated: bool = False
    ) -> CityMatch:
        """Read a printed name as of the end of `year` (of the roster's first year where it is earlier).

        `stated`: the header says that every name of its column is a prefecture-level city.
        """
        name, code, year = folded(printed), _six_digits(code), max(year, self.first_year)
        says_nothing = folded(province) in ("", name)
        province = _PROVINCE_SUFFIX.sub("", folded(province))
        if self.is_province(printed):
            return CityMatch("", "province")
        for kind, found in self._ranks(name, year):
            within = {unit for unit in found if self._in_province(unit, province)}
            if kind == "exact" and len(found) == 1:
                within = found
            if len(within) > 1 and stated and (cities := {u for u in within if self._is_city(u, year)}):
                within, kind = cities, "stated_by_header"
            coded = {span.city_id for span in self._codes.get(code, [])}
            within = within & coded or within
            if len(within) == 1:
                if name in self._provinces and says_nothing and not within & coded:
                    return self._city_or_province(within.pop(), name, stated)
                return self._single(within.pop(), kind, province, coded)
            if within:
                return CityMatch("", "ambiguous", tuple(sorted(within)))
        return self._by_code(year, code)

    def _ranks(self, name: str, year: int) -> list[tuple[str, set[str]]]:
        """Return the units a name may mean, by how it means them, the surest way first."""
        full, short = self._full.get(name, []), self._short.get(name, [])
        return [
            ("exact", {span.city_id for span in full if span.holds(year)}),
            ("without_suffix", {span.city_id for span in short if span.holds(year)}),
            ("other_year_name", {span.city_id for span in (*full, *short)}),
            ("alias", self._aliases.get(name, set())),
        ]

    def _city_or_province(self, city_id: str, name: str, stated: bool) -> CityMatch:
        """Return the match of a name that is a city and a province (吉林) with nothing to decide."""
        if stated:
            return CityMatch(city_id, "stated_by_header")
        return CityMatch("", "ambiguous", (city_id, self._provinces[name]))

    def _single(self, city_id: str, kind: str, province: str, coded: set[str]) -> CityMatch:
        """Return the match of a name that fits one unit; note where province or code are another unit's."""
        other_code = bool(coded) and city_id not in coded
        return CityMatch(city_id, kind, disagrees=other_code or not self._in_province(city_id, province))

    def _by_code(self, year: int, code: str) -> CityMatch:
        """Return the unit that bears the code, the one of the year first."""
        spans = self._codes.get(code, [])
        units = {span.city_id for span in spans if span.holds(year)} or {span.city_id for span in spans}
        return CityMatch(units.pop(), "code") if len(units) == 1 else CityMatch("", "unknown")

    def _in_province(self, city_id: str, province: str) -> bool:
        """Say whether the unit lies in the province (short name); an unknown or empty province excludes
        nothing.
        """
        return province not in self._province.values() or self._province.get(city_id) == province

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


def _six_digits(code: str) -> str:
    """Return a code as six digits (`3205` and `320500` are one), empty where it is none."""
    plain = folded(code).removesuffix(".0")
    return plain.ljust(6, "0") if plain.isdigit() and len(plain) in (4, 6) else ""
