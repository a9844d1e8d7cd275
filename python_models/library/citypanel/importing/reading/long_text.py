"""Long text tables: made UTF-8 without being held in memory; the first rows show where the table is."""

from __future__ import annotations

import codecs
import csv
import tempfile
from pathlib import Path

from citypanel.importing.reading.columnar import without_pattern
from citypanel.importing.reading.delimited import delimiter_of, records
from citypanel.importing.reading.limits import LONGEST_LINE_MB, MEGABYTE, ROWS_SHOWN
from citypanel.importing.reading.sheet import LongTable, Refused, Sheet
from citypanel.importing.reading.text import SIMPLIFIED, check_readable, encoding_of

_CHUNK = 4 * MEGABYTE
_HEAD = 2 * MEGABYTE


def read_long_text(path: Path, file: str, spool: Path) -> list[Sheet]:
    """Return a long text table as one sheet of its first rows, with the whole of it as UTF-8 on disk."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    encoding = encoding_of(head)
    if encoding == "utf-8" and not _is_utf8(path):
        encoding = SIMPLIFIED
    check_readable(head, encoding)
    plain = path if encoding in ("utf-8", "utf-8-sig") else _as_utf8(path, encoding, spool)
    _check_lines(plain)
    plain = without_pattern(plain, spool)
    text = _first_lines(plain)
    delimiter = delimiter_of(text)
    return [Sheet(file, "", records(text, delimiter)[:ROWS_SHOWN], long=LongTable(plain, delimiter))]


def write_long(sheet: Sheet, spool: Path) -> Sheet:
    """Return a sheet whose rows were put on disk but for the first."""
    handle, name = tempfile.mkstemp(dir=spool, prefix="rows-", suffix=".csv")
    with open(handle, "w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(sheet.rows)
    return Sheet(
        sheet.file, sheet.name, sheet.rows[:ROWS_SHOWN], sheet.first_row, sheet.first_column,
        tuple(block for block in sheet.merged if block[0] < ROWS_SHOWN), sheet.hidden,
        LongTable(Path(name), ","),
    )  # fmt: skip


def _is_utf8(path: Path) -> bool:
    """Say whether all of a file is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _as_utf8(path: Path, encoding: str, spool: Path) -> Path:
    """Return a copy of the text in UTF-8."""
    handle, name = tempfile.mkstemp(dir=spool, prefix="text-", suffix=".csv")
    done = 0
    decoder = codecs.getincrementaldecoder(encoding)()
    with open(handle, "wb") as target, path.open("rb") as source:
        try:
            while chunk := source.read(_CHUNK):
                target.write(decoder.decode(chunk).encode("utf-8", "replace"))
                done += len(chunk)
            target.write(decoder.decode(b"", final=True).encode("utf-8", "replace"))
        except UnicodeDecodeError as error:
            raise Refused("import_encoding_unknown", offset=done + error.start) from error
    return Path(name)


def _check_lines(path: Path) -> None:
    """Raise `Refused` for a line longer than any table's, and for bytes that are no text."""
    since = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if b"\x00" in chunk:
                raise Refused("import_not_text")
            first, last = chunk.find(b"\n"), chunk.rfind(b"\n")
            since = since + (len(chunk) if first < 0 else first)
            if since > LONGEST_LINE_MB * MEGABYTE:
                raise Refused("import_line_too_long", limit=LONGEST_LINE_MB)
            since = since if last < 0 else len(chunk) - last


def _first_lines(path: Path) -> str:
    """Return the text of the first rows, cut at the end of a line outside quotation marks."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    text = codecs.getincrementaldecoder("utf-8-sig")().decode(head).replace("\r\n", "\n").replace("\r", "\n")
    pieces: list[str] = []
    open_quote = False
    closed = 0
    for line in text.split("\n")[:-1]:
        pieces.append(line)
        open_quote ^= line.count('"') % 2 == 1
        closed = closed if open_quote else len(pieces)
    return "\n".join(pieces[:closed]) + "\n"
