"""Defects of a column: repeated years, wrong and exchanged columns, other units and definitions."""

from __future__ import annotations

import pandas as pd

from citypanel.quality.planted_rows import PROVINCE
from citypanel.quality.yearbook_cells import PAGE, SERIES, Cells


def year_of(cells: Cells, chosen: pd.DataFrame, years: int) -> pd.DataFrame:
    """Return the same cities' cells of the source and indicator `years` later (before where negative)."""
    first = chosen.iloc[0]
    same = cells.group(PAGE, (first["source_id"], first["indicator_id"], first["year"] + years))
    return same[same["city_id"].isin(chosen["city_id"])]


def beside(cells: Cells, chosen: pd.DataFrame) -> pd.DataFrame | None:
    """Return the same cities' cells of another column of the table, source and year, at random."""
    first = chosen.iloc[0]
    table = cells.tables[first["table"]]
    ids = cells.numbers.loc[cells.numbers["table"] == first["table"], "indicator_id"].unique()
    others = [each for each in ids if each != first["indicator_id"]]
    if len(table) == 0 or not others:
        return None
    other = others[int(cells.rng.integers(len(others)))]
    found = cells.group(PAGE, (first["source_id"], other, first["year"]))
    found = found[found["city_id"].isin(chosen["city_id"])]
    return found if len(found) == len(chosen) and cells.free(found.index) else None


def repeated_year(cells: Cells) -> None:
    """A province prints last year's column again."""
    _repeated(cells, "repeated_year", cells.drawn(PROVINCE, 5))


def repeated_column(cells: Cells) -> None:
    """A whole column is last year's again."""
    _repeated(cells, "repeated_column", cells.drawn(PAGE, 100))


def _repeated(cells: Cells, kind: str, found: pd.DataFrame | None) -> None:
    if found is not None:
        last = year_of(cells, found, -1).set_index("city_id")["text"]
        again = found[found["city_id"].isin(last.index)]
        cells.misprint(kind, again.index, again["city_id"].map(last))


def wrong_column(cells: Cells) -> None:
    """Half of the cities of a province carry about a third of their number in one year (their districts)."""
    found = cells.drawn(PROVINCE, 6)
    if found is not None:
        some = found.iloc[: (len(found) + 1) // 2]
        shares = cells.rng.uniform(0.25, 0.4) * cells.rng.uniform(0.85, 1.15, len(some))
        texts = [cells.scaled(row, share) for row, share in zip(some.index, shares, strict=True)]
        cells.misprint("wrong_column", some.index, texts)


def column_of_another(cells: Cells) -> None:
    """A column carries another column's numbers in a city-year or a province-year (GDP in industry's)."""
    _from_beside(cells, "column_of_another", both=False)


def columns_exchanged(cells: Cells) -> None:
    """Two columns of a table are exchanged in a city-year or a province-year."""
    _from_beside(cells, "columns_exchanged", both=True)


def _from_beside(cells: Cells, kind: str, both: bool) -> None:
    found = cells.drawn(PROVINCE, 4)
    if found is not None:
        if cells.rng.integers(2):
            found = found.iloc[[int(cells.rng.integers(len(found)))]]
        other = beside(cells, found)
        if other is not None:
            rows, texts = [*found.index], [*other["text"]]
            if both:
                rows, texts = [*rows, *other.index], [*texts, *found["text"]]
            cells.misprint(kind, rows, texts)


def province_redefined(cells: Cells) -> None:
    """All cities of a province under another definition for two years."""
    found = cells.drawn(PROVINCE, 5)
    if found is not None:
        _redefined(cells, "province_redefined", [found, year_of(cells, found, 1)])


def province_redefined_from_now_on(cells: Cells) -> None:
    """All cities of a province under another definition in the last one to three years."""
    found = cells.drawn(PROVINCE, 5)
    if found is not None:
        last = int(cells.group(SERIES, tuple(found.iloc[0][SERIES]))["year"].max())
        back = last - int(found["year"].iloc[0]) - int(cells.rng.integers(3))
        years = range(back, last - int(found["year"].iloc[0]) + 1)
        _redefined(cells, "province_redefined_at_the_end", [year_of(cells, found, each) for each in years])


def nation_redefined(cells: Cells) -> None:
    """A whole column under another definition for one year."""
    found = cells.drawn(PAGE, 100)
    if found is not None:
        _redefined(cells, "nation_redefined", [found])


def _redefined(cells: Cells, kind: str, pages: list[pd.DataFrame]) -> None:
    rows = [row for page in pages for row in page.index if cells.free([row])]
    factor = float(cells.rng.choice([0.1, 0.3, 0.6, 1.7, 2.5]))
    cells.misprint(kind, rows, [cells.scaled(row, factor * cells.rng.uniform(0.9, 1.1)) for row in rows])


def unit_change(cells: Cells) -> None:
    """A whole column of one edition in another unit."""
    found = cells.drawn(PAGE, 100)
    if found is not None:
        factor = float(cells.rng.choice([1e4, 1e-4, 10, 0.1]))
        cells.misprint("unit_change", found.index, [cells.scaled(row, factor) for row in found.index])
