"""Defects along a page: rows displaced, blocks exchanged, totals and others' figures in a city's row."""

from __future__ import annotations

import pandas as pd

from citypanel.quality.yearbook_cells import PAGE, Cells, formatted

PROVINCE = [*PAGE, "province_zh"]


def row_shift(cells: Cells) -> None:
    """Five cities of a province carry the next city's number."""
    _displaced(cells, "row_shift", 5, 1)


def row_shift_of_some_rows(cells: Cells) -> None:
    """Three to eight cities of a province carry the number of the city one or two rows up or down."""
    places = int(cells.rng.choice([-2, -1, 1, 2]))
    _displaced(cells, f"row_shift_{places:+d}", int(cells.rng.integers(3, 9)), places)


def _displaced(cells: Cells, kind: str, rows: int, places: int) -> None:
    found = cells.drawn(PROVINCE, rows + abs(places) + 1)
    if found is not None:
        first = int(cells.rng.integers(max(0, -places), len(found) - rows - max(0, places) + 1))
        block = range(first, first + rows)
        texts = [found["text"].iloc[place + places] for place in block]
        cells.misprint(kind, found.index[list(block)], texts)


def row_lost(cells: Cells) -> None:
    """A row is skipped in typing: the rest of the province moves up, its last city repeats itself."""
    found = cells.drawn(PROVINCE, 5)
    if found is not None:
        first = int(cells.rng.integers(len(found) - 3))
        cells.misprint("row_lost", found.index[first:-1], found["text"].iloc[first + 1 :])


def swapped_block(cells: Cells) -> None:
    """Two runs of twenty rows exchanged."""
    _exchanged(cells, "swapped_block", 20)


def swapped_block_of_some_rows(cells: Cells) -> None:
    """Two runs of five to fifteen rows exchanged."""
    _exchanged(cells, "swapped_block_small", int(cells.rng.integers(5, 16)))


def _exchanged(cells: Cells, kind: str, rows: int) -> None:
    found = cells.drawn(PAGE, 4 * rows)
    if found is not None:
        apart = int(cells.rng.integers(rows, len(found) - 2 * rows))
        start = int(cells.rng.integers(len(found) - apart - rows))
        one, other = (found.iloc[s : s + rows] for s in (start, start + apart))
        cells.misprint(kind, [*one.index, *other.index], [*other["text"], *one["text"]])


def two_cities_exchanged(cells: Cells) -> None:
    """Two cities of a province carry each other's number."""
    found = cells.drawn(PROVINCE, 4)
    if found is not None:
        pair = _some(cells, found, 2)
        cells.misprint("two_cities_exchanged", pair.index, pair["text"].iloc[::-1])


def copied_cell(cells: Cells) -> None:
    """One city's figure in the rows of three others."""
    _copied(cells, "copied_cell", 3)


def copied_once(cells: Cells) -> None:
    """One city's figure in the row of one other."""
    _copied(cells, "copied_once", 1)


def _copied(cells: Cells, kind: str, others: int) -> None:
    found = cells.drawn(PAGE, 50)
    if found is not None:
        chosen = _some(cells, found, others + 1)
        cells.misprint(kind, chosen.index[1:], [chosen["text"].iloc[0]] * others)


def province_total(cells: Cells) -> None:
    """The sum of the province in the row of one of its cities."""
    _total(cells, "province_total", cells.drawn(PROVINCE, 5, cells.additive))


def national_total(cells: Cells) -> None:
    """The sum of the nation in the row of a city."""
    _total(cells, "national_total", cells.drawn(PAGE, 100, cells.additive))


def _total(cells: Cells, kind: str, found: pd.DataFrame | None) -> None:
    if found is not None:
        row = int(found.index[int(cells.rng.integers(len(found)))])
        cells.misprint(kind, [row], [formatted(found["number"].sum(), found["text"].iloc[0])])


def _some(cells: Cells, found: pd.DataFrame, rows: int) -> pd.DataFrame:
    return found.iloc[cells.rng.choice(len(found), rows, replace=False)]
