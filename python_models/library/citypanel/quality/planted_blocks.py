"""Defects of many cells at once: displaced rows, exchanged blocks, repeated years, other definitions."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from citypanel.quality.yearbook_cells import Cells

SHIFTED_ROWS, EXCHANGED_ROWS = 5, 20
TRIES = 200


def page(cells: Cells, least: int, of_province: bool = False) -> pd.DataFrame | None:
    """Return the cells of a source, indicator and year (of one province) at random, in the order of the page.

    At least `least` of them and none misprinted before; None where no page has them.
    """
    for _ in range(TRIES):
        first = cells.numbers.iloc[int(cells.rng.integers(len(cells.numbers)))]
        keys = ["source_id", "indicator_id", "year", *(["province_zh"] if of_province else [])]
        found = cells.numbers[np.logical_and.reduce([cells.numbers[key] == first[key] for key in keys])]
        if len(found) >= least and cells.free(found.index) and found["number"].gt(0).mean() > 0.9:
            return found
    return None


def year_of(cells: Cells, chosen: pd.DataFrame, years: int) -> pd.DataFrame:
    """Return the same cities' cells of the source and indicator `years` later (before where negative)."""
    first = chosen.iloc[0]
    same = cells.numbers[
        (cells.numbers["source_id"] == first["source_id"])
        & (cells.numbers["indicator_id"] == first["indicator_id"])
        & (cells.numbers["year"] == first["year"] + years)
    ]
    return same[same["city_id"].isin(chosen["city_id"])]


def row_shift(cells: Cells) -> None:
    """Five cities of a province carry the next city's number."""
    found = page(cells, SHIFTED_ROWS + 2, of_province=True)
    if found is not None:
        start = int(cells.rng.integers(len(found) - SHIFTED_ROWS))
        block = found.iloc[start : start + SHIFTED_ROWS + 1]
        cells.misprint("row_shift", block.index[:-1], block["text"].iloc[1:])


def swapped_block(cells: Cells) -> None:
    """Two runs of twenty rows exchanged."""
    found = page(cells, 4 * EXCHANGED_ROWS)
    if found is not None:
        apart = int(cells.rng.integers(EXCHANGED_ROWS, len(found) - 2 * EXCHANGED_ROWS))
        start = int(cells.rng.integers(len(found) - apart - EXCHANGED_ROWS))
        one, other = (found.iloc[s : s + EXCHANGED_ROWS] for s in (start, start + apart))
        cells.misprint("swapped_block", one.index, other["text"])
        cells.misprint("swapped_block", other.index, one["text"])


def repeated_year(cells: Cells) -> None:
    """A province prints last year's column again."""
    found = page(cells, 5, of_province=True)
    if found is not None:
        last = year_of(cells, found, -1).set_index("city_id")["text"]
        again = found[found["city_id"].isin(last.index)]
        cells.misprint("repeated_year", again.index, again["city_id"].map(last))


def wrong_column(cells: Cells) -> None:
    """Half of the cities of a province carry about a third of their number in one year (their districts)."""
    found = page(cells, 6, of_province=True)
    if found is not None:
        some = found.iloc[: (len(found) + 1) // 2]
        shares = cells.rng.uniform(0.25, 0.4) * cells.rng.uniform(0.85, 1.15, len(some))
        texts = [cells.scaled(row, share) for row, share in zip(some.index, shares, strict=True)]
        cells.misprint("wrong_column", some.index, texts)


def province_redefined(cells: Cells) -> None:
    """All cities of a province under another definition for two years."""
    found = page(cells, 5, of_province=True)
    if found is not None:
        after = year_of(cells, found, 1)
        rows = [row for row in [*found.index, *after.index] if cells.free([row])]
        factor = float(cells.rng.choice([0.1, 0.3, 2.5]))
        texts = [cells.scaled(row, factor * cells.rng.uniform(0.9, 1.1)) for row in rows]
        cells.misprint("province_redefined", rows, texts)


def unit_change(cells: Cells) -> None:
    """A whole column of one edition in another unit."""
    found = page(cells, 100)
    if found is not None:
        cells.misprint("unit_change", found.index, [cells.scaled(row, 10_000.0) for row in found.index])


def series(cells: Cells, least: int, of: Collection[str] = ()) -> pd.DataFrame | None:
    """Return the numbers of a source, indicator (one `of` these, where given) and city at random, by year.

    At least `least` of them, positive and none misprinted before; None where no series has them.
    """
    drawn = cells.numbers[cells.numbers["indicator_id"].isin(of)] if of else cells.numbers
    for _ in range(TRIES if len(drawn) else 0):
        first = drawn.iloc[int(cells.rng.integers(len(drawn)))]
        keys = ["source_id", "indicator_id", "city_id"]
        found = drawn[np.logical_and.reduce([drawn[key] == first[key] for key in keys])]
        if len(found) >= least and cells.free(found.index) and found["number"].min() > 0:
            return found.sort_values("year")
    return None


def time_shift(cells: Cells) -> None:
    """A city's whole series dated one year late."""
    found = series(cells, 10)
    if found is not None:
        cells.misprint("time_shift", found.index[1:], found["text"].iloc[:-1])


def hukou_for_years(cells: Cells) -> None:
    """The registered population in the residents' column for five years, in a city where the two differ."""
    for _ in range(TRIES):
        found = series(cells, 10, ["resident_population_10k_persons"])
        if found is None:
            return
        hukou = cells.numbers[
            (cells.numbers["indicator_id"] == "hukou_population_10k_persons")
            & (cells.numbers["city_id"] == found["city_id"].iloc[0])
            & (cells.numbers["source_id"] == found["source_id"].iloc[0])
        ].set_index("year")
        start = int(cells.rng.integers(len(found) - 6))
        years = found.iloc[start : start + 5]
        years = years[years["year"].isin(hukou.index)]
        if len(years) == 5 and (years["number"] / years["year"].map(hukou["number"]) - 1).abs().min() > 0.03:
            cells.misprint("hukou_for_years", years.index, years["year"].map(hukou["text"]))
            return
