"""What `dbt build` costs and where its time goes, as the page docs/benchmarks_build.md."""

from __future__ import annotations

import os
import platform
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

SLOWEST = 15
LIMIT = 3
HEAD = """# What a build costs

Written by `make bench-build` on {system}, {cores} cores, Python {python}. `dbt build` of the sample,
everything included, beside a project of as many trivial nodes and tests (each model selects one row from
another): both from an empty database and an unparsed project, in turn, {turns} x each, with the threads
of `profiles.yml`, and with the packages' byte code there, as pip leaves it (an environment without it
compiles each package in every build). The median counts. Seconds belong to the machine and to what else it
did; the ratio travels, that of processor time best.

| | seconds | processor seconds |
|---|---:|---:|
"""
COUNTS = """
Both projects have {seeds} seeds, {sql} models in SQL, {python} in Python, {tests} data tests and {units} unit
tests. {verdict}
"""
NODES = """
## Where the time goes

Seconds inside dbt's nodes, of one build, as dbt reports them; with two threads two nodes run at a time, so
that they add up to more than the build takes. Outside the nodes dbt starts, reads the project and writes
what it did: {outside:.1f} s of {whole:.1f} s (trivial: {trivial_outside:.1f} s). Importing Great
Expectations takes {expectations:.1f} s, once: `data_expectation_runs` pays it, `results_expectation_runs`
does not.

| layer | nodes | seconds | trivial nodes of the kind |
|---|---:|---:|---:|
"""


class Measured(Protocol):
    """One build: seconds, processor seconds, dbt's run_results.json."""

    seconds: float
    processor: float
    results: dict[str, Any]


def page(
    kinds: Counter[str],
    layers: Mapping[str, str],
    ours: Sequence[Measured],
    trivial: Sequence[Measured],
    expectations: float,
) -> str:
    """Return the page."""
    middle, beside = _middle(ours), _middle(trivial)
    rows = {name: [_median(builds, what) for what in ("seconds", "processor")]
            for name, builds in (("City Panel", ours), ("trivial", trivial))}  # fmt: skip
    ratios = [mine / other for mine, other in zip(*rows.values(), strict=True)]
    lines = [f"| {name} | {seconds:.1f} | {processor:.1f} |" for name, (seconds, processor) in rows.items()]
    lines.append(f"| **ratio** | **{ratios[0]:.2f}** | **{ratios[1]:.2f}** |")
    within = f"The aim is a ratio of at most {LIMIT}: " + ("kept." if ratios[0] <= LIMIT else "**not kept**.")
    head = HEAD.format(
        system=platform.system(), cores=os.cpu_count(), python=platform.python_version(), turns=len(ours)
    )
    nodes = NODES.format(
        outside=_outside(middle), whole=middle.seconds, trivial_outside=_outside(beside),
        expectations=expectations,
    )  # fmt: skip
    tables = [*_layers(middle, beside, layers), "", *_slowest(middle)]
    return head + "\n".join(lines) + "\n" + _counts(kinds, within) + nodes + "\n".join([*tables, ""])


def _counts(kinds: Counter[str], verdict: str) -> str:
    sql = kinds["table"] + kinds["view"] + kinds["incremental"]
    tests = kinds.total() - sql - sum(kinds[name] for name in ("seed", "python", "unit"))
    return COUNTS.format(
        seeds=kinds["seed"], sql=sql, python=kinds["python"], tests=tests, units=kinds["unit"],
        verdict=verdict,
    )  # fmt: skip


def _median(builds: Sequence[Measured], what: str) -> float:
    return statistics.median(getattr(build, what) for build in builds)


def _middle(builds: Sequence[Measured]) -> Measured:
    """Return the build whose seconds are the median."""
    return sorted(builds, key=lambda build: build.seconds)[len(builds) // 2]


def _outside(build: Measured) -> float:
    return build.seconds - float(build.results["elapsed_time"])


def _times(build: Measured) -> list[tuple[float, str]]:
    return [(result["execution_time"], result["unique_id"]) for result in build.results["results"]]


def _kind(name: str) -> str:
    return name.split(".")[0]


def _layers(ours: Measured, trivial: Measured, layers: Mapping[str, str]) -> list[str]:
    """Return a row per layer; beside it what as many trivial nodes of its kind took."""
    seconds, counts, kind_of = Counter[str](), Counter[str](), dict[str, str]()
    for taken, name in _times(ours):
        layer = layers.get(name, "hooks")
        seconds[layer] += taken  # type: ignore[assignment]
        counts[layer] += 1
        kind_of[layer] = _kind(name)
    by_kind: dict[str, list[float]] = {}
    for taken, name in _times(trivial):
        by_kind.setdefault(_kind(name), []).append(taken)
    lines = []
    for layer, taken in seconds.most_common():
        each = by_kind.get(kind_of[layer], [])
        beside = f"{counts[layer] * statistics.mean(each):.1f}" if each else ""
        lines.append(f"| {layer} | {counts[layer]} | {taken:.1f} | {beside} |")
    return lines


def _slowest(build: Measured) -> list[str]:
    lines = [f"The slowest {SLOWEST} nodes:", "", "| node | seconds |", "|---|---:|"]
    found = sorted(_times(build), reverse=True)[:SLOWEST]
    return [*lines, *(f"| `{name.split('.', 2)[2]}` | {taken:.2f} |" for taken, name in found)]
