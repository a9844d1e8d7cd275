"""Accidents during a build: killed at any node, read while it runs, tables that nobody may write to.

Three kill points drawn with a seed, in one chain of builds; `make faults` kills every node that writes a
table. Further accidents: while publishing in test_publishing_faults and test_publishing_killed, two builds at
once in test_database_in_use, a corrupt database in test_doctor_database, an edited seed in
test_publishing_or_not, hostile predicates in test_predicate_sandbox, hostile text in test_inert_text and
test_scorecard.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from conftest import ENTRY, Copy
from interrupted import kill_after, kill_when, writing_nodes
from same_numbers import compared_tables, same_rows
from small_publication import sums

EVERY_NODE = os.environ.get("FAULTS_EVERY_NODE") == "1"
SEED, KILLS = 7, 3


def published(copy: Copy) -> dict[str, str]:
    """SHA-256 of every published file, by its path."""
    return sums(copy.root / "build" / "published" / "sample")


@pytest.fixture(scope="module")
def survivor(built: Copy, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy of the built project for accidents, on a reader's desk as well: its publication stays open."""
    root = tmp_path_factory.mktemp("accidents") / "city panel"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("__pycache__", "logs"))
    return Copy(root)


@pytest.fixture(scope="module")
def reader(survivor: Copy) -> Iterator[duckdb.DuckDBPyConnection]:
    """A reader who has the publication open all the time."""
    path = survivor.root / "build" / "published" / "sample" / "sample.duckdb"
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


def test_a_build_killed_at_any_node_leaves_the_publication_and_the_next_one_gives_the_same(
    built: Copy, survivor: Copy, reader: duckdb.DuckDBPyConnection
) -> None:
    """The next one runs from another folder, with other threads and hash seed: the numbers never change."""
    before, rows = published(survivor), reader.execute("select count(*) from panels.city_year").fetchone()
    drawn = random.Random(SEED)
    for share in sorted(drawn.random() for _ in range(KILLS)):
        name = kill_after(survivor, share)
        assert published(survivor) == before, f"killed at {name}"
        assert reader.execute("select count(*) from panels.city_year").fetchone() == rows
        asked = survivor.run("citypanel", "query", "select count(*) as n from panels.city_year")
        assert asked.returncode == 0, asked.stderr
    _build_again(built, survivor)
    record = survivor.query("from publication.publication").iloc[0]
    assert record["outcome"] == "published" and record["message_en"]


def _build_again(built: Copy, survivor: Copy) -> None:
    """Build whole and compare every table of panel, indicators and estimates with those of `built`."""
    done = survivor.run("citypanel", "build", "--", "--threads", "1", cwd=survivor.root / "docs",
                        PYTHONHASHSEED="7")  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert ' query "select' in done.stdout.splitlines()[-1], "a build ends with the summary"
    assert not list((survivor.root / "docs").glob("*.duckdb"))
    tables = compared_tables(built)
    assert tables == compared_tables(survivor) and {"panels.city_year", "estimates.estimates"} <= set(tables)
    for table in tables:
        same_rows(built.query(f"from {table}"), survivor.query(f"from {table}"), table)


@pytest.mark.skipif(not EVERY_NODE, reason="make faults")
def test_every_node_that_writes_a_table_may_be_its_last(built: Copy, survivor: Copy) -> None:
    before = published(survivor)
    nodes = writing_nodes(built)
    for number, node in enumerate(nodes, start=1):
        kill_when(survivor, node)
        assert published(survivor) == before, f"killed at {node}"
        print(f"{number} of {len(nodes)}: {node}", file=sys.stderr, flush=True)
    _build_again(built, survivor)


def test_a_yearbook_folder_that_nobody_may_write_to_is_read_and_left_as_it_is(
    built: Copy, survivor: Copy, tmp_path: Path
) -> None:
    """As root the right to write anywhere is given up for the run (setpriv); else this would test nothing."""
    folder = tmp_path / "locked"
    shutil.copytree(built.root / "seeds" / "yearbook", folder)
    before = sums(folder)
    folder.chmod(0o555)
    for path in folder.iterdir():
        path.chmod(0o444)
    command = [sys.executable, "-c", ENTRY["citypanel"], "build", "--", "--select", "+stg_yearbook__gdp"]
    environment = {**os.environ, "YEARBOOK": str(folder), "PYTHONUTF8": "1",
                   "PYTHONPATH": str(survivor.root / "python_models" / "library")}  # fmt: skip
    done = subprocess.run([*_without_the_rights_of_root(), *command], cwd=survivor.root, env=environment,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert sums(folder) == before and len(list(folder.iterdir())) == len(before)
    assert len(survivor.query("from staging.stg_yearbook__gdp", survivor.root / "build" / "locked.duckdb"))


def _without_the_rights_of_root() -> list[str]:
    if os.name == "nt" or os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write anywhere, and setpriv, which takes that right away, is not installed")
    rights = "-dac_override,-dac_read_search,-fowner"
    return ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}", "--"]
