"""A database of a few rows with what a publication needs, and its publication."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import duckdb

from citypanel.publishing.places import Places
from citypanel.publishing.publication import publish

LONG = "a_share_whose_name_is_longer_than_stata_allows"
LONGER = "a_share_whose_name_is_longer_than_stata_takes"
FORMULA = '=HYPERLINK("http://example.org";"x")'
TABLES = {
    ("panels", "city_year"): True,
    ("indicators", "dictionary"): True,
    ("observations", "observations"): True,
    ("estimates", "estimates"): True,
    ("replication", "replication"): True,
    ("replication", "claims"): True,
    ("quality", "findings"): True,
    ("observations", "cell_trace"): False,
}
FACTS: dict[str, Any] = {
    "name": "sample", "data_kind": "synthetic", "project_version": "0.1.0", "code_version": "c",
    "data_version": "d", "invocation_id": "i", "command": "dbt build",
    "settings": {"boundaries": "as_was", "interpolation": True},
}  # fmt: skip
STATEMENTS = f"""
create schema panels; create schema indicators; create schema observations; create schema estimates;
create schema replication; create schema quality; create schema yearbook;
create table panels.city_year as select 'c' || i as city_id, y::integer as year,
    if(i = 0, '{FORMULA}', '<b>苏州</b> & "x"') as city_name_zh, i * 1.5 + y / 7 as wage_yuan,
    if(y = 2008, null, i * 0.1) as {LONG}, i + y as {LONGER}, i = 1 as belt
    from range(3) as a(i), range(2007, 2011) as b(y);
create table indicators.dictionary as select * from (values
    ('wage_yuan', 'derived', '工资', 'Wage', 'yuan', 'wage in yuan', null),
    ('city_name_zh', 'key', '城市', 'City', '', 'name of the city', null),
    ('{LONG}', 'printed', '份额', 'Share', 'share', '{FORMULA}', '+a/b'))
    as t(indicator_id, kind, label_zh, label_en, unit, description, formula);
create table observations.observations as select 'c1' as city_id, y as year, 'gdp' as indicator_id,
    y * 1.0 as value_used, 'A' as status from range(2007, 2011) as b(y);
create view observations.cell_trace as select * from observations.observations;
create table estimates.estimates as select 'A1.1' as specification_id, 'digital' as term, 'hc1' as covariance,
    0.5::double as estimate, 0.1::double as std_error, 0.04::double as p_value,
    0.3::double as conf_low, 0.7::double as conf_high;
insert into estimates.estimates values ('A1.1', 'digital', 'wild_cluster', 0.5, null, 0.04, 0.25, 0.75),
    ('A1.3', 'digital', 'wild_cluster', 0.5, null, 0.04, 0.25, 0.75),
    ('A1.4', 'digital', 'wild_cluster', 0.5, null, 0.04, 0.25, 0.75);
create table replication.replication as select 'A1.1' as specification_id, 'digital b' as printed_item,
    'agrees' as verdict, 'same_sign' as comparison, 'other_data' as reason_code;
create table replication.claims as select 'k1' as claim_id, 'yes' as holds_in_print, 'yes' as holds_in_ours;
create table quality.findings as select 'number_jumps' as finding_check, 's' as source_id, 'c1' as city_id,
    2008 as year, 'gdp' as indicator_id, '生产总值' as column_printed, '12' as value,
    'warn' as severity;
create table yearbook.sources as select 's' as source_id, 'synthetic' as kind;
"""


def small_database() -> duckdb.DuckDBPyConnection:
    """A new database in memory with the tables of `TABLES`."""
    connection = duckdb.connect()
    connection.execute(STATEMENTS)
    return connection


def published(
    connection: duckdb.DuckDBPyConnection, folder: Path, name: str = "sample", **facts: Any
) -> Places:
    """Publish the small database below `folder` as `name`."""
    places = Places(folder, name)
    publish(connection, TABLES, places, {**FACTS, "name": name, **facts})
    return places


def sums(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below the folder, by its name from there."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip
