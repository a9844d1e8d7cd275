"""Two languages in one cell: `年末户籍人口 (万人)` and its English line, or `城市 City` on one line."""

from __future__ import annotations

import re
from functools import lru_cache

_CHINESE = re.compile(r"[\u3400-\u9fff]")
# a Chinese text, then English words of their own: after a space, bracket or slash, or beginning with a
# capital and going on in small letters (`全市Total City`); GDP or R&D inside a Chinese name is no translation
_TAIL = re.compile(
    r"^(?P<chinese>.*[\u3400-\u9fff)）%％‰\]】])(?:\s+(?=[A-Za-z(])|(?=[A-Z][a-z])|\s*/\s*(?=[A-Z][A-Za-z]))(?P<english>[^\u3400-\u9fff]*[A-Za-z]{2}[^\u3400-\u9fff]*)$"
)
_LINE = re.compile(r"[\r\n]+")


@lru_cache(maxsize=50_000)
def split_languages(printed: str) -> tuple[str, str]:
    """Return the Chinese and the English part of a printed text; a part that is not there is empty.

    A line without a Chinese character is English where a Chinese line stands beside it.
    """
    if not _CHINESE.search(printed):
        return "", " ".join(printed.split())
    lines = [line.strip() for line in _LINE.split(printed) if line.strip()]
    chinese = " ".join(line for line in lines if _CHINESE.search(line))
    english = " ".join(line for line in lines if not _CHINESE.search(line))
    if (found := _TAIL.match(chinese)) and _balanced(found["chinese"]):
        chinese, english = found["chinese"].strip(), f"{found['english'].strip()} {english}".strip()
    return chinese, english


def _balanced(text: str) -> bool:
    """Say whether every bracket that opens also closes."""
    return sum(text.count(sign) for sign in "(（") == sum(text.count(sign) for sign in ")）")
