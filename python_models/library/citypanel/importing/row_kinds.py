"""What a row below the header is: a city-year, or one of the things that stand between them.

Nothing is dropped in silence: a row that is no city-year is counted under its kind, and its numbers are kept
where it has a year (a province or a total is a number too, only not a city's).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from citypanel.importing.layouts.block import Block
from citypanel.importing.layouts.data_year import DataYear
from citypanel.importing.layouts.filled_keys import filled_keys
from citypanel.importing.layouts.section_years import section_years
from citypanel.importing.layouts.signs import Signs
from citypanel.importing.meaning.misprints import COUNTY_KINDS, Misprints
from citypanel.importing.meaning.province_headings import under_headings
from citypanel.importing.meaning.provinces import undressed
from citypanel.importing.printed_text import folded, one_day, printed_period, without_spaces
from citypanel.importing.roster import PREFECTURE, CityMatch

IN_TABLES = ("city", "unknown_city")
NO_NUMBERS = ("advert", "source_line", "empty", "header_again", "title")
YearOrigin = tuple[str, str]  # where a year was found, and the words that say it
IN_COLUMN: YearOrigin = ("column", "")
IN_HEADER: YearOrigin = ("header", "")
IN_LINE: YearOrigin = ("line", "")
_NO_MATCH = CityMatch("", "unknown")


@dataclass(frozen=True)
class Row:
    """A row of a block: its index in the grid, what it is, its year (of tables with years across the last),
    and the unit that its name means.
    """

    index: int
    kind: str
    year: int | None
    city_printed: str
    match: CityMatch
    cells: list[str]
    province: str = ""
    year_origin: YearOrigin = IN_COLUMN

    def cell(self, index: int) -> str:
        """Return the printed text of a column, empty beyond the end of the row."""
        return self.cells[index] if index < len(self.cells) else ""


class RowKinds:
    """Decides what a row is, by the roster, the rows of row_markers.csv and the county-level units."""

    def __init__(self, reference: Path, signs: Signs) -> None:
        """Read the county-level units of the folder `reference`."""
        self._signs, self._roster = signs, signs.roster
        self._misprints = Misprints(reference, signs.roster)

    def rows(self, block: Block, year: int | None, stated: DataYear | None = None) -> list[Row]:
        """Return every row of the block's body; `year` is the one of the columns or of the whole table, as
        `stated`.
        """
        origin = IN_HEADER if stated is None else (stated.origin, stated.evidence)
        grid, city = block.grid, block.roles["city"]
        header = [folded(text) for text in grid.rows[block.last][slice(*block.columns)]]
        below = range(block.last + 1, block.end)
        provinces = any(self._roster.is_province(grid.cell(row, city)) for row in below)
        cities_only = block.cities_only and not provinces
        keys = filled_keys(block, below)
        keys["city"] = self._names(block, below, keys["city"])
        if not one_day(keys.get("year", {}).values()):
            keys["year"] = {}
        years = section_years(block, self._signs)
        rows = [self._row(row, keys, block, header, cities_only, years.get(row, year)) for row in below]
        if "year" not in block.roles:
            rows = [replace(row, year_origin=IN_LINE if row.index in years else origin) for row in rows]
        if any(row.kind in COUNTY_KINDS.values() for row in rows):
            rows = [self._as_county(row) for row in rows]
        if provinces or any(row.match.kind == "ambiguous" for row in rows):
            rows = under_headings(rows, self._roster)
        return self._mended(rows)

    def _names(self, block: Block, below: range, names: dict[int, str]) -> dict[int, str]:
        """Return the names; of the indicators of one city below each other only the first prints it."""
        if (indicator := block.roles.get("indicator", -1)) >= 0:
            for row in below[1:]:
                if not names[row].strip() and block.grid.cell(row, indicator).strip():
                    names[row] = names[row - 1]
        return names

    def _row(
        self,
        index: int,
        keys: dict[str, dict[int, str]],
        block: Block,
        header: list[str],
        stated: bool,
        year: int | None,
    ) -> Row:
        """Return one row with its kind."""
        cells = block.grid.rows[index]
        first, end = block.columns
        if first or end < block.grid.width:
            cells = [""] * first + cells[first:end]
        cells = _with_filled(cells, index, keys, block)

        def key(role: str) -> str:
            return keys.get(role, {}).get(index, "")

        printed = key("city") if key("city").strip() else key("city_code")
        year = printed_period(key("year")) if "year" in block.roles else year
        match, province = _NO_MATCH, key("province")
        if printed.strip():
            match = self._roster.match(printed, year or 0, province, key("city_code"), stated)
            if match.kind == "unknown" and (english := key("english_name")).strip():
                match = self._by_english(english, year or 0, province)
            if match.kind == "unknown":
                match = self._undressed(printed, year or 0, province)
        kind = self._kind(cells, printed, year, match, header, key("city_code") or printed)
        return Row(index, kind, year, without_spaces(printed), match, cells, province)

    def _as_county(self, row: Row) -> Row:
        """Return a former city among county-level units as the county-level one of its year (巢湖市)."""
        county = self._misprints.county(row.city_printed)
        if row.match.kind != "other_year_name" or not county or not row.year:
            return row
        stands = self._roster.official_name(row.match.city_id, row.year)
        return row if stands else replace(row, kind=county, match=_NO_MATCH)

    def _by_english(self, english: str, year: int, province: str) -> CityMatch:
        """Return the unit that the English name beside an unknown Chinese one names."""
        match = self._roster.match(english, year, province)
        return match if match.kind == "english_name" else _NO_MATCH

    def _undressed(self, printed: str, year: int, province: str) -> CityMatch:
        """Return the unit of a name with its province before it, a number, or a mark of a footnote."""
        name, before = undressed(printed, self._roster.provinces)
        return self._roster.match(name, year, before or province) if name != folded(printed) else _NO_MATCH

    def _kind(
        self, cells: list[str], printed: str, year: int | None, match: CityMatch, header: list[str], code: str
    ) -> str:
        """Return the kind of a row: a unit of the roster first, then what the markers say, then what is
        lacking; an unknown name may be a county-level one, or have the code of one.
        """
        if match.kind in PREFECTURE:
            return "city" if year else "no_year"
        texts = [folded(cell) for cell in cells if cell.strip()]
        if not texts:
            return "empty"
        if texts == [text for text in header if text]:
            return "header_again"
        marked = self._signs.marker([folded(printed)] if printed.strip() else texts)
        if marked:
            return marked
        if not printed.strip() or self._signs.heading(printed):
            return "no_city"
        if match.kind == "unknown" and len(texts) <= 2 and not any(map(self._numeric, cells)):
            return "title"
        if len(texts) == 1 and self._signs.year(printed):
            return "title"
        if not year:
            return "no_year"
        if match.kind != "unknown":
            return match.kind
        if self._roster.provinces.sums(printed):
            return "province"
        name, _ = undressed(printed, self._roster.provinces)
        known = self._misprints.county(printed) or self._misprints.county(name)
        return known or self._roster.codes.kind_below(code) or "unknown_city"

    def _numeric(self, cell: str) -> bool:
        return bool(cell.strip()) and (self._signs.value(cell) or self._signs.year(cell))

    def _mended(self, rows: list[Row]) -> list[Row]:
        """Return the rows with names read that are one character away from one unit and from no other."""
        if not any(row.kind == "unknown_city" for row in rows):
            return rows
        taken = {row.match.city_id for row in rows if row.match.city_id}
        return list(self._read_misprints(rows, taken))

    def _read_misprints(self, rows: list[Row], taken: set[str]) -> Iterator[Row]:
        for row in rows:
            if row.kind == "unknown_city":
                province = self._roster.provinces.named(row.province)
                if match := self._misprints.find(row.city_printed, province, taken):
                    row = replace(row, kind="city", match=match)
            yield row


def _with_filled(cells: list[str], index: int, keys: dict[str, dict[int, str]], block: Block) -> list[str]:
    """Return the cells of a row with the indicator and unit that are printed once for several rows."""
    for role in ("indicator", "unit"):
        text, column = keys.get(role, {}).get(index, ""), block.roles.get(role, -1)
        if text.strip() and column < len(cells) and not cells[column].strip():
            cells = [*cells[:column], text, *cells[column + 1 :]]
    return cells
