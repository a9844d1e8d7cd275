"""The numbers of a long sheet: one row per number or mark, with its city-year and its series.

Plain numbers, with thousands commas too, are read by SQL; every other text once, by the rules of short
sheets. One that prints its unit (`12.3亿元`) is of the series of that unit.
"""

from __future__ import annotations

from dataclasses import replace

from citypanel.importing.cells import LONGEST_SHOWN
from citypanel.importing.grammar import Grammar
from citypanel.importing.long.panel import LongPanel
from citypanel.importing.long.shape import Shape
from citypanel.importing.long.store import Store
from citypanel.importing.printed_text import folded, printed_number
from citypanel.importing.reading.sheet import Refused

MOST_ODD_TEXTS = 2_000_000
LONGEST_MARK, MOST_NOTED = 12, 1000
_PLAIN = "'[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+|[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?)'"


def write_odd_texts(store: Store, shape: Shape, grammar: Grammar, marks: set[str]) -> None:
    """Write the table `odd`: the printed texts that are not plain numbers, with the number or that they are
    marks, and the unit that they print.

    Raises `Refused` (`import_too_many_different`) where more of them than a panel holds might be numbers.
    """
    values = " union all ".join(f"select c{column} as v from printed_rows" for column in shape.values)
    odd = store.run(
        f"select distinct v from ({values}) where v <> '' and not regexp_full_match(v, {_PLAIN}) "
        f"and (length(v) <= {LONGEST_MARK} or regexp_matches(v, '[0-9０-９]')) limit {MOST_ODD_TEXTS + 1}"
    )
    if len(odd) > MOST_ODD_TEXTS:
        header = shape.headers[next(iter(shape.values))]
        raise Refused("import_too_many_different", column=header, limit=f"{MOST_ODD_TEXTS:,}")
    store.keep(
        "odd",
        ["text varchar", "number double", "is_mark boolean", "unit varchar"],
        (_read(text, grammar, marks) for (text,) in odd),
    )


def _read(text: str, grammar: Grammar, marks: set[str]) -> tuple[str, float | None, bool, str | None]:
    """Return a text with its number, whether it is a mark, and its own unit."""
    number, unit = printed_number(text), ""
    if number is None and (found := grammar.dressed_number(text)):
        number, unit = found
    return text, None if number is None else float(number), folded(text) in marks, unit or None


def with_own_units(store: Store, shape: Shape) -> Shape:
    """Return the shape with a unit column for each value column whose numbers print units, which is theirs
    or, where a number prints none, the one beside it; make the view `printed` that holds them.
    """
    own, units = dict(shape.values), []
    for column in shape.values:
        joined = f"from printed_rows inner join odd on c{column} = odd.text and odd.unit is not null"
        if store.run(f"select 1 {joined} limit 1"):
            own[column] = shape.width + column
            of_cell = f"(select odd.unit from odd where odd.text = c{column})"
            units.append(f"coalesce({of_cell}, {shape.unit(column)}) as c{own[column]}")
    store.run(f"create or replace view printed as select {', '.join(['*', *units])} from printed_rows")
    return replace(shape, values=own)


def write_numbers(panel: LongPanel, shape: Shape) -> None:
    """Write the table `cells_<n>`: numbers and marks of the city-years that are kept, any text of known
    series; count them by series.
    """
    places, series, cells = panel.table("places"), panel.table("series"), panel.table("cells")
    same = " and ".join(
        f"printed.c{shape.roles[role]} = places.k{index}" for index, role in enumerate(shape.keys)
    )
    panel.disk.run(
        f"""
        create table {cells} as
        with found as (
            select printed.*, places.place from printed
            inner join {places} as places on {same}
            where places.is_kept
        ), spread as ({_spread(shape)}), read as (
            select
                spread.*, coalesce(odd.is_mark, false) as is_mark,
                if(odd.text is null, try_cast(replace(spread.value, ',', '') as double), odd.number) as number
            from spread
            left join odd on spread.value = odd.text
            where spread.value <> ''
        )
        select read.r::integer as r, read.place, series.series, read.value, read.number
        from read
        inner join {series} as series using (label, c, unit, area)
        where series.is_mapped or read.is_mark or read.number is not null
        order by read.r, read.c
        """
    )
    _count(panel, cells)
    _note_odd_texts(panel, cells)


def _count(panel: LongPanel, cells: str) -> None:
    """Note how many numbers each series has, and how many cells there are."""
    counts = dict(panel.disk.run(f"select series, count(number) from {cells} group by series"))
    for number, column in enumerate(panel.columns):
        column.numbers = counts.get(number, 0)
    panel.kept = panel.disk.run(f"select count(*) from {cells}")[0][0]


def _note_odd_texts(panel: LongPanel, cells: str) -> None:
    """Note the texts of known series that are neither number nor mark."""
    found = panel.disk.run(
        f"select series, left(trim(value), {LONGEST_SHOWN}) as shown, count(*) as cells from {cells} "
        f"left join odd on value = odd.text where {cells}.number is null and not coalesce(is_mark, false) "
        f"group by series, shown order by cells desc, series, shown limit {MOST_NOTED}"
    )
    for series, text, count in found:
        panel.odd_texts[panel.columns[series].header.printed, text] += count


def _spread(shape: Shape) -> str:
    """Return the query that puts the values of a row below each other, in the order of the columns."""
    if len(shape.values) == 1:
        (column,) = shape.values
        return (
            f"select r, place, {shape.label(column)} as label, {column} as c, {shape.unit(column)} as unit, "
            f"{shape.area} as area, c{column} as value from found"
        )
    each = (
        f"{{'label': {shape.label(column)}, 'c': {column}, 'unit': {shape.unit(column)}, "
        f"'area': {shape.area}, 'value': c{column}}}"
        for column in shape.values
    )
    return f"select r, place, unnest([{', '.join(each)}], recursive := true) from found"
