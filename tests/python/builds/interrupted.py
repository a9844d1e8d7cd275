"""Builds that are killed: start `dbt build` in a copy, end it without warning when a given node starts."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys

from conftest import ENTRY, Copy

STARTED = re.compile(r"(\d+) of (\d+) START (.*?) \.* *\[RUN\]")


def writing_nodes(copy: Copy) -> list[str]:
    """The names of the seeds and models of the project."""
    manifest = json.loads((copy.root / "target" / "manifest.json").read_text(encoding="utf-8"))
    nodes = manifest["nodes"].values()
    return sorted(str(node["name"]) for node in nodes if node["resource_type"] in ("model", "seed"))


def kill_after(copy: Copy, share: float) -> str:
    """Kill a `dbt build` when this share of its nodes (tests among them) has started; return the last one."""
    return _killed(copy, share)


def kill_when(copy: Copy, node: str) -> str:
    """Kill `dbt build --select node` when the node starts."""
    return _killed(copy, 0.0, "--select", node, "--exclude-resource-type", "unit_test")


def _killed(copy: Copy, share: float, *arguments: str) -> str:
    """Send SIGKILL to the build and whatever it started; AssertionError where it ends before that."""
    command = [sys.executable, "-c", ENTRY["dbt"], "--no-use-colors", "build", *arguments]
    library = str(copy.root / "python_models" / "library")
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": library}
    printed: list[str] = []
    with subprocess.Popen(
        command, cwd=copy.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout
        for line in process.stdout:
            printed.append(line)
            started = STARTED.search(line)
            if started and int(started[1]) >= share * int(started[2]):
                os.killpg(process.pid, signal.SIGKILL)
                return started[3]
    raise AssertionError(f"the build ended by itself:\n{''.join(printed)[-3000:]}")

