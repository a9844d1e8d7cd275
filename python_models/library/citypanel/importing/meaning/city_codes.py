"""Administrative codes (GB/T 2260) as they are printed: `320500`, `3205`, `320500.0`, `320500000000`.

Codes are dated: one that was given to another unit later means in each year the unit that bore it then.
"""

from __future__ import annotations

import re

from citypanel.importing.city_match import CityMatch, Span
from citypanel.importing.printed_text import folded

_CODE = re.compile(r"'?([1-8]\d{3}(?:\d\d)?)(?:0{3}|0{6})?(?:\.0+)?", re.ASCII)
# the last two digits of a code: a province's city, its districts, its counties, its county-level cities
_DISTRICTS, _COUNTIES = range(1, 21), range(21, 81)
_UNDER_PROVINCE = "90"


class CityCodes:
    """The codes of the roster by the years in which they were in force."""

    def __init__(self) -> None:
        """Know none yet."""
        self._spans: dict[str, list[Span]] = {}
        self._provinces: set[str] = set()

    def add(self, span: Span) -> None:
        """Take a unit's code of a run of years; of a municipality also that of its districts (`110100`)."""
        codes = [span.code]
        self._provinces.add(span.code[:2])
        if span.level == "municipality":
            codes.append(f"{span.code[:2]}0100")
        for code in codes:
            self._spans.setdefault(code, []).append(span)

    def bearers(self, code: str) -> set[str]:
        """Return the units that ever bore a code as it is printed."""
        return {span.city_id for span in self._spans.get(six_digits(code), [])}

    def match(self, printed: str, year: int) -> CityMatch:
        """Return the unit that bears the code, the one of the year first; a province, or unknown."""
        code = six_digits(printed)
        spans = self._spans.get(code, [])
        units = {span.city_id for span in spans if span.holds(year)} or {span.city_id for span in spans}
        if not units and code.endswith("0000") and self._in_province(code):
            return CityMatch("", "province")
        return CityMatch(units.pop(), "code") if len(units) == 1 else CityMatch("", "unknown")

    def kind_below(self, printed: str) -> str:
        """Return what a code of something below the city is: `district`, `county`, `county_level_city`; else
        empty.
        """
        code = six_digits(printed)
        level = int(code[4:] or 0)
        if not level or not self._in_province(code):
            return ""
        if code[2:4] == _UNDER_PROVINCE:
            return "county_level_city" if level in _DISTRICTS else "county"
        return "district" if level in _DISTRICTS else "county" if level in _COUNTIES else "county_level_city"

    def is_code(self, printed: str) -> bool:
        """Say whether a text is the code of a unit of the roster, of a province, or of something below."""
        code = six_digits(printed)
        below = f"{code[:4]}00" in self._spans or code[2:4] == _UNDER_PROVINCE
        return code in self._spans or (self._in_province(code) and (code.endswith("0000") or below))

    def _in_province(self, code: str) -> bool:
        return code[:2] in self._provinces


def six_digits(printed: str) -> str:
    """Return a code as six digits, empty where the text is none."""
    found = _CODE.fullmatch(folded(printed))
    return found[1].ljust(6, "0") if found else ""
