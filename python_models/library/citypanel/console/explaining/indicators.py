"""Which indicator a name means: id, id without its unit, label, printed header, name in a study."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from citypanel.console.explaining.words import Row, in_language, nearest, plain, rows_of, unit_text, written
from citypanel.messages import Mistake, message

DICTIONARY = """
select d.*, i.printed_header, i.first_year, i.last_year
from indicators.dictionary as d
left join reference.indicators as i using (indicator_id)
where d.kind <> 'key'
"""
# what an import read and the dictionary does not hold stands under its printed name: one row for each
EXTRA = "select indicator_id, max(unit) as unit from observations.extra_indicators group by indicator_id"


@dataclass(frozen=True)
class Indicator:
    """An entry of the dictionary, in the language in force; `kind` is printed, derived or extra."""

    indicator_id: str
    kind: str
    label: str
    unit: str
    description: str
    formula: str
    first_year: int | None
    last_year: int | None


def find_indicator(connection: duckdb.DuckDBPyConnection, name: str) -> Indicator:
    """Return the indicator that a name means; the first of id, unit-less id, label or header, study name, and
    the printed name of what the dictionary does not hold.

    Raises `Mistake` when the name is unknown, or means several in the place where it is first found.
    """
    entries = {row["indicator_id"]: row for row in rows_of(connection, DICTIONARY)}
    ways = (
        list(_ids(entries)),
        list(_stems(entries)),
        list(_labels(connection, entries)),
        list(_study_names(connection)),
    )
    for way in ways:
        found = sorted({indicator_id for text, indicator_id in way if plain(text) == plain(name)})
        # average_wage is the printed column, whatever is computed from it in other units
        found = [each for each in found if entries.get(each, {}).get("kind") == "printed"] or found
        if len(found) > 1:
            raise Mistake("explain_indicator_ambiguous", name=name, candidates=", ".join(found))
        if found and found[0] in entries:
            return _entry(entries[found[0]])
    extras = {row["indicator_id"]: row for row in rows_of(connection, EXTRA)}
    if found := sorted(each for each in extras if plain(each) == plain(name)):
        return _entry({**extras[found[0]], "kind": "extra", "description": ""})
    names = [*(text for way in ways for text, _ in way), *extras]
    raise Mistake("explain_indicator_unknown", name=name, nearest=nearest(name, names))


def entry_of(connection: duckdb.DuckDBPyConnection, indicator_id: str) -> Indicator:
    """Return the dictionary's entry of an id that is known to exist."""
    return _entry(rows_of(connection, f"{DICTIONARY} and indicator_id = ?", [indicator_id])[0])


def other_meanings(connection: duckdb.DuckDBPyConnection, name: str, indicator_id: str) -> list[str]:
    """Return a line for each study in which the name means another column: gdp of study A."""
    return [
        message(
            "explain_other_meaning", name=row["study_name"], study=row["study"], indicator=row["variable"]
        )
        for row in rows_of(connection, "from specifications.study_variables")
        if plain(row["study_name"]) == plain(name) and row["variable"] != indicator_id
    ]


def _entry(row: Row) -> Indicator:
    return Indicator(
        row["indicator_id"],
        row["kind"],
        in_language(row, "label") or row["indicator_id"],
        unit_text(row["unit"]),
        written(row, "description"),
        written(row, "formula"),
        row.get("first_year"),
        row.get("last_year"),
    )


def _ids(entries: dict[str, Row]) -> Iterator[tuple[str, str]]:
    yield from ((indicator_id, indicator_id) for indicator_id in entries)


def _stems(entries: dict[str, Row]) -> Iterator[tuple[str, str]]:
    """Yield ids without the unit that they end in: `gdp` of `gdp_100m_yuan`."""
    for indicator_id, row in entries.items():
        ending = "_" + re.sub(r"\W+", "_", row["unit"] or "")
        if indicator_id.endswith(ending) and len(ending) > 1:
            yield indicator_id.removesuffix(ending), indicator_id


def _labels(connection: duckdb.DuckDBPyConnection, entries: dict[str, Row]) -> Iterator[tuple[str, str]]:
    """Yield labels in both languages and printed headers, those of other editions among them."""
    for indicator_id, row in entries.items():
        header = row.get("printed_header") or ""
        for text in (row.get("label_zh"), row.get("label_en"), header, header.rpartition("_")[0]):
            if text:
                yield text, indicator_id
    aliases = "select printed_name, indicator_id from reference.header_aliases where indicator_id <> ''"
    for row in rows_of(connection, aliases):
        if row["indicator_id"] in entries:
            yield row["printed_name"], row["indicator_id"]


def _study_names(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Yield the studies' names of panel columns, with and without the study: `A: digital`, `digital`."""
    for row in rows_of(connection, "from specifications.study_variables"):
        yield f"{row['study']}:{row['study_name']}", row["variable"]
        for text in (row["study_name"], row["label_zh"], row["label_en"]):
            yield text, row["variable"]
