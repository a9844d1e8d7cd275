"""A finding that somebody looked into is a row of accepted_findings.csv: it stays, and says the reason."""

from __future__ import annotations

import csv

from conftest import ROOT, Copy

KEYS = ["finding_check", "source_id", "city_id", "year", "indicator_id"]
REASON = "the page prints it so; the earthquake of the year"


def test_an_accepted_finding_stays_with_its_reason(copy_of_built: Copy) -> None:
    columns = ", ".join(KEYS)
    open_findings = "depth = 'analytical' and accepted_reason is null and city_id is not null"
    before = copy_of_built.query(f"select {columns} from quality.findings where {open_findings} order by all")
    register = copy_of_built.root / "seeds" / "specifications" / "accepted_findings.csv"
    with register.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerow([*before.iloc[0], REASON])
    selected = ("accepted_findings", "findings", "directed_findings", "finding_events")
    left_out = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
    done = copy_of_built.dbt("build", "--select", *selected, *left_out)
    assert done.returncode == 0, done.stdout[-4000:]
    after = copy_of_built.query(f"select {columns} from quality.findings where accepted_reason = '{REASON}'")
    assert after.values.tolist() == [before.iloc[0].tolist()]
    events = copy_of_built.query("select sum(accepted_cells) as n from quality.finding_events")
    assert events["n"][0] >= 1


def test_the_page_says_how_to_accept_a_finding() -> None:
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    register = (ROOT / "seeds" / "specifications" / "accepted_findings.csv").read_text(encoding="utf-8")
    assert "accepted_findings.csv" in page
    assert register.splitlines()[0] in page
