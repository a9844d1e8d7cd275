"""Tables that cannot be loaded: a plain `dbt build` ends non-zero, `citypanel` says what to mend.

The messages themselves are held, case by case, in test_check_form.py.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT, Completed, Copy
from good_folder import append, good_folder, replace

MINE = {"YEARBOOK": "build/mine"}


@pytest.fixture(scope="module")
def project(copy_of_project: Callable[[str], Copy]) -> Copy:
    """A copy without databases, shared by the cases: none of them gets as far as a model of another."""
    return copy_of_project("bad tables")


@pytest.fixture
def folder(project: Copy) -> Path:
    """A yearbook folder without a problem, `build/mine`, to spoil; what the case before left is removed."""
    build = project.root / "build"
    shutil.rmtree(build)
    build.mkdir()
    return good_folder(build)


def refused(project: Copy, *words: str, language: str = "en", **environment: str) -> None:
    """`citypanel build` ends with 1 and the words before dbt starts."""
    done = project.run("citypanel", "--lang", language, "build", **environment)
    assert done.returncode == 1 and all(word in done.stderr for word in words), done.stderr
    assert "Traceback" not in done.stderr and not done.stdout
    assert not list((project.root / "build").glob("*.duckdb")), "dbt did not run"


def failed(done: Completed, *words: str) -> None:
    """Plain dbt ended non-zero and its own output holds the words."""
    assert done.returncode != 0 and all(word in done.stdout for word in words), done.stdout[-3000:]


def test_an_absent_folder_stops_both(project: Copy) -> None:
    setting = {"YEARBOOK": "build/nowhere"}
    refused(project, "build/nowhere does not exist", "citypanel import", **setting)
    refused(project, "build/nowhere 不存在", "citypanel import", language="zh", **setting)
    failed(project.dbt("build", **setting), "depends on a node named 'sources' which was not found")


def test_a_lacking_table_stops_both(project: Copy, folder: Path) -> None:
    (folder / "gdp.csv").unlink()
    refused(project, "gdp.csv is lacking", "a file with the header alone is legal", **MINE)
    failed(project.dbt("build", **MINE), "depends on a node named 'gdp' which was not found")


def test_a_table_in_gb18030_stops_both(project: Copy, folder: Path) -> None:
    path = folder / "population.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    refused(project, "population.csv:1:", "GB18030", "iconv -f GB18030 -t UTF-8 population.csv", **MINE)
    failed(project.dbt("build", **MINE), "'utf-8' codec can't decode byte")


def test_a_folder_may_not_take_the_name_of_a_schema(project: Copy, folder: Path) -> None:
    renamed = folder.rename(folder.with_name("estimates"))
    setting = {"YEARBOOK": f"{renamed}/"}
    refused(project, "cannot be called `estimates`", "Rename the folder", **setting)
    done = project.dbt("build", **setting)
    failed(done, "YEARBOOK with a folder of another name: estimates is taken", "请改名")
    assert not list((project.root / "build").glob("*.duckdb"))


def spoil(folder: Path) -> None:
    """Five files that cannot be loaded or read, others that can, in one folder."""
    replace(folder, "population", ",年末常住人口_万人", "")
    replace(folder, "population", ",1061.60", "")
    (folder / "gdp.csv").write_bytes(b"")
    append(folder, "finance", "2016,苏州市,a,1,2,3,4\n")
    append(folder, "fiscal", "2016,苏州市,a\n")
    append(folder, "sources", "b,公报,Bulletin,real,first,,,,,,,\n")
    replace(folder, "trade", "货物出口额_万元", "货物出口额_万元,蓝天天数")
    replace(folder, "innovation", "年份,城市,来源", "城市,来源,年份")
    append(folder, "innovation", "苏州市,a,2016,12.5\n")
    telecom = folder / "telecom.csv"
    text = telecom.read_text(encoding="utf-8") + "2016,苏州市,a,1,2,3\n"
    telecom.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())


TABLES = [
    *("population", "gdp", "finance", "fiscal"),
    *("employment", "trade", "innovation", "telecom", "digital_finance"),
]


def test_tables_fail_one_by_one_and_the_good_ones_are_read(project: Copy, folder: Path) -> None:
    """One plain build of the seeds and their staging views; a bad table does not hide another."""
    spoil(folder)
    # more rows than a reader looks at to guess how a table is quoted
    append(folder, "digital_finance", "2016,苏州市,a,200\n" * 21_000 + '2016,"苏州市",a,"1,234.5"\n')
    views = [f"stg_yearbook__{table}" for table in TABLES]
    done = project.dbt("build", "--select", "sources", *TABLES, *views, **MINE)
    said = json.loads((project.root / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    nodes = {result["unique_id"].rsplit(".", 1)[1]: result for result in said}
    bad = {name: nodes[name]["message"] for name in nodes if nodes[name]["status"] == "error"}
    assert set(bad) == {"stg_yearbook__population", "gdp", "finance", "fiscal", "sources"}
    assert "年末常住人口_万人" in bad["stg_yearbook__population"] and "gdp.csv" in bad["gdp"]
    assert "finance.csv" in bad["finance"] and "7 values, but Table only has 6 columns" in bad["finance"]
    assert "fiscal.csv" in bad["fiscal"] and "Line: 2" in bad["fiscal"]
    assert "precedence" in bad["sources"] and '"first"' in bad["sources"] and "Line: 3" in bad["sources"]
    failed(done, "Failure in seed gdp (build/mine/gdp.csv)", "Failure in model stg_yearbook__population")
    staged = {name: _staged(project, name) for name in TABLES[4:]}
    assert staged["employment"].empty and staged["trade"].empty, "a header alone is legal, a column more too"
    moved, marked, last = (staged[name].iloc[-1] for name in ("innovation", "telecom", "digital_finance"))
    assert (moved["year"], moved["innovation_index"]) == (2016, 12.5), "columns are read by name"
    assert (marked["year"], marked["telecom_business_10k_yuan"]) == (2016, 1), "BOM and CRLF, as Excel writes"
    assert (last["city_printed"], last["digital_finance_index"]) == ("苏州市", 1234.5)


def _staged(project: Copy, name: str) -> pd.DataFrame:
    database = project.root / "build" / "mine.duckdb"
    return project.query(f"from staging.stg_yearbook__{name} order by row_number", database)


def test_a_check_tells_all_of_them_at_once(project: Copy, folder: Path) -> None:
    spoil(folder)
    done = project.run("citypanel", "check", "build/mine")
    assert done.returncode == 1 and not done.stdout and "Traceback" not in done.stderr
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR ")]
    assert len(errors) == 5 and all("Remedy: " in line for line in errors)
    for place in ("population.csv:1:", "gdp.csv:", "finance.csv:2:", "fiscal.csv:2:", "sources.csv:3:"):
        assert any(line.startswith(f"ERROR {place}") for line in errors), place
    assert "warning trade.csv:1: The column 蓝天天数" in done.stderr


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below the folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_no_command_of_dbt_writes_into_a_folder_elsewhere(project: Copy, folder: Path) -> None:
    """dbt writes what it ran to target/ joined with the path of the seed: with an absolute path, the seed."""
    before, setting = digests(folder), {"YEARBOOK": str(folder)}
    for command in (["build"], ["compile"], ["docs", "generate"]):
        selected = ("--select", "population", "stg_yearbook__population", "sources")
        done = project.dbt(*command, *selected, **setting)
        assert done.returncode == 0, done.stdout[-3000:]
        assert digests(folder) == before, command


def test_a_build_leaves_the_shipped_sample_as_it_is(built: Copy) -> None:
    assert digests(built.root / "seeds") == digests(ROOT / "seeds")
