"""The head of the scorecard: what data these are, the numbers to look at first, the layers, the runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import duckdb

from citypanel.quality.scorecard.pieces import Book, Failed, Html, code, mark, paragraph, share, table
from citypanel.quality.scorecard.runs import Run
from citypanel.web_page import escaped

LAYERS = (
    "yearbook", "reference", "specifications", "published", "staging", "observations", "indicators", "panels",
    "quality", "estimates", "exhibits", "replication", "publication",
)  # fmt: skip
# errors in the data, errors in the results
GATES = ("quality.gate", "quality.results_gate")
MOST_RUNS = 15
# what a card asks: a question with one row, columns as its text names them (a, b, c)
CARDS = {
    "findings": "select count(*) filter (where severity in ('error', 'warn') and accepted_reason is null), "
                "count(accepted_reason) filter (where severity in ('error', 'warn')) from quality.findings",
    "missing": "select count(*) filter (where status = 'O'), count(*) filter (where status <> 'M') "
               "from observations.observations",
    "interpolated": "select count(*) filter (where status = 'I'), count(*) filter (where status <> 'M') "
                    "from observations.observations",
    "conflicts": "select count(*) filter (where agreement = 'conflict' and relative_difference > 0.01), "
                 "count(*), count(*) filter (where agreement = 'conflict') from observations.candidate_pairs",
    "regressions": "select count(*) filter (where failure_message is null), count(*) "
                   "from estimates.fit_statistics",
}  # fmt: skip
SHARES = {"missing", "interpolated", "conflicts"}


def data_kind(book: Book) -> str:
    """Return real, mixed or synthetic, by the sources of the folder; unknown where they were not built."""
    try:
        real, sources = book.rows(
            "select count(*) filter (where kind = 'real'), count(*) from yearbook.sources"
        )[0]
    except duckdb.BinderException:
        return "synthetic"  # a folder that does not say that its sources are real
    except duckdb.Error:
        return "unknown"
    return "real" if sources and real == sources else "mixed" if real else "synthetic"


def banner(book: Book) -> Html:
    """Return what the data are, large, in both languages."""
    kind = data_kind(book)
    both = [Book(book.connection, lang).say(f"data_{kind}") for lang in ("en", "zh")]
    first, second = both if book.lang == "en" else reversed(both)
    large = f"<strong>{escaped(first)}</strong> <strong>{escaped(second)}</strong>"
    means = escaped(book.say(f"data_{kind}_means"))
    return Html(f"<div class='banner {kind}'>{large}<span>{means}</span></div>")


def extent(book: Book) -> str:
    """Return rows, cities and years of the panel in a sentence."""
    try:
        rows, cities, first, last = book.rows(
            "select count(*), count(distinct city_id), min(year), max(year) from panels.city_year"
        )[0]
    except duckdb.Error:
        return book.say("no_panel")
    return book.say("extent", rows=f"{rows:,}", cities=cities, first=first, last=last)


def cards(book: Book, tests: Mapping[str, Counter[str]]) -> Html:
    """Return the numbers to look at first: gate, tests, findings, gaps, conflicts, regressions."""
    shown = [_card(book, "gate", *_gate(book))]
    counts = sum(tests.values(), Counter())
    if counts:
        failed, good = counts["test_failed"], counts["test_good"] + counts["test_warn"]
        shown.append(_card(book, "tests", f"{good:,}", "bad" if failed else "good", a=f"{failed:,}"))
    for name, statement in CARDS.items():
        try:
            first, second, *others = book.rows(statement)[0]
        except duckdb.Error:
            continue
        value = share(first, second) if name in SHARES else f"{first:,}"
        tone = "warn" if name == "findings" and first else "plain"
        lettered = zip("abc", (first, second, *others), strict=False)
        counted = {letter: f"{number:,}" for letter, number in lettered}
        shown.append(_card(book, name, value, tone, **counted))
    return Html(f"<div class='cards'>{''.join(shown)}</div>")


def _gate(book: Book) -> tuple[str, str]:
    """Return what the gate is, in a word, and its tone."""
    stopped = 0
    try:
        for gate in GATES:
            stopped += book.rows(f"select count(*) from {gate}")[0][0]
    except duckdb.Error:
        return (book.say("gate_closed"), "bad") if stopped else (book.say("gate_unknown"), "plain")
    return (book.say("gate_closed"), "bad") if stopped else (book.say("gate_open"), "good")


def _card(book: Book, name: str, value: str, tone: str, **numbers: str) -> str:
    title, note = escaped(book.say(f"card_{name}")), escaped(book.say(f"card_{name}_note", **numbers))
    return f"<div class='card {tone}'><b>{escaped(value)}</b><span>{title}</span><small>{note}</small></div>"


def layers(book: Book, tests: Mapping[str, Counter[str]]) -> Html:
    """Return each layer: what happens there, tables, rows, how its tests ended; the gate before estimates."""
    held: dict[str, list[str]] = {}
    for schema, name in book.rows(
        "select schema_name, table_name from duckdb_tables() where not internal "
        "union all select schema_name, view_name from duckdb_views() "
        "where not internal order by all"
    ):
        held.setdefault(schema, []).append(name)
    body: list[tuple[object, ...]] = []
    for layer in [*LAYERS, *sorted(set(held) - set(LAYERS) - {"main"})]:
        if layer == "estimates":
            gate, tone = _gate(book)
            body.append((mark(f"{book.say('card_gate')}: {gate}", tone), book.say("gate_means"), *[""] * 6))
        names = held.get(layer, [])
        if names or layer in LAYERS:
            body.append(_layer(book, layer, names, tests.get(layer)))
    return table(book.say("layers_columns").split("|"), body)


def _layer(book: Book, layer: str, names: Sequence[str], counts: Counter[str] | None) -> tuple[object, ...]:
    statuses = ("good", "warn", "failed", "skipped")
    tested = [None if counts is None else counts[f"test_{status}"] for status in statuses]
    if counts is not None:
        tested[2] = Failed(counts["test_failed"])
    return code(layer), book.word("layer", layer), len(names), _rows_of(book, layer), *tested


def _rows_of(book: Book, layer: str) -> int:
    """Return the rows of a schema's tables; of its views where it has nothing else, as staging has."""
    found = book.rows(
        "select table_name, table_type = 'VIEW' from information_schema.tables where table_schema = ?",
        [layer],
    )
    tables = [name for name, is_view in found if not is_view] or [name for name, _ in found]
    if not tables:
        return 0
    counts = " union all ".join(
        'select count(*) as n from "{}"."{}"'.format(layer.replace('"', '""'), name.replace('"', '""'))
        for name in tables
    )
    return int(book.rows(f"select coalesce(sum(n), 0) from ({counts})")[0][0])


def history(book: Book, runs: Sequence[Run], unreadable: int) -> Html:
    """Return the latest runs: when, what, how they ended, the gate, and what failed."""
    notes = paragraph(book.say("runs_unreadable", count=unreadable)) if unreadable else Html()
    if not runs:
        return Html(paragraph(book.say("no_run")) + notes)
    tones = {"passed": "good", "warned": "good", "failed": "bad", "unfinished": "warn"}
    body = [
        (run.started.replace("T", " ").replace("Z", " UTC"),
         code(f"dbt {run.command}" + (f" --select {run.selected}"[:60] if run.selected else "")),
         mark(book.word("outcome", run.outcome), tones[run.outcome]),
         book.word("gate", run.gate), run.count("table_good"), run.count("test_good"), run.count("test_warn"),
         Failed(run.count("test_failed") + run.count("table_failed")),
         run.count("test_skipped") + run.count("table_skipped"), ", ".join(run.failed[:3]))
        for run in runs[:MOST_RUNS]
    ]  # fmt: skip
    return Html(table(book.say("runs_columns").split("|"), body) + notes)
