"""A long sheet as a city panel: its series with their meaning, its places with their cities, its numbers on
disk.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from citypanel.importing.cells import Panel
from citypanel.importing.long.store import Store
from citypanel.importing.row_kinds import Row


@dataclass
class LongPanel(Panel):
    """A panel whose numbers lie in the store, in the tables `places_<number>`, `series_<number>` and
    `cells_<number>` (r, place, series, value).

    `columns` are its series, `rows` its places, both in the order of those tables' numbers. `value_columns`:
    column of the sheet in which the numbers of each series stand. `cells` holds a sample of each series while
    units are settled, and nothing afterwards. `kept`: how many numbers and
    marks there are.
    """

    store: Store | None = None
    number: int = 0
    first_row: int = 0
    first_column: int = 0
    value_columns: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    kept: int = 0

    def table(self, name: str) -> str:
        """Return the name of one of the panel's tables."""
        return f"{name}_{self.number}"

    @property
    def count(self) -> int:
        """Return the number of cells that go to cells.parquet."""
        return self.kept

    @property
    def disk(self) -> Store:
        """Return the store."""
        assert self.store is not None
        return self.store

    def row(self, place: int) -> Row:
        """Return the place of a number."""
        return self.rows[place]
