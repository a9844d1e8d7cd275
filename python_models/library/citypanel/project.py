"""Where things are: the project's root, the yearbook folder and the database that belongs to it.

The database rule is the one `profiles.yml` spells in Jinja for a plain `dbt build`; a test holds the two
together. Paths in the environment variable `YEARBOOK` are relative to the project's root, whatever folder a
command is called from, since dbt reads them so.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

SAMPLE_YEARBOOK = "seeds/yearbook"
BUILD_FOLDER = "build"
# what an import leaves beside its tables: every number read, with its place
CELL_TRACE = "cells.parquet"


class ProjectNotFound(Exception):
    """No `dbt_project.yml` with the name citypanel stands above the folder or the package."""


def _is_root(folder: Path) -> bool:
    """True where `folder` holds the dbt_project.yml of this project (not of some other dbt project)."""
    try:
        text = (folder / "dbt_project.yml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return re.search(r"^name:\s*['\"]?citypanel['\"]?\s*$", text, flags=re.MULTILINE) is not None


def project_root(start: Path | None = None) -> Path:
    """Return the root above `start` (default: the working folder), else the one this package lies in.

    Raises `ProjectNotFound` when neither has one.
    """
    here = (start or Path.cwd()).resolve()
    package = Path(__file__).resolve().parent
    for folder in (here, *here.parents, *package.parents):
        if _is_root(folder):
            return folder
    raise ProjectNotFound(f"no dbt_project.yml of the project citypanel above {here}")


def yearbook_setting(environment: Mapping[str, str] | None = None) -> str:
    """Return `YEARBOOK` (default: the sample) with forward slashes and without one at the end."""
    named = (os.environ if environment is None else environment).get("YEARBOOK") or SAMPLE_YEARBOOK
    return named.replace("\\", "/").rstrip("/")


def yearbook_folder(root: Path, environment: Mapping[str, str] | None = None) -> Path:
    """Return the yearbook folder as a path; a relative setting starts at the root."""
    return root / yearbook_setting(environment)


def database_name(environment: Mapping[str, str] | None = None) -> str:
    """Return the database's name without its ending: `sample`, or the last part of the yearbook folder."""
    setting = yearbook_setting(environment)
    return "sample" if setting == SAMPLE_YEARBOOK else setting.split("/")[-1]


def database_path(root: Path, environment: Mapping[str, str] | None = None) -> Path:
    """Return the path of the database that `dbt build` writes for the yearbook folder."""
    return root / BUILD_FOLDER / f"{database_name(environment)}.duckdb"
