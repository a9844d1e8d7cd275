"""Corrections that the findings propose, as rows of corrections.csv for review; nothing is applied."""

from __future__ import annotations

import csv
import io

import duckdb
import pandas as pd

HEADER = [
    "correction_id", "source_id", "indicator_id", "city", "year", "action", "value_expected", "value_new",
    "reason", "evidence",
]  # fmt: skip
CELL = ["source_id", "indicator_id", "city_id", "year"]
# a block or a column put right at once spares the rows about its cells; what can be saved is not dropped
FIRST = ("shift", "move", "scale", "override", "drop")
PROPOSED = f"""
select {", ".join(CELL)}, proposed_correction from quality.findings
where proposed_correction is not null and accepted_reason is null and severity <> 'info'
order by {", ".join(CELL)}, finding_check
"""


def proposed_corrections(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return one proposed correction per suspect cell (columns of corrections.csv, text), each row once.

    Findings that are accepted, corrected already or mere information propose nothing.
    """
    found = connection.execute(PROPOSED).df()
    lines = [next(csv.reader(io.StringIO(line))) for line in found["proposed_correction"]]
    rows = pd.DataFrame(lines, columns=HEADER)
    rank = rows["action"].map({action: place for place, action in enumerate(FIRST)})
    ranked = found[CELL].assign(rank=rank).sort_values([*CELL, "rank"], kind="stable")
    best = rows.loc[ranked.drop_duplicates(CELL).index].drop_duplicates()
    return best.drop_duplicates("correction_id").sort_values(HEADER).reset_index(drop=True)


def as_csv(rows: pd.DataFrame) -> str:
    """Return the rows as the text of a corrections.csv."""
    return rows.to_csv(index=False, lineterminator="\n")
