"""The import: a folder of workbooks in, a yearbook folder and a report out.

Read every sheet, find the city panels, map their headers, match their cities, settle the units that are
printed nowhere, put the sources in order, write the tables and the trace of every number, and say what was
done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from citypanel.importing.agreement import settle_units
from citypanel.importing.cells import Panel, read_cells
from citypanel.importing.folder import check_place, write_folder
from citypanel.importing.grammar import Grammar
from citypanel.importing.layout import find_layout
from citypanel.importing.mapping import map_columns
from citypanel.importing.printed_text import folded
from citypanel.importing.readers import Refused, Sheet, Workbook, read_workbook, table_files
from citypanel.importing.reference_rows import reference_folder, seed_rows
from citypanel.importing.report import write_report
from citypanel.importing.roster import Roster
from citypanel.importing.row_kinds import RowKinds
from citypanel.importing.sources import make_sources
from citypanel.importing.summary import ImportSummary, Refusal
from citypanel.importing.tables import choose_candidates, table_rows
from citypanel.messages import Mistake, message


class Importer:
    """The rows that an import is written in, and the sheets read so far."""

    def __init__(self, reference: Path, progress: Callable[[str], None]) -> None:
        """Read grammar, roster, markers and missing marks from the folder `reference`."""
        self.grammar = Grammar(reference)
        self.roster = Roster(reference)
        self._kinds = RowKinds(reference, self.roster)
        self._marks = {folded(row["mark"]) for row in seed_rows(reference, "missing_marks")}
        self._progress = progress
        self.panels: dict[str, list[Panel]] = {}
        self.checksums: dict[str, str] = {}
        self.refusals: list[Refusal] = []

    def read_file(self, path: Path, folder: Path) -> None:
        """Read one file; what cannot be read becomes a refusal."""
        file = path.relative_to(folder).as_posix()
        try:
            workbook = read_workbook(path, folder)
        except Refused as refused:
            self.refusals.append(Refusal(file, "", refused.message_id, refused.arguments))
            self._progress(message("import_progress_refused", file=file, reason=_text(refused)))
            return
        for sheet in workbook.sheets:
            self._read_sheet(workbook, sheet)
        if not workbook.sheets:
            self.refusals.append(Refusal(file, "", "import_file_empty", {}))
        if found := self.panels.get(file, []):
            cells = sum(len(panel.cells) for panel in found)
            self._progress(message("import_progress_read", file=file, sheets=len(found), cells=f"{cells:,}"))
        else:
            last = self.refusals[-1]
            reason = message(last.message_id, **last.arguments)
            self._progress(message("import_progress_refused", file=file, reason=reason))

    def _read_sheet(self, workbook: Workbook, sheet: Sheet) -> None:
        """Read one sheet as a city panel, or note why it is none."""
        try:
            layout = find_layout(sheet, self.grammar)
        except Refused as refused:
            self.refusals.append(Refusal(sheet.file, sheet.name, refused.message_id, refused.arguments))
            return
        columns = map_columns(self.grammar, sheet, layout)
        panel = Panel(sheet.file, sheet.name, columns, unnamed=len(layout.unnamed))
        panel.rows.extend(self._kinds.rows(sheet, layout))
        read_cells(panel, sheet, self.grammar, self.roster, self._marks)
        self.panels.setdefault(sheet.file, []).append(panel)
        self.checksums[sheet.file] = workbook.sha256


def _text(refused: Refused) -> str:
    return message(refused.message_id, **refused.arguments)


def import_folder(
    source: Path,
    out: Path,
    report: Path | None = None,
    *,
    units: Mapping[str, str] | None = None,
    reference: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> ImportSummary:
    """Import every workbook under `source` into the yearbook folder `out`, with a report beside it.

    `report`: its path (default `<out>-import-report.md`). `units`: printed header -> unit where no
    header prints one. `reference`: folder of the reference seeds. `progress` is called with one line
    per file. Raises `Mistake` where the source is absent, `out` may not be written, or no sheet is a
    city panel (the report says why).
    """
    if not source.is_dir():
        raise Mistake("import_source_absent", file=str(source))
    check_place(out)
    importer = Importer(reference or reference_folder(), progress or (lambda line: None))
    summary = ImportSummary(out, report or out.with_name(f"{out.name}-import-report.md"))
    for path in table_files(source):
        summary.files.append(path.relative_to(source).as_posix())
        importer.read_file(path, source)
    tables = _settle(importer, summary, units or {})
    write_report(summary, importer.grammar, importer.roster)
    if not summary.sources:
        raise Mistake("import_nothing_found", file=str(source), report=str(summary.report))
    write_folder(out, tables, summary.sources, importer.grammar)
    return summary


def _settle(
    importer: Importer, summary: ImportSummary, units: Mapping[str, str]
) -> dict[str, list[list[str]]]:
    """Settle units, sources and repetitions over all sheets read; fill the summary and return the tables."""
    settle_units([panel for panels in importer.panels.values() for panel in panels], importer.grammar, units)
    summary.refusals = importer.refusals
    summary.sources = make_sources(importer.panels, importer.checksums, importer.grammar)
    summary.choice = choose_candidates(summary.sources)
    tables = table_rows(summary.sources, importer.grammar, importer.roster)
    summary.tables = {table: _rows_by_source(rows[1:]) for table, rows in tables.items()}
    return tables


def _rows_by_source(rows: list[list[str]]) -> dict[str, int]:
    """Return the number of rows by source_id (the third key of a yearbook table)."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row[2]] = counts.get(row[2], 0) + 1
    return counts
