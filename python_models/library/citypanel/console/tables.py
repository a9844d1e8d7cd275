"""A printed table as text: for a terminal, as Markdown, as csv."""

from __future__ import annotations

import textwrap

import pandas as pd
from tabulate import tabulate

from citypanel.exhibits.printed_tables import PrintedTable

HEADING_WIDTH = 14


def table_text(table: PrintedTable, style: str) -> str:
    """Return title, warning, cells and notes as `table` or `md`; as `csv` the cells alone."""
    if style == "csv":
        return table.cells.to_csv(index=False, lineterminator="\n").rstrip("\n")
    if style == "md":
        warning = [f"**{table.warning}**\n"] if table.warning else []
        notes = "\n\n".join(_guarded(note) for note in table.notes)
        return "\n".join([f"**{table.title}**\n", *warning, markdown(table.cells), notes])
    warning = [table.warning] if table.warning else []
    return "\n".join([table.title, *warning, "", _columns(table.cells), "", *table.notes])


def _columns(cells: pd.DataFrame) -> str:
    """Return the cells under headings that are folded where they are long, numbers to the right."""
    headings = ["\n".join(textwrap.wrap(str(heading), HEADING_WIDTH)) for heading in cells.columns]
    sides = ["left", *["right"] * (len(headings) - 1)] if len(cells) else None
    return tabulate(cells.to_numpy().tolist(), headings, tablefmt="simple", disable_numparse=True,
                    colalign=sides)


def markdown(cells: pd.DataFrame) -> str:
    """Return the cells as a Markdown table, the stars of significance guarded from becoming bold type."""
    headings = list(cells.columns)
    lines = [headings, ["---", *["---:"] * (len(headings) - 1)], *cells.to_numpy().tolist()]
    return "".join(f"| {' | '.join(map(_guarded, line))} |\n" for line in lines)


def _guarded(text: str) -> str:
    return text.replace("*", "\\*").replace("|", "\\|")
