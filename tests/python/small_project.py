"""A project with a database of a few rows: enough for the commands that read one."""

from __future__ import annotations

from pathlib import Path

import duckdb

LONG_NAME = "a_column_whose_name_is_longer_than_stata_allows"


def write_small_project(root: Path) -> Path:
    """Write a project file, an analysis that the summary offers and the sample's database; return `root`."""
    (root / "dbt_project.yml").write_text("name: citypanel\n", encoding="utf-8")
    for folder in ("build", "analysis"):
        (root / folder).mkdir()
    question = "-- summary 1: which?\nselect term -- the name\nfrom {{ ref('estimates') }};\n"
    (root / "analysis" / "question.sql").write_text(question, encoding="utf-8")
    with duckdb.connect(str(root / "build" / "sample.duckdb")) as connection:
        connection.execute("create schema estimates; create schema panels; create schema quality")
        connection.execute(
            "create table estimates.estimates as select * from (values "
            "('A1.1', 'digital', 0.12345678912345, 3146, true, '苏州市', 1.5::decimal(9, 2)), "
            "('A1.2', 'a|b', 1234567.123, null, null, '襄阳', null)) "
            f"as t(specification_id, term, estimate, n_obs, is_headline, 城市, {LONG_NAME})"
        )
        connection.execute(
            "create table estimates.fit_statistics as select * from (values "
            "('A1.1', null, null, 'synthetic'), "
            "('B1.2', 'no column fiscal', '没有该列', 'synthetic')) "
            "as t(specification_id, failure_message, failure_message_zh, data_kind)"
        )
        connection.execute(
            "create table panels.city_year as "
            "select 'c' || i as city_id, y::integer as year, i * 1.5 as value "
            "from range(3) as a(i), range(2007, 2024) as b(y)"
        )
        connection.execute("create table quality.findings as select 'warn' as severity")
    return root
