"""Excel and OpenDocument workbooks (.xls, .xlsx, .xlsm, .xlsb, .ods), by calamine: stored values only.

A file that is locked with the password that Excel tries by itself (read-only files of many data services) is
opened with it; any other password is a refusal.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import msoffcrypto
from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from citypanel.importing.printed_text import cell_text, column_number
from citypanel.importing.reading.limits import check_cells, check_expansion
from citypanel.importing.reading.percent_cells import percent_cells, shown_as_percent
from citypanel.importing.reading.sheet import Block, Refused, Sheet

# Excel's own default: a workbook protected against changes is encrypted with it ([MS-OFFCRYPTO] 2.4.2.3)
DEFAULT_PASSWORD = "VelvetSweatshop"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
Corners = tuple[tuple[int, int], tuple[int, int]]


def read_workbook_sheets(content: bytes, file: str) -> list[Sheet]:
    """Read every sheet of a workbook, hidden ones too.

    Raises `Refused` where it is locked, damaged, or too large.
    """
    if content.startswith(b"PK"):
        _check_zip(content)
    elif _PACKAGE in content:
        content = unlocked(content)
        _check_zip(content)
    try:
        return list(_sheets(content, file))
    except (PasswordError, Refused):
        if not is_locked(content):
            raise
    return list(_sheets(unlocked(content), file))


def is_locked(content: bytes) -> bool:
    """Say whether a workbook is encrypted (false for one that is too damaged to tell)."""
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted())
    except Exception:
        return False


def unlocked(content: bytes) -> bytes:
    """Return the content of a workbook that Excel's default password opens, else raise `Refused`."""
    plain = io.BytesIO()
    try:
        book = msoffcrypto.OfficeFile(io.BytesIO(content))
        book.load_key(password=DEFAULT_PASSWORD)
        book.decrypt(plain)
    except Exception as error:  # wrong password, unknown cipher or damage: it cannot be opened
        raise Refused("import_password") from error
    return plain.getvalue()


def _check_zip(content: bytes) -> None:
    """Raise `Refused` for a zip that is damaged or declares too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_expansion(archive.infolist(), len(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _unreadable(error) from error


def _sheets(content: bytes, file: str) -> Iterator[Sheet]:
    """Yield the worksheets that hold anything."""
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(content))
        percents = percent_cells(content) if content.startswith(b"PK") else {}
        for metadata in book.sheets_metadata:
            if metadata.typ == SheetTypeEnum.WorkSheet:
                hidden = metadata.visible != SheetVisibleEnum.Visible
                sheet = book.get_sheet_by_name(metadata.name)
                yield _sheet(sheet, file, hidden, percents.get(metadata.name, set()))
    except (Refused, PasswordError):
        raise
    except BaseException as error:  # a damaged file may fail in any way, a panic of the library too
        if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit)):
            raise
        raise _unreadable(error) from error


def _sheet(sheet: CalamineSheet, file: str, hidden: bool, percents: set[str]) -> Sheet:
    """Return one sheet as text, cropped to its used range; `percents` are shown as percentages."""
    check_cells(sheet.height, sheet.width)
    row, column = sheet.start or (0, 0)
    rows = [[cell_text(cell) for cell in cells] for cells in sheet.to_python()]
    for cell in percents:
        letters = cell.rstrip("0123456789")
        place = int(cell[len(letters) :] or 0) - 1 - row, column_number(letters) - column
        if 0 <= place[0] < len(rows) and 0 <= place[1] < len(rows[place[0]]):
            rows[place[0]][place[1]] = shown_as_percent(rows[place[0]][place[1]])
    merged = _merged(sheet.merged_cell_ranges or [], row, column, len(rows), sheet.width)
    return Sheet(file, sheet.name, rows, row, column, merged, hidden)


def _merged(ranges: list[Corners], row: int, column: int, height: int, width: int) -> tuple[Block, ...]:
    """Return the merged ranges that lie in the used range, in its coordinates."""
    moved = (
        (
            max(top - row, 0),
            max(left - column, 0),
            min(bottom - row, height - 1),
            min(right - column, width - 1),
        )
        for (top, left), (bottom, right) in ranges
    )
    return tuple(block for block in moved if block[0] <= block[2] and block[1] <= block[3])


def _unreadable(error: BaseException) -> Refused:
    return Refused("import_unreadable", error=" ".join(str(error).split())[:200])
