"""A table of something below the city (counties, companies, industries): it prints several numbers for one
city, year and column, and none of them is the city's.
"""

from __future__ import annotations

from collections.abc import Iterable

from citypanel.importing.cells import Cell
from citypanel.importing.reading.sheet import Refused

LEAST_SHARE, LEAST_NUMBERS = 0.5, 2


def check_grain(cells: Iterable[Cell]) -> None:
    """Raise `Refused` (`import_finer_rows`) where numbers contradict another of their city, year and column,
    at least two and half as many as there are such.
    """
    first: dict[tuple[int, str, int], str] = {}
    others = 0
    for cell in cells:
        if cell.kind == "city" and cell.number is not None:
            kept = first.setdefault((id(cell.column), cell.match.city_id, cell.year), cell.printed)
            others += kept != cell.printed
    if others >= LEAST_NUMBERS and others >= LEAST_SHARE * len(first):
        raise Refused("import_finer_rows", numbers=others + len(first), places=len(first))
