"""Texts of long files that are no plain names and numbers: codes, units in the cells, notes, thousands."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_workbooks import cells, import_texts, read_all_as_long

LONG = "城市,年份,指标,数值,单位\n"
WIDE = "城市代码,year,GDP(亿元),财政收入,天数\n"


@pytest.fixture(autouse=True)
def everything_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    read_all_as_long(monkeypatch)


def test_codes_name_the_cities_of_a_long_table(tmp_path: Path) -> None:
    lines = [f"{code},{year},5,," for code in ("3205.0", "110100", "329900") for year in range(2000, 2005)]
    found = cells(import_texts(tmp_path, codes=WIDE + "\n".join(lines)), "year = 2004")
    assert [(c["city_id"], c["match_kind"]) for c in found] == [
        ("jiangsu_suzhou", "code"), ("beijing", "code"), (None, "unknown_city"),
    ]  # fmt: skip


def test_numbers_of_a_long_table_may_print_their_units(tmp_path: Path) -> None:
    long = """苏州市,2010,地区生产总值,123.4亿元,\n无锡市,2010,地区生产总值,"1,234万元",
        宿州市,2010,地区生产总值,"1,234.5",万元\n宿州市,2011,天数,12天,\n宿州市,2012,天数,34,天
        泰州市,2010,地区生产总值,12.3(预计),亿元\n泰州市,2011,地区生产总值,见本表的说明文字而无数字,亿元
        泰州市,2012,天数,—,天\n"""
    wide = """320500,2010,123.4,12.3亿,5\n320200,2010,"1,234万元",1200万,300天\n341300,2010,约十二,5,很多"""
    lines = "\n".join(line.strip() for line in long.splitlines())
    summary = import_texts(tmp_path, long=LONG + lines, wide=WIDE + wide)
    found = cells(summary)
    assert {(c["file"][0], c["cell"]): (c["value"], c["unit_printed"]) for c in found} == {
        ("l", "D2"): (123.4, "亿元"), ("l", "D3"): (0.1234, "万元"), ("l", "D4"): (0.12345, "万元"),
        ("l", "D5"): (12.0, "天"), ("l", "D6"): (34.0, "天"), ("l", "D7"): (12.3, "亿元"),
        ("l", "D8"): (None, "亿元"), ("l", "D9"): (None, "天"),
        ("w", "C2"): (123.4, "亿元"), ("w", "D2"): (123000.0, "亿"), ("w", "E2"): (5.0, ""),
        ("w", "C3"): (0.1234, "万元"), ("w", "D3"): (1200.0, "万"), ("w", "E3"): (300.0, "天"),
        ("w", "C4"): (None, "亿元"), ("w", "D4"): (5.0, ""),
    }  # fmt: skip
    long_sheet, wide_sheet = sorted((panel.file, dict(panel.odd_texts)) for panel in summary.panels)
    assert long_sheet[1] == {("地区生产总值", "见本表的说明文字而无数字"): 1}
    assert wide_sheet[1] == {("GDP(亿元)", "约十二"): 1}
    assert {c["value_printed"] for c in found if c["cell"] == "D3"} == {"1,234万元", "1200万"}
