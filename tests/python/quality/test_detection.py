"""The analytical checks find what is planted, name what is right, and know neither list nor register."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from conftest import ROOT, Copy

from citypanel.console.corrections import HEADER, proposed_corrections
from citypanel.quality.compiled_checks import checks_of
from citypanel.quality.detection import KEYS, NO_WRONG_NUMBER, NOTHING_FURTHER, Comparison, compared
from citypanel.quality.detection_tables import scores, section
from citypanel.quality.planted_defects import plant

FINDINGS = (
    "select finding_check, severity, source_id, indicator_id, city_id, year, expected, evidence, "
    "proposed_correction from quality.analytical_findings order by all"
)
WHOLE = ["factor_10", "factor_1e4", "zero_for_missing", "hukou_in_resident", "province_total", "unit_change"]


@pytest.fixture(scope="module")
def whole(built: Copy) -> Comparison:
    """The planted cells of the sample beside its findings."""
    listed = built.root / "tests" / "planted" / "planted_defects.csv"
    with duckdb.connect(str(built.database), read_only=True) as connection:
        return compared(connection, listed, NOTHING_FURTHER)


@pytest.fixture(scope="module")
def comparison(whole: Comparison) -> pd.DataFrame:
    """The planted cells of the sample and whether a finding at warn names them."""
    return whole.planted


def test_the_tables_of_the_sample_are_those_of_its_page(whole: Comparison) -> None:
    page = (ROOT / "docs" / "detection.md").read_text(encoding="utf-8")
    for table in section(scores([whole])):
        assert table in page


def test_the_checks_find_nearly_every_planted_defect(comparison: pd.DataFrame) -> None:
    wrong = comparison[~comparison["class"].isin(NO_WRONG_NUMBER)]
    assert wrong.loc[wrong["telling"], "found"].mean() > 0.98
    found = wrong.groupby("class")["found"].mean()
    assert (found[WHOLE] == 1).all(), found
    assert found.min() >= 0.85, found


def test_jumps_at_a_boundary_are_named_not_flagged(built: Copy, comparison: pd.DataFrame) -> None:
    jumps = comparison[comparison["class"] == "boundary_jump"]
    assert len(jumps) > 40
    assert not jumps["found"].any()
    named = built.query("select source_id, indicator_id, city_id, year from quality.analytical_findings "
                        "where finding_check = 'level_moves_with_the_boundary'")
    assert len(jumps.merge(named, on=KEYS)) > 0.8 * len(jumps)


def test_false_alarms_are_fewer_than_one_in_a_thousand(built: Copy, comparison: pd.DataFrame) -> None:
    flagged = built.query("select distinct source_id, indicator_id, city_id, year "
                          "from quality.analytical_findings where severity = 'warn'")
    beside = flagged.merge(comparison[KEYS], on=KEYS, how="left", indicator=True)
    cells = built.query("select count(*) as n from quality.compared_numbers")["n"][0]
    assert beside["_merge"].eq("left_only").sum() < cells / 1000


def test_no_check_reads_the_list_of_defects(built: Copy) -> None:
    manifest = json.loads((built.root / "target" / "manifest.json").read_text(encoding="utf-8"))
    nodes, parents = manifest["nodes"], manifest["parent_map"]
    seen, waiting = set(), ["model.citypanel.analytical_findings"]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += parents[node]
    assert not [name for name in seen if node_reads_planted(nodes.get(name, {}))]


def node_reads_planted(node: dict[str, object]) -> bool:
    """Whether the SQL of a node names a file of planted defects."""
    return "planted_" in str(node.get("raw_code", ""))


def test_findings_do_not_change_with_the_register_and_the_list(copy_of_built: Copy) -> None:
    before = copy_of_built.query(FINDINGS)
    shutil.rmtree(copy_of_built.root / "tests" / "planted")
    register = copy_of_built.root / "seeds" / "yearbook" / "corrections.csv"
    register.write_text(register.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    left_out = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
    done = copy_of_built.dbt("build", "--select", "+analytical_findings", *left_out)
    assert done.returncode == 0, done.stdout[-4000:]
    pd.testing.assert_frame_equal(copy_of_built.query(FINDINGS), before)


def test_a_folder_is_misprinted_the_same_way_by_one_seed(tmp_path: Path) -> None:
    lists = []
    for name in ("one", "other"):
        shutil.copytree(ROOT / "seeds" / "yearbook", tmp_path / name)
        lists.append(plant(tmp_path / name, ROOT / "seeds" / "reference", seed=7, rate=0.5))
    pd.testing.assert_frame_equal(*lists)
    assert len(set(lists[0]["class"])) >= 40
    assert {"time_shift", "swapped_block", "wrong_column", "columns_exchanged"} <= set(lists[0]["class"])
    assert (lists[0]["printed"] != lists[0]["true"]).all()


def test_the_compiled_checks_find_what_the_build_found(built: Copy) -> None:
    """The Monte Carlo runs the same statements without dbt: over the same folder they say the same."""
    chosen = ("--select", "+analytical_findings", "--target-path", "compiled")
    compiled = built.dbt("compile", "--quiet", *chosen)
    assert compiled.returncode == 0, compiled.stdout[-2000:]
    manifest = json.loads((built.root / "compiled" / "manifest.json").read_text(encoding="utf-8"))
    checks = checks_of(built.database, manifest["nodes"])
    with checks.run_over(built.root / "seeds" / "yearbook") as connection:
        found = connection.execute(FINDINGS).df()
    pd.testing.assert_frame_equal(found, built.query(FINDINGS))


def test_proposals_are_rows_of_a_register_for_cells_nothing_deals_with(built: Copy) -> None:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        rows = proposed_corrections(connection)
    assert list(rows.columns) == HEADER
    assert rows["correction_id"].is_unique
    assert rows["action"].isin(["shift", "move", "scale", "override", "drop"]).all()
    # the register of the sample repairs what is planted: hardly anything is left to propose
    assert len(rows) < 60


def test_findings_of_one_cause_are_one_event(built: Copy) -> None:
    events = built.query("from quality.finding_events")
    blocks = events[events["finding_check"] == "rows_are_displaced"]
    assert blocks["cells"].between(3, 7).all()
    units = events[events["finding_check"] == "column_in_another_unit"]
    assert len(units) == 2
    assert units["cells"].sum() == 330
    findings = built.query("select count(*) as n from quality.findings where depth = 'analytical'")
    assert events["cells"].sum() == findings["n"][0]


def test_what_other_checks_say_of_a_displaced_block_has_the_block_as_its_cause(built: Copy) -> None:
    """The example of docs/checks.md: each event is its own cause or leads to one that is."""
    events = built.query("from quality.finding_events").set_index("event_id")
    causes = events.loc[events["cause_event_id"]]
    assert (causes["cause_event_id"] == causes.index).all()
    block = "rows_are_displaced | yearbook | gdp_100m_yuan | 青岛市..潍坊市 +1"
    of_block = events[events["cause_event_id"] == block]
    assert len(of_block) == 7 and of_block["finding_check"].nunique() == 5
    assert set(of_block["province_zh"]) == {"山东省"} and set(of_block["first_year"]) == {2013}
