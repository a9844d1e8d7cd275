"""Files of a folder, and what is read of each: in memory or, where it is long, on disk."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from citypanel.importing.reading import archives
from citypanel.importing.reading.first_bytes import FIRST_BYTES, kind_of, zip_is_workbook
from citypanel.importing.reading.limits import (
    LONG_FROM_CELLS,
    LONG_FROM_MB,
    MEGABYTE,
    check_size,
    memory_for,
)
from citypanel.importing.reading.sheet import Refused, Sheet, Workbook

_HIDDEN = (".", "~$")


def table_files(folder: Path) -> list[Path]:
    """Return the files under `folder` in a fixed order, without hidden ones and lock files of office
    programs; links to folders are listed and not entered.
    """
    found = []
    for place, folders, files in os.walk(folder, followlinks=False):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        folders[:] = [name for name in folders if not name.startswith(_HIDDEN)]
        found += [Path(place) / name for name in (*files, *links) if not name.startswith(_HIDDEN)]
    kept = [path for path in found if path.is_file() or path.is_symlink()]
    return sorted(kept, key=lambda path: path.relative_to(folder).as_posix())


def read_file(path: Path, folder: Path, spool: Path) -> list[Workbook]:
    """Read a file with all its sheets; of an archive one workbook per file inside.

    `spool` is a folder for what is too long for memory. A file that is not read is a workbook with `refused`.
    """
    file = path.relative_to(folder).as_posix()
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
            raise Refused("import_link_outside")
        return list(_read(path, file, spool, 0))
    except Refused as refused:
        return [Workbook(file, "", [], refused)]
    except MemoryError:
        limit = memory_for(path.stat().st_size)
        return [Workbook(file, "", [], Refused("import_reader_ended", limit=limit))]
    except OSError as error:
        return [Workbook(file, "", [], Refused("import_unreadable", error=error.strerror or str(error)))]
    except Exception as error:  # whatever a library does with a damaged file, the others are read
        why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return [Workbook(file, "", [], Refused("import_unreadable", error=why))]


def _read(path: Path, file: str, spool: Path, depth: int) -> Iterator[Workbook]:
    """Yield the workbooks of a file or of the files in an archive."""
    with path.open("rb") as stream:
        head = stream.read(FIRST_BYTES)
    if not head:
        raise Refused("import_file_empty")
    kind = kind_of(head)
    if kind == "zip":
        check_size(path.stat().st_size)
        if not zip_is_workbook(path.read_bytes()):
            yield from _read_archive(path, file, spool, depth)
            return
    sheets = [_shortened(sheet, spool) for sheet in _sheets(path, file, kind, spool) if _holds_any(sheet)]
    if not sheets:
        raise Refused("import_file_empty")
    yield Workbook(file, _checksum(path), sheets)


def _read_archive(path: Path, file: str, spool: Path, depth: int) -> Iterator[Workbook]:
    """Yield the workbooks of the files in an archive; each that cannot be read says so by itself."""
    if depth == archives.DEEPEST:
        raise Refused("import_zip_too_deep")
    empty = True
    for name, part in archives.members(path, spool):
        empty = False
        inside = f"{file}/{name}"
        try:
            if isinstance(part, Refused):
                raise part
            yield from _read(part, inside, spool, depth + 1)
        except Refused as refused:
            yield Workbook(inside, "", [], refused)
    if empty:
        raise Refused("import_file_empty")


def _sheets(path: Path, file: str, kind: str, spool: Path) -> list[Sheet]:
    """Return the sheets of a file of a kind. A format's library is loaded when the format is met."""
    size = path.stat().st_size
    if kind == "text" and size > LONG_FROM_MB * MEGABYTE:
        from citypanel.importing.reading.long_text import read_long_text

        return read_long_text(path, file, spool)
    if kind == "parquet":
        from citypanel.importing.reading.columnar import read_parquet

        return read_parquet(path, file, spool)
    check_size(size)
    content = path.read_bytes()
    if kind in ("ole", "zip"):
        from citypanel.importing.reading.workbooks import read_workbook_sheets

        return read_workbook_sheets(content, file)
    if kind == "stata":
        from citypanel.importing.reading.stata import read_stata

        return read_stata(content, file)
    return _sheets_of_text(content, file, kind)


def _sheets_of_text(content: bytes, file: str, kind: str) -> list[Sheet]:
    """Return the sheets of a page or a text table."""
    if kind in ("html", "mhtml"):
        from citypanel.importing.reading.pages import read_mhtml, read_page

        return read_mhtml(content, file) if kind == "mhtml" else read_page(content, file)
    if kind == "xml":
        from citypanel.importing.reading.spreadsheet_xml import read_spreadsheet_xml

        return read_spreadsheet_xml(content, file)
    from citypanel.importing.reading.delimited import read_delimited

    return read_delimited(content, file)


def _shortened(sheet: Sheet, spool: Path) -> Sheet:
    """Return a sheet of too many cells as its first rows, with all of them on disk."""
    if sheet.long or sum(map(len, sheet.rows)) <= LONG_FROM_CELLS:
        return sheet
    from citypanel.importing.reading.long_text import write_long

    return write_long(sheet, spool)


def _holds_any(sheet: Sheet) -> bool:
    """Say whether anything is printed on a sheet."""
    return sheet.long is not None or any(re.search(r"\S", cell) for row in sheet.rows for cell in row)


def _checksum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
