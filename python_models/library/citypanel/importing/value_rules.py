"""What the cells of a yearbook folder are held against, and the row of the register that takes one away."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

from citypanel.importing.check_files import Table
from citypanel.importing.printed_text import folded, printed_number
from citypanel.importing.reference_rows import seed_rows
from citypanel.importing.roster import Roster


class ValueRules:
    """Roster, dictionary, missing marks, sources and corrections of the folder."""

    def __init__(self, reference: Path, sources: Table, corrections: Table) -> None:
        """Read the rows of the folder `reference`; take the registers of the yearbook folder."""
        self.roster = Roster(reference)
        indicators = seed_rows(reference, "indicators")
        self.indicators = {row["printed_header"]: row["indicator_id"] for row in indicators}
        self.minimums = {row["indicator_id"]: float(row["minimum"]) for row in indicators if row["minimum"]}
        self.marks = {folded(row["mark"]) for row in seed_rows(reference, "missing_marks")}
        self.sources = {row.get("source_id", "") for _, row in sources.rows}
        ranks = {row.get("source_id", ""): row.get("precedence", "") for _, row in sources.rows}
        self.precedences = {
            name: int(rank) if rank.isdecimal() else math.inf for name, rank in ranks.items()
        }
        self.corrections = [row for _, row in corrections.rows]
        self.corrected = {
            (
                row.get("action"),
                row.get("source_id"),
                row.get("indicator_id"),
                row.get("year"),
                folded(row.get("value_expected", "")),
            )
            for row in self.corrections
        }

    def is_number_or_missing(self, text: str) -> bool:
        """Say whether a cell prints a number, a missing mark or nothing."""
        return not folded(text) or printed_number(text) is not None or folded(text) in self.marks

    def why_impossible(self, number: float, indicator_id: str) -> str:
        """Return why the panel cannot hold the number of an indicator, in the indicator's unit; empty where
        it can: the rule of the check `number_is_impossible`.
        """
        minimum = self.minimums.get(indicator_id, -1.0)
        if not math.isfinite(number):
            return "is not finite"
        return f"cannot be below {minimum:g}" if number < 0 <= minimum else ""

    def city_id(self, printed: str, year: int) -> str:
        """Return the unit that a printed name means, empty where it means none or more than one."""
        return self.roster.match(printed, year).city_id


def ready_correction(
    row: dict[str, str], column: str, indicator_id: str, reason: str, evidence: str = ""
) -> str:
    """Return the row of corrections.csv that drops the number which `row` prints in `column`."""
    city, year, source = row.get("城市", ""), row.get("年份", ""), row.get("来源", "")
    name = f"{source}_{indicator_id}_{city}_{year}"
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(
        [name, source, indicator_id, city, year, "drop", row[column], "", reason, evidence]
    )
    return line.getvalue()
