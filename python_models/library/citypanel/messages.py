"""What the programs say to people, in English and Chinese, from one dictionary.

The texts are rows of `seeds/reference/messages.csv` (message_id, severity, text_en, text_zh); `{names}` in
braces are filled from the call and are the same in both languages. The language is the argument `lang`, else
the environment variable `CITYPANEL_LANG`, else English.
"""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path
from typing import Any

from citypanel.project import ProjectNotFound, project_root

LANGUAGES = ("en", "zh")


class Mistake(Exception):
    """A user's mistake with a message of the dictionary; commands print it without a traceback."""

    def __init__(self, message_id: str, **arguments: Any) -> None:
        """Keep the id and the arguments; the text is made when it is printed."""
        super().__init__(message_id, arguments)
        self.message_id = message_id
        self.arguments = arguments

    def __str__(self) -> str:
        """Return the text in the language in force."""
        return message(self.message_id, **self.arguments)


def language(lang: str | None = None) -> str:
    """Return `en` or `zh`: the argument, else `CITYPANEL_LANG`, else English."""
    chosen = (lang or os.environ.get("CITYPANEL_LANG") or "en").lower()[:2]
    return chosen if chosen in LANGUAGES else "en"


def message(message_id: str, lang: str | None = None, **arguments: Any) -> str:
    """Return the text of `message_id` in the language, its `{names}` filled from `arguments`.

    An id or argument the dictionary lacks never hides the message: the id and the arguments are printed
    instead. With `CITYPANEL_STRICT_MESSAGES` set (the tests do) it raises `KeyError`.
    """
    row = _rows("messages.csv", "message_id").get(message_id)
    try:
        if row is None:
            raise KeyError(message_id)
        return row[f"text_{language(lang)}"].format(**arguments)
    except KeyError:
        if os.environ.get("CITYPANEL_STRICT_MESSAGES"):
            raise
    return " ".join([f"{message_id}:", *(f"{name}={value}" for name, value in arguments.items())])


def is_message(message_id: str) -> bool:
    """Say whether the dictionary has a message."""
    return message_id in _rows("messages.csv", "message_id")


def label(variable: str, lang: str | None = None) -> str:
    """Return the label of a printed indicator; a name the dictionary lacks is its own label."""
    row = _rows("indicators.csv", "indicator_id").get(variable)
    return variable if row is None else row[f"label_{language(lang)}"]


def severity(message_id: str) -> str:
    """Return `error`, `warn` or `info` of a message; `error` for an unknown one."""
    row = _rows("messages.csv", "message_id").get(message_id)
    return "error" if row is None else row["severity"]


def _rows(file: str, key: str) -> dict[str, dict[str, str]]:
    root = _root()
    return {} if root is None else _rows_of(root / "seeds" / "reference" / file, key)


@cache
def _root() -> Path | None:
    """Return the project's root; the library may be installed by itself, without the seeds."""
    try:
        return project_root(Path(__file__).parent)
    except ProjectNotFound:
        return None


@cache
def _rows_of(path: Path, key: str) -> dict[str, dict[str, str]]:
    """Return the rows of a reference seed by key; none where the file is absent."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {row[key]: row for row in csv.DictReader(stream)}
