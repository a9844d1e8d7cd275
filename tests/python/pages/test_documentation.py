"""A command, option or make target that nobody can read about in README or docs is not finished."""

from __future__ import annotations

import re
from pathlib import Path

import click

from citypanel import cli

# targets of the Makefile that others call
STEPS = {"user-environment", "dev-environment"}


def _written(root: Path) -> str:
    texts = [*sorted(root.glob("*.md")), *sorted((root / "docs").rglob("*.md"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in texts)


def test_every_command_and_option_is_documented(project_root: Path) -> None:
    written = _written(project_root)
    missing = [name for name in cli.commands.commands if f"citypanel {name}" not in written]
    for command in cli.commands.commands.values():
        options = [each for each in command.params if isinstance(each, click.Option)]
        missing += [f"{command.name} {each.opts[-1]}" for each in options if each.opts[-1] not in written]
    assert not missing


def test_every_make_target_is_listed_and_documented(project_root: Path) -> None:
    makefile = (project_root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE)) - STEPS
    listed = set(re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE))
    assert targets == listed
    written = _written(project_root)
    assert not [target for target in targets if f"make {target}" not in written]
