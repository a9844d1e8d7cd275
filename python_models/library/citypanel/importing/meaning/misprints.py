"""A misprinted city: a name one character away from the name of one unit, and from no other.

A county-level name is a name, not a misprint of another (江阴 is no 江门). A name of two characters may
differ in one of them; a longer one may also lack a character or have one too many.
"""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from citypanel.importing.printed_text import folded
from citypanel.importing.reference_rows import seed_rows
from citypanel.importing.roster import CityMatch, Roster

COUNTY_KINDS = {"county_city": "county_level_city", "district": "district", "county": "county"}
_SUFFIXES = ("自治州", "地区", "盟", "市", "州")


class Misprints:
    """The names of units at a distance of one character, and the county-level names that are none."""

    def __init__(self, reference: Path, roster: Roster) -> None:
        """Read county_level_units of the folder `reference`."""
        self._roster = roster
        self._counties: dict[str, str] = {}
        self._bare: set[str] = set()
        for row in seed_rows(reference, "county_level_units"):
            name = folded(row["name_zh"])
            self._counties.setdefault(name, COUNTY_KINDS[row["kind"]])
            if len(name) > 2:
                self._bare.add(name[:-1])
        self._neighbours: dict[str, set[tuple[str, str]]] = {}
        for city_id, spans in roster.spans.items():
            for name in {_bare(folded(span.name)) for span in spans}:
                for form in _forms(name):
                    self._neighbours.setdefault(form, set()).add((name, city_id))

    def county(self, printed: str) -> str:
        """Return the kind of row of a county-level name (`county_level_city`, `district`, `county`), else
        empty.
        """
        return self._counties.get(folded(printed), "")

    def find(self, printed: str, province: str, taken: Set[str]) -> CityMatch | None:
        """Return the one unit whose misprint the name is.

        `province`: short name of the province it must lie in, empty where none is printed. `taken`: units
        that stand elsewhere in the table under their own names: none of them is misprinted here.
        """
        name = _bare(folded(printed))
        if len(name) < 2 or name.isascii() or name in self._bare or folded(printed) in self._counties:
            return None
        found = {
            city_id
            for form in _forms(name)
            for known, city_id in self._neighbours.get(form, ())
            if len(known) == len(name) or min(len(known), len(name)) > 2 or len(known) > 3
        }
        if province:
            found = {city_id for city_id in found if self._roster.provinces.of(city_id) == province}
        if len(found) == 1 and not found & taken:
            return CityMatch(found.pop(), "misprint")
        return None


def _bare(name: str) -> str:
    """Return a name without its suffix."""
    suffix = next(
        (suffix for suffix in _SUFFIXES if name.endswith(suffix) and len(name) > len(suffix) + 1), ""
    )
    return name.removesuffix(suffix)


def _forms(name: str) -> set[str]:
    """Return the forms that names at a distance of one character share: a character blanked, or put in."""
    blanked = {f"{name[:i]}*{name[i + 1 :]}" for i in range(len(name))}
    return blanked | ({f"{name[:i]}*{name[i:]}" for i in range(len(name) + 1)} if len(name) > 1 else set())
