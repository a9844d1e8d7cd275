"""What a printed name may stand for: a key column, or an indicator of the dictionary."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """What a key column is; `rank` is the row of the key in the list, the lower one wins a role."""

    role: str
    cities_only: bool
    rank: int


@dataclass(frozen=True)
class Meaning:
    """What a name stands for: an indicator (with the unit the name implies), or a known other thing."""

    indicator_id: str
    scope: str = ""
    unit: str = ""
    status: str = "indicator"
    note: str = ""
