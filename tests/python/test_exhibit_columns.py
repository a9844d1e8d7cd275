"""What stands behind the columns of the tables: the extremes of leaving one out, one rule for stars."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
from conftest import Copy


def test_leaving_one_out_shows_the_extremes(built: Copy, tmp_path: Path) -> None:
    database = Path(shutil.copy(built.database, tmp_path / "sample.duckdb"))
    term = "digital_infrastructure_index"
    with duckdb.connect(str(database)) as connection:
        connection.execute("delete from estimates.estimates where specification_id like 'AX.8.%'")
        for number, name in ((0.3, "fujian"), (0.1, "anhui"), (0.2, "jilin")):
            connection.execute("insert into estimates.estimates "
                               "(specification_id, term, covariance, estimate, is_headline, status) "
                               "values (?, ?, 'cluster_city', ?, true, 'estimated')",
                               [f"AX.8.{name}", term, number])  # fmt: skip
        shown = connection.execute("select table_column, specification_id from exhibits.exhibit_columns "
                                   "where contains(table_column, ': ') order by position").fetchall()
    assert shown == [("leave one province out: smallest", "AX.8.anhui"),
                     ("leave one province out: largest", "AX.8.fujian")]  # fmt: skip


def test_one_star_rule(project_root: Path) -> None:
    """The thresholds stand in the macro `stars` and nowhere else in the models."""
    texts = {path: path.read_text(encoding="utf-8") for path in (project_root / "models").rglob("*.sql")}
    assert not [path.name for path, text in texts.items() if re.search(r"p_value\s*<\s*0\.01", text)]
    assert sum("{{ stars(" in text for text in texts.values()) == 3
