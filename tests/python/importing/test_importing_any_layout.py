"""Any table of the grammar comes back cell by cell: city, indicator, scope, unit, year and printed text.

`make fuzz-layouts` draws far more of them (FUZZ_EXAMPLES).
"""

from __future__ import annotations

import os
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layout_grammar import tables
from layout_words import INDICATORS, Table

from citypanel.importing.grammar import Grammar
from citypanel.importing.reading.sheet import Refused, Sheet
from citypanel.importing.reference_rows import reference_folder
from citypanel.importing.roster import Roster
from citypanel.importing.sheet_reader import SheetReader

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "250"))
UNITS = {row[0]: row[3] for row in INDICATORS}
WORDS = [
    "", "", "城市", "City", "年份", "地区", "指标", "数值", "单位", "省份", "苏州市", "无锡市", "Suzhou",
    "吉林", "江苏省", "全市", "市辖区", "GDP(亿元)", "常住人口", "万人", "2010", "2011年", "12.5", "—",
    "合计", "续表", "单位:万元", "2-1 (2016年)", "数据来源", "昆山市", "(", "_", "①", "1", "2", "3",
    "\u200b", "人口 Population",
]  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> SheetReader:
    reference = reference_folder()
    return SheetReader(reference, Grammar(reference), Roster(reference))


@settings(
    max_examples=EXAMPLES, deadline=None, derandomize="FUZZ_EXAMPLES" not in os.environ, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(table=tables())
def test_every_cell_comes_back_with_its_meaning(reader: SheetReader, table: Table) -> None:
    panel = reader.read(table.sheet())
    units = reader._grammar.units
    found: dict[tuple[str, str, str, int], str] = {}
    for cell in panel.cells:
        if cell.number is None or not cell.match.city_id:
            continue
        column = cell.column
        indicator = column.indicator_id or column.nearest[0]
        wanted = reader._grammar.indicators[indicator]["unit"]
        assert bool(column.indicator_id) == (column.header.scope != "districts")
        assert units.factor(cell.unit, wanted) == units.factor(UNITS[indicator], wanted) != Fraction(0)
        key = (cell.match.city_id, indicator, column.header.scope or "city", cell.year)
        assert key not in found
        found[key] = cell.printed
    assert found == table.expected


@settings(
    max_examples=EXAMPLES, deadline=None, derandomize="FUZZ_EXAMPLES" not in os.environ, database=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
@given(
    rows=st.lists(st.lists(st.sampled_from(WORDS), max_size=6), max_size=9),
    merged=st.lists(st.tuples(*[st.integers(0, 5)] * 4), max_size=3),
)
def test_any_grid_of_words_is_read_or_refused(
    reader: SheetReader, rows: list[list[str]], merged: list[tuple[int, int, int, int]]
) -> None:
    blocks = tuple((min(t, b), min(a, c), max(t, b), max(a, c)) for t, a, b, c in merged)
    try:
        panel = reader.read(Sheet("a.xlsx", "人口 2016", rows, merged=blocks))
    except Refused:
        return
    width = max(map(len, rows))
    assert len({cell.reference for cell in panel.cells}) <= len(rows) * width
    for cell in panel.cells:
        assert cell.year and cell.printed in WORDS
