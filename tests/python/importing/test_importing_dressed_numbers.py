"""Numbers that stand between other signs: their unit, a currency sign, a note in brackets."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_workbooks import GRAMMAR, Rows, cells, column, import_sheets, read_rows, table

GDP, HUKOU = "gdp_100m_yuan", "hukou_population_10k_persons"


@pytest.mark.parametrize(
    ("printed", "number", "unit"),
    [
        ("123.4万元", "123.4", "万元"), ("56.7%", "56.7", "%"), ("1,234 万人", "1234", "万人"),
        ("12.3亿", "12.3", "亿"), ("１２．３（亿元）", "12.3", "亿元"), ("-3.2‰", "-3.2", "‰"),
        ("12.3亿元①", "12.3", "亿元"), ("12.3(预计)", "12.3", ""), ("12.3（P）", "12.3", ""),
        ("￥1,234.5", "1234.5", ""), ("¥12万元", "12", "万元"), ("1.2 million", None, ""),
        ("约12", None, ""), (">100", None, ""), ("(12)", None, ""), ("12(市区)", None, ""), ("1/2", None, ""),
        ("12½", None, ""), ("12甲", None, ""), ("12—15万人", None, ""), ("2010年", None, ""),
        ("3-5人", None, ""), ("无", None, ""),
    ],
)  # fmt: skip
def test_what_stands_beside_a_number(printed: str, number: str | None, unit: str) -> None:
    found = GRAMMAR.dressed_number(printed)
    assert (None if found is None else (str(found[0]), found[1])) == (number and (number, unit))


def test_a_prefix_alone_counts_what_the_indicator_counts() -> None:
    units = GRAMMAR.units
    assert [units.factor("亿", unit) for unit in ("100m yuan", "10k yuan", "10k persons")] == [
        1,
        10_000,
        10_000,
    ]
    assert units.factor("万", "per mille") is units.factor("万", "index") is None


def test_the_unit_in_the_cell_is_the_numbers_own(tmp_path: Path) -> None:
    head: list[object] = ["城市", "GDP(万元)", "年末户籍人口", "自然增长率(‰)", "蓝天天数"]
    rows: Rows = [
        head,
        ["苏州市", "123.4亿元", "637.66万", "3.2%", "300天"],
        ["无锡市", "1,234,000", "4,680,000人", "3.2", "12.3(预计)"],
        ["宿州市", "约12", "600", "(3.2)", "约200"],
    ]
    summary = import_sheets(tmp_path, {"a.xlsx": {"2010": rows}})
    found = {(c["cell"], c["value_printed"]): (c["value"], c["unit_printed"]) for c in cells(summary)}
    assert found == {
        ("B2", "123.4亿元"): (123.4, "亿元"), ("C2", "637.66万"): (637.66, "万"), ("D2", "3.2%"): (32.0, "%"),
        ("E2", "300天"): (300.0, "天"), ("B3", "1,234,000"): (123.4, "万元"),
        ("C3", "4,680,000人"): (468.0, "人"), ("D3", "3.2"): (3.2, "‰"), ("E3", "12.3(预计)"): (12.3, ""),
        ("B4", "约12"): (None, "万元"), ("C4", "600"): (None, ""), ("D4", "(3.2)"): (None, "‰"),
    }  # fmt: skip
    (panel,) = summary.panels
    assert dict(panel.odd_texts) == {("GDP(万元)", "约12"): 1, ("自然增长率(‰)", "(3.2)"): 1}
    assert ">约12</td>" in summary.report.read_text(encoding="utf-8")
    assert column(summary, "年末户籍人口").unit_origin == "cell"
    assert [row["年末户籍人口_万人"] for row in table(summary, "population")] == ["468", "637.66", ""]
    assert [row["地区生产总值_亿元"] for row in table(summary, "gdp")] == ["123.4", "123.4", "约12"]


def test_a_noted_number_is_written_without_its_note() -> None:
    (cell,) = read_rows([["城市", "GDP(亿元)"], ["苏州市", "1,234.5(预计)"]], name="2010").cells
    assert (cell.written, cell.printed) == ("1234.5", "1,234.5(预计)")


def test_a_header_may_end_in_a_prefix() -> None:
    panel = read_rows([["城市", "GDP(亿)", "年末户籍人口_万"], ["苏州市", "1", "2"]], name="2010")
    assert [(c.indicator_id, c.factor) for c in panel.columns] == [(GDP, 1), (HUKOU, 1)]
