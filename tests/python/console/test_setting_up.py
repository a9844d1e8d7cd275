"""The script behind `make build` and `make test`: which Python it takes; a second run does nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the script is for sh")


@pytest.fixture
def place(tmp_path: Path, project_root: Path) -> Path:
    """A folder, with a blank in its name, that holds the script, two locks and a Python that only answers."""
    root = tmp_path / "city panel"
    (root / ".ci").mkdir(parents=True)
    shutil.copy(project_root / ".ci" / "environment", root / ".ci" / "environment")
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (root / name).write_text(f"# {name}\n", encoding="utf-8")
    _program(root / "bin" / "python3.9", 'case "$*" in *version_info*) exit 1;; esac; echo "$@" >>"$LOG"')
    # answers that it is of the right version; `-m venv .venv` copies it, everything else is written down
    _program(root / "bin" / "python3.12", MAKES_VENV)
    return root


MAKES_VENV = """case "$*" in *version_info*) exit 0;; esac
echo "$@" >>"$LOG"
if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; fi"""


def _program(path: Path, lines: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o755)


def _set_up(place: Path, lock: str, python: str) -> tuple[int, list[str], str]:
    """Run the script without uv on the PATH; return code, calls of the fake Python, messages."""
    log = place / "log"
    log.write_text("", encoding="utf-8")
    tools = place / "tools"
    if not tools.exists():
        tools.mkdir()
        for tool in ("cat", "cksum", "cp", "dirname", "mkdir", "rm", "sh"):
            (tools / tool).symlink_to(str(shutil.which(tool)))
    environment = {**os.environ, "PATH": str(tools), "LOG": str(log), "PYTHON": str(place / "bin" / python)}
    done = subprocess.run(
        ["/bin/sh", str(place / ".ci" / "environment"), lock],
        env=environment, capture_output=True, text=True, check=False, cwd="/",
    )
    return done.returncode, log.read_text(encoding="utf-8").splitlines(), done.stderr


def test_another_python_is_refused_with_a_remedy(place: Path) -> None:
    code, calls, said = _set_up(place, "requirements.lock", "python3.9")
    assert (code, calls) == (1, [])
    assert "3.11, 3.12 or 3.13" in said and "make build PYTHON=" in said and "请安装" in said
    assert not (place / ".venv").exists()


def test_second_run_does_nothing_and_the_test_lock_serves_both(place: Path) -> None:
    code, calls, _ = _set_up(place, "requirements-dev.lock", "python3.12")
    assert code == 0 and any("--require-hashes -r requirements-dev.lock" in call for call in calls)
    for lock in ("requirements-dev.lock", "requirements.lock"):
        assert _set_up(place, lock, "python3.12") == (0, [], ""), lock


def test_a_changed_lock_is_installed(place: Path) -> None:
    _set_up(place, "requirements.lock", "python3.12")
    (place / "requirements.lock").write_text("# another\n", encoding="utf-8")
    code, calls, _ = _set_up(place, "requirements.lock", "python3.12")
    assert code == 0 and not any("venv" in call for call in calls)
    assert any("--require-hashes -r requirements.lock" in call for call in calls)


def test_a_moved_project_makes_its_environment_again(place: Path) -> None:
    _set_up(place, "requirements.lock", "python3.12")
    moved = place.rename(place.with_name("moved"))
    shutil.rmtree(moved / "tools")
    code, calls, _ = _set_up(moved, "requirements.lock", "python3.12")
    assert code == 0 and calls[0].startswith("-m venv")


def test_the_test_lock_names_the_same_versions_and_more(project_root: Path) -> None:
    def versions(name: str) -> set[str]:
        lines = (project_root / name).read_text(encoding="utf-8").splitlines()
        return {line.split(" ")[0] for line in lines if "==" in line and not line.startswith((" ", "#"))}

    assert versions("requirements.lock") < versions("requirements-dev.lock")
