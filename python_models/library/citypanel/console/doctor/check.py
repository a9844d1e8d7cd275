"""One thing that the doctor looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from citypanel.messages import message


@dataclass(frozen=True)
class Check:
    """What was looked at, how it is (ok, warn, error), and the words for it.

    name: of the check, its title is the message `doctor_title_<name>`; message_id: what was found; where it
    is not well, the message `<message_id>_remedy` says what to do. Both take `arguments`.
    """

    name: str
    status: str
    message_id: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def title(self) -> str:
        """Return the name of the check in the language in force."""
        return message(f"doctor_title_{self.name}")

    def found(self) -> str:
        """Return what was found."""
        return message(self.message_id, **self.arguments)

    def remedy(self) -> str:
        """Return what to do; nothing where all is well."""
        return "" if self.status == "ok" else message(f"{self.message_id}_remedy", **self.arguments)
