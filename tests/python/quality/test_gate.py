"""An impossible value stops a build before the regressions, impossible results stop it before the exhibits.

What stood before stands as it was. The messages of every error are in test_bad_cells.py.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Completed, Copy

# data tests other than the gates' own take most of the time and have their say in every full build
OTHER_TESTS = (
    "rows_are_unique", "not_null", "unique", "relationships", "accepted_values", "is_between",
    "shares_sum_to_one",
)  # fmt: skip
OTHERS = [f"test_name:{name}" for name in OTHER_TESTS]
QUICKLY = ("--exclude", "test_type:unit", "test_type:singular", *OTHERS)
KEPT = ("estimates", "exhibits", "replication")
CITY, YEAR, SOURCE = "苏州市", "2015", "yearbook"
IMPOSSIBLE_RESULT = (
    "no_fit_has_rows,results,estimates.fit_statistics,n_obs,ExpectColumnValuesToBeBetween,"
    '"{""max_value"": 0}",,,,error,planted,故意设置\n'
)


@pytest.fixture(scope="module")
def copy(built: Copy, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy of the build that the tests of this file spoil and mend."""
    root = tmp_path_factory.mktemp("gate") / "city panel"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("__pycache__", "logs"))
    return Copy(root)


@pytest.fixture(scope="module")
def spoiled(copy: Copy) -> Iterator[tuple[Completed, dict[str, str], dict[str, str]]]:
    """A build with a negative population and two numbers for one cell, and the hashes before and after."""
    table = copy.root / "seeds" / "yearbook" / "population.csv"
    printed = table.read_text(encoding="utf-8")
    table.write_text(_spoiled(printed), encoding="utf-8", newline="\n")
    before = _hashes(copy, *KEPT)
    done = copy.dbt("build", "--select", "population+", *QUICKLY)
    yield done, before, _hashes(copy, *KEPT)
    table.write_text(printed, encoding="utf-8", newline="\n")


def _spoiled(printed: str) -> str:
    header, *lines = printed.splitlines()
    place = next(n for n, line in enumerate(lines) if line.split(",")[:3] == [YEAR, CITY, SOURCE])
    cells = lines[place].split(",")
    lines[place] = ",".join([*cells[:3], "-35.5", *cells[4:]])
    lines.append(",".join([*cells[:4], "1.5", *cells[5:]]))
    return "\n".join([header, *lines, ""])


def _hashes(copy: Copy, *schemas: str) -> dict[str, str]:
    """Return a hash of the rows of every table of the schemas, whatever their order."""
    named = ", ".join(f"'{schema}'" for schema in schemas)
    tables = copy.query(
        f"select schema_name || '.' || table_name as t from duckdb_tables() where schema_name in ({named})"
    )["t"]
    hashed = "select md5(string_agg(t::varchar, '' order by t::varchar)) as h from {} as t"
    return {table: str(copy.query(hashed.format(table))["h"][0]) for table in tables}


