"""A publication of a small database: what lies in the folder, and that every file says the same."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest
from small_publication import FORMULA, LONG, LONGER, TABLES, published, small_database, sums

from citypanel.publishing.content import content_sha256
from citypanel.publishing.manifest import read_manifest
from citypanel.publishing.places import Places
from citypanel.publishing.spreadsheet import write_workbook
from citypanel.publishing.stata_file import stata_names


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return published(small_database(), tmp_path_factory.mktemp("published"))


def test_the_manifest_names_every_file_with_its_sum(places: Places) -> None:
    manifest = json.loads((places.current / "manifest.json").read_text(encoding="utf-8"))
    found = sums(places.current)
    found.pop("manifest.json")
    assert {entry["file"]: entry["sha256"] for entry in manifest["files"]} == found
    for entry in manifest["files"]:
        assert (places.current / entry["file"]).stat().st_size == entry["bytes"]
    assert {"sample.duckdb", "city_year.xlsx", "city_year.dta", "city_year_variables.csv"} < set(found)
    rows = {(table["schema"], table["table"]): table["rows"] for table in manifest["tables"]}
    assert rows[("panels", "city_year")] == 12 and set(rows) == {name for name, own in TABLES.items() if own}
    assert manifest["data_kind"] == "synthetic" and manifest["settings"]["boundaries"] == "as_was"
    assert not [path for path in places.folder.iterdir() if path != places.current]


def test_files_are_for_reading_alone(places: Places) -> None:
    writable = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    files = [path for path in places.current.rglob("*") if path.is_file()]
    assert files and not [path for path in files if path.stat().st_mode & writable]
    with duckdb.connect(str(places.current / "sample.duckdb"), read_only=True) as connection:
        with pytest.raises(duckdb.Error):
            connection.execute("create table panels.x (i integer)")
        kinds = connection.execute("select distinct table_type from information_schema.tables").fetchall()
        assert kinds == [("BASE TABLE",)], "a view would need the database of the build"


def test_parquet_and_duckdb_hold_the_same_rows(places: Places) -> None:
    source = small_database()
    with duckdb.connect(str(places.current / "sample.duckdb"), read_only=True) as connection:
        for (schema, table), own in TABLES.items():
            name = f"{schema}.{table}"
            expected = source.execute(f"from {name} order by all").fetchall()
            assert connection.execute(f"from {name} order by all").fetchall() == expected
            if own:
                file = places.current / "parquet" / f"{name}.parquet"
                assert connection.execute(f"from '{file}' order by all").fetchall() == expected


def test_the_sum_of_a_content_knows_rows_and_twelve_digits_not_their_order() -> None:
    connection = duckdb.connect()
    statements = {
        "a": "values (1, 0.1, 'x'), (2, null, '')", "turned": "values (2, null, ''), (1, 0.1, 'x')",
        "digit_16": "values (1, 0.1 + 1e-16, 'x'), (2, null, '')",
        "digit_11": "values (1, 0.1 + 1e-11, 'x'), (2, null, '')",
        "blank": "values (1, 0.1, 'x'), (2, null, null)",
        "twice": "values (1, 0.1, 'x'), (2, null, ''), (2, null, '')",
        "none": "select * from a where false",
    }  # fmt: skip
    for name, statement in statements.items():
        rows = f"select i, v::double as v, t from ({statement}) as s(i, v, t)"
        connection.execute(f"create table {name} as {rows}")
    found = {name: content_sha256(connection, name) for name in statements}
    assert found["a"] == found["turned"] == found["digit_16"]
    assert len({found[name] for name in ("a", "digit_11", "blank", "twice", "none")}) == 5


def test_two_publications_of_the_same_rows_have_the_same_sums(places: Places, tmp_path: Path) -> None:
    again = published(small_database(), tmp_path)
    one, two = (read_manifest(each.current) for each in (places, again))
    assert one and two
    key = ("schema", "table", "content_sha256")
    assert [[t[k] for k in key] for t in one["tables"]] == [[t[k] for k in key] for t in two["tables"]]


def test_the_workbook_holds_the_panel_its_labels_and_no_formula(places: Places) -> None:
    path = places.current / "city_year.xlsx"
    read = pd.read_excel(path, sheet_name=None, engine="openpyxl")
    expected = small_database().execute("from panels.city_year order by city_id, year").df()
    pd.testing.assert_frame_equal(read["city_year"], expected, check_dtype=False)
    labels = read["variables"].set_index("variable")
    assert labels.loc["wage_yuan", "label_zh"] == "工资" and labels.loc["wage_yuan", "unit"] == "yuan"
    assert dict(read["about"].to_numpy())["data_kind"] == "synthetic"
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet for cell in row]
    texts = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "+"))]
    assert {cell.value for cell in texts} == {FORMULA, "+a/b"} and len(texts) == 6
    assert all(cell.data_type != "f" and cell.quotePrefix for cell in texts)
    assert book["city_year"].freeze_panes == "A2"


def test_any_text_and_number_survive_the_workbook(tmp_path: Path) -> None:
    frame = pd.DataFrame({
        "text": ["a\x00b", "_x000D_", " lead", "]]>&<\"'", "-1+2|cmd", "长" * 40_000],
        "number": [1e300, float("inf"), float("nan"), -0.1, 123456789.123456789, 2**53],
    })  # fmt: skip
    write_workbook(tmp_path / "x.xlsx", {"one & two": frame})
    read = pd.read_excel(tmp_path / "x.xlsx", sheet_name="one & two", engine="calamine")
    assert list(read["text"])[:5] == list(frame["text"])[:5] and len(read["text"][5]) == 32_767
    # XlsxWriter writes 16 significant digits
    exact = [1e300, -0.1, 123456789.123456789, 2.0**53]
    assert list(read["number"].dropna()) == pytest.approx(exact, rel=1e-15, abs=0)
    first = hashlib.sha256((tmp_path / "x.xlsx").read_bytes()).hexdigest()
    write_workbook(tmp_path / "x.xlsx", {"one & two": frame})
    assert hashlib.sha256((tmp_path / "x.xlsx").read_bytes()).hexdigest() == first


def test_the_stata_file_has_labels_and_legal_names(places: Places) -> None:
    with pd.io.stata.StataReader(places.current / "city_year.dta") as reader:
        labels, title = reader.variable_labels(), reader.data_label
        frame = reader.read()
    assert labels["wage_yuan"] == "Wage 工资" and "synthetic" in title
    assert labels["city_name_zh"] == "City 城市", "keys have the words of the dictionary, too"
    names = json.loads((places.current / "manifest.json").read_text(encoding="utf-8"))["stata_names"]
    assert set(names) == {LONG, LONGER} and len(set(names.values())) == 2
    assert all(len(name) <= 32 for name in frame.columns) and labels[names[LONG]] == "Share 份额"
    expected = small_database().execute("from panels.city_year order by city_id, year").df()
    assert list(frame["city_name_zh"]) == list(expected["city_name_zh"])
    pd.testing.assert_series_equal(frame[names[LONG]], expected[LONG].astype(float), check_names=False)
    listed = pd.read_csv(places.current / "city_year_variables.csv")
    assert dict(zip(listed["variable"], listed["stata_name"], strict=True))[LONG] == names[LONG]


def test_stata_names_are_legal_and_differ() -> None:
    columns = ["year", "in", "str12", "2nd", "a b", "a_b", "x" * 40, "x" * 39 + "y", "名称", "", "strategy"]
    names = stata_names(columns)
    assert len(set(names.values())) == len(columns) and all(0 < len(name) <= 32 for name in names.values())
    assert names["year"] == "year" and names["a_b"] == "a_b" and names["strategy"] == "strategy"
    assert names["in"] == "_in" and names["str12"] == "_str12" and names["2nd"] == "_2nd"


READ = "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); print('open', flush=True); " \
       "sys.stdin.readline(); print(c.execute('select count(*) from panels.city_year').fetchone()[0])"


@pytest.mark.skipif(os.name == "nt", reason="Windows does not rename a folder with an open file")
def test_a_reader_stays_attached_while_the_next_is_published(tmp_path: Path) -> None:
    connection = small_database()
    places = published(connection, tmp_path)
    command = [sys.executable, "-c", READ, str(places.current / "sample.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout and reader.stdout.readline() == "open\n"
        connection.execute("delete from panels.city_year where year = 2007")
        for _ in range(2):  # the second removes the folder that the reader has open
            published(connection, tmp_path)
        printed, _ = reader.communicate("go\n")
    assert printed == "12\n", "the reader sees what it opened"
    assert read_manifest(places.current) and len(list(tmp_path.iterdir())) == 2
