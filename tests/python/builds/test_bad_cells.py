"""Wrong cells in a plain `dbt build`: each is a finding with file, row, column, value and remedy.

`citypanel check` says the same beforehand: test_check_values.py.
"""

from __future__ import annotations

import csv
import math
import shutil

import pandas as pd
import pytest
from conftest import Copy
from good_folder import append, good_folder

MINE = {"YEARBOOK": "build/mine"}
SELECTED = ("--select", "+findings", "gate", "--exclude", "test_type:unit", "findings,test_type:data")
POPULATION = """\
二〇一五,无锡市,a,1,2,3,4
1900,南通市,a,1,2,3,4
2015,苏洲市,a,1,2,3,4
2015,无锡市,a,约35,—,,4627
2015,常州市,a,470.1,470.1,3,4372
2015,常州市,a,470.1,470.10,3,4372
2016,常州市,a,471.1,470.1,3,4372
2016,常州市,a,471.1,480.1,3,4372
2016,无锡市,a,-35,480.1,3,4372
2016,苏州市,zz,35,480.1,3,4372
2015,巢湖市,a,35,480.1,3,4372
#2015,扬州市,a,35,480.1,3,4372
2016,南通市,a,35,480.1,3,1e400
"""
CORRECTIONS = """\
c1,a,resident_population_10k_persons,常州市,2015,delete,470.1,,r,e
c2,a,land_area_sq_km,常州市,2015,override,4372,n/a,r,e
c3,a,hukou,常州市,2015,drop,470.1,,r,e
c4,a,land_area_sq_km,常州市,last,drop,4372,,r,e
c4,a,land_area_sq_km,常州市,2015,scale,4372,1e999,r,e
c5,a,hukou_population_10k_persons,苏州市,2015,override,667.01,-5,r,e
"""
# check, severity, row, column, value
FOUND = {
    ("year_is_not_a_year", "warn", "population.csv", 3, "年份", "二〇一五"),
    ("year_outside_the_roster", "info", "population.csv", 4, "年份", "1900"),
    ("city_is_unknown", "warn", "population.csv", 5, "城市", "苏洲市"),
    ("value_is_not_a_number", "warn", "population.csv", 6, "年末户籍人口_万人", "约35"),
    ("row_is_printed_twice", "warn", "population.csv", 8, "城市", "7, 8"),
    ("row_is_printed_twice", "warn", "population.csv", 10, "城市", "9, 10"),
    ("city_year_has_two_numbers", "error", "population.csv", 10, "年末常住人口_万人", "470.1 | 480.1"),
    ("number_is_impossible", "error", "population.csv", 11, "年末户籍人口_万人", "-35"),
    ("number_is_impossible", "error", "population.csv", 15, "行政区域土地面积_平方公里", "1e400"),
    ("correction_makes_an_impossible_number", "error", "corrections.csv", 6, "value_new", "1e999"),
    ("correction_makes_an_impossible_number", "error", "corrections.csv", 7, "value_new", "-5"),
    ("source_is_unknown", "error", "population.csv", 12, "来源", "zz"),
    ("city_outside_its_years", "warn", "population.csv", 13, "城市", "巢湖市"),
    ("year_is_not_a_year", "warn", "population.csv", 14, "年份", "#2015"),
    ("correction_is_unreadable", "error", "corrections.csv", 2, "action", "delete"),
    ("correction_is_unreadable", "error", "corrections.csv", 3, "value_new", "n/a"),
    ("correction_fits_nothing", "warn", "corrections.csv", 4, "correction_id", "c3"),
    ("correction_is_unreadable", "error", "corrections.csv", 5, "year", "last"),
    ("correction_is_unreadable", "error", "corrections.csv", 5, "correction_id", "c4"),
    ("correction_is_unreadable", "error", "corrections.csv", 6, "correction_id", "c4"),
    ("correction_is_unreadable", "error", "corrections.csv", 6, "value_new", "1e999"),
}
HEADERS_ALONE = {
    *("gdp", "employment", "finance", "fiscal", "telecom", "trade", "education_research"),
    *("digital_finance", "innovation"),
}


