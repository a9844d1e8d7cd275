"""Sections on the results: which regressions ran, what stands beside them, the printed numbers and ours."""

from __future__ import annotations

from collections import defaultdict

from citypanel.quality.scorecard.pieces import Book, Html, code, folded, mark, paragraph, table

MOST_FAILURES = 20
# verdicts that warn of an estimate; rungs of the ladder on which ours is the printed number
DOUBTFUL = {"instruments_weak", "nearly_collinear", "too_few_clusters_for_the_default", "open_to_selection"}
AGREEING = {"equal_as_printed", "within_one_last_digit", "inside_both_intervals"}
DIAGNOSTICS = """
select diagnostics.test, coalesce(tests.label_{lang}, diagnostics.test) as label, verdict, count(*)
from estimates.diagnostics left join specifications.diagnostic_tests as tests using (test)
group by all order by label, count(*) desc, verdict
"""


def regressions(book: Book) -> Html:
    """Return how many specifications were fitted, and why the others were not."""
    fitted, failed = book.rows("select count(*) filter (where failure_message is null), "
                               "count(failure_message) from estimates.fit_statistics")[0]  # fmt: skip
    lead = paragraph(book.say("regressions_lead", fitted=fitted, failed=failed))
    if not failed:
        return lead
    reason = "failure_message_zh" if book.lang == "zh" else "failure_message"
    rows = book.rows(f"select specification_id, {reason} from estimates.fit_statistics "
                     f"where failure_message is not null order by 1 limit {MOST_FAILURES}")  # fmt: skip
    return Html(lead + table(book.say("failures_columns").split("|"),
                             [(code(name), text) for name, text in rows]))  # fmt: skip


def diagnostics(book: Book) -> Html:
    """Return of each test beside the fits how often it came to which verdict."""
    verdicts: dict[str, list[Html]] = defaultdict(list)
    totals: dict[str, int] = defaultdict(int)
    for _, label, verdict, count in book.rows(DIAGNOSTICS.format(lang=book.lang)):
        tone = "warn" if verdict in DOUBTFUL else "calm"
        verdicts[label].append(mark(f"{book.word('verdict', verdict or '?')} {count:,}", tone))
        totals[label] += count
    body = [(label, totals[label], Html(" ".join(marks))) for label, marks in verdicts.items()]
    lead = paragraph(book.say("diagnostics_lead", count=f"{sum(totals.values()):,}", tests=len(totals)))
    return Html(
        lead + folded(book.say("diagnostics_all"), table(book.say("diagnostics_columns").split("|"), body))
    )


def replication(book: Book) -> Html:
    """Return the verdicts on the printed numbers, and what the audit of the print alone found."""
    ledger = [
        (study, _verdict(book, verdict), count)
        for study, verdict, count in book.rows(
            "select study, verdict, count(*) from replication.replication "
            "group by all order by study, count(*) desc, verdict"
        )
    ]
    audit = [
        (book.word("verdict", verdict), count)
        for verdict, count in book.rows(
            "select verdict, count(*) from replication.printed_audit "
            "group by all order by count(*) desc, verdict"
        )
    ]
    return Html(table(book.say("replication_columns").split("|"), ledger)
                + table(book.say("audit_columns").split("|"), audit, book.say("audit")))  # fmt: skip


def _verdict(book: Book, verdict: str) -> Html:
    tone = "good" if verdict in AGREEING else "calm" if verdict in ("synthetic", "not_estimable") else "warn"
    return mark(book.word("verdict", verdict), tone)
