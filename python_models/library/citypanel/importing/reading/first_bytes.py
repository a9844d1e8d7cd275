"""What a file is, by its first bytes: the name says nothing (an .xls may be a web page, or a text table)."""

from __future__ import annotations

import io
import re
import zipfile

from citypanel.importing.reading.sheet import Refused
from citypanel.importing.reading.text import encoding_of

FIRST_BYTES = 8192

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# what lies beside workbooks and is no table: named, so that the refusal can say what it is
_OTHER = {
    b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR", b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"CAJ\x00": "CAJ",
    b"HN\x00\x00": "CAJ", b"KDH ": "KDH", b"RDX": "R", b"\x89HDF": "HDF5", b"SQLite format 3": "SQLite",
    b"$FL2": "SPSS", b"$FL3": "SPSS", b"{\\rtf": "RTF", b"\x7fELF": "ELF", b"MZ\x90": "EXE",
}  # fmt: skip
_PAGE = re.compile(rb"<\s*(!doctype\s+html|html|head|body|table|tr|meta|style|div|title)\b", re.IGNORECASE)
_MIME = re.compile(rb"\A\s*(mime-version:|from:|content-type:\s*multipart)", re.IGNORECASE)
# releases 104 to 115 begin with the release, the byte order (1 or 2) and the file type (1)
_OLD_STATA = re.compile(rb"\A[\x68-\x73][\x01\x02]\x01", re.DOTALL)
_CONTROL = re.compile(rb"[\x00-\x06\x0e-\x19\x1c-\x1f\x7f]")


def kind_of(head: bytes) -> str:
    """Return what a file that begins with `head` is: `ole`, `zip`, `parquet`, `stata`, `mhtml`, `xml`, `html`
    or `text`.

    Raises `Refused` for a known format that is no table, and for bytes that are no text.
    """
    for start, name in _OTHER.items():
        if head.startswith(start):
            raise Refused("import_format_unknown", kind=name)
    if head.startswith(_OLE):
        return "ole"
    if head.startswith(_ZIP):
        return "zip"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"<stata_dta>") or _OLD_STATA.match(head):
        return "stata"
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> str:
    """Return which kind of text begins with `head`."""
    if head.startswith(_BYTE_ORDER_MARKS[1:]):
        plain = head.replace(b"\x00", b"")[2:]
    else:
        plain = head.removeprefix(_BYTE_ORDER_MARKS[0])
        if (encoding := encoding_of(head)).startswith("utf-16"):
            plain = head.decode(encoding, "ignore").encode("utf-8", "ignore")
        if _CONTROL.search(plain):
            raise Refused("import_not_text")
    if _MIME.match(plain):
        return "mhtml"
    start = plain.lstrip()
    if (
        start.startswith(b"<")
        and b"urn:schemas-microsoft-com:office:spreadsheet" in plain
        and (b"<html" not in plain.lower())
    ):
        return "xml"
    return "html" if start.startswith(b"<") and _PAGE.search(plain) else "text"


def zip_is_workbook(content: bytes) -> bool:
    """Say whether a zip is a workbook (xlsx, xlsm, xlsb, ods) rather than an archive of files."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return True  # the reader of workbooks says what is wrong with it
    return "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names
