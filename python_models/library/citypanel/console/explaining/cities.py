"""Which city a name means: id, code, any dated name, alias or English name, alone or with its province."""

from __future__ import annotations

from collections import defaultdict

import duckdb

from citypanel.console.explaining.words import Row, in_language, nearest, plain, rows_of
from citypanel.messages import Mistake, message

NAMES = """
select city_id, unnest([city_id, code, name_zh, name_en]) as name from reference.cities
union select city_id, unnest([name_zh, name_short_zh, name_en]) from reference.city_names
union select city_id, alias from reference.city_aliases
"""
PROVINCES = """
select city_id, province_zh, province_en,
    regexp_replace(province_zh, '(省|市|(壮族|回族|维吾尔)?自治区)$', '') as province_short,
    city_id in (select city_id from reference.city_names where level = 'municipality') as is_municipality
from reference.cities
"""
SPANS = """
select name_zh, name_en, valid_from, valid_to, level from reference.city_names
where city_id = ? order by valid_from
"""


def find_city(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """Return the id of the city that a name means.

    Raises `Mistake` when the name is unknown, means several cities, or a city and a province (吉林).
    """
    provinces = {row["city_id"]: row for row in rows_of(connection, PROVINCES)}
    forms: defaultdict[str, set[str]] = defaultdict(set)
    names = rows_of(connection, NAMES)
    for row in names:
        for form in _forms(row["name"], provinces[row["city_id"]]):
            forms[plain(form)].add(row["city_id"])
    found = sorted(forms.get(plain(name), ()))
    if not found:
        raise Mistake(
            "explain_city_unknown", name=name, nearest=nearest(name, [row["name"] for row in names])
        )
    namesake = [row for row in provinces.values() if plain(name) == plain(row["province_short"])]
    if len(found) > 1 or (namesake and not namesake[0]["is_municipality"]):
        candidates = [_called(connection, city_id) for city_id in found]
        candidates += sorted(
            {message("explain_province", name=in_language(row, "province")) for row in namesake}
        )
        raise Mistake("explain_city_ambiguous", name=name, candidates="; ".join(candidates))
    return found[0]


def city_line(connection: duckdb.DuckDBPyConnection, city_id: str, year: int) -> str:
    """Return the city by its name of the year, with province, id and year."""
    city = rows_of(connection, "from reference.cities where city_id = ?", [city_id])[0]
    of_year = [
        row
        for row in rows_of(connection, SPANS, [city_id])
        if row["valid_from"] <= year <= (row["valid_to"] or 9999)
    ]
    name = of_year[0] if of_year else city
    return message(
        "explain_place",
        city=f"{name['name_zh']} {name['name_en']}",
        province=in_language(city, "province"),
        city_id=city_id,
        year=year,
    )


def years_stood(connection: duckdb.DuckDBPyConnection, city_id: str, year: int) -> str | None:
    """Return why a city has no row in a year (did not exist, was no city then), None where it stands."""
    spans = rows_of(connection, SPANS, [city_id])
    standing = [row for row in spans if row["valid_from"] <= year <= (row["valid_to"] or 9999)]
    if standing and standing[0]["level"] in ("municipality", "prefecture_city"):
        return None
    if standing:
        return message("explain_state_no_city", name=standing[0]["name_zh"], level=standing[0]["level"])
    stood = ", ".join(f"{row['name_zh']} {row['valid_from']}–{row['valid_to'] or ''}" for row in spans)
    return message("explain_state_not_standing", spans=stood)


def _forms(name: str, province: Row) -> tuple[str, ...]:
    """Return a name alone and with the province before or behind it."""
    return (
        name,
        f"{province['province_zh']}{name}",
        f"{province['province_short']}{name}",
        f"{name},{province['province_en']}",
        f"{name}({province['province_en']})",
    )


def _called(connection: duckdb.DuckDBPyConnection, city_id: str) -> str:
    row = rows_of(connection, "from reference.cities where city_id = ?", [city_id])[0]
    return f"{row['name_zh']} ({in_language(row, 'province')}: {city_id})"
