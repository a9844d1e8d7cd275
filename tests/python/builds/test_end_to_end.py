"""The whole line on the sample: one plain `dbt build` of a temporary copy, read by every test here."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from conftest import Copy

from citypanel.console.summary import offered_analyses

# columns that carry the promises of the tables; a user's query may rely on them
CONTRACTS = {
    "observations.reported_observations": """city_id year indicator_id source_id value_printed value_reported
        unit file sheet cell""",
    "observations.observations": """city_id year indicator_id value_reported value_used status method unit
        source_id correction_id""",
    "estimates.estimates": """specification_id term covariance estimate std_error statistic df p_value
        conf_low conf_high is_headline status""",
    "estimates.fit_statistics": """specification_id n_obs n_cities n_years share_imputed data_kind
        failure_message""",
    "estimates.sample_flow": "specification_id step rows_in rows_out reason",
    "quality.findings": """source_id city_id year indicator_id depth severity file value expected message_en
        message_zh accepted_reason""",
    "panels.city_year": """city_id year city_name_zh city_name_en province_zh region_three region_four belt
        belt_reach delta study_a_city level boundary_break""",
}
KEYS = {
    "observations.observations": "city_id, year, indicator_id",
    "panels.city_year": "city_id, year",
    "estimates.fit_statistics": "specification_id",
    "estimates.estimates": "specification_id, term, covariance",
    "estimates.sample_flow": "specification_id, step",
}


@pytest.mark.parametrize("table", CONTRACTS)
def test_table_has_the_columns_it_promises(built: Copy, table: str) -> None:
    columns = set(built.query(f"describe {table}")["column_name"])
    assert set(CONTRACTS[table].split()) <= columns


@pytest.mark.parametrize("table", KEYS)
def test_key_is_unique(built: Copy, table: str) -> None:
    rows = built.query(f"select count(*) as n, count(distinct ({KEYS[table]})) as d from {table}")
    assert rows["n"][0] == rows["d"][0] > 0


NOT_RUN = "specifications_not_run"


def test_study_a_table_1_has_six_columns_on_3146_rows_without_interpolated_cells(built: Copy) -> None:
    fits = built.query("from estimates.fit_statistics where specification_id ~ '^A1.[1-6]$' order by 1")
    assert list(fits["specification_id"]) == [f"A1.{column}" for column in range(1, 7)]
    assert set(fits["n_obs"]) == {3146} and set(fits["n_cities"]) == {286} and set(fits["n_years"]) == {11}
    assert fits["failure_message"].isna().all() and set(fits["share_imputed"]) == {0.0}
    assert set(fits["data_kind"]) == {"synthetic"}
    headline = built.query("from estimates.estimates where specification_id ~ '^A1.[1-6]$' and is_headline")
    assert headline["specification_id"].nunique() == 6
    assert headline[["estimate", "std_error", "p_value", "conf_low", "conf_high"]].notna().all().all()


def test_study_b_table_1_is_fitted(built: Copy) -> None:
    fits = built.query("select * from estimates.fit_statistics where specification_id like 'B1.%' order by 1")
    assert {"B1.1", "B1.2", "B1.3", "B1.4"} <= set(fits["specification_id"])
    assert fits["failure_message"].isna().all() and (fits["n_obs"] > 0).all()


@pytest.mark.parametrize("exhibit", ["digital_labour_flow__table_1", "labour_agglomeration__table_1"])
def test_exhibit_has_rows(built: Copy, exhibit: str) -> None:
    assert len(built.query(f"from exhibits.{exhibit}")) > 3


def test_only_layers_are_schemas(built: Copy) -> None:
    schemas = set(built.query("select distinct table_schema as s from information_schema.tables")["s"])
    layers = {"yearbook", "reference", "specifications", "published", "staging", "observations", "indicators",
              "panels", "quality", "estimates", "exhibits", "replication", "publication", "main"}
    assert schemas <= layers


def test_every_analysis_is_compiled_and_answers(built: Copy) -> None:
    sources = sorted((built.root / "analysis").glob("*.sql"))
    done = built.dbt("compile", "--select", "resource_type:analysis")
    assert sources and done.returncode == 0, done.stdout[-2000:]
    for source in sources:
        compiled = built.root / "target" / "compiled" / "citypanel" / "analysis" / source.name
        # every regression runs on the sample: nothing to list there
        assert len(built.query(compiled.read_text(encoding="utf-8"))) or source.stem == NOT_RUN, source.name


def test_the_lines_of_the_summary_answer(built: Copy) -> None:
    done = built.run("citypanel", "summary")
    assert done.returncode == 0, done.stderr
    assert "3,146" not in done.stdout and "synthetic" in done.stdout
    lines = [line.strip() for line in done.stdout.splitlines() if " query " in line]
    assert len(lines) == len(offered_analyses(built.root)) == 3
    for line in lines:
        asked = subprocess.run(line, shell=True, cwd=built.root, capture_output=True, text=True, check=False)
        assert asked.returncode == 0 and len(asked.stdout.splitlines()) > 2, f"{line}: {asked.stderr}"


def test_nothing_of_this_machine_is_in_the_tables(built: Copy) -> None:
    """Paths of the machine that built would differ on the next one."""
    names = built.query("select table_schema || '.' || table_name as t, column_name as c "
                        "from information_schema.columns where data_type = 'VARCHAR'")
    for table, columns in names.groupby("t")["c"]:
        tests = " or ".join(f"contains(\"{column}\", '{built.root}')" for column in columns)
        assert not len(built.query(f"select 1 from {table} where {tests} limit 1")), table


def test_project_file_names_no_folder_that_is_absent(project_root: Path) -> None:
    text = (project_root / "dbt_project.yml").read_text(encoding="utf-8")
    named = re.findall(r'"((?:seeds|models|tests|python_models|analysis)[\w/]*)"', text)
    assert [name for name in named if not (project_root / name).is_dir()] == []
