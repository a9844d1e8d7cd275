"""What `dbt build` of the sample costs beside a project of as many trivial nodes and tests: make bench-build.

Both run in turn in the same environment, three times, each from an empty database and without a parsed
project; ratios are of medians. Writes docs/benchmarks_build.md.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trivial_project
from build_cost_page import page

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "benchmarks_build.md"
TURNS = 3
DBT = "from dbt.cli.main import cli; cli()"
LEFT_OUT = shutil.ignore_patterns(
    ".venv", ".git", "target", "logs", "build", "__pycache__", ".*_cache", ".hypothesis"
)
IMPORT = "import pandas, duckdb, time; start = time.perf_counter(); {}; print(time.perf_counter() - start)"
EXPECTATIONS = "import great_expectations"
# what the library loads beside it; imported once before the builds, so that its byte code is there
LIBRARY = "import dbt.cli.main, dbt.adapters.duckdb, scipy.stats, linearmodels.panel, xlsxwriter"


@dataclass(frozen=True)
class Build:
    """seconds and processor seconds of a whole command; what dbt says of its nodes."""

    seconds: float
    processor: float
    results: dict[str, Any]


def built(project: Path) -> Build:
    """Build a project from nothing; end with its last lines where it fails."""
    for gone in (project / "target", project / "build"):
        shutil.rmtree(gone, ignore_errors=True)
    (project / "build").mkdir()
    before, start = _processor(), time.perf_counter()
    command = [sys.executable, "-c", DBT, "build", "--project-dir", ".", "--profiles-dir", "."]
    done = subprocess.run(
        command, cwd=project, env=_environment(project), capture_output=True, text=True, check=False
    )
    seconds, processor = time.perf_counter() - start, _processor() - before
    if done.returncode:
        raise SystemExit(f"{project}: dbt build ended with {done.returncode}\n{done.stdout[-3000:]}")
    results = json.loads((project / "target" / "run_results.json").read_text(encoding="utf-8"))
    return Build(seconds, processor, results)


def _environment(project: Path) -> dict[str, str]:
    """Return the environment of a build; byte code is kept, as in an environment that pip installed."""
    left_out = ("YEARBOOK", "DBT_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    library, kept_code = project / "python_models" / "library", project.parent / "byte_code"
    return kept | {"PYTHONPATH": str(library), "PYTHONUTF8": "1", "PYTHONPYCACHEPREFIX": str(kept_code)}


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def import_seconds(statement: str, project: Path) -> float:
    """Return how long a statement takes in a fresh interpreter of the project that has pandas and DuckDB."""
    command = [sys.executable, "-c", IMPORT.format(statement)]
    environment = _environment(project)
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return float(done.stdout.split()[-1])


def in_turn(projects: dict[str, Path], turns: int) -> dict[str, list[Build]]:
    """Build each project so many times, in turn, and say how long each took."""
    builds: dict[str, list[Build]] = {name: [] for name in projects}
    for turn in range(turns):
        for name, project in projects.items():
            build = built(project)
            builds[name].append(build)
            taken = f"{build.seconds:.1f} s, processor {build.processor:.1f} s"
            print(f"{turn + 1}/{turns} {name}: {taken}", flush=True)
    return builds


def main() -> None:
    """Measure, print the ratio, write the page; an argument is the number of turns."""
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else TURNS
    with tempfile.TemporaryDirectory() as folder:
        ours, trivial = Path(folder) / "city_panel", Path(folder) / "trivial"
        shutil.copytree(ROOT, ours, ignore=LEFT_OUT)
        subprocess.run(
            [sys.executable, "-c", DBT, "parse", "--quiet", "--project-dir", ".", "--profiles-dir", "."],
            cwd=ours, env=_environment(ours), check=True,
        )  # fmt: skip
        manifest = ours / "target" / "manifest.json"
        kinds: Counter[str] = trivial_project.counted(manifest)
        trivial_project.write(trivial, kinds, ROOT / "profiles.yml")
        layers = _layers(manifest)
        import_seconds(f"{EXPECTATIONS}; {LIBRARY}", ours)
        builds = in_turn({"City Panel": ours, "trivial": trivial}, turns)
        expectations = import_seconds(EXPECTATIONS, ours)
    text = page(kinds, layers, builds["City Panel"], builds["trivial"], expectations)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    print(text.split("## Where", maxsplit=1)[0])


def _layers(manifest: Path) -> dict[str, str]:
    """Return the layer of each node: the schema of a model, and for a test the word for its kind."""
    read = json.loads(manifest.read_text(encoding="utf-8"))
    words = {"test": "data tests", "unit_test": "unit tests", "seed": "seeds"}
    nodes = {**read["nodes"], **read["unit_tests"]}
    return {name: words.get(node["resource_type"], node.get("schema", "")) for name, node in nodes.items()}


if __name__ == "__main__":
    main()
