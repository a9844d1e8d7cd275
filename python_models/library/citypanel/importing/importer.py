"""The import: a folder of workbooks in, a yearbook folder and a report out.

Read every sheet, find the city panels, map their headers, match their cities, settle the units that are
printed nowhere, put the sources in order, write the tables and the trace of every number, and say what was
done.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from citypanel.importing.cells import Panel
from citypanel.importing.folder import check_place, known_sources, write_folder
from citypanel.importing.grammar import Grammar
from citypanel.importing.layouts.data_year import NOTHING_STATED, Stated
from citypanel.importing.long.magnitudes import suspect_in_long
from citypanel.importing.long.panel import LongPanel
from citypanel.importing.long.reading import LongReader
from citypanel.importing.long.settling import choose_among_long, drop_samples, take_samples
from citypanel.importing.long.store import Store
from citypanel.importing.meaning.magnitudes import suspect_magnitudes
from citypanel.importing.meaning.rivals import settle_rivals
from citypanel.importing.meaning.traditional import understood
from citypanel.importing.printed_text import folded
from citypanel.importing.reading import Refused, Sheet, Workbook
from citypanel.importing.reading.files import table_files
from citypanel.importing.reading.process import read_files
from citypanel.importing.reference_rows import reference_folder, seed_rows
from citypanel.importing.report import write_report
from citypanel.importing.roster import Roster
from citypanel.importing.sheet_reader import SheetReader
from citypanel.importing.source_agreement import source_agreements
from citypanel.importing.sources import make_sources
from citypanel.importing.summary import ImportSummary, Refusal
from citypanel.importing.tables import choose_candidates, rows_by_source, table_rows
from citypanel.importing.units_from_numbers import settle_units
from citypanel.messages import Mistake, message


class Importer:
    """The rows that an import is written in, and the sheets read so far."""

    def __init__(
        self,
        reference: Path,
        progress: Callable[[str], None],
        store: Store,
        stated: Stated = NOTHING_STATED,
    ) -> None:
        """Read grammar, roster, markers and missing marks from the folder `reference`; keep long sheets in
        `store`.
        """
        self.grammar = Grammar(reference)
        self.roster = Roster(reference)
        self._sheets = SheetReader(reference, self.grammar, self.roster, stated)
        marks = {folded(row["mark"]) for row in seed_rows(reference, "missing_marks")}
        self._long = LongReader(
            store, self.grammar, self.roster, marks, lambda sheet: self._sheets.read(sheet).rows
        )
        self._progress, self.stated = progress, stated
        self.panels: dict[str, list[Panel]] = {}
        self.checksums: dict[str, str] = {}
        self.refusals: list[Refusal] = []

    def take(self, workbook: Workbook) -> None:
        """Take what was read of one file; what could not be read becomes a refusal."""
        file = workbook.file
        if workbook.refused:
            self._refuse(file, "", workbook.refused)
        for sheet in workbook.sheets:
            self._read_sheet(workbook, sheet)
        if found := self.panels.get(file, []):
            cells = sum(panel.count for panel in found)
            self._progress(message("import_progress_read", file=file, sheets=len(found), cells=f"{cells:,}"))
        else:
            last = self.refusals[-1]
            reason = message(last.message_id, **last.arguments)
            self._progress(message("import_progress_refused", file=file, reason=reason))

    def _refuse(self, file: str, sheet: str, refused: Refused) -> None:
        """Note why a file or one sheet of it was not read."""
        self.refusals.append(Refusal(file, sheet, refused.message_id, refused.arguments))

    def _read_sheet(self, workbook: Workbook, sheet: Sheet) -> None:
        """Read one sheet as a city panel, or note why it is none."""
        try:
            panel = understood(sheet, self._read_long if sheet.long else self._sheets.read)
        except Refused as refused:
            self._refuse(sheet.file, sheet.name, refused)
            return
        self.panels.setdefault(sheet.file, []).append(panel)
        self.checksums[sheet.file] = workbook.sha256

    def _read_long(self, sheet: Sheet) -> Panel:
        """Read a sheet too long for memory; say so, since it takes its time."""
        self._progress(message("import_progress_long", file=sheet.file))
        return self._long.read(sheet)


def import_folder(
    source: Path,
    out: Path,
    report: Path | None = None,
    *,
    units: Mapping[str, str] | None = None,
    stated: Stated = NOTHING_STATED,
    reference: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> ImportSummary:
    """Import every workbook under `source` into the yearbook folder `out`, with a report beside it.

    `report`: its path (default `<out>-import-report.html`). `units`: printed header -> unit where no
    header prints one. `stated`: file -> data year or edition where the sheet prints no year. `reference`:
    folder of the reference seeds. `progress` is called with one line per file. Raises `Mistake` where the
    source is absent, `out` may not be written, or no sheet is a city panel (the report says why).
    """
    if not source.is_dir():
        raise Mistake("import_source_absent", file=str(source))
    check_place(out)
    summary = ImportSummary(out, report or out.with_name(f"{out.name}-import-report.html"))
    say = progress or (lambda line: None)
    with _room() as spool, Store(spool) as store:
        importer = Importer(reference or reference_folder(), say, store, stated)
        _read(source, importer, summary, spool)
        _write(source, importer, summary, units or {}, store, say)
    return summary


@contextmanager
def _room() -> Iterator[Path]:
    """Give a folder for what is too long for memory, and leave the millions of cells uncollected.

    No cell is part of a cycle: the collector of cycles would only walk all of them again and again.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        with tempfile.TemporaryDirectory(prefix="citypanel-") as spool:
            yield Path(spool)
    finally:
        if collects:
            gc.enable()


