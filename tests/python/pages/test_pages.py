"""The pages of docs/ are true: their queries answer, their Python runs, their tables are right."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import reading
from conftest import Copy

from citypanel.console.database import open_read_only
from citypanel.console.querying import run_query

TABLE_ROW = re.compile(r"^\|(.+)\|$", flags=re.MULTILINE)


def _rows(page: Path) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in TABLE_ROW.findall(page.read_text("utf-8"))]


def test_every_query_of_the_pages_answers(built: Copy) -> None:
    lines = [line for page in sorted((built.root / "docs").glob("*.md")) for block in reading.blocks(page)
             for line in block.text.splitlines() if line.startswith("citypanel query")]  # fmt: skip
    assert len(lines) > 10
    with open_read_only(built.database) as connection:  # the command itself is followed in test_readme
        for line in lines:
            assert len(run_query(connection, reading.words(line)[1][2])), line


def test_the_number_followed_is_misprinted_and_corrected_as_the_page_says(built: Copy) -> None:
    page = (built.root / "docs" / "architecture.md").read_text(encoding="utf-8")
    cell = built.query("from observations.observations where city_id = 'hubei_ezhou' and year = 2008 "
                       "and indicator_id = 'average_wage_yuan'").iloc[0]
    assert f"`{cell['value_printed']}`" in page and cell["status"] == "E"
    assert cell["value_used"] == pytest.approx(10 * cell["value_reported"])


def test_the_python_of_the_estimation_page_runs_and_gives_column_2(built: Copy) -> None:
    code = [block.text for block in reading.blocks(built.root / "docs" / "estimation.md")
            if block.language == "python"]  # fmt: skip
    assert len(code) == 1
    # its last lines print; one more tells the coefficient in full
    done = subprocess.run(
        [sys.executable, "-c", code[0] + "\nprint(repr(float(fit.term('digital').estimate)))"],
        cwd=built.root, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(built.root / "python_models" / "library")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    stored = built.query("select estimate from estimates.estimates where specification_id = 'A1.2' "
                         "and is_headline and term = 'digital_infrastructure_index'")
    assert float(done.stdout.splitlines()[-1]) == pytest.approx(stored["estimate"][0], rel=1e-10)
    assert "cragg_donald_f" in done.stdout


def test_the_folder_page_has_the_headers_of_the_sample(project_root: Path) -> None:
    shown = {row[0].strip("`"): re.findall(r"`([^`]+)`", row[1])
             for row in _rows(project_root / "docs" / "yearbook_folder.md") if ".csv`" in row[0]}  # fmt: skip
    folder = project_root / "seeds" / "yearbook"
    headers = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            headers[path.name] = next(csv.reader(stream))
    assert shown == headers


def test_the_sample_page_counts_the_planted_defects(project_root: Path) -> None:
    with (project_root / "tests/planted/planted_defects.csv").open(encoding="utf-8", newline="") as stream:
        planted = Counter(row["class"] for row in csv.DictReader(stream))
    shown = {row[0].strip("`"): int(row[1]) for row in _rows(project_root / "docs" / "sample.md")
             if len(row) == 3 and row[0].startswith("`") and row[1].isdigit()}  # fmt: skip
    assert shown == planted


def test_the_sample_page_says_what_was_reached(built: Copy) -> None:
    shown = [row for row in _rows(built.root / "docs" / "sample.md") if row[0].startswith(("mean", "std"))]
    means = built.query("""
        select avg(non_agricultural_employment_share), avg(digital_infrastructure_index),
            avg(loans_to_gdp_ratio), avg(gdp_per_person_ln_yuan), avg(education_expenditure_gdp_share),
            avg(science_expenditure_gdp_share), avg(mobile_users_ln_10k_users)
        from panels.city_year where study_a_city and year between 2011 and 2021""").iloc[0]
    errors = built.query("""
        select std_error from estimates.estimates
        where specification_id in ('A1.1', 'A1.6') and is_headline and term = 'digital_infrastructure_index'
        order by specification_id""")
    reached = [*means, *errors["std_error"]]
    assert len(shown) == len(reached)
    for row, number in zip(shown, reached, strict=True):
        decimals = len(row[2].partition(".")[2])
        assert row[2] == f"{number:.{decimals}f}", row[0]
