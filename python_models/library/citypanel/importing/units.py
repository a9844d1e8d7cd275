"""Units as rows: a printed unit is a multiple of a base unit, and conversion is exact.

`units.csv` names for each printed unit its base (`canonical_unit`) and the factor to it: 亿元 is 100,000,000
yuan, 百万美元 is 1,000,000 usd; the dictionary's own units (`100m yuan`, `10k usd`) are rows as well.
"""

from __future__ import annotations

from fractions import Fraction

from citypanel.importing.printed_text import folded


class Units:
    """The units of `units.csv`, looked up by printed name."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        """Take the rows unit_printed, canonical_unit, factor."""
        self._rows = {
            folded(row["unit_printed"]): (row["unit_printed"], row["canonical_unit"], Fraction(row["factor"]))
            for row in rows
        }

    def known(self, printed: str) -> bool:
        """Say whether the text is the name of a unit."""
        return folded(printed) in self._rows

    def factor(self, printed: str, unit: str) -> Fraction | None:
        """Return what a number in `printed` is multiplied by to be in `unit`; `None` where they measure other
        things.
        """
        source, target = self._rows.get(folded(printed)), self._rows.get(folded(unit))
        if source is None or target is None or source[1] != target[1]:
            return None
        return source[2] / target[2]

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
