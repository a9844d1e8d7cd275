"""Two publications compared: how they were built, tables, cells, coefficients, verdicts, findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from citypanel.progress import bars_in_a_terminal_alone
from citypanel.publishing.compared_parts import (
    CHANGES,
    COLUMNS,
    EARLIER,
    LATER,
    columns_in_both,
    panel_statements,
)
from citypanel.publishing.compared_results import RESULTS
from citypanel.publishing.content import text
from citypanel.publishing.manifest import Manifest

# what the manifests say of how the tables were made; a change here alone changes no number
BUILT = ("project_version", "code_version", "data_version", "data_kind")
PARTS = ("build", "table", "column", "panel", "observation", "coefficient", "verdict", "finding")


@dataclass(frozen=True)
class Published:
    """A publication to compare: its folder and its manifest."""

    folder: Path
    manifest: Manifest

    @property
    def database(self) -> Path:
        """Its DuckDB file."""
        return self.folder / f"{self.manifest['name']}.duckdb"


def compare(earlier: Published, later: Published) -> pd.DataFrame:
    """Return one row per change (columns `CHANGES`), by part, the largest first.

    part: one of `PARTS`; change: added, removed or changed; item: what, by its keys; before and after: text;
    relative_difference: share of the number before; std_errors: change of a coefficient in standard errors of
    the one before; stars at 10, 5 and 1 %. Raises `duckdb.Error` where a copy cannot be opened.
    """
    with bars_in_a_terminal_alone(duckdb.connect()) as connection:
        connection.execute(f"attach {text(str(earlier.database))} as {EARLIER} (read_only)")
        connection.execute(f"attach {text(str(later.database))} as {LATER} (read_only)")
        found = [_built(earlier.manifest, later.manifest), _tables(earlier.manifest, later.manifest)]
        for statement in _statements(connection):
            rows = connection.execute(statement).fetchall()
            found.append(pd.DataFrame(rows, columns=CHANGES))
    changes = pd.concat([frame.astype(object) for frame in found], ignore_index=True)
    for name in ("relative_difference", "std_errors"):
        changes[name] = pd.to_numeric(changes[name])
    return _ordered(changes)


def differences(changes: pd.DataFrame) -> int:
    """Return the number of changes in the tables; another version of the code alone is none."""
    return int((changes["part"] != "build").sum())


def _statements(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    yield COLUMNS
    yield from panel_statements(connection)
    for table, needed, statement in RESULTS:
        if set(needed.split()) <= set(columns_in_both(connection, *table)):
            yield statement


def _built(earlier: Manifest, later: Manifest) -> pd.DataFrame:
    """Return what differs in how the two were built."""
    before, after = (
        {**{name: each.get(name) for name in BUILT}, **(each.get("settings") or {})}
        for each in (earlier, later)
    )
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return _frame("build", [("changed", name, str(before.get(name)), str(after.get(name))) for name in names])


def _tables(earlier: Manifest, later: Manifest) -> pd.DataFrame:
    """Return the tables that came, went, or hold other rows; before and after are their rows (count)."""
    before, after = (
        {f"{table['schema']}.{table['table']}": table for table in each["tables"]}
        for each in (earlier, later)
    )
    rows = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old and new and old["content_sha256"] == new["content_sha256"]:
            continue
        change = "changed" if old and new else "added" if new else "removed"
        rows.append((change, name, str(old["rows"]) if old else None, str(new["rows"]) if new else None))
    return _frame("table", rows)


def _frame(part: str, rows: list[tuple[str, str, str | None, str | None]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["change", "item", "before", "after"], dtype=object)
    return frame.assign(part=part).reindex(columns=CHANGES)


def _ordered(changes: pd.DataFrame) -> pd.DataFrame:
    """Return the changes by part; inside, what changed before what came or went, the largest change first."""
    size = changes["std_errors"].abs().fillna(changes["relative_difference"].abs()).fillna(-1.0)
    keys = pd.DataFrame({
        "part": changes["part"].map(PARTS.index),
        "change": changes["change"].map(("changed", "added", "removed").index),
        "size": -size,
        "item": changes["item"].map(str),
    })  # fmt: skip
    return changes.loc[keys.sort_values(list(keys.columns), kind="stable").index].reset_index(drop=True)
