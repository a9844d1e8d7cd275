"""Rows of the specifications that cannot be run, all in one plain `dbt build`: each says why, the rest runs.

What the runner answers to each is held in test_regression_runs.py and test_predicate_sandbox.py.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest
from conftest import Copy

ENDLESS = "year = (with recursive r(n) as (select 1 union all select n + 1 from r) select max(n) from r)"
PREDICATES = {
    "sql_error": "study_a_city and",
    "second_statement": "true; drop table city_year",
    "file": "year in (select year from read_csv('/etc/passwd'))",
    "endless": ENDLESS,
    "one_city": "city_id = 'jiangsu_suzhou'",
    "nobody": "year = 1900",
}
# row of regressions.csv: what differs from A1.2, the failure, and what the message names in both languages
BAD = {
    "misspelt": ({"regressors": "gdp_per_persn_ln_yuan"}, "unknown_variable", "gdp_per_person_ln_yuan"),
    "misspelt_control": ({"control_set_id": "misspelt"}, "unknown_variable", "loans_to_gdp_ratio"),
    "unknown_sample": ({"sample_id": "study_c"}, "sample_is_unknown", "samples.csv"),
    "no_sample": ({"sample_id": ""}, "sample_is_unknown", "samples.csv"),
    "unknown_controls": ({"control_set_id": "study_c"}, "control_set_is_unknown", "control_sets.csv"),
    "unknown_split": ({"split": "study_c"}, "split_is_unknown", "samples.csv"),
    "no_split": ({"estimator": "group_difference"}, "split_is_missing", "split"),
    "left_out": ({"leave_out": "city"}, "leave_out_is_unknown", "province"),
    "left_out_of_another": ({"leave_out": "province"}, "leave_out_needs_leave_one_out", "two_way_fixed"),
    "unknown_index": ({"index_id": "digital_index"}, "index_is_unknown", "indices.csv"),
    "unknown_estimator": ({"estimator": "ols"}, "unknown_estimator", "two_way_fixed_effects"),
    "seed": ({"seed": "one"}, "seed_is_not_a_number", "one"),
    "sql_error": ({"sample_id": "sql_error"}, "predicate_syntax", PREDICATES["sql_error"]),
    "second_statement": ({"sample_id": "second_statement"}, "predicate_second_statement", "drop table"),
    "file": ({"sample_id": "file"}, "predicate_reads_outside", "read_csv"),
    "endless": ({"sample_id": "endless"}, "predicate_too_slow", "10"),
    "one_city": ({"sample_id": "one_city"}, "sample_has_one_city", "jiangsu_suzhou"),
    "nobody": ({"sample_id": "nobody"}, "sample_is_empty", "year = 1900"),
}


@pytest.fixture(scope="module")
def spoilt(built: Copy, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The built sample with a catalogue of A1.1, A1.2 and one row of each kind, its estimates built again."""
    root = tmp_path_factory.mktemp("bad specifications") / "city panel"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("__pycache__", "logs"))
    folder = root / "seeds" / "specifications"
    with (folder / "regressions.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["specification_id"] in ("A1.1", "A1.2")]
    rows += [{**rows[1], "specification_id": f"X.{name}", **changes} for name, (changes, *_) in BAD.items()]
    _write(folder / "regressions.csv", rows, "w")
    samples = {"predicate": PREDICATES, "reason": "a test", "label_en": "none", "label_zh": "无"}
    named = [{**samples, "sample_id": name, "predicate": text} for name, text in PREDICATES.items()]
    columns = ("sample_id", "predicate", "reason", "label_en", "label_zh")
    _write(folder / "samples.csv", [{name: row[name] for name in columns} for row in named], "a")
    control_set = {"control_set_id": "misspelt", "variables": "loans_to_gdp_ratioo", "reason": "a test"}
    _write(folder / "control_sets.csv", [control_set], "a")
    selected = ("regressions", "samples", "control_sets", "sample_cities", "specifications+")
    # the ledger needs the whole catalogue, which this one replaces
    ledger = (
        *("path:models/replication", "path:seeds/published"),
        "path:seeds/specifications/_curve_choices.yml",
        *("replication_has_92_rows_and_no_null_verdict", "every_mismatch_on_real_data_has_a_reason"),
    )
    left_out = ("path:models/exhibits", "test_type:unit", *ledger)
    done = Copy(root).dbt("build", "--select", *selected, "--exclude", *left_out)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "Traceback" not in done.stdout + done.stderr
    return Copy(root)


def _write(path: Path, rows: list[dict], mode: str) -> None:
    with path.open(mode, encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        if mode == "w":
            writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def fits(spoilt: Copy) -> pd.DataFrame:
    return spoilt.query("from estimates.fit_statistics").set_index("specification_id")


@pytest.mark.parametrize("name", BAD)
def test_a_row_that_cannot_run_says_why_in_both_languages(fits: pd.DataFrame, name: str) -> None:
    _, failure, words = BAD[name]
    fit = fits.loc[f"X.{name}"]
    assert (fit["failure_id"], pd.isna(fit["n_obs"])) == (failure, True)
    assert words in fit["failure_message"] and words in fit["failure_message_zh"]
    assert fit["failure_message"] != fit["failure_message_zh"]


def test_the_rest_runs_with_the_numbers_of_the_untouched_catalogue(
    built: Copy, spoilt: Copy, fits: pd.DataFrame
) -> None:
    assert list(fits.index[fits["failure_message"].isna()].sort_values()) == ["A1.1", "A1.2"]
    assert len(fits) == len(BAD) + 2
    question = (
        "select specification_id, term, estimate, std_error from estimates.estimates "
        "where specification_id in ('A1.1', 'A1.2') and is_headline order by all"
    )
    pd.testing.assert_frame_equal(spoilt.query(question), built.query(question), rtol=1e-12)
    assert spoilt.query("from estimates.estimates where specification_id like 'X%'").empty


def test_the_summary_names_them(spoilt: Copy) -> None:
    done = spoilt.run("citypanel", "--lang", "zh", "summary", "--unpublished")
    assert done.returncode == 0 and f"{len(BAD)} 个未能估计" in done.stdout
    assert "X.endless" in done.stdout
