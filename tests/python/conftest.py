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
from filelock import FileLock
from small_project import write_small_project

from citypanel import cli
from citypanel.console.building import DBT

ROOT = Path(__file__).resolve().parents[2]
Completed = subprocess.CompletedProcess[str]
Ignore = Callable[[str, list[str]], set[str]]
# what a user's shell may hold must not decide what the tests see
for name in ("YEARBOOK", "CITYPANEL_LANG", "DBT_PROFILES_DIR", "DBT_PROJECT_DIR", "DBT_TARGET"):
    os.environ.pop(name, None)
os.environ.setdefault("CITYPANEL_STRICT_MESSAGES", "1")

LEFT_OUT = shutil.ignore_patterns(
    ".venv", ".git", "target", "logs", "dbt_packages", "__pycache__", ".*_cache", "*.egg-info"
)


ENTRY = {"dbt": DBT, "citypanel": "from citypanel.cli import main; main()"}


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
        """Run `citypanel` or `dbt` with the library of the copy; keep what it prints."""
        library = self.root / "python_models" / "library"
        return subprocess.run(
            [sys.executable, "-c", ENTRY[command[0]], *command[1:]],
            cwd=cwd or self.root,
            env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(library), **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def dbt(self, *arguments: str, **environment: str) -> Completed:
        """Run plain dbt from the copy's root, as a user does."""
        return self.run("dbt", *arguments, **environment)


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
def built(copy_of_project: Callable[[str], Copy], tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The one full `dbt build` that reading tests share; CITYPANEL_BUILT_COPY names a folder to keep it.

    Of several processes the first one builds, the others wait and copy: a DuckDB file that dbt opens is
    closed to everybody else.
    """
    kept = os.environ.get("CITYPANEL_BUILT_COPY")
    if kept:
        return _built_once(Path(kept))
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return _build(copy_of_project("built"))
    first = _built_once(tmp_path_factory.getbasetemp().parent / "built" / "city panel")
    root = tmp_path_factory.mktemp("built") / "city panel"
    shutil.copytree(first.root, root, ignore=shutil.ignore_patterns("__pycache__", "logs"))
    return Copy(root)


def _built_once(root: Path) -> Copy:
    """The project built in this folder, by whichever process comes first."""
    root.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(root.parent / f"{root.name}.lock"):
        if not (root / "build" / "published" / "sample").exists():  # what a whole, green build ends with
            shutil.copytree(ROOT, root, ignore=_not_imports(LEFT_OUT), dirs_exist_ok=True)
            _build(Copy(root))
    return Copy(root)


def _build(copy: Copy) -> Copy:
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


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """A project with a database of a few rows, and one analysis that the summary offers."""
    return write_small_project(tmp_path)


@pytest.fixture
def citypanel(
    small_project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Call `citypanel` in the project; return exit code, output and messages."""

    def call(*arguments: str, cwd: Path | None = None) -> tuple[int, str, str]:
        monkeypatch.chdir(cwd or small_project)
        monkeypatch.setattr(sys, "argv", ["citypanel", *arguments])
        monkeypatch.setenv("CITYPANEL_LANG", "en")  # --lang sets it; monkeypatch puts it back
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return call


def _not_imports(patterns: Ignore) -> Ignore:
    """Leave out what `patterns` names and all of build/ but .gitkeep (a user's imports may be large)."""

    def ignore(folder: str, names: list[str]) -> set[str]:
        inside_build = Path(folder) == ROOT / "build"
        return set(names) - {".gitkeep"} if inside_build else set(patterns(folder, names))

    return ignore
