"""Sections on what the checks say: findings, events, sources against each other, expectations."""

from __future__ import annotations

from citypanel.quality.scorecard.pieces import Book, Html, bar, code, folded, legend, mark, paragraph, table
from citypanel.web_page import escaped

MOST_EVENTS = 12
FINDINGS = """
select depth, finding_check,
    count(*) filter (where severity = 'error') as errors,
    count(*) filter (where severity = 'warn') as warnings,
    count(*) filter (where severity = 'info') as notes,
    count(accepted_reason) as accepted,
    count(*) filter (where accepted_reason is null and severity = 'error') as open_errors,
    count(*) filter (where accepted_reason is null and severity = 'warn') as open_warnings,
    count(*) filter (where accepted_reason is null and severity = 'info') as open_notes
from quality.findings group by depth, finding_check
order by list_position(['structural', 'logical', 'analytical'], depth), count(*) desc, finding_check
"""
EVENTS = """
select finding_check, source_id, indicator_id, string_split(province_zh, ' '), first_year, last_year,
    cells, accepted_cells
from quality.finding_events
order by list_position(['error', 'warn', 'info'], severity), cells - accepted_cells desc, cells desc, event_id
limit ?
"""
AGREEMENT = """
select source_id, other_source_id, count(*) as compared,
    count(*) filter (where agreement not in ('conflict', 'revision')) as equal_numbers,
    count(*) filter (where agreement = 'revision') as revisions,
    count(*) filter (where agreement = 'conflict') as conflicts,
    count(*) filter (where agreement = 'conflict' and relative_difference > 0.01) as wide
from observations.candidate_pairs group by all order by compared desc, source_id, other_source_id
"""
CONFLICTS_BY_INDICATOR = """
select indicator_id, count(*) as compared, count(*) filter (where agreement = 'conflict') as conflicts,
    max(relative_difference) filter (where agreement = 'conflict') as widest
from observations.candidate_pairs group by all having conflicts > 0
order by conflicts desc, indicator_id limit 12
"""


def findings(book: Book) -> Html:
    """Return findings by check: how many of each severity, how many accepted or corrected, how many open."""
    rows = book.rows(FINDINGS)
    if not rows:
        return paragraph(book.say("no_finding"))
    most = max(sum(row[2:5]) for row in rows)
    body = [
        (book.word("depth", depth), _check(book, check),
         bar([("bad", bad), ("warn", warn), ("calm", note), ("good", accepted)], most),
         errors, warnings, notes, accepted, bad + warn)
        for depth, check, errors, warnings, notes, accepted, bad, warn, note in rows
    ]  # fmt: skip
    colours = [("bad", "open_error"), ("warn", "open_warn"), ("calm", "open_info"), ("good", "accepted")]
    return Html(legend((tone, book.say(name)) for tone, name in colours)
                + table(book.say("findings_columns").split("|"), body))  # fmt: skip


def events(book: Book) -> Html:
    """Return the events, findings of one cause, with the most cells that nobody looked into."""
    counts = book.rows("""
        select count(*), count(*) filter (where accepted_cells < cells and severity <> 'info'),
            coalesce(sum(cells), 0)::bigint from quality.finding_events""")[0]
    lead = paragraph(
        book.say("events_lead", events=f"{counts[0]:,}", cells=f"{counts[2]:,}", open=f"{counts[1]:,}")
    )
    provinces_of = "select distinct province_zh, province_en from reference.cities"
    named: dict[str, str] = dict(book.rows(provinces_of)) if book.lang == "en" else {}
    body = [
        (_check(book, check), code(source), code(indicator), _first(provinces, named), _years(first, last),
         cells, cells - accepted)
        for check, source, indicator, provinces, first, last, cells, accepted
        in book.rows(EVENTS, [MOST_EVENTS])
    ]  # fmt: skip
    return Html(lead + table(book.say("events_columns").split("|"), body)) if body else lead


def conflicts(book: Book) -> Html:
    """Return how far the sources that print the same number agree."""
    rows = book.rows(AGREEMENT)
    if not rows:
        return paragraph(book.say("one_source"))
    body = [
        (code(one), code(other), bar([("good", equal), ("calm", revised + conflict - wide), ("warn", wide)]),
         compared, equal, revised, conflict, wide)
        for one, other, compared, equal, revised, conflict, wide in rows
    ]  # fmt: skip
    worst = [
        (code(name), compared, number, f"{100 * widest:.3g} %")
        for name, compared, number, widest in book.rows(CONFLICTS_BY_INDICATOR)
    ]
    shown = table(book.say("conflicts_columns").split("|"), body)
    if not worst:
        return shown
    inside = table(book.say("conflicts_by_indicator_columns").split("|"), worst)
    return Html(shown + folded(book.say("conflicts_by_indicator"), inside))


def expectations(book: Book) -> Html:
    """Return the expectations by table, those that are not met one by one, and all of them folded."""
    rows = book.rows("""
        select expectation_id, table_name, column_name, severity, is_met, rows_unexpected, observed_value
        from quality.expectation_results
        order by coalesce(is_met, true), severity, table_name, expectation_id""")
    unmet = sum(row[4] is False for row in rows)
    met = sum(row[4] is True for row in rows)
    lead = paragraph(book.say("expectations_lead", met=met, count=len(rows)))
    body = [
        (_met(book, is_met, severity), name.replace("_", " "), code(table_name),
         None if column is None else code(column), book.word("severity", severity), rows_unexpected,
         None if observed is None else str(observed)[:80])
        for name, table_name, column, severity, is_met, rows_unexpected, observed in rows
    ]  # fmt: skip
    heads = book.say("expectations_columns").split("|")
    first = table(heads, body[:unmet]) if unmet else Html()
    return Html(lead + first + (folded(book.say("all_expectations"), table(heads, body)) if rows else ""))


def _met(book: Book, is_met: bool | None, severity: str) -> Html:
    if is_met is None:
        return mark(book.say("unjudged"), "calm")
    return mark(
        book.say("met" if is_met else "unmet"), "good" if is_met else "bad" if severity == "error" else "warn"
    )


def _check(book: Book, check: str) -> Html:
    """Return the name of a check in words; the name that queries know is its tooltip."""
    return Html(f"<span title='{escaped(check)}'>{escaped(book.word('check', check))}</span>")


def _years(first: int | None, last: int | None) -> str:
    return "–".join(str(year) for year in dict.fromkeys((first, last)) if year is not None)


def _first(provinces: list[str] | None, named: dict[str, str]) -> str | None:
    """Return the names of the first three provinces in the language of the page."""
    if not provinces:
        return None
    return ", ".join(named.get(name) or name for name in provinces[:3]) + (" …" if len(provinces) > 3 else "")
