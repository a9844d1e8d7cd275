"""The number that a study prints beside an estimate, and the ledger's verdict on the two."""

from __future__ import annotations

import duckdb

from citypanel.console.explaining.words import Row, figure, in_language, rows_of
from citypanel.messages import message

LEDGER = """
select r.*, c.meaning_en, c.meaning_zh
from replication.replication as r
left join published.comparison_ladder as c using (comparison)
where r.specification_id = ? and r.printed_item = ?
"""


def printed_lines(connection: duckdb.DuckDBPyConnection, head: Row) -> list[str]:
    """Return the printed number, how far ours is from it, and the verdict with its reason.

    head: the headline row of a term. One line that says so where no study prints the number, or where a build
    that stopped before the ledger has left none.
    """
    try:
        rows = rows_of(connection, LEDGER, [head["specification_id"], head["study_name"] or head["term"]])
    except duckdb.CatalogException:
        return [message("explain_no_ledger")]
    if not rows:
        return [message("explain_not_in_print")]
    row = rows[0]
    apart, std_error = row["difference"], row["published_std_error"]
    return [
        message(
            "explain_in_print",
            printed=row["printed"] + "*" * (row["stars"] or 0),
            std_error=figure(std_error) if std_error is None else f"{std_error:.4g}",
            difference=figure(apart) if apart is None else f"{apart:+.4g}",
        ),
        message(
            "explain_verdict",
            verdict=message(f"scorecard_verdict_{row['verdict']}"),
            meaning=in_language(row, "meaning"),
            reason=in_language(row, "reason"),
        ),
    ]
