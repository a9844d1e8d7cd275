"""Cells of an .xlsx workbook that Excel shows as percentages: 0.015 stands in the file, `1.5%` is printed."""

from __future__ import annotations

import io
import posixpath
import zipfile
from decimal import Decimal

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN = {"9", "10"}  # 0% and 0.00%
_BOOK, _STYLES, _RELATIONS = "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"
Percents = dict[str, set[str]]


def percent_cells(content: bytes) -> Percents:
    """Return sheet -> A1 names of the cells formatted as percentages; nothing where the parts that say so are
    not there or damaged (the reader of the workbook says that).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            if not {_BOOK, _STYLES, _RELATIONS} <= set(book.namelist()):
                return {}
            styles = _percent_styles(book.read(_STYLES))
            paths = _sheet_paths(book) if styles else {}
            return {name: _cells(book, path, styles) for name, path in paths.items()}
    except (etree.LxmlError, zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError):
        return {}


def shown_as_percent(printed: str) -> str:
    """Return a number as Excel shows it under a percentage format, every digit kept."""
    try:
        text = format(Decimal(printed) * 100, "f")
    except ArithmeticError:
        return printed
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def _tree(content: bytes) -> etree._Element:
    """Return a part as a tree; no entity is expanded and nothing is loaded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def _percent_styles(content: bytes) -> set[str]:
    """Return the numbers of the cell styles that show percentages."""
    tree = _tree(content)
    formats = _BUILT_IN | {
        form.get("numFmtId", "")
        for form in tree.iter(f"{_MAIN}numFmt")
        if "%" in form.get("formatCode", "").replace('"%"', "").replace("\\%", "")
    }
    styles = tree.find(f"{_MAIN}cellXfs")
    listed = [] if styles is None else styles.findall(f"{_MAIN}xf")
    return {str(number) for number, style in enumerate(listed) if style.get("numFmtId") in formats}


def _sheet_paths(book: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each sheet."""
    targets = {part.get("Id"): part.get("Target", "") for part in _tree(book.read(_RELATIONS))}
    sheets = _tree(book.read(_BOOK)).iter(f"{_MAIN}sheet")
    return {
        sheet.get("name", ""): posixpath.normpath(posixpath.join("xl", targets.get(sheet.get(_RELATION), "")))
        for sheet in sheets
    }


def _cells(book: zipfile.ZipFile, path: str, styles: set[str]) -> set[str]:
    """Return the A1 names of a sheet's numbers in one of the styles."""
    path = path.removeprefix("/")
    if path not in book.namelist():
        return set()
    found = set()
    with book.open(path) as stream:
        events = etree.iterparse(
            stream, tag=(f"{_MAIN}c", f"{_MAIN}row"), resolve_entities=False, no_network=True, load_dtd=False
        )
        for _, element in events:
            if element.tag == f"{_MAIN}row":
                element.clear()
            elif element.get("s") in styles and element.get("t", "n") == "n":
                found.add(element.get("r", ""))
    return found
