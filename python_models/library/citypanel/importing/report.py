"""The import report: a Markdown page that says what was read as what, and what was not read and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from citypanel.importing.cells import Cell, Panel
from citypanel.importing.grammar import Grammar
from citypanel.importing.mapping import Column, nearest_indicators
from citypanel.importing.printed_text import plain_decimal
from citypanel.importing.report_readings import data_years, layouts, magnitudes
from citypanel.importing.roster import Roster
from citypanel.importing.summary import ImportSummary
from citypanel.messages import label, message

MOST_ROWS = 200
SURE_MATCHES = ("exact", "without_suffix")


def write_report(summary: ImportSummary, grammar: Grammar, roster: Roster) -> None:
    """Write the report of an import, in the language in force."""
    parts = [
        f"# {message('import_report_title', out=summary.out.name)}",
        "\n".join(f"- {line}" for line in summary.lines()[:-2]),
        _table("sources", _sources(summary)),
        _table("rows", _rows(summary)),
        _table("mapped", _mapped(summary, grammar)),
        _table("unmapped", _unmapped(summary, grammar)),
        _table("refused", _refused(summary)),
        _table("years", data_years(summary)),
        _table("layouts", layouts(summary)),
        _table("not_cities", _not_cities(summary)),
        _table(
            "matches",
            ([message(f"import_match_{kind}"), str(n)] for kind, n in summary.matches.most_common()),
        ),
        _table("names", _names(summary, roster)),
        _table("magnitudes", magnitudes(summary)),
        _table("conflicts", _conflicts(summary)),
        _table("left_out", _left_out(summary)),
    ]
    summary.report.parent.mkdir(parents=True, exist_ok=True)
    summary.report.write_text("\n\n".join(parts) + "\n", encoding="utf-8", newline="\n")


def _table(name: str, rows: Iterable[Iterable[str]]) -> str:
    """Return a section with heading and table; a long table ends with a line that says how much is left
    out.
    """
    heads = message(f"import_report_{name}_columns").split("|")
    lines = [_line(row) for row in rows]
    body = lines[:MOST_ROWS] or [_line([message("import_report_none"), *[""] * (len(heads) - 1)])]
    more = [message("import_report_more", rows=len(lines) - MOST_ROWS)] if len(lines) > MOST_ROWS else []
    table = "\n".join([_line(heads), _line(["---"] * len(heads)), *body])
    return "\n\n".join([f"## {message(f'import_report_{name}')}", table, *more])


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


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
            f"`{column.indicator_id}` {label(column.indicator_id)}", ", ".join(printed), unit,
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
        names = ", ".join(f"`{indicator_id}`" for indicator_id in nearest)
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
