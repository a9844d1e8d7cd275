"""Editions of one yearbook: the year's origin in the trace, vintage and publisher of a source, agreement."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from invented_workbooks import CITIES, Import, Rows, cells, import_sheets

from citypanel.importing import ImportSummary
from citypanel.messages import message


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    return partial(import_sheets, tmp_path)


def edition(year: int, numbers: list[float], unit: str = "亿元") -> dict[str, Rows]:
    """A table of an edition: title without year, a note that names the yearbook."""
    rows: Rows = [["2-1 地区生产总值"], ["城市", f"地区生产总值({unit})"]]
    rows += [[city, number] for (city, _), number in zip(CITIES, numbers, strict=True)]
    return {"s": [*rows, [f"资料来源：《中国城市统计年鉴{year}》"]]}


def sources(summary: ImportSummary) -> list[tuple[str, int | None, str]]:
    return [(source.source_id, source.edition, source.publisher) for source in summary.sources]


def test_the_later_edition_comes_first_and_the_trace_says_where_the_year_is_from(imported: Import) -> None:
    first = {"a.xlsx": edition(2017, [100.1, 200, 300, 400, 500])}
    panel: Rows = [["年份", "城市", "地区生产总值(万元)"]]
    panel += [[2016, city, 1_001_000 + 1_000_000 * place] for place, (city, _) in enumerate(CITIES)]
    later = edition(2018, [100.1, 203, 300, 400, 600])
    later["s"][0] = ["2-1 地区生产总值（2016年）"]
    summary = imported({**first, "b.xlsx": later, "c.xlsx": {"s": panel}})
    name = "中国城市统计年鉴"
    assert sources(summary) == [("b", 2018, name), ("a", 2017, name), ("c", None, "")]
    origins = {(str(c["file"])[0], c["year"], c["year_origin"]) for c in cells(summary)}
    assert origins == {("a", 2016, "edition"), ("b", 2016, "title"), ("c", 2016, "column")}
    assert "中国城市统计年鉴2017" in str(cells(summary, "file = 'a.xlsx'")[0]["year_evidence"])
    found = {(a.source_id, a.other_source_id): dict(a.cells) for a in summary.agreements}
    assert found == {
        ("b", "a"): {"equal": 3, "revision": 1, "conflict": 1},
        ("b", "c"): {"equal after unit": 3, "conflict": 2},
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_and_the_terminal_say_how_sources_agree(
    imported: Import, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITYPANEL_LANG", lang)
    other = edition(2017, [15000, 20000, 30000, 40000, 59000], "万元")
    summary = imported({"a.xlsx": edition(2017, [1.5, 2, 3, 4, 5]), "b.xlsx": other})
    page = summary.report.read_text("utf-8")
    assert message("import_report_agreement") in page and "泰州市 2016" not in page
    assert message("agreement_conflict") in page and "台州市 2016: 15.3 %" in page
    line = next(line for line in summary.lines() if line.startswith(("5 ", "另有来源")))
    assert "4" in line and "1" in line


def test_an_edition_that_an_import_wrote_states_nothing_new(imported: Import) -> None:
    summary = imported({"a.xlsx": edition(2017, [1, 2, 3, 4, 5])})
    before = {path.name: path.read_bytes() for path in summary.out.iterdir()}
    again = imported({})
    assert {path.name: path.read_bytes() for path in again.out.iterdir()} == before
    assert {c["year_origin"] for c in cells(again)} == {"edition"}
