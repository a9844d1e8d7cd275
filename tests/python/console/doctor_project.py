"""A small project in which all is well, and the doctor's answer as rows."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]
Rows = dict[str, dict[str, str]]
Ask = Callable[[], tuple[int, Rows]]
ROOT = Path(__file__).resolve().parents[3]


def make_well(project: Path) -> Path:
    """Give a small project a lock and a folder of tables called mine, and its database that name."""
    (project / "mine").mkdir()
    for table in (ROOT / "seeds" / "yearbook").glob("*.csv"):  # without their rows, which take time to check
        with table.open(encoding="utf-8") as stream:
            (project / "mine" / table.name).write_text(stream.readline(), encoding="utf-8")
    (project / "build" / "sample.duckdb").rename(project / "build" / "mine.duckdb")
    shutil.copy(ROOT / "requirements.lock", project)
    return project


def asking(citypanel: Run) -> Ask:
    """Return how to ask the doctor: the answer is its exit code and its rows by name."""

    def ask() -> tuple[int, Rows]:
        code, out, _ = citypanel("doctor", "--format", "csv")
        return code, {row["name"]: row for row in csv.DictReader(io.StringIO(out))}

    return ask
