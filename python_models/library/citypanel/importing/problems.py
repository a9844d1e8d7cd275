"""A problem of a yearbook folder, and its words in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from citypanel.messages import message


@dataclass(frozen=True)
class Problem:
    """One problem; `row` is the line of the file as an editor counts it (the header is 1), 0 where there is
    none.
    """

    severity: str
    message_id: str
    file: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def remedy(self) -> str:
        """Return what to do about it, in the language in force."""
        return self.words(f"{self.message_id}_remedy")

    def __str__(self) -> str:
        """Return severity, place, what is wrong and what to do, in the language in force."""
        place = ":".join(part for part in (self.file, str(self.row or "")) if part)
        return message(
            "check_problem",
            severity=message(f"check_severity_{self.severity}"),
            place=place,
            text=self.words(self.message_id),
            remedy=self.remedy,
        )

    def words(self, message_id: str, lang: str | None = None) -> str:
        """Return a message filled with the place and the arguments of the problem."""
        known = {"file": self.file, "row": self.row, "column": self.column, "value": self.value}
        return message(message_id, lang, **{**known, **self.arguments})
