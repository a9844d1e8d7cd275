"""The map of missing numbers: city x year, one strip per printed table, as one SVG that needs no script.

Cities stand side by side, province after province in the order of their codes; years run downwards. A
stretch of neighbouring cities of one class is one rectangle, and what is complete is the ground they lie on,
so that three hundred cities over twenty years stay small.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from citypanel.quality.scorecard.pieces import Book, Html, legend, paragraph, share
from citypanel.web_page import escaped

# width of a city, height of a year, gap after a province, margins: in units of the drawing
CITY, YEAR, GAP, LEFT, RIGHT, TOP, BETWEEN = 3.4, 6.0, 1.6, 34.0, 26.0, 80.0, 26.0
NARROWEST_LABEL = 9.0
CLASSES = ("complete", "interpolated", "partly", "missing", "unpublished")
# of a table's numbers of a city and year: what is worst decides; unpublished ones do not count as missing
CELLS = """
select indicators.source_table, o.city_id, o.year::integer as year, case
    when count(*) filter (where o.status <> 'M') = 0 then 'unpublished'
    when count(*) filter (where o.status not in ('M', 'O')) = 0 then 'missing'
    when count(*) filter (where o.status = 'O') > 0 then 'partly'
    when count(*) filter (where o.status = 'I') > 0 then 'interpolated'
    else 'complete' end as class
from observations.observations as o
join reference.indicators using (indicator_id)
where indicators.source_table is not null
group by all
"""
TABLES = """
select source_table from reference.indicators where source_table is not null group by all order by min(rowid)
"""
CITIES = """
select city_id, any_value(name_zh), any_value(name_en), any_value(province_zh), any_value(province_en)
from reference.cities
where city_id in (select city_id from observations.observations)
group by city_id, code, province_code order by province_code, code, city_id
"""


@dataclass(frozen=True)
class Place:
    """Where a city stands: its left edge, its names, its province."""

    left: float
    name: str
    province: str


def missing_map(book: Book) -> Html:
    """Return the map with its legend and the counts by class."""
    places = _places(book)
    classes: dict[str, dict[tuple[str, int], str]] = {}
    for name, city_id, year, kind in book.rows(CELLS):
        if city_id in places:
            classes.setdefault(name, {})[city_id, year] = kind
    if not classes:
        return paragraph(book.say("map_empty"))
    words = legend((f"m-{kind}", f"{book.say(f'map_{kind}')} {_share_of(classes, kind)}") for kind in CLASSES)
    return Html(words + _drawing(book, places, classes))


def _places(book: Book) -> dict[str, Place]:
    """Return the place of each city by id, in the order of the codes."""
    places: dict[str, Place] = {}
    left, last = LEFT, None
    for city_id, name_zh, name_en, province_zh, province_en in book.rows(CITIES):
        name, province = (name_zh, province_zh) if book.lang == "zh" else (name_en, province_en)
        left += GAP if last not in (None, province) else 0
        places[city_id] = Place(left, name or city_id, province or "")
        left, last = left + CITY, province
    return places


def _share_of(classes: dict[str, dict[tuple[str, int], str]], kind: str) -> str:
    cells = [each for table in classes.values() for each in table.values()]
    return share(cells.count(kind), len(cells))


def _drawing(book: Book, places: dict[str, Place], classes: dict[str, dict[tuple[str, int], str]]) -> Html:
    years = sorted({year for table in classes.values() for _, year in table})
    width = max(place.left for place in places.values()) + CITY + RIGHT
    words = {kind: book.say(f"map_{kind}") for kind in CLASSES}
    printed = [name for (name,) in book.rows(TABLES)]
    parts = list(_provinces(places))
    top = TOP
    for name in sorted(classes, key=printed.index):
        title = escaped(book.word("table", name))
        parts.append(f"<text class='m-title' x='{LEFT:.0f}' y='{top - 6:.0f}'>{title}</text>")
        parts += [*_years(years, top), *_strip(places, classes[name], years, top, words)]
        top += len(years) * YEAR + BETWEEN
    return Html(
        f"<div class='map wide' tabindex='0'>"
        f"<svg viewBox='0 0 {width:.0f} {top - BETWEEN + 6:.0f}' role='img' "
        f"aria-label='{escaped(book.say('map'))}'>{''.join(parts)}</svg></div>"
    )


def _provinces(places: dict[str, Place]) -> Iterator[str]:
    """Yield the names of the provinces, turned, above the first strip; few cities give it no room."""
    for province, members in groupby(places.values(), key=lambda place: place.province):
        cities = list(members)
        left, right = cities[0].left, cities[-1].left + CITY
        if right - left >= NARROWEST_LABEL:
            place = f"translate({(left + right) / 2 + 3:.1f} {TOP - 22:.0f}) rotate(-50)"
            yield f"<text class='m-province' transform='{place}'>{escaped(province)}</text>"


def _years(years: Sequence[int], top: float) -> Iterator[str]:
    """Yield the first and last year and those between that end in 0 or 5, beside the strip."""
    for number, year in enumerate(years):
        if number in (0, len(years) - 1) or (year % 5 == 0 and 2 <= number <= len(years) - 3):
            yield f"<text class='m-year' x='{LEFT - 5:.0f}' y='{top + (number + 1) * YEAR:.0f}'>{year}</text>"


def _strip(
    places: dict[str, Place], cells: dict[tuple[str, int], str], years: Sequence[int], top: float,
    words: dict[str, str],
) -> Iterator[str]:  # fmt: skip
    """Yield one table: a path for what is complete and one for what was never published, a rectangle that
    says where it stands for each stretch of the rest."""
    quiet: dict[str, list[str]] = {"complete": [], "unpublished": []}
    for number, year in enumerate(years):
        keyed = [(place, cells.get((city_id, year), "")) for city_id, place in places.items()]
        y = top + number * YEAR
        for (kind, province), stretch in groupby(keyed, key=lambda pair: (pair[1], pair[0].province)):
            found = [place for place, _ in stretch]
            left, width = found[0].left, found[-1].left - found[0].left + CITY
            if kind in quiet:
                quiet[kind].append(f"M{left:.1f} {y:g}h{width:.1f}v{YEAR:g}h-{width:.1f}z")
            elif kind:
                names = ", ".join(place.name for place in found[:3]) + (" …" if len(found) > 3 else "")
                said = escaped(f"{province}, {names}, {year}: {words[kind]}")
                place = f"x='{left:.1f}' y='{y:g}' width='{width:.1f}' height='{YEAR:g}'"
                yield f"<rect class='m-{kind}' {place}><title>{said}</title></rect>"
    for kind, stretches in quiet.items():
        if stretches:
            yield f"<path class='m-{kind}' d='{''.join(stretches)}'/>"
