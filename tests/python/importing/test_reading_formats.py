"""Every format that people have is read as it is printed, whatever the file is called."""

from __future__ import annotations

from pathlib import Path

import duckdb
import openpyxl
import pytest
from invented_files import (
    HTML,
    TABLE,
    csv_text,
    locked,
    ods,
    page,
    parquet,
    read,
    refusal,
    sheet_of,
    stata,
    web_archive,
    xls,
    xlsx,
    xml_spreadsheet,
    zipped,
)

GBK = csv_text().encode("gb18030")


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.csv", "a"])
@pytest.mark.parametrize(
    "content",
    [
        xlsx(),
        xls(),
        ods(),
        locked(xlsx(), "VelvetSweatshop"),
        page(),
        page(charset="gb18030").replace(b"charset=gb18030", b"charset=gb2312"),
        web_archive(),
        xml_spreadsheet(),
        csv_text().encode(),
        csv_text().encode("utf-8-sig"),
        csv_text().encode("utf-16"),
        b"\xfe\xff" + csv_text().encode("utf-16-be"),
        GBK,
        csv_text(delimiter="\t").encode("gb18030"),
        csv_text(delimiter=";").encode(),
    ],
    ids=[
        *(
            "xlsx",
            "xls",
            "ods",
            "locked",
            "html",
            "gb2312-html",
            "mhtml",
            "xml",
            "csv",
            "bom",
            "utf16le",
            "utf16be",
        ),
        *("gbk", "tsv", "semicolon"),
    ],
)
def test_the_first_bytes_decide_and_text_survives_untouched(
    content: bytes, name: str, tmp_path: Path
) -> None:
    assert sheet_of(content, name, tmp_path).rows == TABLE


def test_parquet_is_read_under_any_name(tmp_path: Path) -> None:
    assert sheet_of(parquet(tmp_path), "a[1]*.csv", tmp_path).rows == TABLE


def test_stata_labels_are_the_printed_headers_and_values(tmp_path: Path) -> None:
    assert sheet_of(stata(tmp_path), "a.dta", tmp_path).rows == [
        ["年份", "城市", "年末户籍人口(万人)", "gdp"],
        ["2010", "苏州市", "637.66", "79.3"],
        ["2011", "无锡市", "", "80"],
    ]


def test_numbers_stored_as_numbers_print_their_digits(tmp_path: Path) -> None:
    stored = [[1.0, 0.1, 1234567.125, 1e15, 79.3000030517578, 0.000001, 12345678901234.567, 1e21]]
    printed = ["1", "0.1", "1234567.125", "1000000000000000", "79.3000030517578", "0.000001"]
    for content in (xlsx(stored), xls(stored)):
        row = sheet_of(content, "a.xls", tmp_path).rows[0]
        assert row[:6] == printed and row[7] == "1" + "0" * 21
    assert row[6] == "12345678901234.566", "every digit that is stored (openpyxl writes 16)"


def test_parquet_numbers_print_their_digits(tmp_path: Path) -> None:
    made = tmp_path / "made.parquet"
    columns = "1.0::double a, 79.3::float b, 1e15::double c, '007' d, null e, date '2015-03-01' f"
    columns += ", 9007199254740993 g"
    duckdb.connect().execute(f"copy (select {columns}) to '{made}' (format parquet)")
    rows = sheet_of(made.read_bytes(), "a.parquet", tmp_path).rows
    assert rows[1] == ["1", "79.3", "1000000000000000", "007", "", "2015-03-01", "9007199254740993"]


def test_cells_that_are_one_are_handed_over_as_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["C4"], sheet["C7"], sheet["E5"] = "人口", "x", "市辖区"
    sheet.merge_cells("C4:E4")
    sheet.merge_cells("C5:C6")
    book.save(tmp_path / "merged.xlsx")
    found = sheet_of((tmp_path / "merged.xlsx").read_bytes(), "a.xlsx", tmp_path)
    assert (found.first_row, found.first_column) == (3, 2)
    assert sorted(found.merged) == [(0, 0, 0, 2), (1, 0, 2, 0)]
    head = "<tr><td rowspan=2>城市<td colspan=2>人口</tr><tr><td>全市<td>市辖区</tr>"
    spans = sheet_of(page(f"<p>2014年统计</p><table>{head}</table>"), "a.xls", tmp_path)
    assert spans.rows == [["2014年统计"], ["城市", "人口"], ["", "全市", "市辖区"]]
    assert spans.merged == ((1, 0, 2, 0), (1, 1, 1, 2))


