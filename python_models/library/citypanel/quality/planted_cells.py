"""Defects of one cell: powers of ten, zeros, broken sums, jumps, and slips of the typist."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pandas as pd

from citypanel.quality.yearbook_cells import SERIES, Cells, formatted

PARTS = [
    "primary_value_added_100m_yuan", "secondary_value_added_100m_yuan", "tertiary_value_added_100m_yuan",
    "secondary_employment_persons", "tertiary_employment_persons",
]  # fmt: skip
DENOMINATORS = [
    "gdp_100m_yuan", "loans_10k_yuan", "resident_population_10k_persons", "fiscal_expenditure_10k_yuan",
]  # fmt: skip
RATIOS = {"deposits_10k_yuan": 20.0, "loans_10k_yuan": 15.0, "fdi_10k_usd": 1.5, "retail_sales_10k_yuan": 3.0}
Planting = Callable[[Cells], None]


def _one(cells: Cells, of: Collection[str] = ()) -> pd.DataFrame | None:
    """Return one cell of a series of ten years and more at random."""
    found = cells.drawn(SERIES, 10, of)
    return None if found is None else found.iloc[[int(cells.rng.integers(len(found)))]]


def factor(name: str, size: float) -> Planting:
    """Return the planting of a cell `size` times too large or too small."""

    def plant(cells: Cells) -> None:
        cell = _one(cells)
        if cell is not None:
            by = size if cells.rng.integers(2) else 1 / size
            cells.misprint(name, cell.index, [cells.scaled(cell.index[0], by)])

    return plant


def zero_for_missing(cells: Cells) -> None:
    """Zero where the number was not known."""
    cell = _one(cells)
    if cell is not None:
        cells.misprint("zero_for_missing", cell.index, ["0"])


def zero_denominator(cells: Cells) -> None:
    """A number that ratios divide by, rounded to zero."""
    cell = _one(cells, DENOMINATORS)
    if cell is not None:
        cells.misprint("zero_denominator", cell.index, ["0.00"])


def identity_broken(cells: Cells) -> None:
    """A part of a sum too large by a fifth to three fifths."""
    cell = _one(cells, PARTS)
    if cell is not None:
        by = cells.rng.uniform(1.2, 1.6)
        cells.misprint("identity_broken", cell.index, [cells.scaled(cell.index[0], by)])


def jump(cells: Cells) -> None:
    """A number half to three times off for no reason."""
    cell = _one(cells)
    if cell is not None:
        by = cells.rng.uniform(1.5, 3) ** float(cells.rng.choice([-1, 1]))
        cells.misprint("jump", cell.index, [cells.scaled(cell.index[0], by)])


def ratio_out_of_range(cells: Cells) -> None:
    """Deposits twenty times GDP and the like."""
    indicator = str(cells.rng.choice(sorted(RATIOS)))
    cell = _one(cells, [indicator])
    if cell is None:
        return
    row = cell.iloc[0]
    gdp = cells.group(SERIES, (row["source_id"], "gdp_100m_yuan", row["city_id"]))
    yearly = gdp.set_index("year")["number"]
    if row["year"] in yearly.index:
        scale = 1 / 0.00065 if indicator == "fdi_10k_usd" else 1e4
        number = yearly[row["year"]] * scale * RATIOS[indicator] * cells.rng.uniform(0.9, 1.4)
        cells.misprint("ratio_out_of_range", cell.index, [formatted(number, row["text"])])


def wrong_sign(cells: Cells) -> None:
    """A minus before a number that cannot be below zero."""
    cell = _one(cells)
    if cell is not None:
        cells.misprint("wrong_sign", cell.index, ["-" + cell["text"].iloc[0]])


def digits_transposed(cells: Cells) -> None:
    """Two of the first three digits exchanged: 1,538 for 1,358."""
    _typed(cells, "digits_transposed", _transposed)


def digit_missing(cells: Cells) -> None:
    """One of the first three digits left out."""
    _typed(cells, "digit_missing", lambda text, place: text[:place] + text[place + 1 :])


def digit_twice(cells: Cells) -> None:
    """One of the first three digits typed twice."""
    _typed(cells, "digit_twice", lambda text, place: text[: place + 1] + text[place:])


def digit_wrong(cells: Cells) -> None:
    """The first digit another one."""
    change = int(cells.rng.integers(1, 9))
    _typed(cells, "digit_wrong", lambda text, _: str((int(text[0]) - 1 + change) % 9 + 1) + text[1:])


def _transposed(text: str, place: int) -> str:
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _typed(cells: Cells, kind: str, slip: Callable[[str, int], str]) -> None:
    """Mistype one of the first three digits of a number with four whole digits or more."""
    for _ in range(20):
        cell = _one(cells)
        if cell is None:
            return
        text = cell["text"].iloc[0]
        if len(text.partition(".")[0]) >= 4:
            cells.misprint(kind, cell.index, [slip(text, int(cells.rng.integers(2)))])
            return


def same_mistake_twice(cells: Cells) -> None:
    """Two sources print the same wrong number: one has copied the other."""
    found = cells.drawn(["indicator_id", "city_id", "year"], 2)
    if found is not None:
        by = cells.rng.uniform(1.5, 3) ** float(cells.rng.choice([-1, 1]))
        rows = found.index[:2]
        cells.misprint("same_mistake_twice", rows, [cells.scaled(rows[0], by)] * 2)
