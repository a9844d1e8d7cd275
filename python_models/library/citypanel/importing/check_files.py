"""The form of a table: does the file exist, is it UTF-8, has it the columns, has every row as many cells.

A table that is only a header is legal: the folder has nothing to say about it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from citypanel.importing.problems import Problem


@dataclass(frozen=True)
class Table:
    """A CSV of the folder: its columns, and its rows as (line of the file, text by column)."""

    file: str
    columns: list[str] = field(default_factory=list)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)


def read_table(path: Path, expected: Sequence[str]) -> tuple[Table, list[Problem]]:
    """Return the table and the problems of its form; an unreadable one has no rows.

    A column in another place is no problem: staging reads by name.
    """
    if not path.exists():
        return Table(path.name), [Problem("error", "check_table_absent", file=path.name)]
    content = path.read_bytes()
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        return Table(path.name), [
            Problem("error", "check_table_empty", file=path.name, arguments={"header": ",".join(expected)})
        ]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Table(path.name), [_not_utf8(path.name, content, error)]
    lines = list(_numbered_lines(text))
    columns = [column.strip() for column in lines[0][1]]
    problems = list(_column_problems(path.name, columns, expected))
    rows = []
    for number, cells in lines[1:]:
        if not cells:
            continue
        if len(cells) != len(columns):
            problems.append(_ragged(path.name, number, cells, columns))
        rows.append((number, dict(zip(columns, cells, strict=False))))
    return Table(path.name, columns, rows), problems


def _numbered_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line of the file on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""))
    number = 1
    for cells in reader:
        yield number, cells
        number = reader.line_num + 1


def _not_utf8(file: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    """Return the problem of a file in another encoding, with the place of the first byte that is not
    UTF-8.
    """
    line = content[content.rfind(b"\n", 0, error.start) + 1 :].split(b"\n", 1)[0]
    try:
        line.decode("gb18030")
        looks_like = "GB18030"
    except UnicodeDecodeError:
        looks_like = "?"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        looks_like = "UTF-16"
    row = content.count(b"\n", 0, error.start) + 1
    value = content[error.start : error.start + 2].hex(" ")
    arguments = {"offset": error.start, "encoding": looks_like}
    return Problem("error", "check_not_utf8", file=file, row=row, value=value, arguments=arguments)


def _column_problems(file: str, columns: list[str], expected: Sequence[str]) -> Iterator[Problem]:
    """Yield columns that are lacking, printed twice, or not of this table."""
    for column in expected:
        if column not in columns:
            yield Problem("error", "check_column_absent", file=file, row=1, column=column)
    for column in dict.fromkeys(column for column in columns if columns.count(column) > 1):
        yield Problem("error", "check_column_twice", file=file, row=1, column=column)
    for column in columns:
        if column not in expected:
            yield Problem("warn", "check_column_unknown", file=file, row=1, column=column)


def _ragged(file: str, number: int, cells: list[str], columns: list[str]) -> Problem:
    arguments = {"cells": len(cells), "columns": len(columns)}
    return Problem(
        "error", "check_row_ragged", file=file, row=number, value=",".join(cells)[:60], arguments=arguments
    )
