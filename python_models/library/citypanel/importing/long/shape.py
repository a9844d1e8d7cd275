"""Where the table of a long sheet is: a header row, key columns, and its numbers long or wide.

Long: one column of indicators and one of numbers. Wide: a column per indicator.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from citypanel.importing.grammar import Grammar
from citypanel.importing.meaning.scopes import holds_areas
from citypanel.importing.reading.limits import ROWS_SHOWN
from citypanel.importing.reading.sheet import Refused, Sheet

ROWS_SEARCHED = 40
KEYS = ("year", "city", "province", "city_code")


def quoted(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Shape:
    """Header row, width, key columns by role, value columns with the unit column of each (if any), and the
    column that prints the area (全市, 市辖区).
    """

    header_row: int
    width: int
    roles: dict[str, int]
    values: dict[int, int | None]
    headers: list[str]
    cities_only: bool
    areas: int | None = None

    @property
    def keys(self) -> list[str]:
        """Return the roles of the key columns."""
        return [role for role in KEYS if role in self.roles]

    def label(self, column: int) -> str:
        """Return the SQL of what the numbers of a value column are."""
        return f"c{self.roles['indicator']}" if self.is_long else quoted(self.headers[column])

    def unit(self, column: int) -> str:
        """Return the SQL of the unit that a unit column prints beside a value column."""
        unit = self.values[column]
        return "''" if unit is None else f"trim(c{unit})"

    @property
    def area(self) -> str:
        """Return the SQL of the area that a row prints."""
        return "''" if self.areas is None else f"trim(c{self.areas})"

    @property
    def is_long(self) -> bool:
        """Say whether the indicators stand below each other."""
        return "indicator" in self.roles


def find_shape(sheet: Sheet, grammar: Grammar) -> Shape:
    """Return the shape of a long sheet by its first rows.

    Raises `Refused`: `import_no_city_column`, `import_no_year_column` or `import_no_table`.
    """
    partial = "import_no_table"
    for number, row in enumerate(sheet.rows[:ROWS_SEARCHED]):
        keys = {index: key for index, printed in enumerate(row) if (key := grammar.key(printed))}
        roles: dict[str, int] = {}
        for index, key in sorted(keys.items(), key=lambda item: item[1].rank):
            roles.setdefault(key.role, index)
        if "city" not in roles and "city_code" in roles:  # codes are names where there are no others
            roles["city"] = roles.pop("city_code")
        if {"year", "city"} <= roles.keys():
            cities_only = keys[roles["city"]].cities_only
            kinds = {index: key.role for index, key in keys.items()}
            areas = _areas(sheet, number, kinds, grammar)
            return _shape(sheet, number, kinds | dict.fromkeys(areas, "area"), roles, cities_only)
        if len(row) > 1 and roles.keys() & {"year", "city"}:
            partial = "import_no_city_column" if "year" in roles else "import_no_year_column"
    raise Refused(partial, file=sheet.file)


def _areas(sheet: Sheet, number: int, kinds: dict[int, str], grammar: Grammar) -> list[int]:
    """Return the column that prints areas, none where there is none."""
    body = sheet.rows[number + 1 :]
    columns = [index for index in range(len(sheet.rows[number])) if index not in kinds]
    found = (i for i in columns if holds_areas(grammar, (row[i] for row in body if i < len(row))))
    return list(islice(found, 1))


def _shape(
    sheet: Sheet, number: int, keys: dict[int, str], roles: dict[str, int], cities_only: bool
) -> Shape:
    """Return the shape under a header row; a unit column belongs to the value column left of it."""
    width = max(map(len, sheet.rows[:ROWS_SHOWN]))
    headers = [*sheet.rows[number], *[""] * (width - len(sheet.rows[number]))]
    units = [index for index, role in keys.items() if role == "unit"]
    areas = next((index for index, role in keys.items() if role == "area"), None)
    if {"indicator", "value"} <= roles.keys():
        values: dict[int, int | None] = {roles["value"]: roles.get("unit")}
        return Shape(number, width, roles, values, headers, cities_only, areas)
    roles = {role: index for role, index in roles.items() if role not in ("indicator", "value")}
    inside = [i for i in range(width) if keys.get(i, "value") == "value" and headers[i].strip()]
    values = dict.fromkeys(inside)
    for unit in units:
        if left := [index for index in inside if index < unit]:
            values[left[-1]] = unit
    return Shape(number, width, roles, values, headers, cities_only, areas)
