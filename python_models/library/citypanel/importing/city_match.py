"""How a printed name was read as a unit of the roster."""

from __future__ import annotations

from dataclasses import dataclass

CITY_LEVELS = ("municipality", "prefecture_city")
PREFECTURE = (
    "exact", "without_suffix", "other_year_name", "alias", "english_name", "code", "stated_by_header",
    "province_heading", "misprint",
)  # fmt: skip


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
