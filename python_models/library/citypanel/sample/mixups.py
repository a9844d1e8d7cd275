"""Defects of several cities or whole rows: shifts, totals, copies, names, repeated rows, boundary jumps."""

from __future__ import annotations

import numpy as np

from citypanel.sample.book import UNSURVEYED, YEARBOOK, Cell
from citypanel.sample.boundaries import jumps
from citypanel.sample.defects import CITY_COLUMN, Ledger
from citypanel.sample.roster import YEARS

SHIFTS = [
    ("gdp_100m_yuan", "山东省", 2013),
    ("loans_10k_yuan", "四川省", 2018),
    ("mobile_users_10k_users", "广东省", 2015),
    ("average_wage_yuan", "湖南省", 2012),
]  # fmt: skip
SHIFTED_CITIES = 6
TOTALS = ["gdp_100m_yuan", "retail_sales_10k_yuan", "fiscal_expenditure_10k_yuan", "loans_10k_yuan"]
COPIED = ["fdi_10k_usd", "science_expenditure_10k_yuan", "mobile_users_10k_users", "natural_growth_per_mille"]
REPEATED_TABLES = ["population", "gdp", "finance", "telecom"]
# the name before a renaming, printed once more in the year of the new one; and rows of cities since merged
LATE_NAMES = [("襄阳", "襄樊市", 2010, ["gdp", "telecom"]), ("普洱", "思茅市", 2007, ["gdp", "fiscal"])]
MISPRINTS = [
    ("亳州", "毫州市", 2014, "finance"),
    ("菏泽", "荷泽市", 2016, "fiscal"),
    ("淮安", "准安市", 2012, "trade"),
]
FORMER = [("renamed_city", "襄阳", 2009), ("merged_city", "巢湖", 2010), ("merged_city", "莱芜", 2018)]
JUMPING = [
    "hukou_population_10k_persons",
    "resident_population_10k_persons",
    "land_area_sq_km",
    "gdp_100m_yuan",
]


def _column(year: int) -> int:
    return int(np.argmax(year == YEARS))


def _province(ledger: Ledger, province: str, indicator: str, year: int) -> list[Cell]:
    """Return the first source's printed cells of a province in a year, in the order of the page."""
    roster = ledger.book.roster
    cells = [ledger.cell(indicator, city, year) for city, of in enumerate(roster.province) if of == province]
    return [cell for cell in cells if ledger.book.read(cell) and roster.short_name[cell.city] != UNSURVEYED]


def row_shifts(ledger: Ledger) -> None:
    """Cities of one province carry the next city's number in one year."""
    for indicator, province, year in SHIFTS[: ledger.count(len(SHIFTS))]:
        cells = _province(ledger, province, indicator, _column(year))
        starts = range(1, len(cells) - SHIFTED_CITIES)
        whole = [k for k in starts if all(map(ledger.free, cells[k : k + SHIFTED_CITIES + 1]))]
        if not whole:
            continue
        block = cells[whole[0] : whole[0] + SHIFTED_CITIES + 1]
        true = [ledger.book.read(cell) for cell in block]
        ledger.confirm(block[0], true[0])
        for k, cell in enumerate(block[:-1]):
            ledger.spoil(cell, "row_shift", true[k + 1])
            where = "the provincial yearbook" if k == 0 else f"the row of {ledger.city_name(block[k - 1])}"
            evidence = f"the sequence recovered from neighbouring years; the number stands in {where}"
            ledger.correct(
                cell, "override", true[k], "the row carries the next city's number", evidence, "row_shift"
            )


def province_totals(ledger: Ledger) -> None:
    """The sum of the province printed in the row of one city."""

    def shared(cell: Cell) -> bool:
        cells = _province(ledger, ledger.book.roster.province[cell.city], cell.indicator, cell.year)
        return len(cells) > 3 and all(ledger.free(other) for other in cells)

    for cell in ledger.pick(TOTALS, ledger.count(8), shared):
        true = ledger.book.read(cell)
        cells = _province(ledger, ledger.book.roster.province[cell.city], cell.indicator, cell.year)
        decimals = ledger.book.dictionary.decimals[cell.indicator]
        total = sum(float(ledger.book.read(other)) for other in cells)
        ledger.confirm(cell, true)
        ledger.spoil(cell, "province_total", f"{total:.{decimals}f}")
        evidence = (
            "equals the sum of the province's cities; the provincial yearbook prints the city's own number"
        )
        ledger.correct(
            cell,
            "override",
            true,
            "the province's total stands in the city's row",
            evidence,
            "province_total",
        )


def copied_cells(ledger: Ledger) -> None:
    """One city's figure printed for three others of its year as well."""
    for origin in ledger.pick(COPIED, ledger.count(5)):
        text = ledger.book.read(origin)
        for cell in ledger.pick([origin.indicator], 3, lambda c, o=origin: c.year == o.year):  # type: ignore[misc]
            true = ledger.book.read(cell)
            ledger.confirm(cell, true)
            ledger.spoil(cell, "copied_cell", text)
            evidence = (
                f"same figure as {ledger.city_name(origin)}; the provincial yearbook prints the city's own"
            )
            ledger.correct(cell, "override", true, "another city's figure", evidence, "copied_cell")


def repeated_rows(ledger: Ledger) -> None:
    """Whole rows printed twice, word for word: harmless, since both copies agree."""
    for number in range(ledger.count(8)):
        table = REPEATED_TABLES[number % len(REPEATED_TABLES)]
        indicator = ledger.book.dictionary.indicators(table)[0]
        (cell,) = ledger.pick([indicator], 1)
        ledger.book.repeated.add((table, YEARBOOK, cell.city, cell.year))
        ledger.note(cell, "duplicate_row", "", "", column="")


def names(ledger: Ledger) -> None:
    """Old names one year late, misprinted names, and (no defect) names of the year of cities since gone."""
    for short_name, late, year, tables in LATE_NAMES[: ledger.count(len(LATE_NAMES))]:
        for table in tables:
            _rename(ledger, "renamed_city", table, short_name, year, late)
    for short_name, misprint, year, table in MISPRINTS[: ledger.count(len(MISPRINTS))]:
        _rename(ledger, "city_misprint", table, short_name, year, misprint)
    for kind, short_name, year in FORMER[: ledger.count(len(FORMER))]:
        cell = ledger.cell("gdp_100m_yuan", ledger.book.roster.row(short_name), _column(year))
        ledger.note(cell, kind, ledger.city_name(cell), ledger.city_name(cell), column=CITY_COLUMN)


def _rename(ledger: Ledger, kind: str, table: str, short_name: str, year: int, printed: str) -> None:
    """Print another name in one row; register rows already written follow the printed name."""
    city, column = ledger.book.roster.row(short_name), _column(year)
    cell = ledger.cell(ledger.book.dictionary.indicators(table)[0], city, column)
    true = ledger.city_name(cell)
    ledger.book.name[table, YEARBOOK][city, column] = printed
    ledger.note(cell, kind, printed, true, column=CITY_COLUMN)


def boundary_jumps(ledger: Ledger) -> None:
    """Level jumps that are right: listed, printed as they are, not defects."""
    for city, year in jumps(ledger.book.roster)[: ledger.count(len(jumps(ledger.book.roster)))]:
        for indicator in JUMPING:
            cell = ledger.cell(indicator, city, year)
            if ledger.free(cell):
                ledger.note(cell, "boundary_jump", ledger.book.read(cell), ledger.book.read(cell))
