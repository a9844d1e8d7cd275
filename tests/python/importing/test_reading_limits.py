"""What is damaged, hostile or too large is refused with its reason, quickly; the other files are read."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from invented_files import TABLE, csv_text, page, refusal, sheet_of, xlsx, zipped
from openpyxl.styles import PatternFill

from citypanel.importing.reading import limits, worker
from citypanel.importing.reading.files import read_file, table_files
from citypanel.importing.reading.process import ReadingProcess, read_files
from citypanel.messages import message

SHEET = "xl/worksheets/sheet1.xml"
BOMB = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">{}]>'.format(
    "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 12))
)


def with_sheet(change: object) -> bytes:
    """A workbook whose sheet's XML was changed by a function."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, change(content) if part.filename == SHEET else content)  # type: ignore[operator]
    return stream.getvalue()


@pytest.fixture
def process(tmp_path: Path) -> object:
    (tmp_path / "spool").mkdir()
    with ReadingProcess(tmp_path / "spool", seconds=60) as reading:
        yield reading


def read_apart(process: ReadingProcess, content: bytes, place: Path) -> str:
    """The refusal of a file that is read in the process of its own; empty where it is read."""
    (place / "a.xlsx").write_bytes(content)
    (workbook,) = process.read(place / "a.xlsx", place)
    return workbook.refused.message_id if workbook.refused else ""


def test_blank_formatted_rows_cost_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in TABLE:
        book.worksheets[0].append(row)
    for row in range(1000, 3000):
        book.worksheets[0].cell(row, 1).fill = PatternFill("solid", fgColor="FFFF00")
    book.save(tmp_path / "styled.xlsx")
    assert sheet_of((tmp_path / "styled.xlsx").read_bytes(), "a.xlsx", tmp_path).rows == TABLE
    blank = b"".join(b'<row r="%d" ht="12"><c r="A%d" s="0"/></row>' % (n, n) for n in range(5, 1_000_000))
    large = with_sheet(lambda xml: xml.replace(b"</sheetData>", blank + b"</sheetData>"))
    start = time.perf_counter()
    assert sheet_of(large, "b.xlsx", tmp_path).rows == TABLE
    assert time.perf_counter() - start < 10


