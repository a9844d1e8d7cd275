"""The summary after a build that published nothing says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

Run = Callable[..., tuple[int, str, str]]


def test_a_publication_that_was_withheld_is_said_again(citypanel: Run, small_project: Path) -> None:
    with duckdb.connect(str(small_project / "build" / "sample.duckdb")) as connection:
        connection.execute("create schema publication")
        connection.execute("""
            create table publication.publication as select 'left' as outcome,
                'Nothing was published: a run.' as message_en, '未发布：一次运行。' as message_zh""")
    said = "This build:   Nothing was published: a run."
    assert said in citypanel("summary", "--unpublished")[1]
    assert "未发布：一次运行。" in citypanel("--lang", "zh", "summary", "--unpublished")[1]
    with duckdb.connect(str(small_project / "build" / "sample.duckdb")) as connection:
        connection.execute("update publication.publication set outcome = 'published'")
    assert "This build:" not in citypanel("summary", "--unpublished")[1]
