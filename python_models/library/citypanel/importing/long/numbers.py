"""The numbers of a long sheet: one row per number or mark, with its city-year and its series."""

from __future__ import annotations

from citypanel.importing.long.panel import LongPanel
from citypanel.importing.long.shape import Shape
from citypanel.importing.long.store import Store
from citypanel.importing.printed_text import folded, printed_number

MOST_ODD_TEXTS = 500_000
_PLAIN = "'[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)'"


def write_odd_texts(store: Store, shape: Shape, marks: set[str]) -> None:
    """Write the table `odd`: the printed texts that are not plain numbers, with the number or that they are
    marks.
    """
    values = " union all ".join(f"select c{column} as v from printed" for column in shape.values)
    odd = store.run(
        f"select distinct v from ({values}) where v <> '' and not regexp_full_match(v, {_PLAIN}) "
        f"limit {MOST_ODD_TEXTS}"
    )
    numbers = [(text, printed_number(text)) for (text,) in odd]
    store.keep(
        "odd",
        ["text varchar", "number double", "is_mark boolean"],
        ((text, None if n is None else float(n), folded(text) in marks) for text, n in numbers),
    )


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
        ), spread as ({_spread(shape)})
        select
            spread.r::integer as r, spread.place, series.series, spread.value,
            if(odd.text is null, try_cast(spread.value as double), odd.number) as number
        from spread
        inner join {series} as series using (label, c, unit, area)
        left join odd on spread.value = odd.text
        where
            spread.value <> ''
            and (series.is_mapped or odd.text is null or odd.number is not null or odd.is_mark)
        order by spread.r, spread.c
        """
    )
    _count(panel, cells)


def _count(panel: LongPanel, cells: str) -> None:
    """Note how many numbers each series has, and how many cells there are."""
    counts = dict(panel.disk.run(f"select series, count(number) from {cells} group by series"))
    for number, column in enumerate(panel.columns):
        column.numbers = counts.get(number, 0)
    panel.kept = panel.disk.run(f"select count(*) from {cells}")[0][0]


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
