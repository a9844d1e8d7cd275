"""A sample's predicate sees the panel alone, is one condition, ends, and says what is wrong with it."""

from __future__ import annotations

import time

import pandas as pd
import pytest
from panel_for_regressions import made_up_panel

from citypanel.regressions import PredicateSandbox, SpecificationError

PANEL = made_up_panel()
ENDLESS = "year = (with recursive r(n) as (select 1 union all select n + 1 from r) select max(n) from r)"
ATTACKS = {
    "year = 2011; drop table city_year": "predicate_second_statement",
    "year = 2011) ; select (1": "predicate_second_statement",
    "belt and": "predicate_syntax",
    "(belt": "predicate_syntax",
    "true) limit 5 --": "predicate_syntax",
    " ": "predicate_empty",
    "-- every city": "predicate_empty",
    "belt) union select city_id, year from city_year where (true": "predicate_not_plain",
    "year in (select year from read_csv('/etc/passwd'))": "predicate_reads_outside",
    "city_id in (select content from read_text('/etc/passwd'))": "predicate_reads_outside",
    "year in (select 1 from '/etc/passwd')": "predicate_reads_outside",
    "exists (from glob('/*'))": "predicate_reads_outside",
    "exists (from duckdb_settings())": "predicate_reads_outside",
    "exists (from query('select 1'))": "predicate_reads_outside",
    "exists (from parquet_scan('https://example.org/x.parquet'))": "predicate_reads_outside",
    "year in (select year from PANEL)": "predicate_unknown_table",
    "exists (from information_schema.tables)": "predicate_unknown_table",
    "other.year = 2011": "predicate_unknown_table",
    "getenv('HOME') = ''": "predicate_unknown_function",
    "length(repeat(city_id, 1000000000)) > 0": "predicate_unknown_function",
    "list_sum(range(9000000000)) > 0": "predicate_unknown_function",
    "random() < 0.5": "predicate_not_repeatable",
    "city_id in (select city_id from city_year using sample 3)": "predicate_not_repeatable",
    "now() > '2020-01-01'": "predicate_not_repeatable",
    "year": "predicate_not_boolean",
    "'east'": "predicate_not_boolean",
    "beltt": "predicate_unknown_column",
    'region_three = "east"': "predicate_unknown_column",
    "region_three = 3": "predicate_failed",
    "count(*) > 3": "predicate_failed",
    "year > ?": "predicate_failed",
}


@pytest.mark.parametrize(("predicate", "message_id"), ATTACKS.items())
def test_what_is_no_condition_on_the_panel_is_refused(predicate: str, message_id: str) -> None:
    with PredicateSandbox(PANEL) as sandbox, pytest.raises(SpecificationError) as caught:
        sandbox.rows(predicate)
    assert caught.value.message_id == message_id


def test_an_endless_query_is_stopped_and_the_sandbox_lives_on() -> None:
    with PredicateSandbox(PANEL, time_limit=0.5) as sandbox:
        start = time.monotonic()
        with pytest.raises(SpecificationError) as caught:
            sandbox.rows(ENDLESS)
        assert caught.value.message_id == "predicate_too_slow"
        assert time.monotonic() - start < 5
        assert len(sandbox.rows("true")) == len(PANEL)


def test_a_misspelt_column_is_answered_with_the_three_nearest() -> None:
    with PredicateSandbox(PANEL) as sandbox, pytest.raises(SpecificationError) as caught:
        sandbox.rows("digitl > 0")
    assert caught.value.arguments["variable"] == "digitl"
    assert caught.value.arguments["nearest"].split(", ")[0] == "digital"
    assert len(caught.value.arguments["nearest"].split(", ")) == 3


@pytest.mark.parametrize(
    ("predicate", "condition"),
    [
        ("belt and year between 2011 and 2015", PANEL["belt"] & PANEL["year"].between(2011, 2015)),
        ("region_three in ('east', 'centre') -- the coast", PANEL["region_three"] == "east"),
        ("gdp > 0 or not belt;", (PANEL["gdp"] > 0) | ~PANEL["belt"]),
        ("lower(region_three) like 'w%'", PANEL["region_three"] == "west"),
        ("year in (select max(year) from city_year)", PANEL["year"] == PANEL["year"].max()),
        ("year = 2011) or (year = 2012", PANEL["year"].isin([2011, 2012])),
    ],
)
def test_a_condition_gives_its_rows_sorted(predicate: str, condition: pd.Series) -> None:
    with PredicateSandbox(PANEL.sample(frac=1, random_state=2)) as sandbox:
        found = sandbox.rows(predicate)
    wanted = PANEL.loc[condition.fillna(False).astype(bool), ["city_id", "year"]]
    assert found.to_numpy().tolist() == wanted.sort_values(["city_id", "year"]).to_numpy().tolist()


def test_settings_are_locked_and_nothing_else_is_in_the_database() -> None:
    with PredicateSandbox(PANEL) as sandbox:
        connection = sandbox._connection
        assert connection.execute("show tables").fetchall() == [("city_year",)]
        for statement in ("set enable_external_access = true", "set memory_limit = '8GB'", "attach 'x.db'"):
            with pytest.raises(Exception, match=r"locked|disabled"):
                connection.execute(statement)
