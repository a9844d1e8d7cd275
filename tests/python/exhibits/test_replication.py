"""The ledger against answers from outside: the shared seeds, the papers themselves, scipy's t."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml
from conftest import Copy
from scipy import stats

PAPERS = {"A": "000_587210d4a9d2e14a.txt", "B": "002_82ae26d61ecde7e3.txt"}
LEVELS = (0.1, 0.05, 0.01)
# two-way clusters of nine years are the fewest that anybody would defend
FEWEST_DF = 8


def _seed(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "seeds" / "published" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _text(path: Path) -> str:
    """The text without blanks and line ends, which the scan sets anywhere."""
    return "".join(path.read_text(encoding="utf-8").split())


def _rounding(printed: str) -> tuple[float, float]:
    half = 10.0 ** -len(printed.partition(".")[2]) / 2
    return abs(float(printed)) - half, abs(float(printed)) + half


def _t_interval(row: dict[str, str]) -> tuple[float, float]:
    if row["t_stat"]:
        return _rounding(row["t_stat"])
    estimate, error = _rounding(row["estimate"]), _rounding(row["std_error"])
    return estimate[0] / error[1], estimate[1] / error[0]


def _stars(t: float, df: float) -> int:
    return sum(2 * float(stats.t.sf(t, df)) <= level for level in LEVELS)


def _justified(row: dict[str, str], df: float) -> bool:
    low, high = _t_interval(row)
    return _stars(low, df) <= len(row["stars"]) <= _stars(high, df)


@pytest.mark.parametrize("name", ["published_estimates", "published_fit_statistics"])
def test_the_printed_numbers_are_those_handed_over(project_root: Path, shared: Path, name: str) -> None:
    ours = project_root / "seeds" / "published" / f"{name}.csv"
    # as text: the shared files end their lines as Windows does
    theirs = shared / "published" / f"{name}.csv"
    assert ours.read_text(encoding="utf-8") == theirs.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["published_claims", "discrepancies"])
def test_every_quote_stands_in_its_paper(project_root: Path, shared: Path, name: str) -> None:
    texts = {study: _text(shared / "papers" / file) for study, file in PAPERS.items()}
    rows = _seed(project_root, name)
    assert not [row["quote"] for row in rows if "".join(row["quote"].split()) not in texts[row["study"]]]


def test_the_register_holds_at_least_twenty_contradictions(project_root: Path) -> None:
    rows = _seed(project_root, "discrepancies")
    assert len(rows) >= 20 and {row["study"] for row in rows} == {"A", "B"}


def test_every_specification_named_exists(project_root: Path) -> None:
    with (project_root / "seeds/specifications/regressions.csv").open(encoding="utf-8", newline="") as stream:
        known = {row["specification_id"] for row in csv.DictReader(stream)} | {"panel"}
    rows = _seed(project_root, "published_claims") + _seed(project_root, "discrepancies")
    named = {each.strip() for row in rows for each in row["specification_ids"].split("+") if each.strip()}
    assert named <= known


def test_the_first_class_is_what_no_distribution_justifies(built: Copy) -> None:
    """Search all t distributions from 8 degrees of freedom up, and the normal, without the project's SQL."""
    rows = _seed(built.root, "published_estimates")
    references = [*range(FEWEST_DF, 700), float("inf")]
    unjustified = {(row["specification_id"], row["regressor"]) for row in rows
                   if not any(_justified(row, df) for df in references)}  # fmt: skip
    audited = built.query("select specification_id, printed_item from replication.printed_audit "
                          "where verdict = 'wrong under every reference'")
    assert unjustified == set(audited.itertuples(index=False, name=None))
    assert unjustified == {("B1.1", "IA"), ("B1.2", "RISSL"), ("B2.2", "LM_IA"), ("B3.3", "LM_IA")}


def test_every_rung_and_every_reason_has_a_hand_made_case(project_root: Path) -> None:
    folder = project_root / "models" / "replication"
    cases: dict[str, set[str]] = {"comparison": set(), "reason_code": set()}
    for path in sorted(folder.glob("_unit_tests_*.yml")):
        for test in yaml.safe_load(path.read_text(encoding="utf-8"))["unit_tests"]:
            for row in csv.DictReader(test["expect"]["rows"].splitlines()):
                for column in cases:
                    cases[column].add(row.get(column, ""))
    for column, seed in (("comparison", "comparison_ladder"), ("reason_code", "reason_codes")):
        assert {row[column] for row in _seed(project_root, seed)} <= cases[column]


def test_nothing_of_the_sample_reads_as_replicated(built: Copy) -> None:
    rows = built.query("select verdict, reason_code, data_kind from replication.replication")
    assert len(rows) == 92 and set(rows["data_kind"]) == {"synthetic"}
    assert set(rows["verdict"]) <= {"synthetic", "not_estimable"}
    held = built.query("select distinct holds_in_ours from replication.claims")["holds_in_ours"]
    assert set(held) <= {"holds on synthetic data", "fails on synthetic data", "not_estimable"}


def test_claims_about_the_print_are_as_read_by_eye(built: Copy) -> None:
    rows = built.query("select claim_id, holds_in_print from replication.claims").set_index("claim_id")
    held = rows["holds_in_print"].to_dict()
    fails = {"A_shrinks", "A_structure_10_pct", "A_regions_differ", "A_east_larger", "A_west_northeast_not",
             "B_model_2_has_lm", "B_model_2_has_ia", "B_periods_differ_lm", "B_periods_differ_ia",
             "B_ia_changes_direction", "B_ia_5_pct_after", "B_hausman"}  # fmt: skip
    assert {name for name, verdict in held.items() if verdict == "fails"} == fails
    disagree = {name for name, verdict in held.items() if verdict == "stars and t disagree"}
    assert disagree == {"B_ia_10_pct", "B_rissl"}
