"""What the unit of a row is called in each year."""

from __future__ import annotations

from citypanel.importing.roster import Roster
from citypanel.importing.row_kinds import Row


class RowNames(dict[int, str]):
    """The name of a row's unit by year: the official one, the printed one where it did not exist."""

    def __init__(self, row: Row, roster: Roster) -> None:
        """Look up nothing yet."""
        self._row, self._roster = row, roster

    def __missing__(self, year: int) -> str:
        """Look up a year that was not asked for before."""
        name = self._roster.official_name(self._row.match.city_id, year) or self._row.city_printed
        self[year] = name
        return name