def test_a_cell_in_the_last_corner_does_not_fill_the_memory(process: ReadingProcess, tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    content = with_sheet(lambda xml: xml.replace(b"</sheetData>", far))
    assert read_apart(process, content, tmp_path) in ("import_reader_ended", "import_sheet_too_large")
    assert read_apart(process, xlsx(), tmp_path) == "", "the next file is read"


def test_a_dimension_that_lies_is_not_believed(process: ReadingProcess, tmp_path: Path) -> None:
    declared = with_sheet(lambda xml: xml.replace(b'ref="A1:D4"', b'ref="A1:XFD1048576"'))
    assert read_apart(process, declared, tmp_path) == ""


def test_entities_are_never_expanded(process: ReadingProcess, tmp_path: Path) -> None:
    bomb = BOMB.encode()
    content = with_sheet(
        lambda xml: xml.replace(b"<worksheet", bomb + b"<worksheet", 1).replace("苏州市".encode(), b"&a11;")
    )
    assert read_apart(process, content, tmp_path) in ("", "import_unreadable")
    external = b'<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><table><tr><td>&e;<td>b</table>'
    assert "root" not in str(sheet_of(external, "a.xls", tmp_path).rows)
    assert "a" * 100 not in str(sheet_of(bomb + b"<table><tr><td>&a9;<td>b</table>", "a.xls", tmp_path).rows)
    book = '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&a11;</Workbook>'
    assert refusal(b"<?xml version='1.0'?>" + bomb + book.encode(), "a.xls", tmp_path).startswith("import_")


def test_zip_bombs_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    zeros = b"0" * (limits.RATIO_FROM_MB + 1) * limits.MEGABYTE
    start = time.perf_counter()
    bomb = zipped({"a.csv": zeros})
    assert refusal(bomb, "a.zip", tmp_path) == "import_expands_too_far"
    assert refusal(zipped({"b.zip": bomb}), "b.zip", tmp_path) == "import_expands_too_far"
    assert (
        refusal(zipped({SHEET: zeros, "[Content_Types].xml": b""}), "a.xlsx", tmp_path)
        == "import_expands_too_far"
    )
    many = zipped({f"{number}.csv": b"a" for number in range(limits.MOST_PARTS + 1)})
    assert refusal(many, "a.zip", tmp_path) == "import_zip_too_many"
    assert time.perf_counter() - start < 30


def test_a_part_that_holds_more_than_it_declares_is_refused(tmp_path: Path) -> None:
    made = bytearray(zipped({"a.csv": b"x,y\n" * 100_000}))
    for place in (made.rfind(b"PK\x01\x02") + 24, 22):
        made[place : place + 4] = (10).to_bytes(4, "little")
    assert refusal(bytes(made), "a.zip", tmp_path) == "import_unreadable"


def test_pages_and_text_that_no_table_is_are_refused(tmp_path: Path) -> None:
    assert refusal(page("<div>" * 1_000_000), "a.xls", tmp_path) == "import_page_too_deep"
    wide = "<table>" + "<tr><td colspan=16384 rowspan=9999>x" * 2000 + "</table>"
    assert refusal(page(wide), "b.xls", tmp_path) == "import_row_too_wide"
    assert refusal(b"a," * 5_000_000, "a.csv", tmp_path) == "import_line_too_long"
    assert refusal(b"a" * 100_000_000, "b.csv", tmp_path) == "import_line_too_long"
    assert refusal(b"a," * 20_000 + b"\n", "c.csv", tmp_path) == "import_row_too_wide"
    assert refusal('城,"'.encode() + b"a,b\n" * 500_000, "d.csv", tmp_path) == "import_quote_open"


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "outside"
    (folder / "sub").mkdir(parents=True)
    outside.mkdir()
    (outside / "a.csv").write_text(csv_text(), encoding="utf-8")
    (folder / "sub" / "b.csv").write_text(csv_text(), encoding="utf-8")
    try:
        (folder / "link.csv").symlink_to(outside / "a.csv")
        (folder / "link").symlink_to(outside)
        (folder / "loop").symlink_to(folder)
    except OSError:
        pytest.skip("this system makes no links")
    os.mkfifo(folder / "pipe")
    found = [workbook for path in table_files(folder) for workbook in read_file(path, folder, tmp_path)]
    refused = {workbook.file: workbook.refused.message_id for workbook in found if workbook.refused}
    assert refused.pop("loop").startswith("import_")
    assert refused == {"link": "import_link_outside", "link.csv": "import_link_outside"}
    assert [workbook.file for workbook in found if workbook.sheets] == ["sub/b.csv"]


def test_a_reader_that_stalls_or_ends_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text(csv_text(), encoding="utf-8")
    stalls = "import sys, time; sys.path.insert(0, {!r}); time.sleep(60)"
    monkeypatch.setattr("citypanel.importing.reading.process._START", stalls)
    with ReadingProcess(tmp_path, seconds=0.5) as process:
        (workbook,) = process.read(folder / "a.csv", folder)
    assert workbook.refused and workbook.refused.message_id == "import_reader_late"
    assert "0.5" in message("import_reader_late", **workbook.refused.arguments)
    monkeypatch.setattr("citypanel.importing.reading.process._START", "import os; os.abort() # {!r}")
    with ReadingProcess(tmp_path) as process:
        (workbook,) = process.read(folder / "a.csv", folder)
    assert workbook.refused and workbook.refused.message_id == "import_reader_ended"
    monkeypatch.undo()
    files = [
        (path.name, len(books[0].sheets)) for path, books in read_files(table_files(folder), folder, tmp_path)
    ]
    assert files == [("a.csv", 1), ("b.csv", 1)]
    assert callable(worker.main)
