"""Reading files: every sheet of a workbook or CSV as rows of printed text, or a refusal that says why.

Nothing in a file is executed: the reader takes stored values, never formulas, links or macros.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError

from citypanel.importing.printed_text import cell_text

LARGEST_FILE_MB = 200
LARGEST_EXPANSION_MB = 2000
LARGEST_SHEET_CELLS = 50_000_000
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls")
_LATER = {".dta": "Stata", ".parquet": "Parquet", ".zip": "zip", ".ods": "OpenDocument"}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Refused(Exception):
    """A file or sheet that is not read, with the message that says why."""

    def __init__(self, message_id: str, **arguments: Any) -> None:
        """Keep the message's id and arguments; the text is made in the language of the report."""
        super().__init__(message_id, arguments)
        self.message_id = message_id
        self.arguments = arguments


@dataclass(frozen=True)
class Sheet:
    """One sheet as printed: `rows[i][j]` stands in the cell `first_row + i`, `first_column + j` (counted from
    0).
    """

    file: str
    name: str
    rows: list[list[str]]
    first_row: int = 0
    first_column: int = 0


@dataclass(frozen=True)
class Workbook:
    """One file: its path relative to the folder, its checksum and its sheets that hold anything."""

    file: str
    sha256: str
    sheets: list[Sheet] = field(repr=False)


def table_files(folder: Path) -> list[Path]:
    """Return the files under `folder` in a fixed order, without hidden ones and lock files of office
    programs.
    """
    files = (path for path in folder.rglob("*") if path.is_file())
    kept = [path for path in files if not path.name.startswith((".", "~$"))]
    return sorted(kept, key=lambda path: path.relative_to(folder).as_posix())


def read_workbook(path: Path, folder: Path) -> Workbook:
    """Read a file with all its sheets.

    Raises `Refused` for what cannot be read yet, is too large, or is locked with a password.
    """
    file = path.relative_to(folder).as_posix()
    _check_size(path)
    content = path.read_bytes()
    suffix = path.suffix.lower()
    if not content:
        raise Refused("import_file_empty")
    if suffix in _WORKBOOKS:
        sheets = list(_sheets_of_workbook(content, file))
    elif suffix in (".csv", ".tsv", ".txt"):
        sheets = [_sheet_of_csv(content, file, "\t" if suffix == ".tsv" else None)]
    elif suffix in _LATER:
        raise Refused("import_format_not_yet", kind=_LATER[suffix])
    else:
        raise Refused("import_format_unknown", kind=suffix or path.name)
    return Workbook(file, hashlib.sha256(content).hexdigest(), [sheet for sheet in sheets if sheet.rows])


def _check_size(path: Path) -> None:
    """Raise `Refused` for a file that is too large, or would be once its zip is expanded."""
    megabytes = path.stat().st_size / 1e6
    if megabytes > LARGEST_FILE_MB:
        raise Refused("import_file_too_large", size=f"{megabytes:.0f}", limit=LARGEST_FILE_MB)
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        expanded = sum(part.file_size for part in archive.infolist()) / 1e6
    if expanded > LARGEST_EXPANSION_MB:
        raise Refused("import_file_too_large", size=f"{expanded:.0f}", limit=LARGEST_EXPANSION_MB)


def _sheets_of_workbook(content: bytes, file: str) -> Iterator[Sheet]:
    """Yield the sheets of an Excel file; the first bytes, not the name, say whether it is one."""
    if not content.startswith((_ZIP, _OLE)):
        head = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        raise Refused("import_html_not_yet" if head.startswith((b"<", b"mime")) else "import_not_a_workbook")
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused("import_password")
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height * sheet.width > LARGEST_SHEET_CELLS:
                cells = f"{sheet.height * sheet.width:,}"
                raise Refused("import_sheet_too_large", cells=cells, limit=f"{LARGEST_SHEET_CELLS:,}")
            row, column = sheet.start or (0, 0)
            yield Sheet(
                file, name, [[cell_text(cell) for cell in cells] for cells in sheet.to_python()], row, column
            )
    except Refused:
        raise
    except PasswordError as error:
        raise Refused("import_password") from error
    except Exception as error:  # a damaged file can fail in any way; it is refused, and the others are read
        raise Refused("import_unreadable", error=" ".join(str(error).split())[:200]) from error


def _sheet_of_csv(content: bytes, file: str, delimiter: str | None) -> Sheet:
    """Read text as comma-, semicolon- or tab-separated values, in UTF-8 or else GB18030."""
    if b"\x00" in content:
        raise Refused("import_not_text")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError as error:
            raise Refused("import_encoding_unknown", offset=error.start) from error
    first = text.split("\n", 1)[0]
    delimiter = delimiter or max(",;\t", key=first.count)
    return Sheet(file, "", list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