def _statuses(copy: Copy) -> dict[str, str]:
    results = json.loads((copy.root / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    return {result["unique_id"]: result["status"] for result in results}


def _manifest(root: Path) -> dict[str, dict[str, object]]:
    nodes = json.loads((root / "target" / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    return {name: node for name, node in nodes.items() if node["resource_type"] == "model"}


def _above(nodes: dict[str, dict[str, object]], name: str) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        parents = nodes[waiting.pop()]["depends_on"]["nodes"]  # type: ignore[index]
        new = {parent for parent in parents if parent in nodes} - found
        found |= new
        waiting += new
    return found


def test_an_impossible_value_ends_the_build_with_words_a_newcomer_understands(
    copy: Copy, spoiled: tuple[Completed, dict[str, str], dict[str, str]]
) -> None:
    done, _, _ = spoiled
    assert done.returncode == 1 and "Traceback" not in done.stdout
    assert "STOP: the regressions, exhibits and ledger wait" in done.stdout and "构建停止" in done.stdout
    assert 'citypanel query "from quality.gate"' in done.stdout
    findings = copy.query("from quality.findings where severity = 'error'")
    assert set(findings["finding_check"]) == {"number_is_impossible", "city_year_has_two_numbers"}
    for finding in findings.itertuples():
        assert finding.message_en in done.stdout and finding.message_zh in done.stdout
        (ready,) = csv.reader([finding.proposed_correction])
        assert finding.proposed_correction in finding.message_en and len(ready) == 10
        assert all(word in finding.message_en for word in ("population.csv", CITY, YEAR))
    assert "no_hukou_population_10k_persons_is_negative" in done.stdout
    gate = copy.query("from quality.gate")
    assert set(gate["found_in"]) == {"quality.findings", "quality.expectation_results"}
    # the view shows the new results of the data beside those that the last regressions gave
    unmet = copy.query("from quality.expectation_results where severity = 'error' and not is_met")
    assert list(unmet["expectation_id"]) == ["no_hukou_population_10k_persons_is_negative"]
    assert json.loads(unmet["unexpected_sample"][0])[0]["city_id"] == "jiangsu_suzhou"


def test_all_after_the_gate_is_skipped_and_stands_as_it_was(
    copy: Copy, spoiled: tuple[Completed, dict[str, str], dict[str, str]]
) -> None:
    _, before, after = spoiled
    assert before == after and {table.split(".")[0] for table in before} == set(KEPT)
    nodes = _manifest(copy.root)
    waiting = {name for name in nodes if "model.citypanel.gate" in _above(nodes, name)}
    statuses = _statuses(copy)
    assert {statuses[name] for name in waiting} == {"skipped"} and len(waiting) > 60


def test_removing_the_value_lets_the_build_through(
    copy: Copy, built: Copy, spoiled: tuple[Completed, dict[str, str], dict[str, str]]
) -> None:
    _, before, _ = spoiled
    shutil.copy(built.root / "seeds" / "yearbook" / "population.csv", copy.root / "seeds" / "yearbook")
    done = copy.dbt("build", "--select", "population+,+gate", "gate", *QUICKLY)
    assert done.returncode == 0, done.stdout[-3000:]
    assert copy.query("from quality.gate").empty
    assert _hashes(copy, "panels") == _hashes(built, "panels") and _hashes(copy, *KEPT) == before


def test_impossible_results_stop_the_exhibits_which_stand_as_they_were(copy_of_built: Copy) -> None:
    seed = copy_of_built.root / "seeds" / "specifications" / "expectations.csv"
    seed.write_text(seed.read_text(encoding="utf-8") + IMPOSSIBLE_RESULT, encoding="utf-8", newline="\n")
    before = _hashes(copy_of_built, "exhibits", "replication")
    done = copy_of_built.dbt("build", "--select", "expectations", "results_expectation_runs+", *QUICKLY)
    assert done.returncode == 1 and "no_fit_has_rows" in done.stdout and "Traceback" not in done.stdout
    assert "STOP: the exhibits and ledger wait" in done.stdout and "from quality.results_gate" in done.stdout
    assert _hashes(copy_of_built, "exhibits", "replication") == before
    statuses = _statuses(copy_of_built)
    waiting = ("coefficient_cells", "digital_labour_flow__table_1", "replication")
    assert {statuses[f"model.citypanel.{name}"] for name in waiting} == {"skipped"}


def test_what_reads_results_waits_for_both_gates(built: Copy) -> None:
    nodes = _manifest(built.root)
    for name, node in nodes.items():
        above = _above(nodes, name)
        reads = {str(nodes[parent]["schema"]) for parent in above}
        if node["schema"] in ("exhibits", "replication", "publication") and "estimates" in reads:
            assert "model.citypanel.results_gate" in above, name
        if node["schema"] == "estimates" and "panels" in reads:
            assert "model.citypanel.gate" in above, name
