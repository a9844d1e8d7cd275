"""Units as rows: a printed unit is a multiple of a base unit, and conversion is exact (pint, with fractions).

`units.csv` names for each printed unit its base (`canonical_unit`) and the factor to it: 亿元 is 100,000,000
yuan, 百万美元 is 1,000,000 usd; the dictionary's own units (`100m yuan`, `10k usd`) are rows as well. A row
of the base `prefix` (万, 亿, million) stands before any unit; `万元/人` is one unit divided by another.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from citypanel.importing.printed_text import folded

if TYPE_CHECKING:
    from pint import UnitRegistry

PREFIX = "prefix"
LONGEST = 30
CURRENCIES = ("rmb", "cny", "usd", "us$")
COUNTED = ("yuan", "usd", "persons", "users", "sq km")  # bases that a prefix alone may count

_GROUPED = re.compile(r"(?<=\d),(?=\d{3})")  # 10,000 yuan


class Units:
    """The units of `units.csv`, looked up by printed name."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        """Take the rows unit_printed, canonical_unit, factor."""
        self._rows = {
            folded(row["unit_printed"]): (row["unit_printed"], row["canonical_unit"], Fraction(row["factor"]))
            for row in rows
            if row["canonical_unit"] != PREFIX
        }
        prefixes = {
            folded(row["unit_printed"]): Fraction(row["factor"])
            for row in rows
            if row["canonical_unit"] == PREFIX
        }
        self._multiples = prefixes
        self._prefixes = sorted(prefixes.items(), key=lambda pair: -len(pair[0]))
        self._alone = {name: factor for name, factor in prefixes.items() if not name.isascii()}
        self._registry: UnitRegistry[Any] | None = None
        self._quantity = lru_cache(maxsize=100_000)(self._read)
        self.factor = lru_cache(maxsize=100_000)(self._factor)

    def known(self, printed: str) -> bool:
        """Say whether the text is the name of a unit, or a Chinese prefix alone (`12.3亿`, `GDP(亿)`)."""
        name = folded(printed)
        return len(printed) <= LONGEST and (name in self._alone or self._quantity(name) is not None)

    def _factor(self, printed: str, unit: str) -> Fraction | None:
        """Return what a number in `printed` is multiplied by to be in `unit`; `None` where they measure other
        things. A prefix alone is so many of the unit's base (亿 of yuan).
        """
        base = self._rows.get(folded(unit))
        if (prefix := self._alone.get(folded(printed))) and base:
            return prefix / base[2] if base[1] in COUNTED else None
        source, target = self._quantity(folded(printed)), self._quantity(folded(unit))
        if source is None or target is None or not source.is_compatible_with(target):
            return None
        ratio = (source / target).to("")
        return Fraction(ratio.magnitude)

    def _read(self, name: str) -> Any:
        """Return the quantity that a folded name stands for: a row, a prefix and a row, one divided by
        another.
        """
        name = _GROUPED.sub("", name)
        if row := self._rows.get(name):
            return self._units().Quantity(row[2], _identifier(row[1]))
        for prefix, factor in self._prefixes:
            rest = name.removeprefix(prefix)
            if rest != name and rest in self._rows:
                return self._quantity(rest) * factor
        for currency in CURRENCIES:  # RMB 100 million
            rest = name.removeprefix(currency)
            if rest != name and rest in self._multiples:
                return self._quantity(currency) * self._multiples[rest]
        above, divided, below = name.partition("/")
        if divided and above and below:
            numerator, denominator = self._quantity(above), self._quantity(below)
            if numerator is not None and denominator is not None:
                return numerator / denominator
        return None

    def _units(self) -> UnitRegistry[Any]:
        """Return the registry of the base units; pint is loaded when the first unit is read."""
        if self._registry is None:
            from pint import UnitRegistry

            self._registry = UnitRegistry(None, non_int_type=Fraction)
            for base in dict.fromkeys(base for _, base, _ in self._rows.values()):
                self._registry.define(f"{_identifier(base)} = [{_identifier(base)}]")
        return self._registry

    def candidates(self, unit: str) -> list[tuple[str, Fraction]]:
        """Return one printed unit for each multiple of the base of `unit`, with its factor to `unit`."""
        found: dict[Fraction, str] = {}
        target = self._rows[folded(unit)]
        for printed, base, factor in self._rows.values():
            if base == target[1] and not printed.isascii():
                found.setdefault(factor / target[2], printed)
        return sorted(((printed, factor) for factor, printed in found.items()), key=lambda pair: pair[1])

    def needs_no_print(self, unit: str) -> bool:
        """Say whether `unit` is a pure number whose name in the header is enough (an index)."""
        return unit == "index"


def _identifier(base: str) -> str:
    """Return the name of a base unit as pint takes it."""
    return "unit_" + "".join(sign if sign.isalnum() else "_" for sign in base)