def _read(source: Path, importer: Importer, summary: ImportSummary, spool: Path) -> None:
    """Read every file under `source`, one after the other."""
    for _, workbooks in read_files(table_files(source), source, spool):
        for workbook in workbooks:
            summary.files.append(workbook.file)
            importer.take(workbook)


def _write(
    source: Path,
    importer: Importer,
    summary: ImportSummary,
    units: Mapping[str, str],
    store: Store,
    say: Callable[[str], None],
) -> None:
    """Settle what was read, write the folder where anything was read, and the report."""
    say(message("import_progress_settling"))
    tables = _settle(importer, summary, units)
    if summary.sources:
        say(message("import_progress_writing", folder=summary.out))
        write_folder(summary.out, tables, summary.sources, importer.grammar, store)
    if len(summary.sources) > 1:
        summary.agreements = source_agreements(summary.out, store)
    write_report(summary, importer.grammar, importer.roster)
    if not summary.sources:
        raise Mistake("import_nothing_found", file=str(source), report=str(summary.report))


def _settle(
    importer: Importer, summary: ImportSummary, units: Mapping[str, str]
) -> dict[str, list[list[str]]]:
    """Settle units, sources and repetitions over all sheets read; fill the summary and return the tables."""
    panels = [panel for panels in importer.panels.values() for panel in panels]
    long_panels = [panel for panel in panels if isinstance(panel, LongPanel)]
    take_samples(long_panels)
    settle_rivals(panels, importer.grammar)
    settle_units(panels, importer.grammar, units)
    drop_samples(long_panels)
    summary.refusals = importer.refusals
    known = known_sources(summary.out)
    summary.sources = make_sources(
        importer.panels, importer.checksums, importer.grammar, known, importer.stated.registered
    )
    summary.choice = choose_candidates(summary.sources)
    choose_among_long(summary.sources, summary.choice)
    summary.magnitudes = suspect_magnitudes(cell for source in summary.sources for cell in source.cells)
    summary.magnitudes += suspect_in_long(panels)
    tables = table_rows(summary.sources, importer.grammar, importer.roster)
    summary.tables = {table: rows_by_source(rows[1:]) for table, rows in tables.items()}
    return tables
