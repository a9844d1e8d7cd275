"""`citypanel compare` on publications of a small database: every kind of change, and no change."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from small_publication import published, small_database

from citypanel.console.comparing import find_published
from citypanel.publishing.comparison import compare, differences
from citypanel.publishing.places import Places

Run = Callable[..., tuple[int, str, str]]
CHANGED = """
update panels.city_year set wage_yuan = wage_yuan * 2 where city_id = 'c1' and year = 2009;
update panels.city_year set wage_yuan = wage_yuan * 1.001 where city_id = 'c2' and year = 2009;
update panels.city_year set wage_yuan = wage_yuan * (1 + 1e-15) where city_id = 'c0' and year = 2009;
update panels.city_year set wage_yuan = null where city_id = 'c1' and year = 2010;
update panels.city_year set belt = true where city_id = 'c0' and year = 2010;
update panels.city_year set city_name_zh = '苏州市' where city_id = 'c2' and year = 2010;
insert into panels.city_year by name select 'c9' as city_id, 2007 as year;
delete from panels.city_year where city_id = 'c0' and year = 2007;
alter table panels.city_year add column rent_yuan double;
alter table quality.findings drop column source_id;
alter table quality.findings add column source_id varchar;
update observations.observations set status = 'I' where year = 2008;
update observations.observations set value_used = 0 where year = 2009;
delete from observations.observations where year = 2010;
update estimates.estimates set estimate = 0.75, p_value = 0.001 where specification_id = 'A1.1';
update estimates.estimates set p_value = 0.2 where specification_id = 'A1.3';
insert into estimates.estimates values ('A1.2', 'digital', 'hc1', 1.0, 0.1, 0.5, 0.8, 1.2);
update replication.replication set verdict = 'differs';
update replication.claims set holds_in_ours = 'no';
insert into quality.findings by name
    select 'year_is_repeated' as finding_check, 'c2' as city_id, 2009 as year;
delete from quality.findings where finding_check = 'number_jumps';
"""


@pytest.fixture
def places(small_project: Path) -> Places:
    """Two publications of the project's sample: the small database before and after `CHANGED`."""
    connection = small_database()
    folder = Places.of(small_project, "sample").folder
    published(connection, folder)
    connection.execute(CHANGED)
    return published(connection, folder, code_version="c2", settings={"boundaries": "constant"})


@pytest.fixture
def changes(places: Places) -> pd.DataFrame:
    """What changed between the two."""
    earlier, later = (find_published(places.folder.parents[1], name) for name in ("previous", "current"))
    return compare(earlier, later)


def _part(changes: pd.DataFrame, part: str) -> list[tuple[object, ...]]:
    rows = changes.loc[changes["part"] == part, ["change", "item", "before", "after"]]
    return list(rows.astype(object).where(rows.notna(), None).itertuples(index=False, name=None))


def test_cells_of_the_panel(changes: pd.DataFrame) -> None:
    found = _part(changes, "panel")
    assert [row[:2] for row in found] == [
        ("changed", "c1 2009 wage_yuan"),
        ("changed", "c2 2009 wage_yuan"),
        ("changed", "c0 2010 belt"),
        ("changed", "c2 2010 city_name_zh"),
        ("added", "c9 2007"),
        ("removed", "c0 2007"),
        ("removed", "c1 2010 wage_yuan"),
    ], "the largest first, the 15th digit not at all"
    relative = changes.loc[changes["part"] == "panel", "relative_difference"].dropna().tolist()
    assert relative == pytest.approx([1.0, 0.001])
    assert found[2][2:] == ("false", "true") and found[6][3] is None


def test_tables_columns_and_how_they_were_built(changes: pd.DataFrame) -> None:
    assert _part(changes, "build") == [
        ("changed", "boundaries", "as_was", "constant"),
        ("changed", "code_version", "c", "c2"),
        ("changed", "interpolation", "True", "None"),
    ]
    assert _part(changes, "column") == [("added", "panels.city_year.rent_yuan", None, "DOUBLE")]
    tables = {row[1]: row for row in _part(changes, "table")}
    assert "indicators.dictionary" not in tables
    assert tables["observations.observations"] == ("changed", "observations.observations", "4", "3")


