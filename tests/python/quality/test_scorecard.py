"""The scorecard: true to the tables, whole without a network, harmless whatever stands in the cells."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from conftest import Copy
from page_reader import Reader

from citypanel.messages import LANGUAGES, message
from citypanel.quality.scorecard.browser import browser, measured, run
from citypanel.quality.scorecard.missing_map import missing_map
from citypanel.quality.scorecard.page import FILES, SECTIONS, scorecard_pages, write_scorecard
from citypanel.quality.scorecard.pieces import Book
from citypanel.quality.scorecard.runs import Run

Call = Callable[..., tuple[int, str, str]]
ALL = ("layers", "runs", *SECTIONS)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>'\"&"


@pytest.fixture(scope="module")
def pages(built: Copy, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The two pages of the sample by language."""
    folder = tmp_path_factory.mktemp("scorecard")
    write_scorecard(built.database, folder)
    return {lang: folder / file for lang, file in FILES.items()}


@pytest.fixture(scope="module")
def small() -> duckdb.DuckDBPyConnection:
    """Two cities, three years, two tables of one and two indicators; each class of the map occurs."""
    connection = duckdb.connect()
    connection.execute("create schema observations; create schema reference; create schema quality")
    connection.execute("""
        create table reference.indicators as select * from (values
            ('a', 'gdp'), ('b', 'gdp'), ('c', 'trade')) as t(indicator_id, source_table);
        create table reference.cities as select * from (values
            ('x', '110000', '甲市', 'City <X>', '甲省', 'First', '11'),
            ('y', '120000', '乙市', 'Y', '乙省', 'Second', '12'))
            as t(city_id, code, name_zh, name_en, province_zh, province_en, province_code);
        create table observations.observations as select * from (values
            ('x', 2001, 'a', 'A'), ('x', 2001, 'b', 'E'), ('x', 2002, 'a', 'A'), ('x', 2002, 'b', 'O'),
            ('x', 2003, 'a', 'O'), ('x', 2003, 'b', 'M'), ('y', 2001, 'a', 'M'), ('y', 2001, 'b', 'M'),
            ('y', 2002, 'a', 'I'), ('y', 2002, 'b', 'B'), ('x', 2001, 'c', 'A'), ('x', 2002, 'c', 'A'),
            ('x', 2003, 'c', 'A')) as t(city_id, year, indicator_id, status)
    """)
    return connection


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_section_stands_and_says_what_the_tables_hold(
    built: Copy, pages: dict[str, Path], lang: str
) -> None:
    page = pages[lang].read_text(encoding="utf-8")
    read = Reader(page)
    assert list(read.rows) == list(ALL)
    for section in ALL:
        assert message(f"scorecard_{section}", lang) in page
    assert message("scorecard_not_built", lang) not in page
    assert "SYNTHETIC DATA" in page and "模拟数据" in page
    findings = built.query(
        "select count(*) as n, count(accepted_reason) as accepted from quality.findings"
    ).iloc[0]
    heads = message("scorecard_findings_columns", lang).split("|")
    rows = [dict(zip(heads, row, strict=True)) for row in read.rows["findings"][1:]]
    counted = sum(int(row[head].replace(",", "")) for row in rows for head in heads[3:6])
    assert counted == findings["n"]
    assert sum(int(row[heads[6]].replace(",", "")) for row in rows) == findings["accepted"]
    card = built.query(
        "select count(accepted_reason) as b from quality.findings where severity in ('error', 'warn')"
    )["b"][0]
    assert message("scorecard_card_findings_note", lang, b=f"{card:,}") in page, "notes are not among them"
    sources = built.query("""
        select count(*) filter (where relative_difference > 0.01) as a, count(*) as c,
            (select count(*) from observations.candidate_pairs) as b
        from observations.candidate_pairs where agreement = 'conflict'""").iloc[0]
    counts = {letter: f"{sources[letter]:,}" for letter in "abc"}
    assert message("scorecard_card_conflicts_note", lang, **counts) in page
    panel = built.query("select count(*) as n from panels.city_year")["n"][0]
    assert (
        read.number("layers", message("scorecard_layers_columns", lang).split("|")[3], "panels")
        == f"{panel:,}"
    )
    corrected = built.query("select count(*) as n from yearbook.corrections")["n"][0]
    assert sum(int(row[1]) for row in read.rows["corrections"][1:]) == corrected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_fetched_and_nothing_runs(pages: dict[str, Path], lang: str) -> None:
    page = pages[lang].read_text(encoding="utf-8")
    read = Reader(page)
    assert not {"script", "link", "iframe", "object", "embed", "img", "form", "base"} & set(read.tags)
    beyond = [address for address in read.addresses if not address.startswith("#")]
    assert beyond == [name for key, name in FILES.items() if key != lang], "the page in the other language"
    assert not re.search(r"https?:|//\w|@import|url\(", page)
    assert "default-src 'none'" in page
    assert len(page) < 1_000_000


