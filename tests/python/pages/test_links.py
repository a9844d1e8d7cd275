"""What the pages name exists: links, files, make targets, commands; and nothing of one machine is in them."""

from __future__ import annotations

import re
from pathlib import Path

import reading

NAMED = re.compile(r"`((?:models|seeds|docs|tests|analysis|python_models|build)/[\w./-]*)`")


def _pages(root: Path) -> list[Path]:
    return [*sorted(root.glob("*.md")), *sorted((root / "docs").glob("*.md"))]


def test_all_pages_are_there(project_root: Path) -> None:
    names = {page.name for page in _pages(project_root)}
    assert {"README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md"} <= names
    assert (project_root / "LICENSE").exists() and (project_root / "CITATION.cff").exists()


def test_every_link_leads_somewhere(project_root: Path) -> None:
    dead = [(page.name, link) for page in _pages(project_root) for link in reading.links(page)
            if not (page.parent / link).exists()]  # fmt: skip
    assert not dead


def test_every_file_named_exists(project_root: Path) -> None:
    written = {block.file for page in _pages(project_root) for block in reading.blocks(page)}
    dead = [(page.name, name) for page in _pages(project_root)
            for name in NAMED.findall(page.read_text(encoding="utf-8"))
            if not name.startswith("build/") and name not in written
            and not (project_root / name).exists()]  # fmt: skip
    assert not dead


def test_every_make_target_named_exists(project_root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (project_root / "Makefile").read_text(encoding="utf-8"), re.M))
    for page in _pages(project_root):
        text = page.read_text(encoding="utf-8")
        named = re.findall(r"^make ([a-z][a-z-]*)|`make ([a-z][a-z-]*)", text, flags=re.MULTILINE)
        assert {first or second for first, second in named} <= targets, page.name


FOLDERS_OF_ONE_MACHINE = re.compile(r"[/\\](?:home|root|tmp|Users)[/\\]|\blocalhost\b")


def test_no_page_names_one_machine(project_root: Path) -> None:
    named = {
        page.name: FOLDERS_OF_ONE_MACHINE.findall(page.read_text("utf-8")) for page in _pages(project_root)
    }
    assert not {page: found for page, found in named.items() if found}


def test_a_path_of_one_machine_would_be_seen() -> None:
    folders = (["", "home", "someone"], ["C:", "Users", "x"], ["", "tmp", "x"])
    seen = [FOLDERS_OF_ONE_MACHINE.search(mark.join(parts)) for parts in folders for mark in "/\\"]
    assert all(seen) and not FOLDERS_OF_ONE_MACHINE.search("build/tmpfile and a homepage")


def test_the_versions_are_one(project_root: Path) -> None:
    """pyproject, dbt_project, CITATION and the latest entry of the changelog."""
    found = {
        name: re.search(pattern, (project_root / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
        for name, pattern in {
            "pyproject.toml": r'^version = "([\d.]+)"', "dbt_project.yml": r'^version: "([\d.]+)"',
            "CITATION.cff": r"^version: ([\d.]+)", "CHANGELOG.md": r"^## \[([\d.]+)\]",
        }.items()
    }  # fmt: skip
    assert len({each[1] for each in found.values() if each}) == 1 and all(found.values())
