"""Where the table of a sheet is: the row of headers and the columns of keys, found by content.

A city panel has a column of years and a column of cities; a sheet without them is refused, and the refusal
says which of the two is lacking.
"""

from __future__ import annotations

from dataclasses import dataclass

from citypanel.importing.grammar import Grammar, Key
from citypanel.importing.printed_text import printed_year
from citypanel.importing.readers import Refused, Sheet

ROWS_SEARCHED = 40


@dataclass(frozen=True)
class Layout:
    """A city panel in a sheet: index of the header row, key columns by role, headers of the other columns."""

    header_row: int
    roles: dict[str, int]
    unit_columns: tuple[int, ...]
    headers: dict[int, str]
    unnamed: tuple[int, ...]
    cities_only: bool


def find_layout(sheet: Sheet, grammar: Grammar) -> Layout:
    """Return the layout of a city panel.

    Raises `Refused`: `import_no_city_column`, `import_no_year_column` or `import_no_table`.
    """
    partial = ""
    for number, row in enumerate(sheet.rows[:ROWS_SEARCHED]):
        keys = {index: key for index, printed in enumerate(row) if (key := grammar.key(printed))}
        roles = {key.role for key in keys.values()}
        if {"year", "city"} <= roles:
            return _layout(sheet, number, keys)
        if (
            "year" in roles
            and len([text for text in row if text.strip()]) > 1
            and _has_years(sheet, number, keys)
        ):
            partial = partial or "import_no_city_column"
        elif "city" in roles and len(row) > 1:
            partial = partial or "import_no_year_column"
    raise Refused(partial or "import_no_table")


def _has_years(sheet: Sheet, header_row: int, keys: dict[int, Key]) -> bool:
    """Say whether years stand below the year header (a sentence that begins with 年份 is not a table)."""
    index = next(index for index, key in keys.items() if key.role == "year")
    below = sheet.rows[header_row + 1 : header_row + 4]
    return any(index < len(row) and printed_year(row[index]) for row in below)


def _layout(sheet: Sheet, header_row: int, keys: dict[int, Key]) -> Layout:
    """Return the layout under a row that holds a year and a city key; of two columns of one role the surer
    one.
    """
    roles: dict[str, int] = {}
    for index, key in sorted(keys.items(), key=lambda item: item[1].rank):
        roles.setdefault(key.role, index)
    row = sheet.rows[header_row]
    others = [index for index in range(max(map(len, sheet.rows))) if index not in keys]
    headers = {index: row[index] for index in others if index < len(row) and row[index].strip()}
    unnamed = tuple(
        index
        for index in others
        if index not in headers
        and any(index < len(cells) and cells[index].strip() for cells in sheet.rows[header_row:])
    )
    units = tuple(index for index, key in sorted(keys.items()) if key.role == "unit")
    return Layout(header_row, roles, units, headers, unnamed, keys[roles["city"]].cities_only)
