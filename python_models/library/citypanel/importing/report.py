"""The import report: what was read as what, and what was not read and why, as sections of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from citypanel.importing.cells import Cell, Panel
from citypanel.importing.grammar import Grammar
from citypanel.importing.mapping import Column, nearest_indicators
from citypanel.importing.printed_text import plain_decimal
from citypanel.importing.report_page import Section, page
from citypanel.importing.report_readings import (
    agreement,
    cells_by_status,
    class_of,
    data_years,
    layouts,
    magnitudes,
    odd_texts,
    sheets_read,
)
from citypanel.importing.roster import Roster
from citypanel.importing.source_agreement import CLASSES
from citypanel.importing.summary import ImportSummary
from citypanel.messages import label, message

MOST_ROWS = 200
SURE_MATCHES = ("exact", "without_suffix")


def write_report(summary: ImportSummary, grammar: Grammar, roster: Roster) -> None:
    """Write the report of an import as a page that opens without a network, in the language in force."""
    sections = [
        _section("sources", _sources(summary)),
        _section("read", sheets_read(summary)),
        _section("rows", _rows(summary)),
        _section("mapped", _mapped(summary, grammar)),
        _section("unmapped", _unmapped(summary, grammar)),
        _section("refused", _refused(summary)),
        _section("years", data_years(summary)),
        _section("layouts", layouts(summary)),
        _section("not_cities", _not_cities(summary)),
        _section(
            "matches",
            ([message(f"import_match_{kind}"), str(n)] for kind, n in summary.matches.most_common()),
        ),
        _section("names", _names(summary, roster)),
        _section("cells", cells_by_status(summary)),
        _section("odd_texts", odd_texts(summary)),
        _section("magnitudes", magnitudes(summary)),
        _section("agreement", agreement(summary), [class_of(kind) for kind in CLASSES]),
        _section("conflicts", _conflicts(summary)),
        _section("left_out", _left_out(summary)),
    ]
    title = message("import_report_title", out=summary.out.name)
    summary.report.parent.mkdir(parents=True, exist_ok=True)
    text = page(title, summary.lines()[:-2], sections)
    summary.report.write_bytes(text.encode("utf-8", "replace"))


def _section(name: str, rows: Iterable[Iterable[str]], classes: Iterable[str] = ()) -> Section:
    """Return a section with its first rows, and how many there are; `classes` head its last columns."""
    cells = [list(row) for row in rows]
    heads = [*message(f"import_report_{name}_columns").split("|"), *classes]
    return Section(name, message(f"import_report_{name}"), heads, cells[:MOST_ROWS], len(cells))


def _sources(summary: ImportSummary) -> Iterator[list[str]]:
    for source in summary.sources:
        yield [str(source.precedence), source.source_id, source.file, source.sheets, source.sha256[:12]]


def _rows(summary: ImportSummary) -> Iterator[list[str]]:
    for table, counts in summary.tables.items():
        for source_id, rows in counts.items():
            yield [f"{table}.csv", source_id, str(rows)]


def _columns(summary: ImportSummary) -> Iterator[tuple[Panel, Column]]:
    return ((panel, column) for panel in summary.panels for column in panel.columns)


def _mapped(summary: ImportSummary, grammar: Grammar) -> Iterator[list[str]]:
    for panel, column in _columns(summary):
        if not column.indicator_id:
            continue
        unit = grammar.indicators[column.indicator_id]["unit"]
        printed = [column.unit] if column.unit_index is None else sorted(panel.unit_texts)
        factors = [grammar.units.factor(text, unit) if text else column.factor for text in printed]
        yield [
            column.file, column.sheet, column.cell, _with_title(column),
            f"{column.indicator_id} {label(column.indicator_id)}", ", ".join(printed), unit,
            ", ".join("?" if factor is None else plain_decimal(factor) for factor in factors),
            message(f"import_unit_{column.unit_origin}", evidence=column.unit_evidence), str(column.numbers),
        ]  # fmt: skip


def _with_title(column: Column) -> str:
    """Return the printed header, with the title that completes its name where one does."""
    return f"{column.header.printed} ({column.note})" if column.note else column.header.printed


def _unmapped(summary: ImportSummary, grammar: Grammar) -> Iterator[list[str]]:
    unmapped = [column for _, column in _columns(summary) if not column.indicator_id]
    for number, column in enumerate(unmapped):
        nearest = column.nearest
        if not nearest and number < MOST_ROWS:  # those below are not shown, and likeness takes its time
            nearest = nearest_indicators(grammar, column.header.name)
        why = message(f"import_reason_{column.reason}", note=column.note)
        names = ", ".join(nearest)
        yield [
            column.file,
            column.sheet,
            column.cell,
            column.header.printed,
            str(column.numbers),
            why,
            names,
        ]
    for panel in summary.panels:
        if panel.unnamed:
            why = message("import_reason_unnamed", columns=panel.unnamed)
            yield [panel.file, panel.sheet, "", "", "", why, ""]


def _refused(summary: ImportSummary) -> Iterator[list[str]]:
    for refusal in summary.refusals:
        yield [refusal.file, refusal.sheet, message(refusal.message_id, **refusal.arguments)]


def _not_cities(summary: ImportSummary) -> Iterator[list[str]]:
    for panel in summary.panels:
        counts = Counter(row.kind for row in panel.rows if row.kind != "city")
        for kind, rows in sorted(counts.items()):
            examples = [row.city_printed or "".join(row.cells)[:40] for row in panel.rows if row.kind == kind]
            shown = ", ".join(dict.fromkeys(examples[:50]))[:80]
            yield [panel.file, panel.sheet, message(f"import_row_{kind}"), str(rows), shown]
        if panel.blank_city_years:
            yield [panel.file, panel.sheet, message("import_row_blank"), str(panel.blank_city_years), ""]


def _names(summary: ImportSummary, roster: Roster) -> Iterator[list[str]]:
    """Yield the printed names that were not simply the name of the year, with the unit they were read as."""
    found: Counter[tuple[str, str, str]] = Counter()
    for panel in summary.panels:
        for row in panel.rows:
            if row.year is None or (
                row.kind == "city" and row.match.kind in SURE_MATCHES and not row.match.disagrees
            ):
                continue
            if row.match.city_id:
                read_as = roster.official_name(row.match.city_id, row.year) or message(
                    "import_report_not_then"
                )
                kind = message(f"import_match_{row.match.kind}")
                kind += f"; {message('import_match_disagrees')}" if row.match.disagrees else ""
                found[(row.city_printed, read_as, kind)] += 1
            elif row.kind in ("ambiguous", "unknown_city"):
                near = row.match.candidates or tuple(roster.nearest(row.city_printed))
                found[(row.city_printed, f"({', '.join(near)})", message(f"import_match_{row.kind}"))] += 1
    for (printed, read_as, kind), years in sorted(found.items()):
        yield [printed, read_as, kind, str(years)]


def _place(cell: Cell) -> str:
    return f"{cell.column.sheet}!{cell.reference} {cell.printed}"


def _conflicts(summary: ImportSummary) -> Iterator[list[str]]:
    for kept, other in summary.choice.conflicts:
        yield [
            kept.source_id,
            kept.city,
            str(kept.year),
            kept.column.header.printed,
            _place(kept),
            _place(other),
        ]


def _left_out(summary: ImportSummary) -> Iterator[list[str]]:
    choice = summary.choice
    for source_id, cells in sorted(choice.repeated.items()):
        yield [message("import_left_out_repeated", source=source_id), str(cells)]
    for (header, unit), cells in sorted(choice.units_unknown.items()):
        yield [message("import_left_out_unit", column=header, unit=unit), str(cells)]