def test_the_map_gives_each_city_year_and_table_its_worst_number(small: duckdb.DuckDBPyConnection) -> None:
    drawn = missing_map(Book(small, "en"))
    found = dict(re.findall(r"<rect class='m-(\w+)'[^>]*><title>(.*?)</title>", drawn))
    assert found["partly"] == "First, City &lt;X&gt;, 2002: some missing"
    assert found["missing"] == "First, City &lt;X&gt;, 2003: all missing"
    assert found["interpolated"] == "Second, Y, 2002: complete by interpolation"
    assert len(re.findall(r"<rect", drawn)) == 3
    quiet = re.findall(r"<path class='m-(\w+)' d='([^']*)'", drawn)
    assert [(kind, path.count("M")) for kind, path in quiet] == [
        ("complete", 1),
        ("unpublished", 1),
        ("complete", 3),
    ]
    assert drawn.index("Gross domestic product") < drawn.index("Trade")
    assert "甲省, 甲市, 2002" in missing_map(Book(small, "zh"))


def test_hostile_text_in_cells_stays_text(copy_of_built: Copy) -> None:
    with duckdb.connect(str(copy_of_built.database)) as connection:
        for table, column in (
            ("quality.findings", "finding_check"), ("quality.findings", "depth"),
            ("quality.finding_events", "province_zh"), ("quality.finding_events", "source_id"),
            ("reference.cities", "name_en"), ("reference.cities", "province_en"),
            ("estimates.diagnostics", "verdict"), ("replication.replication", "study"),
            ("observations.candidate_pairs", "source_id"),
        ):  # fmt: skip
            connection.execute(f"update {table} set {column} = ?", [HOSTILE])
        connection.execute("update estimates.fit_statistics set failure_message = ?", [HOSTILE])
        connection.execute(f'create schema "{HOSTILE.replace(chr(34), chr(34) * 2)}"')
        runs = [
            Run(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, {HOSTILE: {"test_good": 1}}, (HOSTILE,))
        ]
        page = scorecard_pages(connection, "en", HOSTILE, runs)
    read = Reader(page)
    assert not {"script", "img"} & set(read.tags)
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 20
    assert message("scorecard_not_built", "en") not in page


def test_a_database_that_lacks_tables_has_its_page(citypanel: Call, small_project: Path) -> None:
    code, out, _ = citypanel("scorecard", "--out", "card")
    assert code == 0 and "scorecard.zh.html" in out
    page = (small_project / "card" / "scorecard.html").read_text(encoding="utf-8")
    assert "have not been built" in page and "51 rows, 3 cities, 2007–2023" in page
    assert "No run of dbt is on record" in page and "DATA KIND UNKNOWN" in page


def test_a_page_that_cannot_be_written_is_said(citypanel: Call, small_project: Path) -> None:
    (small_project / "taken").write_text("a file", encoding="utf-8")
    code, _, err = citypanel("scorecard", "--out", "taken/below")
    assert code == 1 and "taken" in err and "Traceback" not in err


def _opened(page: Path) -> tuple[str, subprocess.CompletedProcess[str]]:
    """Open a page in a browser without a network; skip, or fail where one is required, without a browser."""
    program = browser()
    if program is None:
        reason = "no Chromium is installed (Debian: apt-get install chromium)"
        if os.environ.get("CITYPANEL_REQUIRE_CHROMIUM") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return program, run(program, page, "--dump-dom")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_browser_without_a_network_shows_it_all(pages: dict[str, Path], lang: str) -> None:
    program, done = _opened(pages[lang])
    assert done.returncode == 0
    assert "CONSOLE" not in done.stderr, [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    assert "net::ERR" not in done.stderr
    assert list(Reader(done.stdout).rows) == list(ALL)
    for width in (1280, 400):
        seen = measured(program, pages[lang], width)
        assert seen["width"] == width and not seen["beyond"], "nothing is wider than the window"
        text = " ".join(seen["text"].split())
        assert not [name for name in ALL if message(f"scorecard_{name}", lang) not in text]
        assert "SYNTHETIC DATA" in text


def test_the_pictures_of_the_page_are_there(project_root: Path) -> None:
    written = (project_root / "docs" / "scorecard.md").read_text(encoding="utf-8")
    for file in FILES.values():
        picture = project_root / "docs" / "figures" / f"{Path(file).stem}.png"
        assert picture.read_bytes()[:4] == b"\x89PNG" and f"figures/{picture.name}" in written