def test_a_page_is_read_in_its_order_with_tables_inside_tables(tmp_path: Path) -> None:
    body = f"<table><tr><td>单位:万人<table>{HTML}</table>说明<br>二</td></tr></table><p>来源：年鉴"
    body += "<script>var x = '<td>9</td>'</script>"
    rows = sheet_of(page(body), "a.xls", tmp_path).rows
    assert [row for row in rows if any(row)] == [["单位:万人"], *TABLE, ["说明"], ["二"], ["来源：年鉴"]]


def test_hidden_sheets_are_read_and_said_and_blank_ones_are_not(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["城市"])
    book.create_sheet("blank")
    book.create_sheet("secret").append(["年份"])
    book["secret"].sheet_state = "veryHidden"
    book.save(tmp_path / "b.xlsx")
    (workbook,) = read((tmp_path / "b.xlsx").read_bytes(), "b.xlsx", tmp_path)
    assert [(sheet.name, sheet.hidden) for sheet in workbook.sheets] == [("Sheet", False), ("secret", True)]


def test_line_breaks_and_separators_in_quotation_marks_belong_to_the_cell(tmp_path: Path) -> None:
    text = '"城市\n市","GDP ""亿元""",a\n"苏州,市",1,2\n'
    rows = [["城市\n市", 'GDP "亿元"', "a"], ["苏州,市", "1", "2"]]
    assert sheet_of(text.encode(), "a.csv", tmp_path).rows == rows


def test_a_formula_gives_its_stored_value_and_is_never_computed(tmp_path: Path) -> None:
    assert sheet_of(xlsx([["=1+1", "x"]]), "a.xlsx", tmp_path).rows[0][-1] == "x"


def test_archives_are_read_file_by_file(tmp_path: Path) -> None:
    inner = zipped({"深/乙.xls": GBK, "damaged.xlsx": b"PK\x03\x04 and nothing more"})
    outer = zipped(
        {"../inner.zip": inner, "__MACOSX/x.csv": b"a,b", "readme": b"hello"},
        gbk={"甲.csv": csv_text().encode()},
    )
    found = {workbook.file: workbook for workbook in read(outer, "a.zip", tmp_path)}
    assert sorted(found) == [
        "a.zip/inner.zip/damaged.xlsx",
        "a.zip/inner.zip/深/乙.xls",
        "a.zip/readme",
        "a.zip/甲.csv",
    ]
    assert found["a.zip/inner.zip/深/乙.xls"].sheets[0].rows == TABLE
    assert found["a.zip/inner.zip/damaged.xlsx"].refused is not None
    deeper = zipped({"b.zip": zipped({"c.zip": outer})})
    assert refusal(deeper, "deep.zip", tmp_path) == "import_zip_too_deep"


def test_other_passwords_and_other_formats_are_refused_by_name(tmp_path: Path) -> None:
    assert refusal(locked(xlsx(), "secret"), "a.xlsx", tmp_path) == "import_password"
    assert refusal(b"%PDF-1.7", "a.xls", tmp_path) == "import_format_unknown"
    assert refusal(b"\x00\x01\x02 rubbish", "a.csv", tmp_path) == "import_not_text"
    assert refusal(b"", "a.csv", tmp_path) == "import_file_empty"
    assert refusal(b" \r\n\r\n", "a.csv", tmp_path) == "import_file_empty"
    assert refusal('城市,a\n"苏州,1\n无锡,2\n'.encode(), "a.csv", tmp_path) == "import_quote_open"


def test_real_files_of_every_kind_are_read(shared: Path, tmp_path: Path) -> None:
    """The encrypted, the GBK and the web page that data services call .xls."""
    folder = shared / "real" / "yearbook_tables"
    read_as = {path.name: read(path.read_bytes(), path.name, tmp_path)[0] for path in folder.iterdir()}
    encrypted = read_as["cnki_2-1_population_2017_edition.xls"].sheets
    assert [(sheet.name, len(sheet.rows), sheet.hidden) for sheet in encrypted] == [
        ("1-7", 360, False),
        ("CNKI", 1, True),
    ]
    assert encrypted[0].rows[6][:4] == ["北京市", "Beijing", "1363", "1363"] and len(encrypted[0].merged) > 20
    text = read_as["employment_shares_2015_edition.xls"].sheets[0]
    assert len(text.rows) == 319 and text.rows[0][1] == "第一产业从业人员比重_全市"
    pages = read_as["employment_shares_2015_edition_part.xls"].sheets[0]
    assert [
        "城市",
        "第一产业从业人员比重",
        "",
        "第二产业从业人员比重",
        "",
        "第三产业从业人员比重",
    ] in pages.rows
