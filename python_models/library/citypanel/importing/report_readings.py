"""Sections of the import report on what was read between the lines: years, layouts, magnitudes."""

from __future__ import annotations

from collections.abc import Iterator

from citypanel.importing.meaning.magnitudes import Magnitude
from citypanel.importing.summary import ImportSummary
from citypanel.messages import message


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
