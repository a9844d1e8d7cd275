"""One small table in every format that people have, made by the tests; and a reader of what was made."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import duckdb
import msoffcrypto
import openpyxl
import pandas as pd
import xlwt

from citypanel.importing.reading import Sheet, Workbook
from citypanel.importing.reading.files import read_file

TABLE = [
    ["年份", "城市代码", "城市", "年末户籍人口(万人)"],
    ["2010", "320500", "苏州市", "637.66"],
    ["2010", "010203", "亳州市", "6010000000000000001"],
    ["2011", "320500", "苏州市", "—"],
]
HTML = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)


def read(content: bytes, name: str, place: Path) -> list[Workbook]:
    """What the reader makes of bytes under a name."""
    folder, spool = place / "in", place / "spool"
    folder.mkdir(exist_ok=True)
    spool.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return read_file(folder / name, folder, spool)


def sheet_of(content: bytes, name: str, place: Path) -> Sheet:
    """The one sheet of one file."""
    (workbook,) = read(content, name, place)
    assert workbook.refused is None, workbook.refused
    (sheet,) = workbook.sheets
    return sheet


def refusal(content: bytes, name: str, place: Path) -> str:
    """The message that says why a file is not read."""
    (workbook,) = read(content, name, place)
    assert workbook.refused is not None
    return workbook.refused.message_id


def xlsx(rows: list[list[object]] | None = None) -> bytes:
    """An Excel workbook of one sheet, text cells."""
    book = openpyxl.Workbook()
    for row in rows or TABLE:
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls(rows: list[list[object]] | None = None) -> bytes:
    """A workbook of Excel 97."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for number, row in enumerate(rows or TABLE):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def locked(content: bytes, password: str) -> bytes:
    """A workbook encrypted with a password."""
    stream = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(content)).encrypt(password, stream)
    return stream.getvalue()


def csv_text(rows: list[list[str]] | None = None, delimiter: str = ",") -> str:
    """A text table."""
    return "".join(delimiter.join(row) + "\r\n" for row in rows or TABLE)


def ods() -> bytes:
    """An OpenDocument sheet, as small as one can be."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(cell.format(text) for text in row)}</table:table-row>" for row in TABLE
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="表">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = f'<manifest:manifest xmlns:manifest="{space}"></manifest:manifest>'
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


class _GbkName(zipfile.ZipInfo):
    """An entry as Chinese Windows writes it: the name in GBK, marked as nothing."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def zipped(files: dict[str, bytes], gbk: dict[str, bytes] | None = None) -> bytes:
    """A zip archive; the names of `gbk` are written in GBK."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        for name, content in (gbk or {}).items():
            archive.writestr(_GbkName(name), content)
    return stream.getvalue()


def stata(place: Path) -> bytes:
    """A Stata file whose variables and values have labels."""
    frame = pd.DataFrame({"nf": [2010, 2011], "cs": [1, 2], "rk": [637.66, None], "gdp": [79.3, 80.0]})
    frame["gdp"] = frame["gdp"].astype("float32")
    frame.to_stata(
        place / "made.dta",
        write_index=False,
        version=118,
        variable_labels={"nf": "年份", "cs": "城市", "rk": "年末户籍人口(万人)"},
        value_labels={"cs": {1: "苏州市", 2: "无锡市"}},
    )
    return (place / "made.dta").read_bytes()


def parquet(place: Path) -> bytes:
    """A Parquet file of text columns."""
    header, *rows = TABLE
    frame = pd.DataFrame(rows, columns=header)  # noqa: F841 (DuckDB reads it by name)
    duckdb.connect().execute(f"copy (select * from frame) to '{place / 'made.parquet'}' (format parquet)")
    return (place / "made.parquet").read_bytes()


def page(body: str = f"<table>{HTML}</table>", charset: str = "utf-8") -> bytes:
    """A web page."""
    return f"<html><head><meta charset={charset}></head><body>{body}</body></html>".encode(charset)


def web_archive() -> bytes:
    """A web archive (MHTML) of one page."""
    return (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Location: file:///C:/sheet001.htm\r\nContent-Type: text/html; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: 8bit\r\n\r\n" + page() + b"\r\n--b--\r\n"
    )


def xml_spreadsheet() -> bytes:
    """An XML spreadsheet of Excel 2003."""
    rows = "".join(
        f"<Row>{''.join(f'<Cell><Data>{cell}</Data></Cell>' for cell in row)}</Row>" for row in TABLE
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()
