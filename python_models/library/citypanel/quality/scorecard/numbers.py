"""Sections on the numbers themselves: what became of the cells, interpolation by use, corrections."""

from __future__ import annotations

from citypanel.quality.scorecard.pieces import Book, Html, bar, code, folded, legend, paragraph, share, table

STATUS = (("A", "good"), ("B", "calm"), ("E", "warn"), ("I", "blue"), ("O", "bad"))
BY_TABLE = """
select indicators.source_table, count(*) filter (where status = 'A'), count(*) filter (where status = 'B'),
    count(*) filter (where status = 'E'), count(*) filter (where status = 'I'),
    count(*) filter (where status = 'O'), count(*) filter (where status = 'M')
from observations.observations join reference.indicators using (indicator_id)
group by all order by min(indicators.rowid)
"""
BY_INDICATOR = """
select observations.indicator_id, indicators.label_{lang},
    count(*) filter (where status = 'I') as interpolated,
    count(*) filter (where status = 'E') as corrected, count(*) filter (where status = 'O') as missing,
    count(*) filter (where status <> 'M') as possible
from observations.observations join reference.indicators using (indicator_id)
group by all having interpolated + corrected + missing > 0
order by (interpolated + missing) / possible desc, observations.indicator_id
"""
BY_SPECIFICATION = """
select specification_id, n_obs, share_imputed, share_corrected, share_break from estimates.fit_statistics
where failure_message is null and greatest(share_imputed, share_corrected) > 0
order by share_imputed desc, share_corrected desc, specification_id limit 20
"""
CORRECTIONS = """
with changed as (
    select correction_id, (source_id, city_id, year, indicator_id) as cell
    from observations.matched_corrections
    union
    select correction_id, (source_id, city_id, year, indicator_id) from observations.relocated_numbers
)
select coalesce(rows.action, '?') as action, count(distinct rows.correction_id), count(distinct changed.cell),
    count(distinct rows.correction_id) filter (where changed.correction_id is null)
from observations.read_corrections as rows left join changed using (correction_id)
group by all order by action
"""


def cells(book: Book) -> Html:
    """Return the status of every cell that can exist, by printed table and by indicator."""
    tones = [tone for _, tone in STATUS]
    body = [
        (book.word("table", name), bar(list(zip(tones, counts, strict=False))), *counts,
         share(counts[4], sum(counts[:5])))
        for name, *counts in book.rows(BY_TABLE)
    ]  # fmt: skip
    words = legend((tone, book.say(f"status_{key.lower()}")) for key, tone in STATUS)
    shown = Html(words + table(book.say("cells_columns").split("|"), body))
    indicators = [
        (label or name, code(name), interpolated, share(interpolated, possible), corrected, missing,
         share(missing, possible))
        for name, label, interpolated, corrected, missing, possible
        in book.rows(BY_INDICATOR.format(lang=book.lang))
    ]  # fmt: skip
    if not indicators:
        return shown
    inside = table(book.say("indicators_columns").split("|"), indicators)
    return Html(shown + folded(book.say("indicators", count=len(indicators)), inside))


def imputation(book: Book) -> Html:
    """Return how many specifications stand on interpolated and on corrected cells, and which most."""
    fitted, touched, corrected = book.rows(
        "select count(*), count(*) filter (where share_imputed > 0), "
        "count(*) filter (where share_corrected > 0) "
        "from estimates.fit_statistics where failure_message is null"
    )[0]
    lead = paragraph(book.say("imputation_lead", touched=touched, corrected=corrected, fitted=fitted))
    body = [
        (code(name), n_obs, *(f"{100 * (part or 0):.3g} %" for part in parts))
        for name, n_obs, *parts in book.rows(BY_SPECIFICATION)
    ]
    if not body:
        return lead
    inside = table(book.say("imputation_columns").split("|"), body)
    return Html(lead + folded(book.say("imputation_most", count=len(body)), inside))


def corrections(book: Book) -> Html:
    """Return the rows of the corrections register by action, and how many cells each changes."""
    body = book.rows(CORRECTIONS)
    if not body:
        return paragraph(book.say("no_correction"))
    named = [(book.word("action", action), *counts) for action, *counts in body]
    return table(book.say("corrections_columns").split("|"), named)
