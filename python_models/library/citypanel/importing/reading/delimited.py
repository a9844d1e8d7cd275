"""Text tables: comma-, tab-, semicolon- or bar-separated values, whatever the file is called."""

from __future__ import annotations

import csv
import io
from collections import Counter

from citypanel.importing.reading.limits import LONGEST_LINE_MB, MEGABYTE, WIDEST_ROW, check_cells
from citypanel.importing.reading.sheet import Refused, Sheet
from citypanel.importing.reading.text import decoded

DELIMITERS = ",\t;|"
RECORDS_TRIED = 40
LARGEST_FIELD = 1_000_000


def read_delimited(content: bytes, file: str) -> list[Sheet]:
    """Read a text table as one sheet without name."""
    check_lines(content)
    text = decoded(content)
    rows = records(text, delimiter_of(text))
    check_cells(len(rows), max(map(len, rows), default=0))
    return [Sheet(file, "", rows)]


def check_lines(content: bytes) -> None:
    """Raise `Refused` where a line is longer than any table's."""
    limit, start = LONGEST_LINE_MB * MEGABYTE, 0
    while len(content) - start > limit:
        end = max(content.rfind(mark, start, start + limit) for mark in (b"\n", b"\r"))
        if end < 0:
            raise Refused("import_line_too_long", limit=LONGEST_LINE_MB)
        start = end + 1


def delimiter_of(text: str) -> str:
    """Return the separator under which most of the first records have the same number of fields above one."""

    def score(delimiter: str) -> tuple[int, int]:
        widths = Counter(width for row in _first_records(text, delimiter) if (width := len(row)) > 1)
        width, times = widths.most_common(1)[0] if widths else (0, 0)
        return times, width

    return max(DELIMITERS, key=score)


def _first_records(text: str, delimiter: str) -> list[list[str]]:
    """Return the first records, as far as they can be read."""
    found: list[list[str]] = []
    lines = io.StringIO(text[: 64 * 1024], newline="")
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            found.append(row)
            if len(found) == RECORDS_TRIED:
                break
    except csv.Error:
        pass
    return found


def records(text: str, delimiter: str) -> list[list[str]]:
    """Return every record as its fields.

    Raises `Refused`: `import_quote_open` where a quotation mark is never closed (the rest of the file would
    be one cell), `import_row_too_wide`.
    """
    csv.field_size_limit(LARGEST_FIELD)
    try:
        return _parsed(text, delimiter, strict=True)
    except csv.Error as error:
        if "unexpected end of data" in str(error) or "field limit" in str(error):
            raise Refused("import_quote_open", row=_line_of_open_quote(text, delimiter)) from error
    try:
        return _parsed(text, delimiter, strict=False)
    except csv.Error as error:
        raise Refused("import_unreadable", error=str(error)) from error


def _parsed(text: str, delimiter: str, *, strict: bool) -> list[list[str]]:
    rows = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict):
        if len(row) > WIDEST_ROW:
            raise Refused("import_row_too_wide", columns=f"{len(row):,}", limit=f"{WIDEST_ROW:,}")
        rows.append(row)
    return rows


def _line_of_open_quote(text: str, delimiter: str) -> int:
    """Return the line (counted from 1) in which the field begins that is never closed."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error:
        pass
    return line
