"""Defects of a single cell: missing marks, spaces in numbers, factors, zeros, units, broken identities."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from citypanel.sample.book import BULLETIN, YEARBOOK, Cell
from citypanel.sample.defects import DISPENSABLE, Ledger
from citypanel.sample.roster import YEARS

MARKS = ["", "—", "－", "-", "…", "..", "NA", "/", "无"]
NEEDED = [
    "hukou_population_10k_persons", "resident_population_10k_persons", "natural_growth_per_mille",
    "gdp_100m_yuan", "secondary_value_added_100m_yuan", "tertiary_value_added_100m_yuan",
    "gdp_per_person_yuan", "real_gdp_index", "primary_employment_persons", "urban_employment_persons",
    "information_employment_persons", "average_wage_yuan", "loans_10k_yuan", "fiscal_expenditure_10k_yuan",
    "education_expenditure_10k_yuan", "science_expenditure_10k_yuan", "telecom_business_10k_yuan",
    "mobile_users_10k_users", "broadband_users_10k_users", "fdi_10k_usd", "digital_finance_index",
]  # fmt: skip
LARGE = [
    "urban_employment_persons", "tertiary_employment_persons", "loans_10k_yuan",
    "household_savings_10k_yuan", "fiscal_expenditure_10k_yuan", "retail_sales_10k_yuan",
    "telecom_business_10k_yuan", "average_wage_yuan",
]  # fmt: skip
FACTOR_10 = [
    "loans_10k_yuan", "fdi_10k_usd", "telecom_business_10k_yuan", "mobile_users_10k_users",
    "average_wage_yuan", "resident_population_10k_persons", "education_expenditure_10k_yuan",
    "urban_employment_persons",
]  # fmt: skip
FACTOR_1E4 = [
    "science_expenditure_10k_yuan", "fiscal_expenditure_10k_yuan", "retail_sales_10k_yuan",
    "information_employment_persons",
]  # fmt: skip
ZERO = [
    "fdi_10k_usd",
    "science_expenditure_10k_yuan",
    "telecom_business_10k_yuan",
    "broadband_users_10k_users",
]


def missing_marks(ledger: Ledger) -> None:
    """Each kind of mark in five cells that the provincial yearbook fills and in one that stays missing."""
    for mark in MARKS:
        for cell in ledger.pick(NEEDED, ledger.count(5)):
            ledger.confirm(cell, ledger.book.read(cell))
            ledger.spoil(cell, "missing_mark", mark)
        for cell in ledger.pick(DISPENSABLE, ledger.count(1)):
            ledger.spoil(cell, "missing_mark", mark)


def _grouped(text: str, separator: str) -> str:
    whole, point, decimals = text.partition(".")
    return f"{int(whole):,}".replace(",", separator) + point + decimals


def inner_spaces(ledger: Ledger) -> None:
    """Blanks (common, full-width, no-break), commas, full-width digits: numbers all the same."""
    full_width = str.maketrans("0123456789.", "０１２３４５６７８９．")
    for separator in [" ", "\u3000", "\u00a0", ","]:
        for cell in ledger.pick(LARGE, ledger.count(5)):
            ledger.spoil(cell, "inner_space", _grouped(ledger.book.read(cell), separator))
    for cell in ledger.pick(LARGE, ledger.count(5)):
        ledger.spoil(cell, "inner_space", ledger.book.read(cell).translate(full_width))


def _times(text: str, factor: str) -> str:
    """Return the product as plain decimal text, exact."""
    product = (Decimal(text) * Decimal(factor)).normalize()
    return f"{product:f}"


def factors(ledger: Ledger) -> None:
    """Single numbers ten times, or ten thousand times, too large or too small."""
    for kind, count, indicators in [("factor_10", 20, FACTOR_10), ("factor_1e4", 10, FACTOR_1E4)]:
        size = "10" if kind == "factor_10" else "10000"
        inverse = "0.1" if kind == "factor_10" else "0.0001"
        for number, cell in enumerate(ledger.pick(indicators, ledger.count(count))):
            wrong, repair = (size, inverse) if number % 2 == 0 else (inverse, size)
            ledger.spoil(cell, kind, _times(ledger.book.read(cell), wrong))
            reason = f"printed {'too large' if wrong == size else 'too small'} by the factor {size}"
            ledger.correct(cell, "scale", repair, reason, "the city's neighbouring years, same column", kind)


def zeros(ledger: Ledger) -> None:
    """Zero where the number was not known; the second source fills what the studies need."""
    reason = "0 stands for a missing number"
    for cell in ledger.pick(ZERO, ledger.count(8)):
        ledger.confirm(cell, ledger.book.read(cell))
        ledger.spoil(cell, "zero_for_missing", "0")
        ledger.correct(
            cell, "drop", "", reason, "the provincial yearbook prints the number", "zero_for_missing"
        )
    for cell in ledger.pick(DISPENSABLE, ledger.count(6)):
        ledger.spoil(cell, "zero_for_missing", "0")
        ledger.correct(
            cell,
            "drop",
            "",
            reason,
            "neighbouring years are far from 0; no second source",
            "zero_for_missing",
        )


def units(ledger: Ledger) -> None:
    """One edition prints a column in another unit: the yearbook's loans, the bulletins' GDP."""
    for indicator, source, year, wrong, repair, reason in [
        (
            "loans_10k_yuan",
            YEARBOOK,
            2016,
            "0.0001",
            "10000",
            "the edition prints the column in 100m yuan (亿元)",
        ),
        (
            "gdp_100m_yuan",
            BULLETIN,
            2014,
            "10000",
            "0.0001",
            "the edition prints the column in 10k yuan (万元)",
        ),
    ][: ledger.count(2)]:
        column = int(np.argmax(year == YEARS))
        cells = [ledger.cell(indicator, city, column, source) for city in range(len(ledger.book.roster.tier))]
        cells = [cell for cell in cells if ledger.free(cell)]
        for cell in cells:
            ledger.spoil(cell, "unit_change", _times(ledger.book.read(cell), wrong))
        evidence = "the whole column moves by 10,000 against the neighbouring editions"
        expected = " + ".join(f"{ledger.city_name(cell)}={ledger.book.read(cell)}" for cell in cells[:3])
        ledger.corrections.append(
            [f"unit_change_{indicator}", source, indicator, "*", str(year), "scale", expected, repair, reason,
             evidence]
        )  # fmt: skip


def identities(ledger: Ledger) -> None:
    """Sectors that do not sum to GDP, and sectors that do not sum to total employment."""
    sums = {
        "secondary_value_added_100m_yuan": "GDP less the other two sectors",
        "tertiary_value_added_100m_yuan": "GDP less the other two sectors",
        "urban_employment_persons": "sum of the three sectors",
    }
    for cell in ledger.pick(list(sums), ledger.count(10)):
        true = ledger.book.read(cell)
        decimals = ledger.book.dictionary.decimals[cell.indicator]
        ledger.spoil(cell, "identity_broken", f"{float(true) * ledger.rng.uniform(1.2, 1.6):.{decimals}f}")
        ledger.correct(
            cell,
            "override",
            true,
            "breaks the identity of its table",
            sums[cell.indicator],
            "identity_broken",
        )


def hukou_for_resident(ledger: Ledger) -> None:
    """The registered population printed in the resident column."""

    def differs(cell: Cell) -> bool:
        hukou = ledger.book.read(cell._replace(indicator="hukou_population_10k_persons"))
        resident = ledger.book.read(cell)
        plain = all(
            text.replace(".", "").isascii() and text.replace(".", "").isdigit() for text in (hukou, resident)
        )
        return plain and abs(float(resident) / float(hukou) - 1) > 0.06

    for cell in ledger.pick(["resident_population_10k_persons"], ledger.count(10), differs):
        true = ledger.book.read(cell)
        ledger.confirm(cell, true)
        ledger.spoil(
            cell,
            "hukou_in_resident",
            ledger.book.read(cell._replace(indicator="hukou_population_10k_persons")),
        )
        evidence = "equals the hukou cell of the same row; the provincial yearbook prints the resident number"
        ledger.correct(
            cell,
            "override",
            true,
            "the hukou number stands in the resident cell",
            evidence,
            "hukou_in_resident",
        )
