"""What a reader hands over: a file with its sheets as printed text, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# first row, first column, last row, last column; counted from 0 in `Sheet.rows`
Block = tuple[int, int, int, int]


class Refused(Exception):
    """A file or sheet that is not read, with the message that says why."""

    def __init__(self, message_id: str, **arguments: Any) -> None:
        """Keep the message's id and arguments; the text is made in the language of the report."""
        super().__init__(message_id, arguments)
        self.message_id = message_id
        self.arguments = arguments

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a refusal travel from the process that reads to the one that imports."""
        return _refused, (self.message_id, self.arguments)


def _refused(message_id: str, arguments: dict[str, Any]) -> Refused:
    return Refused(message_id, **arguments)


@dataclass(frozen=True)
class LongTable:
    """The whole of a sheet too long for memory, on disk: UTF-8 text (`delimiter`) or Parquet (none)."""

    path: Path
    delimiter: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet as printed: `rows[i][j]` stands in the cell `first_row + i`, `first_column + j` (counted from
    0). Of a sheet with a `long` table `rows` are the first only.

    `merged`: blocks of cells that are one printed cell, in coordinates of `rows`; the text stands in the
    first of them, the others are empty. `hidden`: the workbook does not show the sheet.
    """

    file: str
    name: str
    rows: list[list[str]]
    first_row: int = 0
    first_column: int = 0
    merged: tuple[Block, ...] = ()
    hidden: bool = False
    long: LongTable | None = None


@dataclass(frozen=True)
class Workbook:
    """One file: its path relative to the folder, its checksum and its sheets that hold anything.

    A file inside a zip has the path `archive.zip/name`. `refused` says why a file was not read.
    """

    file: str
    sha256: str
    sheets: list[Sheet] = field(repr=False)
    refused: Refused | None = None
