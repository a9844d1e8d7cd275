"""Defects of one cell or a few: factors, zeros, totals, copies, broken sums, jumps; how many are planted."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

import pandas as pd

from citypanel.quality.planted_blocks import (
    hukou_for_years,
    page,
    province_redefined,
    repeated_year,
    row_shift,
    series,
    swapped_block,
    time_shift,
    unit_change,
    wrong_column,
)
from citypanel.quality.yearbook_cells import Cells, formatted, read_cells

PARTS = [
    "primary_value_added_100m_yuan", "secondary_value_added_100m_yuan", "tertiary_value_added_100m_yuan",
    "secondary_employment_persons", "tertiary_employment_persons",
]  # fmt: skip


def _one(cells: Cells, of: Collection[str] = ()) -> pd.DataFrame | None:
    """Return one cell of a series of ten years and more at random."""
    found = series(cells, 10, of)
    return None if found is None else found.sample(1, random_state=int(cells.rng.integers(1 << 31)))


def _factor(name: str, size: float) -> Callable[[Cells], None]:
    def plant(cells: Cells) -> None:
        cell = _one(cells)
        if cell is not None:
            factor = size if cells.rng.integers(2) else 1 / size
            cells.misprint(name, cell.index, [cells.scaled(cell.index[0], factor)])

    return plant


def factor_10_for_two_years(cells: Cells) -> None:
    """Ten times too large in two years running."""
    found = series(cells, 10)
    if found is not None:
        start = int(cells.rng.integers(len(found) - 1))
        rows = found.index[start : start + 2]
        cells.misprint("factor_10_two_years", rows, [cells.scaled(row, 10) for row in rows])


def zero_for_missing(cells: Cells) -> None:
    """Zero where the number was not known."""
    cell = _one(cells)
    if cell is not None:
        cells.misprint("zero_for_missing", cell.index, ["0"])


def copied_cell(cells: Cells) -> None:
    """One city's figure in the rows of three others."""
    found = page(cells, 50)
    if found is not None:
        chosen = found.sample(4, random_state=int(cells.rng.integers(1 << 31)))
        cells.misprint("copied_cell", chosen.index[1:], [chosen["text"].iloc[0]] * 3)


def copied_year(cells: Cells) -> None:
    """One city's figure of the year before once more."""
    found = series(cells, 10)
    if found is not None:
        place = int(cells.rng.integers(1, len(found)))
        cells.misprint("copied_year", found.index[place : place + 1], [found["text"].iloc[place - 1]])


def province_total(cells: Cells) -> None:
    """The sum of the province in the row of one of its cities."""
    found = page(cells, 5, of_province=True)
    if found is not None and found["indicator_id"].iloc[0] in cells.additive:
        row = int(found.index[int(cells.rng.integers(len(found)))])
        cells.misprint("province_total", [row], [formatted(found["number"].sum(), found["text"].iloc[0])])


def identity_broken(cells: Cells) -> None:
    """A part of a sum too large by a fifth to three fifths."""
    cell = _one(cells, PARTS)
    if cell is not None:
        factor = cells.rng.uniform(1.2, 1.6)
        cells.misprint("identity_broken", cell.index, [cells.scaled(cell.index[0], factor)])


def jump(cells: Cells) -> None:
    """A number half to three times off for no reason."""
    cell = _one(cells)
    if cell is not None:
        factor = cells.rng.uniform(1.5, 3) ** float(cells.rng.choice([-1, 1]))
        cells.misprint("jump", cell.index, [cells.scaled(cell.index[0], factor)])


# how many of each a folder gets at rate 1
PLANTED: dict[Callable[[Cells], None], int] = {
    row_shift: 6, swapped_block: 2, repeated_year: 4, wrong_column: 4, province_redefined: 3, unit_change: 1,
    time_shift: 5, hukou_for_years: 4, _factor("factor_10", 10): 15, _factor("factor_1e4", 1e4): 8,
    _factor("factor_1e8", 1e8): 4, factor_10_for_two_years: 4, zero_for_missing: 12, copied_cell: 5,
    copied_year: 8, province_total: 8, identity_broken: 10, jump: 15,
}  # fmt: skip


def plant(folder: Path, reference: Path, seed: int, rate: float = 1.0) -> pd.DataFrame:
    """Misprint cells of a yearbook folder in place; return them (class, keys, printed, true).

    `rate` scales how many of each class. Deterministic in `seed`.
    """
    cells = read_cells(folder, reference, seed)
    indicators = pd.read_csv(reference / "indicators.csv")
    cells.additive = set(indicators.loc[indicators["is_additive"].astype(bool), "indicator_id"])
    for planting, count in PLANTED.items():
        for _ in range(round(count * rate)):
            planting(cells)
    cells.write(folder)
    return cells.planted_frame()
