"""How large a file may be, and how large it may become once it is unpacked.

A limit is met with a refusal that names it and what to do; none of them is near what a yearbook or a vendor's
panel needs. What declares less than it holds is stopped by the memory and the time of the reading process.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable

from citypanel.importing.reading.sheet import Refused

MEGABYTE = 1_000_000
# one workbook, page or archive; text and Parquet may be as long as the disk holds
LARGEST_FILE_MB = 200
LARGEST_EXPANSION_MB = 2000
# a sheet of blank formatted rows shrinks 200 to 1 and is harmless while it is small
LARGEST_RATIO, RATIO_FROM_MB = 300, 200
MOST_PARTS = 10_000
# longer sheets are read by DuckDB from a file; of these the first rows show where the table is
LONG_FROM_CELLS, LONG_FROM_MB, ROWS_SHOWN = 1_000_000, 10, 1000
LARGEST_SHEET_CELLS = 20_000_000
WIDEST_ROW = 16_384
LONGEST_LINE_MB = 8
# reading one file: at least and at most, and for each megabyte of the file
MEMORY_MB, MOST_MEMORY_MB, MEMORY_PER_MB = 2000, 6000, 40
SECONDS, MOST_SECONDS, SECONDS_PER_MB = 120.0, 900.0, 10.0


def memory_for(size: int) -> int:
    """Return how much memory (MB) reading a file of `size` bytes may take."""
    return min(MOST_MEMORY_MB, round(MEMORY_MB + MEMORY_PER_MB * size / MEGABYTE))


def seconds_for(size: int) -> float:
    """Return how long reading a file of `size` bytes may take."""
    return min(MOST_SECONDS, SECONDS + SECONDS_PER_MB * size / MEGABYTE)


def check_size(size: int) -> None:
    """Raise `Refused` for a file of `size` bytes that is too large to be taken into memory."""
    if size > LARGEST_FILE_MB * MEGABYTE:
        raise Refused("import_file_too_large", size=f"{size / MEGABYTE:.0f}", limit=LARGEST_FILE_MB)


def check_expansion(parts: Iterable[zipfile.ZipInfo], size: int) -> None:
    """Raise `Refused` for a zip of `size` bytes whose parts declare more than is reasonable."""
    listed = list(parts)
    expanded = sum(part.file_size for part in listed) / MEGABYTE
    if len(listed) > MOST_PARTS:
        raise Refused("import_zip_too_many", parts=f"{len(listed):,}", limit=f"{MOST_PARTS:,}")
    if expanded > LARGEST_EXPANSION_MB:
        raise Refused("import_expands_too_far", size=f"{expanded:.0f}", limit=LARGEST_EXPANSION_MB)
    if expanded > RATIO_FROM_MB and expanded * MEGABYTE > LARGEST_RATIO * size:
        raise Refused("import_expands_too_far", size=f"{expanded:.0f}", limit=RATIO_FROM_MB)


def check_cells(height: int, width: int) -> None:
    """Raise `Refused` for a sheet that spans more cells than are read."""
    if height * width > LARGEST_SHEET_CELLS:
        raise Refused("import_sheet_too_large", cells=f"{height * width:,}", limit=f"{LARGEST_SHEET_CELLS:,}")
