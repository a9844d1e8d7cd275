"""Reads a Markdown page as a reader does: blocks of code, links, files it names; and follows it."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from conftest import Completed, Copy

FENCE = re.compile(r"^```(\w+)[ ]?([^\n]*)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
SETTING = re.compile(r"([A-Z_]+)=(.*)")


@dataclass(frozen=True)
class Block:
    """A block of code: its language, the file it belongs into (empty for commands), its text."""

    language: str
    file: str
    text: str


def blocks(page: Path) -> list[Block]:
    """The blocks of code of a page, in its order."""
    return [Block(*found) for found in FENCE.findall(page.read_text(encoding="utf-8"))]


def links(page: Path) -> list[str]:
    """Targets of the page's links and pictures inside the project, without anchors."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    return [target.split("#")[0] for target in targets if not re.match(r"\w+:|#", target)]


def follow(copy: Copy, block: Block) -> None:
    """Do with a block what the page says about its file: write it, or add lines at its end or after one."""
    path = copy.root / block.file
    if block.language == "diff":
        text = path.read_text(encoding="utf-8")
        for pair in re.findall(r"^ (.*\n)\+(.*\n)", block.text, flags=re.MULTILINE):
            context, added = pair
            assert text.count(context) == 1, f"{block.file} has no single line {context!r}"
            text = text.replace(context, context + added)
        path.write_text(text, encoding="utf-8", newline="\n")
    elif block.language == "csv":
        path.write_text(path.read_text(encoding="utf-8") + block.text, encoding="utf-8", newline="\n")
    else:
        assert not path.exists(), block.file
        path.write_text(block.text, encoding="utf-8", newline="\n")


def words(line: str) -> tuple[dict[str, str], list[str]]:
    """A line of a shell: the variables set before the command, and the command's words."""
    parts = shlex.split(line)
    settings: dict[str, str] = {}
    while parts and (found := SETTING.fullmatch(parts[0])):
        settings[found[1]] = found[2]
        parts = parts[1:]
    return settings, parts


def run(copy: Copy, line: str, *more: str) -> Completed:
    """Run a line of `citypanel` or `dbt` as written, from the project's root."""
    settings, parts = words(line)
    return copy.run(*parts, *more, **settings)
