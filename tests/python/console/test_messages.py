"""The dictionary of messages: both languages fill the same names, and all that the library says is in it."""

from __future__ import annotations

import ast
import csv
import re
import string
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from citypanel.cli import commands
from citypanel.messages import Mistake, label, language, message, severity

ROOT = Path(__file__).resolve().parents[3]
LIBRARY = ROOT / "python_models" / "library" / "citypanel"
NAMING = {"message", "Mistake", "Refused"}


def _rows() -> list[dict[str, str]]:
    with (ROOT / "seeds" / "reference" / "messages.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _calls() -> Iterator[tuple[str, str, set[str] | None]]:
    """Place, id and argument names (None: not written out) of each call that names a message literally."""
    for path in sorted(LIBRARY.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name in NAMING and isinstance(first, ast.Constant) and isinstance(first.value, str):
                spelt = None if any(word.arg is None for word in node.keywords) else {
                    str(word.arg) for word in node.keywords
                }
                yield f"{path.relative_to(LIBRARY)}:{node.lineno}", first.value, spelt


def test_ids_are_unique() -> None:
    ids = [row["message_id"] for row in _rows()]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["message_id"])
def test_both_languages_say_the_same(row: dict[str, str]) -> None:
    assert row["severity"] in {"error", "warn", "info"}
    assert row["text_en"].strip() and row["text_zh"].strip()
    assert _names(row["text_en"]) == _names(row["text_zh"])
    words = "".join(word for word, _, _, _ in string.Formatter().parse(row["text_zh"]))
    assert not re.sub(r"[\s::]", "", words) or any("\u4e00" <= letter <= "\u9fff" for letter in words)


def test_every_message_the_library_names_is_in_the_dictionary() -> None:
    texts = {row["message_id"]: row["text_en"] for row in _rows()}
    unknown = {place: message_id for place, message_id, _ in _calls() if message_id not in texts}
    assert not unknown
    unfilled = {
        place: (message_id, missing)
        for place, message_id, spelt in _calls()
        if spelt is not None and (missing := _names(texts[message_id]) - spelt)
    }
    assert not unfilled


def test_every_command_and_option_has_its_help() -> None:
    ids = {row["message_id"] for row in _rows()}
    wanted = {"help_citypanel", "help_citypanel_lang"}
    for name, command in commands.commands.items():
        wanted.add(f"help_{name}")
        options = [each for each in command.params if isinstance(each, click.Option)]
        wanted |= {f"help_{name}_{option.opts[-1].lstrip('-')}" for option in options}
    assert wanted <= ids


def test_language_comes_from_the_argument_then_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (language(), language("zh"), language("fr")) == ("en", "zh", "en")
    monkeypatch.setenv("CITYPANEL_LANG", "zh_CN.UTF-8")
    assert (language(), language("en")) == ("zh", "en")
    assert message("database_absent", database="x", remedy="y").startswith("数据库 x")
    assert label("gdp_100m_yuan") != label("gdp_100m_yuan", lang="en")
    assert label("no_such_indicator") == "no_such_indicator"


def test_unknown_id_is_an_error_in_tests_and_never_hides_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyError):
        message("no_such_message")
    monkeypatch.delenv("CITYPANEL_STRICT_MESSAGES")
    assert message("no_such_message", file="a.csv", row=3) == "no_such_message: file=a.csv row=3"
    assert message("database_absent", database="x") == "database_absent: database=x"
    assert severity("no_such_message") == "error"
    assert str(Mistake("query_not_one_statement", count=2)).endswith("this one holds 2.")