@pytest.fixture(scope="module")
def mine(built: Copy, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A folder with one of each, in a copy whose database for it holds the sample's build: only what reads
    the folder up to the findings runs again.
    """
    root = tmp_path_factory.mktemp("bad cells") / "city panel"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("__pycache__", "logs"))
    (root / "build" / "sample.duckdb").rename(root / "build" / "mine.duckdb")
    folder = good_folder(root / "build")
    append(folder, "population", POPULATION)
    append(folder, "corrections", CORRECTIONS)
    return Copy(root)


@pytest.fixture(scope="module")
def said(mine: Copy) -> str:
    """What dbt prints when it ends non-zero."""
    done = mine.dbt("build", *SELECTED, **MINE)
    assert done.returncode == 1, done.stdout[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def findings(mine: Copy, said: str) -> pd.DataFrame:
    """The structural and logical findings that name a file of the folder."""
    assert "Failure in test nothing_stops_the_build_gate_" in said
    # a table of a dozen rows is no series: what the analytical checks make of it is tested elsewhere
    statement = "from quality.findings where file is not null and depth <> 'analytical'"
    return mine.query(statement, mine.root / "build" / "mine.duckdb")


def test_every_wrong_cell_is_a_finding_with_its_place(findings: pd.DataFrame) -> None:
    columns = ["finding_check", "severity", "file", "row_number", "column_printed", "value"]
    rows = findings[findings["finding_check"] != "table_has_no_row"]
    assert {tuple(row) for row in rows[columns].itertuples(index=False)} == FOUND
    for row in findings.itertuples():
        for text in (row.message_en, row.message_zh):
            assert "{" not in text and row.file in text and str(row.value) in text, text
            assert str(row.row_number) in text or row.finding_check == "city_outside_its_years"
    nearest = findings.loc[findings["value"] == "苏洲市", "message_zh"]
    assert "最接近：苏州市" in nearest.item()


def test_a_header_alone_is_legal_and_recorded_as_absent(findings: pd.DataFrame) -> None:
    absent = findings[findings["finding_check"] == "table_has_no_row"]
    assert set(absent["file"]) == {f"{name}.csv" for name in HEADERS_ALONE}
    assert set(absent["severity"]) == {"info"}
    assert "地区生产总值_亿元" in absent.set_index("file").loc["gdp.csv", "message_en"]


def test_what_stops_the_build_is_printed_by_dbt_in_both_languages(said: str, findings: pd.DataFrame) -> None:
    for row in findings[findings["severity"] == "error"].itertuples():
        assert row.message_en in said and row.message_zh in said
    assert "Traceback" not in said
    assert not [text for text in findings.loc[findings["severity"] != "error", "message_en"] if text in said]


def test_the_printed_rows_pasted_into_the_register_let_the_build_through(
    mine: Copy, findings: pd.DataFrame
) -> None:
    """The ready rows mend what a row of the register can mend; the rest is mended by hand."""
    ready = findings["proposed_correction"].dropna()
    assert len(ready) == 3 and all(len(next(csv.reader([row]))) == 10 for row in ready)
    folder = mine.root / "build" / "mine"
    register = folder / "corrections.csv"
    header = register.read_text(encoding="utf-8").splitlines()[0]
    register.write_text("\n".join([header, *ready, ""]), encoding="utf-8", newline="\n")
    append(folder, "sources", "zz,公报,Bulletin,real,2,,,,,,,\n")
    done = mine.dbt("build", *SELECTED, **MINE)
    assert done.returncode == 0, done.stdout[-4000:]
    cells = mine.query(
        "select year, indicator_id, value_reported, value_used, status, correction_id "
        "from observations.observations where correction_id is not null order by all",
        mine.root / "build" / "mine.duckdb",
    )
    assert list(cells["correction_id"]) == [
        "hukou_population_10k_persons_jiangsu_wuxi_2016",
        "land_area_sq_km_jiangsu_nantong_2016",
    ]
    assert cells["value_used"].isna().all() and list(cells["value_reported"]) == [-35.0, math.inf]
    left = mine.query("from quality.findings where severity = 'error'", mine.root / "build" / "mine.duckdb")
    assert left.empty
