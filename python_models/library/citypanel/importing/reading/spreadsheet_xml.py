"""XML spreadsheets of Excel 2003 (`<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`)."""

from __future__ import annotations

import io
from collections.abc import Iterator

from lxml import etree

from citypanel.importing.reading.limits import WIDEST_ROW, check_cells
from citypanel.importing.reading.sheet import Block, Refused, Sheet

_NAMES = "{urn:schemas-microsoft-com:office:spreadsheet}"
LAST_ROW = 1_048_576


def read_spreadsheet_xml(content: bytes, file: str) -> list[Sheet]:
    """Read every worksheet; no entity is expanded and nothing is loaded."""
    events = etree.iterparse(
        io.BytesIO(content), tag=f"{_NAMES}Worksheet", resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False,
    )  # fmt: skip
    try:
        return [_sheet(element, file) for _, element in events]
    except etree.LxmlError as error:
        raise Refused("import_unreadable", error=" ".join(str(error).split())[:200]) from error


def _sheet(worksheet: etree._Element, file: str) -> Sheet:
    """Return one worksheet."""
    rows: dict[int, dict[int, str]] = {}
    merged: list[Block] = []
    row = -1
    for line in worksheet.iter(f"{_NAMES}Row"):
        row = _number(line, "Index", row + 2) - 1
        rows[row] = {}
        for column, across, down, text in _cells(line):
            rows[row][column] = text
            if across or down:
                merged.append((row, column, row + down, column + across))
    width = max((max(cells, default=-1) + 1 for cells in rows.values()), default=0)
    height = max(rows, default=-1) + 1
    check_cells(height, width)
    filled = [[rows.get(number, {}).get(column, "") for column in range(width)] for number in range(height)]
    hidden = worksheet.find(".//{*}Visible") is not None
    return Sheet(file, worksheet.get(f"{_NAMES}Name") or "", filled, merged=tuple(merged), hidden=hidden)


def _cells(line: etree._Element) -> Iterator[tuple[int, int, int, str]]:
    """Yield column, columns and rows merged beyond it, and text of the cells of a row."""
    column = -1
    for cell in line.iter(f"{_NAMES}Cell"):
        column = _number(cell, "Index", column + 2) - 1
        across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
        data = cell.find(f"{_NAMES}Data")
        yield column, across, down, "" if data is None else "".join(data.itertext())
        column += across


def _number(element: etree._Element, name: str, otherwise: int) -> int:
    """Return an attribute that counts rows or columns."""
    written = element.get(f"{_NAMES}{name}")
    if written is None:
        return otherwise
    if (
        not written.isdigit()
        or int(written) > LAST_ROW
        or (name == "MergeAcross" and int(written) > WIDEST_ROW)
    ):
        raise Refused("import_unreadable", error=f"{name}={written[:20]}")
    return int(written)
