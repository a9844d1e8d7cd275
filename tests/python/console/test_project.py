"""Where things are: the root, and the database rule that profiles.yml spells in Jinja."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
import yaml

from citypanel.importing.folder_names import RESERVED
from citypanel.project import database_path, yearbook_folder
from citypanel.project import project_root as root_above

FOLDERS = [
    None,
    "seeds/yearbook",
    "seeds/yearbook/",
    "seeds\\yearbook\\",
    "build/real",
    "build/real//",
    "/data/城市年鉴 2024/",
    "D:\\年鉴\\panel\\",
    "./build/real",
]


@pytest.mark.parametrize("folder", FOLDERS)
def test_database_is_the_one_dbt_writes(project_root: Path, folder: str | None) -> None:
    environment = {} if folder is None else {"YEARBOOK": folder}
    rendered = _path_of_profile(project_root, environment)
    assert database_path(project_root, environment) == project_root / rendered


@pytest.mark.parametrize("name", sorted({"sample", "Sample", *RESERVED}))
def test_a_plain_build_refuses_the_names_that_a_check_refuses(project_root: Path, name: str) -> None:
    with pytest.raises(KeyError, match=f"YEARBOOK with a folder of another name: {name} is taken"):
        _path_of_profile(project_root, {"YEARBOOK": f"/data/{name}/"})


def _path_of_profile(project_root: Path, environment: dict[str, str]) -> str:
    """Return the path of the database of profiles.yml; as in dbt, an absent variable raises."""
    profile = yaml.safe_load((project_root / "profiles.yml").read_text(encoding="utf-8"))
    path = profile["citypanel"]["outputs"]["build"]["path"]

    def env_var(name: str, *default: str) -> str:
        return environment.get(name, *default) if default else environment[name]

    return jinja2.Environment(autoescape=False).from_string(path).render(env_var=env_var)


def test_empty_setting_is_the_sample(project_root: Path) -> None:
    assert database_path(project_root, {"YEARBOOK": ""}).name == "sample.duckdb"
    assert yearbook_folder(project_root, {"YEARBOOK": ""}) == project_root / "seeds" / "yearbook"


def test_relative_folder_starts_at_the_root(project_root: Path) -> None:
    assert yearbook_folder(project_root, {"YEARBOOK": "build/real/"}) == project_root / "build" / "real"


def test_root_is_found_from_below_and_from_elsewhere(tmp_path: Path, project_root: Path) -> None:
    nested = tmp_path / "a" / "b"
    nested.mkdir(parents=True)
    (tmp_path / "dbt_project.yml").write_text("name: citypanel\n", encoding="utf-8")
    (tmp_path / "a" / "dbt_project.yml").write_text("name: another\n", encoding="utf-8")
    assert root_above(nested) == tmp_path.resolve()
    (tmp_path / "dbt_project.yml").unlink()
    assert root_above(nested) == project_root, "outside a project the package's own place counts"
