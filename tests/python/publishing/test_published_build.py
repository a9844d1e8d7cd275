"""The publication at the end of a build: what waits for it, when it is left alone, who reads it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import reading
from conftest import Completed, Copy
from small_publication import sums

LAST = "model.citypanel.publication_run"
OWN = {LAST, "model.citypanel.publication", "model.citypanel.publication_tables"}
HOLD = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


def _published(copy: Copy) -> Path:
    return copy.root / "build" / "published" / "sample"


@pytest.fixture(scope="module")
def ancestors(built: Copy) -> set[str]:
    """Everything that the publication waits for."""
    manifest = json.loads((built.root / "target" / "manifest.json").read_text(encoding="utf-8"))
    found, left = set(), [LAST]
    while left:
        for parent in manifest["parent_map"][left.pop()]:
            if parent not in found:
                found.add(parent)
                left.append(parent)
    kinds = ("model", "seed")
    everything = {name for name, node in manifest["nodes"].items() if node["resource_type"] in kinds}
    assert everything - found - OWN == set(), "a table that the publication does not wait for"
    return found


def test_every_table_and_so_every_test_comes_before_the_publication(ancestors: set[str]) -> None:
    assert len(ancestors) > 200


def test_a_whole_build_publishes_what_the_database_holds(built: Copy) -> None:
    record = built.query("from publication.publication").iloc[0]
    assert (record["outcome"], record["command"], record["data_kind"]) == ("published", "build", "synthetic")
    assert record["invocation_id"] == record["published_by"]
    manifest = json.loads((_published(built) / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["invocation_id"] == record["published_by"] and len(manifest["tables"]) == record["tables"]
    public = built.query("from publication.public_tables")
    copied = built.query("select table_schema, table_name, table_type from information_schema.tables",
                         _published(built) / "sample.duckdb")
    assert set(zip(public["table_schema"], public["table_name"], strict=True)) == set(
        zip(copied["table_schema"], copied["table_name"], strict=True)
    )
    assert set(copied["table_type"]) == {"BASE TABLE"}
    for table in ("panels.city_year", "estimates.estimates", "exhibits.labour_agglomeration__table_1"):
        one, two = (built.query(f"from {table} order by all", database)
                    for database in (built.database, _published(built) / "sample.duckdb"))
        assert one.equals(two), table


def test_the_sums_of_the_manifest_are_those_of_the_files(built: Copy) -> None:
    manifest = json.loads((_published(built) / "manifest.json").read_text(encoding="utf-8"))
    found = sums(_published(built))
    found.pop("manifest.json")
    assert {entry["file"]: entry["sha256"] for entry in manifest["files"]} == found


def test_every_query_of_the_documents_answers_from_the_publication(built: Copy) -> None:
    # the README's are followed as written in test_readme
    pages = sorted((built.root / "docs").glob("*.md"))
    lines = [line for page in pages for block in reading.blocks(page) for line in block.text.splitlines()
             if line.startswith("citypanel query")]  # fmt: skip
    asked = [reading.words(line)[1][2] for line in lines if "--unpublished" not in line]
    absent = []
    for statement in asked:
        try:
            built.query(statement, _published(built) / "sample.duckdb")
        except Exception as error:  # every kind of refusal is what is looked for
            absent.append(f"{statement}: {error}")
    assert len(asked) > 20 and not absent


def test_the_python_of_the_page_reads_the_panel(built: Copy) -> None:
    code = [block.text for block in reading.blocks(built.root / "docs" / "publishing.md")
            if block.language == "python"]  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code[0]], cwd=built.root, capture_output=True, text=True,
                          check=False)  # fmt: skip
    rows = built.query("select count(*) as n from panels.city_year")["n"][0]
    assert done.returncode == 0 and done.stdout.startswith(f"({rows}, "), done.stderr


@pytest.fixture
def held(built: Copy) -> Iterator[Copy]:
    """The built copy while another program has its database for itself, as a build has."""
    command = [sys.executable, "-c", HOLD, str(built.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline() == "held\n"
        yield built
        process.communicate()


def test_people_read_while_a_build_holds_the_database(held: Copy) -> None:
    for arguments in (("query", "select count(*) as n from panels.city_year"), ("summary",), ("table",),
                      ("explain", "average_wage_yuan", "--city", "hubei_ezhou", "--year", "2008"),
                      ("explain", "digital_infrastructure_index", "--city", "苏州市", "--year", "2015"),
                      ("explain", "digital_infrastructure_index", "--estimate", "A1.1")):  # fmt: skip
        done = held.run("citypanel", *arguments)
        assert done.returncode == 0 and done.stdout and not done.stderr, (arguments, done.stderr)
    refused = held.run("citypanel", "query", "--unpublished", "select 1")
    assert refused.returncode == 1 and "process" in refused.stderr
    working = held.run("citypanel", "query", "from observations.candidate_numbers")
    assert working.returncode == 1 and "--unpublished" in working.stderr


@pytest.fixture(scope="module")
def red(built: Copy, tmp_path_factory: pytest.TempPathFactory) -> tuple[Copy, dict[str, str], Completed]:
    """An impossible value in a seed of a copy, the sums of the publication before, the build's answer."""
    root = tmp_path_factory.mktemp("red") / "city panel"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("__pycache__", "logs"))
    copy = Copy(root)
    table = root / "seeds" / "yearbook" / "fiscal.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    header, cells = lines[0].split(","), lines[2000].split(",")
    cells[next(i for i, name in enumerate(header) if name.startswith("地方"))] = "-35"
    lines[2000] = ",".join(cells)
    table.write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")
    before = sums(_published(copy))
    return copy, before, copy.dbt("build", "--fail-fast", "--exclude-resource-type", "unit_test")


def test_an_impossible_value_leaves_the_publication_as_it_was(
    red: tuple[Copy, dict[str, str], Completed],
) -> None:
    copy, before, done = red
    assert done.returncode == 1 and "-35" in done.stdout, done.stdout[-3000:]
    assert sums(_published(copy)) == before
    assert not list(_published(copy).parent.glob("*.writing"))
    asked = copy.run("citypanel", "query", "select count(*) as n from estimates.estimates")
    assert asked.returncode == 0 and "--unpublished" in asked.stderr and "dbt build" in asked.stderr


@pytest.mark.parametrize("command", ["run", "build"])
def test_a_part_of_a_build_leaves_the_publication_as_it_was(
    red: tuple[Copy, dict[str, str], Completed], command: str
) -> None:
    """Also after a red build, whose tables a selection would otherwise pass on untested."""
    copy, before, _ = red
    with duckdb.connect(str(_published(copy) / "sample.duckdb"), read_only=True) as reader:
        done = copy.dbt(command, "--select", "publication_run", "publication", "publication_tables")
        assert reader.execute("select count(*) from panels.city_year").fetchone()
    assert done.returncode == 0, done.stdout[-3000:]
    said = "does not run the tests" if command == "run" else "leaves out"
    assert said in done.stderr + done.stdout
    assert sums(_published(copy)) == before
    record = copy.query("from publication.publication").iloc[0]
    assert record["outcome"] == "left" and said in record["message_en"] and record["command"] == command
    assert record["published_by"] != record["invocation_id"] and record["tables"] > 100
    again = copy.run("citypanel", "query", "select 1 as one", CITYPANEL_LANG="zh")
    assert f"dbt {command}" in again.stderr and "--unpublished" in again.stderr
