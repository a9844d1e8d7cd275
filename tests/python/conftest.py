"""What the tests share: the project's root, the folder of outside answers, and builds of temporary copies.

A full build takes most of a minute, so one, `built`, serves every test that only reads; a test that changes
something takes a copy of it with `copy_of_built`. All tests together should not build more than ten times.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
Completed = subprocess.CompletedProcess[str]
Ignore = Callable[[str, list[str]], set[str]]
# what a user's shell may hold must not decide what the tests see
for name in ("YEARBOOK", "CITYPANEL_LANG", "DBT_PROFILES_DIR", "DBT_PROJECT_DIR", "DBT_TARGET"):
    os.environ.pop(name, None)
os.environ["CITYPANEL_STRICT_MESSAGES"] = "1"

LEFT_OUT = shutil.ignore_patterns(
    ".venv", ".git", "target", "logs", "dbt_packages", "__pycache__", ".*_cache", "*.egg-info"
)


@dataclass(frozen=True)
class Copy:
    """A temporary copy of the project."""

    root: Path

    @property
    def database(self) -> Path:
        """The sample's database."""
        return self.root / "build" / "sample.duckdb"

    def query(self, statement: str, database: Path | None = None) -> pd.DataFrame:
        """Rows of a statement on the sample's database, or on another."""
        with duckdb.connect(str(database or self.database), read_only=True) as connection:
            return connection.execute(statement).df()

    def run(self, *command: str, cwd: Path | None = None, **environment: str) -> Completed:
        """Run a module of this Python (`dbt.cli.main`, `citypanel.cli`) in the copy; keep what it prints."""
        return subprocess.run(
            [sys.executable, "-m", *command],
            cwd=cwd or self.root,
            env={**os.environ, "PYTHONUTF8": "1", **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def dbt(self, *arguments: str, **environment: str) -> Completed:
        """Run plain dbt from the copy's root, as a user does."""
        return self.run("dbt.cli.main", *arguments, **environment)


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The root of the project under test."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of design papers, outside answers and real files; absent, its tests skip, or fail in CI."""
    folder = Path(os.environ.get("CITYPANEL_SHARED") or ROOT.parent / "shared")
    if folder.is_dir():
        return folder
    reason = f"the folder {folder} is absent (CITYPANEL_SHARED names it)"
    if os.environ.get("CITYPANEL_REQUIRE_SHARED") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def copy_of_project(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Copy]:
    """Make a fresh copy of the project, without databases: `copy_of_project("name")`."""

    def make(name: str) -> Copy:
        root = tmp_path_factory.mktemp(name) / "city panel"  # a blank in the path, as people have
        shutil.copytree(ROOT, root, ignore=_not_imports(LEFT_OUT))
        return Copy(root)

    return make


@pytest.fixture(scope="session")
def built(copy_of_project: Callable[[str], Copy]) -> Copy:
    """The one full `dbt build` that reading tests share; CITYPANEL_BUILT_COPY names a folder to keep it."""
    kept = os.environ.get("CITYPANEL_BUILT_COPY")
    if kept and (Path(kept) / "build" / "sample.duckdb").exists():
        return Copy(Path(kept))
    if kept:
        shutil.copytree(ROOT, kept, ignore=_not_imports(LEFT_OUT), dirs_exist_ok=True)
        copy = Copy(Path(kept))
    else:
        copy = copy_of_project("built")
    done = copy.dbt("build")
    if done.returncode != 0:
        pytest.fail(f"dbt build ended with {done.returncode}:\n{done.stdout[-6000:]}\n{done.stderr[-2000:]}")
    return copy


@pytest.fixture
def copy_of_built(built: Copy, tmp_path: Path) -> Copy:
    """A copy of the built copy, database included, to be changed by one test."""
    root = tmp_path / "city panel"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("__pycache__", "logs"))
    return Copy(root)


@pytest.fixture(scope="session")
def run_dbt() -> Callable[..., Completed]:
    """Run plain dbt in a copy: `run_dbt(copy, "build", "--select", "panels", YEARBOOK=folder)`."""

    def run(copy: Copy, *arguments: str, **environment: str) -> Completed:
        return copy.dbt(*arguments, **environment)

    return run


def _not_imports(patterns: Ignore) -> Ignore:
    """Leave out what `patterns` names and all of build/ but .gitkeep (a user's imports may be large)."""

    def ignore(folder: str, names: list[str]) -> set[str]:
        inside_build = Path(folder) == ROOT / "build"
        return set(names) - {".gitkeep"} if inside_build else set(patterns(folder, names))

    return ignore
