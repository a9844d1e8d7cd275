"""Files in, folder out: refusals, sources, and a yearbook folder that is written whole or not at all."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path

import pytest
from invented_workbooks import HEAD, Import, Rows, import_sheets, panel_rows, table

from citypanel.importing import import_folder
from citypanel.messages import Mistake


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    return partial(import_sheets, tmp_path)


def test_sheets_that_agree_are_one_source_and_sheets_that_do_not_are_two(imported: Import) -> None:
    panel = panel_rows("常住人口（万人）", lambda i, y: 100 + i)
    agreeing = imported(
        {"a.xlsx": {"panel": panel, "2015": panel[:1] + [row for row in panel if row[0] == 2015]}}
    )
    assert [source.sheets for source in agreeing.sources] == ["panel | 2015"]
    other = panel_rows("常住人口（万人）", lambda i, y: 200 + i)
    assert [s.source_id for s in imported({"a.xlsx": {"panel": panel, "Other": other}}).sources] == [
        "a",
        "a_other",
    ]


def test_a_total_with_its_parts_comes_before_a_total_alone(imported: Import) -> None:
    head = [*HEAD, "gdp（亿元）", "第一产业增加值（亿元）"]
    wide = {"z 宽.xlsx": {"s": [head, [2010, "苏州市", "江苏省", 9000, 150]]}}
    narrow = {"a.xlsx": {"s": panel_rows("gdp（亿元）", lambda i, y: 9000)}}
    summary = imported(narrow | wide)
    assert [(s.precedence, s.source_id) for s in summary.sources] == [(1, "z_宽"), (2, "a")]
    assert table(summary, "gdp")[0]["来源"] == "z_宽"


def test_what_cannot_be_read_is_refused_with_the_reason(imported: Import, tmp_path: Path) -> None:
    folder = tmp_path / "workbooks"
    folder.mkdir()
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    (folder / "locked.xlsx").write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
    (folder / "page.xls").write_bytes(b"<html><table></table></html>")
    (folder / "damaged.xlsx").write_bytes(b"PK\x03\x04 and then nothing of the kind")
    (folder / "empty.csv").write_bytes(b"")
    (folder / "panel.dta").write_bytes(b"<stata_dta>")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "fragment.xls").write_bytes("年份,城市\n2010".encode("gb18030") + b"\xff\n")
    (folder / "~$a.xlsx").write_bytes(b"lock file of an office program")
    rates: Rows = [["年份", "1美元兑人民币（元）"], [2007, 7.604]]
    sheets: dict[str, Rows] = {
        "panel": panel_rows("常住人口（万人）", lambda i, y: 1),
        "notes": [["数据来源：年鉴"]],
        "cities": [["城市", "常住人口（万人）"], ["苏州市", 1]],
    }
    summary = imported({"a.xlsx": sheets, "rates.xlsx": {"s": rates}})
    assert {(r.file, r.sheet): r.message_id for r in summary.refusals} == {
        ("a.xlsx", "notes"): "import_no_table",
        ("a.xlsx", "cities"): "import_no_year_column",
        ("rates.xlsx", "s"): "import_no_city_column",
        ("locked.xlsx", ""): "import_password",
        ("page.xls", ""): "import_file_empty",
        ("damaged.xlsx", ""): "import_unreadable",
        ("empty.csv", ""): "import_file_empty",
        ("panel.dta", ""): "import_unreadable",
        ("picture.png", ""): "import_format_unknown",
        ("fragment.xls", ""): "import_encoding_unknown",
    }
    assert len(summary.refused_files) == 8


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_utf8_and_gb18030(imported: Import, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "workbooks").mkdir()
    text = "年份,城市代码,城市,常住人口（万人）\n2010,320500.0,苏州市,1046.85\n"
    (tmp_path / "workbooks" / "a.csv").write_bytes(text.encode(encoding))
    assert table(imported({}), "population")[0]["年末常住人口_万人"] == "1046.85"


def test_importing_twice_gives_the_same_bytes_and_keeps_what_the_user_wrote(imported: Import) -> None:
    files = {"a.xlsx": {"s": panel_rows("常住人口（万人）", lambda i, y: 100 + i)}}
    summary = imported(files)

    def checksums() -> dict[str, str]:
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in summary.out.glob("*.csv")}

    corrections = summary.out / "corrections.csv"
    corrections.write_text(corrections.read_text(encoding="utf-8") + "c1,a\n", encoding="utf-8")
    (summary.out / "notes.txt").write_text("mine", encoding="utf-8")
    sources = summary.out / "sources.csv"
    sources.write_text(
        sources.read_text(encoding="utf-8").replace("unknown: not", "bought: not"), encoding="utf-8"
    )
    before = checksums()
    imported({})  # the workbook that is there, unchanged
    assert checksums() == before and (summary.out / "notes.txt").exists()
    assert len(before) == 12 and not [p for p in summary.out.parent.iterdir() if p.name.startswith(".")]


def test_a_failing_import_leaves_the_folder_as_it_was(
    imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = imported({"a.xlsx": {"s": panel_rows("常住人口（万人）", lambda i, y: 100 + i)}})
    before = (summary.out / "population.csv").read_bytes()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("citypanel.importing.folder.write_cells", fail)
    with pytest.raises(OSError, match="disk full"):
        imported({"a.xlsx": {"s": panel_rows("常住人口（万人）", lambda i, y: 5)}})
    assert (summary.out / "population.csv").read_bytes() == before
    assert not [path for path in summary.out.parent.iterdir() if path.name.startswith(".")]


def test_where_a_folder_may_not_be_written_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine", encoding="utf-8")
    for out, message_id in (
        ("estimates", "import_folder_name_reserved"),
        ("sample", "import_folder_name_reserved"),
        ("thesis", "import_out_not_a_yearbook"),
        ("fresh", "import_nothing_found"),
    ):
        with pytest.raises(Mistake) as mistake:
            import_folder(tmp_path / "in", tmp_path / out)
        assert mistake.value.message_id == message_id
    assert not (tmp_path / "fresh").exists() and (tmp_path / "fresh-import-report.html").exists()


def test_report_and_summary_speak_both_languages(imported: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"a.xlsx": {"s": panel_rows("常住人口（万人）", lambda i, y: 100 + i)}}
    summary = imported(files)
    assert "Columns read as indicators" in summary.report.read_text(encoding="utf-8")
    assert "population: 30 rows" in str(summary)
    monkeypatch.setenv("CITYPANEL_LANG", "zh")
    assert "对应字典指标的列" in imported(files).report.read_text(encoding="utf-8")
