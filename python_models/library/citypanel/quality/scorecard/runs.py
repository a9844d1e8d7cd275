"""How the runs of dbt went: the small files that the hooks of `dbt_project.yml` leave in build/history.

Every run adds one file when it begins and one when it ends; a run that was killed has only the first. A file
that cannot be read (cut off by a full disk, edited by hand) is counted and left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HISTORY_FOLDER = "history"


@dataclass(frozen=True)
class Run:
    """One run of dbt on a database.

    started, ended: UTC as text, ended empty where the run was killed or goes on; selected: what `--select`
    named, empty for everything; gate: open, closed or not reached; layers: {schema: {`test_good`,
    `test_warn`, `test_failed`, `test_skipped` and the same of `table_`: count}}; failed: up to 20 names.
    """

    run_id: str
    started: str
    command: str
    selected: str = ""
    ended: str = ""
    gate: str = "not reached"
    layers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    failed: tuple[str, ...] = ()

    def count(self, kind: str) -> int:
        """Return how many nodes ended so, `test_good` for instance, over all layers."""
        return sum(counts.get(kind, 0) for counts in self.layers.values())

    @property
    def outcome(self) -> str:
        """Return `unfinished`, `failed`, `warned` or `passed`."""
        if not self.ended:
            return "unfinished"
        if self.count("test_failed") + self.count("table_failed"):
            return "failed"
        return "warned" if self.count("test_warn") else "passed"


def read_runs(database: Path) -> tuple[list[Run], int]:
    """Return the runs on a database, the latest first, and how many files could not be read."""
    name = database.stem
    records: dict[str, dict[str, Any]] = {}
    unreadable = 0
    for event in ("started", "ended"):
        for path in sorted((database.parent / HISTORY_FOLDER).glob("*.json")):
            if not path.name.startswith(f"{name}_{event}_"):
                continue
            record = _record(path)
            if record is None:
                unreadable += 1
            elif record["database"] == name:
                records.setdefault(record["run_id"], {}).update(record)
    runs = [_run(record) for record in records.values()]
    return sorted(runs, key=lambda run: (run.started, run.run_id), reverse=True), unreadable


def layers_tested(runs: Iterable[Run]) -> dict[str, Counter[str]]:
    """Return of each layer how its tests ended when they last ran all together: in a run without a selection.

    Where there is none, in the latest run that tested the layer. Keys are those of `Run.layers`.
    """
    ended = [run for run in runs if run.ended]
    found: dict[str, Counter[str]] = {}
    for run in [*(run for run in ended if not run.selected), *ended]:
        for layer, counts in run.layers.items():
            if any(kind.startswith("test_") for kind in counts):
                found.setdefault(layer, Counter(counts))
    return found


def _record(path: Path) -> dict[str, Any] | None:
    """Return the record of a file, or None where it is no record of a run."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))["run"]
        texts = all(isinstance(record[key], str) for key in ("event", "database", "run_id", "started", "at"))
        layers = record.get("layers", {})
        numbers = all(isinstance(n, int) for counts in layers.values() for n in counts.values())
        return record if texts and numbers else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _run(record: Mapping[str, Any]) -> Run:
    ended = record["at"] if record["event"] == "ended" else ""
    return Run(
        record["run_id"], record["started"], str(record.get("command", "build")),
        str(record.get("selected", "")), ended, str(record.get("gate", "not reached")),
        record.get("layers", {}), tuple(map(str, record.get("failed", ()))),
    )  # fmt: skip
