"""Provinces that head the rows of their cities: `河北省`, then `石家庄市`, `唐山市` …

A heading decides a name that fits two units (`吉林`, `Suzhou`) and nothing else, and only where the headings
of the table prove true: at least two cities, and four of five, lie in the province that heads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from citypanel.importing.meaning.provinces import short
from citypanel.importing.roster import CityMatch, Roster

if TYPE_CHECKING:
    from citypanel.importing.row_kinds import Row

SURE = ("exact", "without_suffix", "other_year_name", "alias", "english_name")
LEAST_SHARE = 0.8
LEAST_CITIES = 2


def under_headings(rows: list[Row], roster: Roster) -> list[Row]:
    """Return the rows with ambiguous names decided by the province that heads them, where headings prove
    true.
    """
    headings = _headings(rows, roster)
    cities = [
        (roster.provinces.of(row.match.city_id), heading)
        for row, heading in zip(rows, headings, strict=True)
        if heading and row.match.kind in SURE and not roster.is_municipality(row.match.city_id)
    ]
    true = sum(province == heading for province, heading in cities)
    if len(cities) < LEAST_CITIES or true < LEAST_SHARE * len(cities):
        return rows
    return [_decided(row, heading, roster) for row, heading in zip(rows, headings, strict=True)]


def _headings(rows: Sequence[Row], roster: Roster) -> list[str]:
    """Return the province in force in each row, short name; empty before the first and in its own row.

    A name that is a province and a city of it (吉林) is the heading where the rows above are another
    province's and the next city is one of its own, and the city where it already is the heading.
    """
    headings, current = [], ""
    for number, row in enumerate(rows):
        named = _named_province(row, roster)
        opens = row.kind == "province" or (
            bool(named) and named != current and _next_province(rows[number + 1 :], roster) == named
        )
        current = named if opens and named else current
        headings.append("" if opens else current)
    return headings


def _named_province(row: Row, roster: Roster) -> str:
    """Return the province that a row names, alone or besides a city."""
    if row.kind == "province" or (
        row.match.kind == "ambiguous" and any(n.endswith(("省", "区")) for n in row.match.candidates)
    ):
        return short(roster.provinces.full(row.city_printed))
    return ""


def _next_province(rows: Sequence[Row], roster: Roster) -> str:
    """Return the province of the next row that is surely a city, or named like the heading."""
    for row in rows[:5]:
        if row.match.kind in SURE:
            return roster.provinces.of(row.match.city_id)
        if row.match.kind == "ambiguous" and (named := _named_province(row, roster)):
            return named
    return ""


def _decided(row: Row, heading: str, roster: Roster) -> Row:
    """Return the row; an ambiguous name becomes the unit of the province in force, or the province itself."""
    if row.match.kind == "unknown" and heading and not row.province:
        return replace(row, province=heading)
    if row.match.kind != "ambiguous":
        return row
    if not heading:
        province = short(roster.provinces.full(row.city_printed))
        return replace(row, kind="province", match=CityMatch("", "province")) if province else row
    units = [unit for unit in row.match.candidates if roster.provinces.of(unit) == heading]
    if len(units) != 1:
        return row
    return replace(row, kind="city", match=CityMatch(units[0], "province_heading"))
