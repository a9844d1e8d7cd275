"""Defects of a city's series: dated a year off, another column for years, a figure of another year, zeros."""

from __future__ import annotations

from citypanel.quality.yearbook_cells import SERIES, TRIES, Cells


def time_shift(cells: Cells) -> None:
    """A city's whole series dated one year late."""
    found = cells.drawn(SERIES, 10)
    if found is not None:
        cells.misprint("time_shift", found.index[1:], found["text"].iloc[:-1])


def time_shift_early(cells: Cells) -> None:
    """A city's whole series dated one year early."""
    found = cells.drawn(SERIES, 10)
    if found is not None:
        cells.misprint("time_shift_early", found.index[:-1], found["text"].iloc[1:])


def time_shift_of_some_years(cells: Cells) -> None:
    """Six to nine years of a city's series dated one year late."""
    found = cells.drawn(SERIES, 12)
    if found is not None:
        years = int(cells.rng.integers(6, 10))
        first = int(cells.rng.integers(1, len(found) - years + 1))
        late = found["text"].iloc[first - 1 : first + years - 1]
        cells.misprint("time_shift_partial", found.index[first : first + years], late)


def copied_year(cells: Cells) -> None:
    """One city's figure of the year before once more."""
    _of_another_year(cells, "copied_year", [-1])


def copied_year_far(cells: Cells) -> None:
    """One city's figure of another year, one after or two to four apart."""
    _of_another_year(cells, "copied_year_far", [-4, -3, -2, 1, 2, 3, 4])


def _of_another_year(cells: Cells, kind: str, apart: list[int]) -> None:
    found = cells.drawn(SERIES, 10)
    if found is not None:
        years = int(cells.rng.choice(apart))
        place = int(cells.rng.integers(max(0, -years), len(found) - max(0, years)))
        cells.misprint(kind, found.index[place : place + 1], [found["text"].iloc[place + years]])


def two_years_exchanged(cells: Cells) -> None:
    """Two years of a city, up to four apart, carry each other's number."""
    found = cells.drawn(SERIES, 10)
    if found is not None:
        first = int(cells.rng.integers(len(found) - 4))
        pair = found.iloc[[first, first + int(cells.rng.integers(1, 5))]]
        cells.misprint("two_years_exchanged", pair.index, pair["text"].iloc[::-1])


def zero_for_years(cells: Cells) -> None:
    """Zero for three or four years running in which the number was not known."""
    found = cells.drawn(SERIES, 12)
    if found is not None:
        years = int(cells.rng.integers(3, 5))
        first = int(cells.rng.integers(len(found) - years))
        cells.misprint("zero_for_years", found.index[first : first + years], ["0"] * years)


def factor_10_for_two_years(cells: Cells) -> None:
    """Ten times too large, or too small, in two years running."""
    found = cells.drawn(SERIES, 10)
    if found is not None:
        factor = float(cells.rng.choice([0.1, 10]))
        start = int(cells.rng.integers(len(found) - 1))
        rows = found.index[start : start + 2]
        cells.misprint("factor_10_two_years", rows, [cells.scaled(row, factor) for row in rows])


def hukou_in_resident(cells: Cells) -> None:
    """The registered population in the residents' column for one year, in a city where the two differ."""
    _hukou(cells, "hukou_in_resident", 1)


def hukou_for_years(cells: Cells) -> None:
    """The registered population in the residents' column for two to five years."""
    _hukou(cells, "hukou_for_years", int(cells.rng.integers(2, 6)))


def _hukou(cells: Cells, kind: str, length: int) -> None:
    for _ in range(TRIES // 10):
        found = cells.drawn(SERIES, 10, ["resident_population_10k_persons"])
        if found is None:
            return
        keys = (found["source_id"].iloc[0], "hukou_population_10k_persons", found["city_id"].iloc[0])
        hukou = cells.group(SERIES, keys).set_index("year")
        start = int(cells.rng.integers(len(found) - length))
        years = found.iloc[start : start + length]
        years = years[years["year"].isin(hukou.index)]
        ratios = years["number"] / years["year"].map(hukou["number"])
        if len(years) == length and (ratios - 1).abs().min() > 0.03:
            cells.misprint(kind, years.index, years["year"].map(hukou["text"]))
            return
