"""A grammar of yearbook tables: hypothesis draws one, prints it, and says what each number means."""

from __future__ import annotations

from itertools import zip_longest

from hypothesis import strategies as st
from layout_headers import both, header, key_text, name
from layout_words import CITIES, INDICATORS, OLD_SCOPES, SCOPES, Leaf, Merged, Plan, Rows, Table

FOOTNOTES = ["数据来源：各市统计年鉴", "注：本表按当年价格计算。", "a) Preliminary data."]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Draw a table."""
    plan = Plan(
        language=draw(st.sampled_from(["chinese", "one_cell", "two_rows", "english"])),
        units=draw(st.sampled_from(["header", "line", "row"])),
        merges=draw(st.booleans()),
        year=draw(st.sampled_from(["column", "title", "across"])),
        subtotals=draw(st.sampled_from(["none", "empty", "numbers"])),
        turned=draw(st.booleans()),
        breaks=draw(st.sampled_from(["none", "cities", "columns", "beside"])),
    )
    leaves = _leaves(draw, plan)
    cities = sorted({0, 1} | draw(st.sets(st.sampled_from(range(2, len(CITIES))), min_size=2, max_size=7)))
    numbers = Numbers(draw)
    table = Table()
    if plan.turned:
        _turned(table, plan, leaves, cities, numbers)
    else:
        _printed(draw, table, plan, leaves, cities, numbers)
    return table


class Numbers:
    """Draws printed numbers and missing marks; no two numbers of a table are the same."""

    def __init__(self, draw: st.DrawFn) -> None:
        """Draw where the marks stand."""
        self._gaps = draw(st.sets(st.integers(0, 60), max_size=8))
        self._mark = draw(st.sampled_from(["", "…", "—", ".."]))
        self._count = 0

    def next(self) -> str:
        """Return the next printed text."""
        self._count += 1
        if self._count in self._gaps:
            return self._mark
        return f"{self._count * 7 + 3}.{self._count % 10}1" if self._count % 2 else f"{self._count}3"


def _leaves(draw: st.DrawFn, plan: Plan) -> list[Leaf]:
    """Draw the value columns with their levels of header."""
    chosen = draw(st.lists(st.sampled_from(range(len(INDICATORS))), min_size=1, max_size=3, unique=True))
    if plan.units == "line":  # one unit for all
        chosen = [one for one in chosen if INDICATORS[one][3] == INDICATORS[chosen[0]][3]]
    scopes = draw(st.sampled_from([SCOPES, OLD_SCOPES]))
    leaves = []
    for one in chosen:
        levels: list[list[tuple[str, int, int]]] = [[("", 0, 0)]]
        if draw(st.booleans()):
            levels = [[(both(plan, *scope), number, 0) for number, scope in enumerate(scopes, start=1)]]
        if plan.year == "across":
            levels.append([(str(year), 0, year) for year in (2010, 2011)])
        group = (INDICATORS[one][5],) if plan.language != "english" and draw(st.booleans()) else ()
        for text, scope, _ in levels[0]:
            for printed, _, year in levels[1] if len(levels) > 1 else [("", 0, 0)]:
                pieces = (
                    *group,
                    name(plan, one),
                    *([text] if text else []),
                    *([printed] if printed else []),
                )
                leaves.append(Leaf(one, scope, year, pieces))
    return leaves


def _titles(plan: Plan, leaves: list[Leaf], part: int) -> Rows:
    """Return the lines above a block."""
    title = "2-1 主要指标" + (" (2016年)" if plan.year == "title" else "")
    lines = [[title if not part else f"2-1 续表 {part} continued {part}"]]
    if plan.units == "line":
        unit, english = INDICATORS[leaves[0].indicator][3:5]
        lines.append([f"Unit: {english}" if plan.language == "english" else f"单位:{unit}"])
    return lines


def _block(
    table: Table, plan: Plan, leaves: list[Leaf], cities: list[int], numbers: Numbers
) -> tuple[Rows, list[Merged]]:
    """Return header and body of one block, and note what its numbers mean."""
    years = [2010, 2011] if plan.year == "column" else [0]
    keys = [key_text(plan, "城市", "City")]
    keys += [key_text(plan, "年份", "Year")] if plan.year == "column" else []
    rows, merged = header(plan, leaves, keys)
    province = ""
    for city in cities:
        if CITIES[city][0] != province and (plan.subtotals != "none" or plan.language == "english"):
            values = [numbers.next() if plan.subtotals == "numbers" else "" for _ in leaves]
            rows.append(
                [CITIES[city][plan.language == "english"], *map(str, filter(None, years[:1])), *values]
            )
        province = CITIES[city][0]
        for year in years:
            values = [numbers.next() for _ in leaves]
            name = CITIES[city][3 if plan.language == "english" else 2]
            rows.append([f"\u3000{name}", *([str(year)] if year else []), *values])
            _expect(table, city, leaves, values, year)
    return rows, merged if plan.merges else []


def _expect(table: Table, city: int, leaves: list[Leaf], values: list[str], year: int) -> None:
    """Note what the numbers of one row mean."""
    for leaf, value in zip(leaves, values, strict=True):
        if value and value[0].isdigit():
            scope = "districts" if leaf.scope == 2 else "city"
            key = (CITIES[city][4], INDICATORS[leaf.indicator][0], scope, leaf.year or year or 2016)
            table.expected[key] = value


def _printed(
    draw: st.DrawFn, table: Table, plan: Plan, leaves: list[Leaf], cities: list[int], numbers: Numbers
) -> None:
    """Print the table in one piece, in two pieces below or beside each other."""
    if draw(st.booleans()):
        table.rows.append([])
    half = len(cities) // 2 if plan.language != "english" else len(cities)
    split = next((n for n in range(1, len(leaves)) if leaves[n].indicator != leaves[0].indicator), 0)
    if plan.breaks == "beside" and half < len(cities):
        left = _block(table, plan, leaves, cities[:half], numbers)
        _append(
            table,
            _titles(plan, leaves, 0),
            *_beside(left, _block(table, plan, leaves, cities[half:], numbers)),
        )
    elif plan.breaks == "columns" and split:
        for part, some in enumerate((leaves[:split], leaves[split:])):
            _append(table, _titles(plan, some, part), *_block(table, plan, some, cities, numbers))
    elif plan.breaks == "cities" and half < len(cities):
        for part, several in enumerate((cities[:half], cities[half:])):
            _append(table, _titles(plan, leaves, part), *_block(table, plan, leaves, several, numbers))
    else:
        _append(table, _titles(plan, leaves, 0), *_block(table, plan, leaves, cities, numbers))
    table.rows.append([draw(st.sampled_from(FOOTNOTES))])


def _beside(left: tuple[Rows, list[Merged]], right: tuple[Rows, list[Merged]]) -> tuple[Rows, list[Merged]]:
    """Return two blocks as one, the second to the right of the first."""
    width = max(map(len, left[0]))
    rows = [
        [*one, *[""] * (width - len(one)), *other]
        for one, other in zip_longest(left[0], right[0], fillvalue=[])
    ]
    return rows, [*left[1], *((top, a + width, bottom, b + width) for top, a, bottom, b in right[1])]


def _append(table: Table, titles: Rows, rows: Rows, merged: list[Merged]) -> None:
    """Append a block below what is there."""
    table.rows += titles
    offset = len(table.rows)
    table.rows += rows
    table.merged += [(top + offset, left, bottom + offset, right) for top, left, bottom, right in merged]


def _turned(table: Table, plan: Plan, leaves: list[Leaf], cities: list[int], numbers: Numbers) -> None:
    """Print the table with its cities beside each other."""
    plain = Plan(
        plan.language,
        plan.units,
        plan.merges,
        "title" if plan.year == "column" else plan.year,
        "none",
        True,
        "none",
    )
    if plan.language == "english":
        cities = [city for city in cities if CITIES[city][3] not in ("Suzhou", "Jilin")]
        plain = Plan("chinese", *list(vars(plain).values())[1:]) if len(cities) < 2 else plain
    rows, merged = _block(table, plain, leaves, cities, numbers)
    rows = [row for row in rows if row[0] not in {province for city in CITIES for province in city[:2]}]
    width = max(map(len, rows))
    turned = [list(cells) for cells in zip(*(row + [""] * (width - len(row)) for row in rows), strict=True)]
    titles = _titles(plain, leaves, 0)
    _append(table, titles, turned, [(left, top, right, bottom) for top, left, bottom, right in merged])
