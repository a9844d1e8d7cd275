"""The page on the estimation library: its code runs, prints what it says, and shows every public name."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import reading

import citypanel.estimation


def test_every_block_runs_and_prints_what_the_page_says(
    project_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITYPANEL_LANG", "en")
    blocks = reading.blocks(project_root / "docs" / "estimation_library.md")
    names: dict[str, Any] = {}
    code = [block for block in blocks if block.language == "python"]
    shown = [block.text.strip() for block in blocks if block.language == "text"]
    assert len(code) == len(shown) >= 10
    for block, expected in zip(code, shown, strict=True):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile(block.text, "estimation_library.md", "exec"), names)
        assert [line.rstrip() for line in said.getvalue().strip().splitlines()] == expected.splitlines()


def test_every_public_name_is_on_the_page(project_root: Path) -> None:
    page = (project_root / "docs" / "estimation_library.md").read_text(encoding="utf-8")
    assert not [name for name in citypanel.estimation.__all__ if name not in page]


def test_the_library_works_away_from_the_project(project_root: Path, tmp_path: Path) -> None:
    """Installed by itself it has no dictionary of messages, and says the id and the names instead."""
    library = project_root / "python_models" / "library" / "citypanel"
    shutil.copytree(library, tmp_path / "lib" / "citypanel", ignore=shutil.ignore_patterns("__pycache__"))
    code = (
        "import pandas as pd\n"
        "from citypanel.estimation import EstimationError, fixed_effects\n"
        "data = pd.DataFrame({'city_id': [1], 'year': [1], 'y': [1.0]})\n"
        "try:\n    fixed_effects(data, 'demand', ['y'])\n"
        "except EstimationError as error:\n    print(error)\n"
    )
    environment = {k: v for k, v in os.environ.items() if k != "CITYPANEL_STRICT_MESSAGES"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False,
        env=environment | {"PYTHONPATH": str(tmp_path / "lib")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("unknown_variable: variables=demand")
