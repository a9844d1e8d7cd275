"""The command `citypanel table`: every table in both languages, three formats, and its mistakes."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import duckdb
import pytest
from conftest import Copy

from citypanel.console.database import open_read_only
from citypanel.console.tables import table_text
from citypanel.exhibits.printed_tables import list_tables, printed_table
from citypanel.messages import Mistake

TABLE = "digital_labour_flow__table_1"
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("style", ["table", "md", "csv"])
def test_every_table_prints(built: Copy, lang: str, style: str) -> None:
    with open_read_only(built.database) as connection:
        names = list_tables(connection, lang)
        assert names["title"].map(lambda title: bool(CHINESE.search(title))).eq(lang == "zh").all()
        for name in names["table"]:
            table = printed_table(connection, name, lang)
            text = table_text(table, style)
            assert len(table.cells) >= 4 and len(text.splitlines()) > len(table.cells)
            assert "SYNTHETIC" in table.warning and (style == "csv" or table.warning in text)
            assert bool(CHINESE.search(text)) == (lang == "zh"), name


@pytest.mark.parametrize("arguments", [(), ("--lang", "zh")])
def test_the_command_prints_what_the_view_holds(built: Copy, arguments: tuple[str, ...]) -> None:
    view = built.query(f"from exhibits.{TABLE}")
    done = built.run("citypanel", "table", TABLE, "--format", "csv", *arguments)
    assert done.returncode == 0 and "SYNTHETIC" in done.stderr
    rows = list(csv.reader(io.StringIO(done.stdout)))
    label = "row_label_zh" if arguments else "row_label"
    assert rows[0][1:] == [f"({number})" for number in range(1, 7)]
    assert [row[0] for row in rows[1:]] == [*view[label]]
    assert rows[2][1:] == [*view.iloc[1, 2:]]
    markdown = built.run("citypanel", "table", f"exhibits.{TABLE}", "--format", "md", *arguments).stdout
    assert "\\*\\*\\*" in markdown and "| 3,146 |" in markdown
    plain = built.run("citypanel", *arguments, "table", TABLE).stdout
    assert ("模拟数据" if arguments else "SYNTHETIC DATA") in plain.splitlines()[1]
    assert ("标准误" if arguments else "Standard errors in parentheses.") in plain


def test_without_a_name_it_lists_the_tables(built: Copy) -> None:
    done = built.run("citypanel", "table", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert TABLE in [row["table"] for row in rows] and len({row["printed"] for row in rows}) == 3


def test_an_unknown_name_gets_the_nearest_ones(built: Copy) -> None:
    done = built.run("citypanel", "table", "table_1")
    assert done.returncode == 1 and "Traceback" not in done.stderr and not done.stdout
    assert TABLE in done.stderr and "labour_agglomeration__table_1" in done.stderr
    misspelt = built.run("citypanel", "--lang", "zh", "table", "labour_aglomeration__tabel_2")
    assert "没有名为" in misspelt.stderr and "labour_agglomeration__table_2" in misspelt.stderr


def test_a_column_that_could_not_be_estimated_says_why(built: Copy, tmp_path: Path) -> None:
    """As on a folder that lacks a variable: the reason stands in the notes."""
    database = tmp_path / "sample.duckdb"
    database.write_bytes(built.database.read_bytes())
    with duckdb.connect(str(database)) as connection:
        connection.execute("update estimates.fit_statistics set failure_message = 'no column science', "
                           "failure_message_zh = '没有该列', n_obs = null where specification_id = 'A1.6'")
        assert "(6) 未能估计：没有该列" in printed_table(connection, TABLE, "zh").notes


def test_a_database_without_tables_says_what_to_run(small_project: Path) -> None:
    with (
        open_read_only(small_project / "build" / "sample.duckdb") as connection,
        pytest.raises(Mistake, match="citypanel build"),
    ):
        printed_table(connection, TABLE)