def test_observations_coefficients_verdicts_and_findings(changes: pd.DataFrame) -> None:
    assert _part(changes, "observation") == [
        ("changed", "c1 2009 gdp", "2009 A", "0 A"),
        ("changed", "c1 2008 gdp", "2008 A", "2008 I"),
        ("removed", "c1 2010 gdp", "2010 A", ""),
    ]
    assert _part(changes, "coefficient") == [
        ("changed", "A1.1 digital hc1", "0.5 (0.1)", "0.75 (0.1)"),
        ("changed", "A1.1 digital wild_cluster", "0.5 p 0.04 [0.25, 0.75]", "0.75 p 0.001 [0.25, 0.75]"),
        ("changed", "A1.3 digital wild_cluster", "0.5 p 0.04 [0.25, 0.75]", "0.5 p 0.2 [0.25, 0.75]"),
        ("added", "A1.2 digital hc1", None, "1 (0.1)"),
    ]
    first = changes[changes["part"] == "coefficient"].iloc[0]
    assert first["std_errors"] == pytest.approx(2.5)
    assert (first["stars_before"], first["stars_after"]) == ("**", "***")
    assert {row[1:] for row in _part(changes, "verdict")} == {
        ("A1.1 digital b", "agrees, same_sign, other_data", "differs, same_sign, other_data"),
        ("k1", "yes / yes", "yes / no"),
    }
    assert _part(changes, "finding") == [
        ("added", "year_is_repeated c2 2009", None, None),
        ("removed", "number_jumps s c1 2008 gdp 生产总值", "12", None),
    ]


def test_nothing_changed_is_said_in_both_languages(citypanel: Run, small_project: Path) -> None:
    folder = Places.of(small_project, "sample").folder
    for _ in range(2):
        published(small_database(), folder)
    code, out, err = citypanel("compare", "--fail-on-differences")
    assert (code, err) == (0, "") and "Nothing changed" in out
    assert "没有变化" in citypanel("--lang", "zh", "compare")[1]
    assert json.loads(citypanel("compare", "--format", "json")[1])["differences"] == 0


def test_another_code_alone_is_no_difference(citypanel: Run, small_project: Path) -> None:
    folder = Places.of(small_project, "sample").folder
    for version in ("c", "c2"):
        published(small_database(), folder, code_version=version)
    code, out, _ = citypanel("compare", "--fail-on-differences")
    assert code == 0 and "code_version" in out and "Nothing changed" in out


def test_the_formats_say_the_same(citypanel: Run, places: Places, changes: pd.DataFrame) -> None:
    code, table, err = citypanel("compare")
    assert (code, err) == (0, "") and "Coefficients: 3 changed, 1 added, 0 removed" in table
    assert citypanel("compare", "--fail-on-differences")[0] == 1
    _, markdown, _ = citypanel("compare", "--format", "md", "--limit", "1")
    assert "## Cells of the panel: 4 changed, 1 added, 2 removed" in markdown and "and 6 more" in markdown
    rows = list(csv.DictReader(io.StringIO(citypanel("compare", "--format", "csv")[1])))
    document = json.loads(citypanel("compare", "--format", "json")[1])
    assert len(rows) == len(document["changes"]) == len(changes)
    assert document["differences"] == differences(changes) == len(changes) - 3
    assert document["after"]["code_version"] == "c2"
    chinese = citypanel("--lang", "zh", "compare")[1]
    assert "面板单元格：改变 4，新增 1，移除 2" in chinese


def test_publications_are_named_by_word_name_or_folder(citypanel: Run, places: Places) -> None:
    code, out, _ = citypanel("compare", "current", str(places.previous))
    assert code == 0 and "Coefficients: 3 changed, 0 added, 1 removed" in out, "the other way round"
    by_name = citypanel("compare", "sample", "sample.previous")
    assert by_name == citypanel("compare", "current", "previous")
    code, out, err = citypanel("compare", "nowhere")
    assert (code, out) == (1, "") and "nowhere" in err and "sample, sample.previous" in err


def test_without_publications_it_says_how_to_make_one(citypanel: Run) -> None:
    code, _, err = citypanel("compare")
    assert code == 1 and "dbt build" in err and "Traceback" not in err
