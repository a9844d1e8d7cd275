"""Sections of the import report on sheets and cells: what was read, status, years, layouts, magnitudes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from citypanel.importing.cells import Cell
from citypanel.importing.long.panel import LongPanel
from citypanel.importing.meaning.magnitudes import Magnitude
from citypanel.importing.row_kinds import IN_TABLES
from citypanel.importing.source_agreement import CLASSES
from citypanel.importing.summary import ImportSummary
from citypanel.messages import label, message


def sheets_read(summary: ImportSummary) -> Iterator[list[str]]:
    """Yield the sheets read: tables, city rows, columns with an indicator and without, cells."""
    for panel in summary.panels:
        mapped = sum(bool(column.indicator_id) for column in panel.columns)
        cities = sum(row.kind == "city" for row in panel.rows)
        counts = (panel.blocks, cities, mapped, len(panel.columns) - mapped, panel.count)
        yield [panel.file, panel.sheet, *(f"{count:,}" for count in counts)]


def cells_by_status(summary: ImportSummary) -> Iterator[list[str]]:
    """Yield by source how many cells are used, repeated, extra, missing, or no city's."""
    for source in summary.sources:
        counts = Counter(_status(cell) for cell in source.cells)
        counts["long"] += sum(panel.count for panel in source.panels if isinstance(panel, LongPanel))
        for status, cells in counts.most_common():
            if cells:
                yield [source.source_id, message(f"import_cell_{status}"), f"{cells:,}"]


def _status(cell: Cell) -> str:
    """Return what became of a cell."""
    if cell.kind not in IN_TABLES:
        return "not_city"
    if cell.number is None:
        return "missing"
    if not cell.column.indicator_id:
        return "extra"
    if cell.factor is None:
        return "no_unit"
    return "used" if cell.candidate else "repeated"


def data_years(summary: ImportSummary) -> Iterator[list[str]]:
    """Yield the years that no row or column prints, with where each was found."""
    for panel in summary.panels:
        for year in panel.data_years:
            where = message(f"import_year_{year.origin}")
            yield [panel.file, panel.sheet, str(year.year), where, year.evidence]


def layouts(summary: ImportSummary) -> Iterator[list[str]]:
    """Yield the sheets that hold several tables, turned ones, or years beside each other."""
    for panel in summary.panels:
        across = any(column.year for column in panel.columns)
        if panel.blocks > 1 or panel.turned or across:
            ways = [
                message(f"import_layout_{'across' if turned else 'down'}")
                for turned in (panel.turned, across)
            ]
            yield [panel.file, panel.sheet, str(panel.blocks), *ways]


def magnitudes(summary: ImportSummary) -> Iterator[list[str]]:
    """Yield the suspect numbers, those of one column, year and factor together."""
    groups: dict[tuple[str, str, int, str], list[Magnitude]] = {}
    for one in summary.magnitudes:
        cell = one.cell
        key = (cell.source_id, cell.column.header.printed, cell.year, one.factor)
        groups.setdefault(key, []).append(one)
    for (source, header, year, factor), found in sorted(
        groups.items(), key=lambda item: (-len(item[1]), item[0])
    ):
        cell = found[0].cell
        printed = f"{cell.printed} ({cell.column.sheet}!{cell.reference})"
        yield [
            source,
            header,
            str(year),
            factor,
            str(len(found)),
            cell.city,
            printed,
            f"{found[0].around:,.6g}",
        ]


def class_of(kind: str) -> str:
    """Return the name of a class of agreement in the language in force."""
    return message(f"agreement_{kind.replace(' ', '_')}")


def agreement(summary: ImportSummary) -> Iterator[list[str]]:
    """Yield for each indicator and pair of sources where they differ most, and the cells by class."""
    for one in summary.agreements:
        worst = "" if one.worst is None else f"{one.worst[0]} {one.worst[1]}: {100 * one.worst[2]:.3g} %"
        counts = [f"{one.cells[kind]:,}" for kind in CLASSES]
        name = f"{one.indicator_id} {label(one.indicator_id)}"
        yield [name, one.source_id, one.other_source_id, worst, *counts]


def odd_texts(summary: ImportSummary) -> Iterator[list[str]]:
    """Yield the texts in columns of known indicators that are neither numbers nor missing marks."""
    for panel in summary.panels:
        for (header, text), cells in sorted(panel.odd_texts.items(), key=lambda one: (-one[1], one[0])):
            yield [panel.file, panel.sheet, header, text, f"{cells:,}"]
