"""Time of contenders that take turns in one process; peak memory of each in a process of its own."""

from __future__ import annotations

import json
import math
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# seconds: from which one warm run has to do, below which work is repeated within a turn
LONG, SHORT = 2.0, 0.1
TURNS = 3

Run = Callable[[], object]
# a script's cases, small ones first: what every contender runs, made when it is asked for
Cases = Iterator[Mapping[str, Callable[[], Run]]]


@dataclass(frozen=True)
class Measured:
    """seconds: median of three turns after a warm-up; mb: peak memory of a process of its own."""

    seconds: float
    mb: float


def seconds(run: Run) -> float:
    """Return the median time of a run after one that warms up."""
    return in_turn({"": run})[""]


def in_turn(runs: Mapping[str, Run]) -> dict[str, float]:
    """Return each contender's median of three turns after a warm-up, in which others' load falls on all.

    A turn of short work repeats it until SHORT has passed, and counts the mean. Work longer than LONG has one
    turn.
    """
    for run in runs.values():
        run()
    times = {name: [_timed(run, 1)] for name, run in runs.items()}
    quick = {name: math.ceil(SHORT / found[0]) for name, found in times.items() if found[0] < LONG}
    for _ in range(TURNS):
        for name, repeats in quick.items():
            times[name].append(_timed(runs[name], repeats))
    return {name: statistics.median(found[1:] or found) for name, found in times.items()}


def _timed(run: Run, times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        run()
    return (time.perf_counter() - start) / times


def report(cases: Cases) -> None:
    """Measure every case of a script, and print what `measured` reads.

    With a contender's name as last argument: its peak memory so far, in MB, after one run of each case;
    otherwise the seconds of all.
    """
    for case in cases:
        if sys.argv[-1] in case:
            case[sys.argv[-1]]()()
            print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
        else:
            print(json.dumps(in_turn({name: made() for name, made in case.items()})))


def measured(script: str, contenders: Mapping[str, Any], *arguments: str) -> list[dict[str, Measured]]:
    """Return what every contender took in each case of a script of this folder."""
    times = _printed(script, *arguments)
    peaks = {name: _printed(script, *arguments, name) for name in contenders}
    return [
        {name: Measured(spent, peaks[name][place]) for name, spent in case.items()}
        for place, case in enumerate(times)
    ]


def _printed(script: str, *arguments: str) -> list[Any]:
    command = [sys.executable, "-W", "ignore", str(Path(__file__).with_name(script)), *arguments]
    one_thread = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}
    environment = {**os.environ, **one_thread}
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    return [json.loads(line) for line in done.stdout.splitlines() if line[:1] in "{0123456789"]
