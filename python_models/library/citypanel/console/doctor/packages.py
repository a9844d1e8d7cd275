"""What the doctor asks of the packages: those of the lock, and the versions that must go together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from citypanel.console.doctor.check import Check

LOCK = "requirements.lock"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(?:;\s*([^\\]+))?")
PAIR = ("dbt-core", "dbt-duckdb", "duckdb")
MOST_NAMED = 5


def packages(root: Path) -> Iterator[Check]:
    """Yield how the installed packages compare with the lock: absent ones, other versions."""
    lock = root / LOCK
    if not lock.is_file():
        yield Check("packages", "warn", "doctor_lock_absent", {"file": LOCK})
        return
    absent, others, count = [], [], 0
    for name, version in _pinned(lock.read_text(encoding="utf-8")):
        count += 1
        installed = _installed(name)
        if installed is None:
            absent.append(name)
        elif installed != version:
            others.append(f"{name} {installed} ({version})")
    if absent:
        yield Check("packages", "error", "doctor_packages_absent", {"names": _named(absent), "file": LOCK})
    if others:
        yield Check("packages", "warn", "doctor_packages_differ", {"names": _named(others), "file": LOCK})
    if not absent and not others:
        yield Check("packages", "ok", "doctor_packages", {"count": count, "file": LOCK})


def pair(_root: Path) -> Iterator[Check]:
    """Yield whether dbt, its adapter and DuckDB are versions that go together, as this package requires."""
    from packaging.requirements import Requirement

    ranges = {one.name: one.specifier for one in map(Requirement, metadata.requires("citypanel") or ())}
    found = {name: _installed(name) or "?" for name in PAIR}
    bad = [f"{name} {found[name]} ({ranges[name]})" for name in PAIR
           if name in ranges and (found[name] == "?" or found[name] not in ranges[name])]  # fmt: skip
    shown = ", ".join(f"{name} {version}" for name, version in found.items())
    if bad:
        yield Check("pair", "error", "doctor_pair_wrong", {"names": ", ".join(bad)})
    else:
        yield Check("pair", "ok", "doctor_pair", {"names": shown})


def _pinned(text: str) -> Iterator[tuple[str, str]]:
    """Yield name and version of the packages of a lock that are meant for this machine."""
    from packaging.markers import Marker

    for line in text.splitlines():
        found = PINNED.match(line)
        if found and (not found[3] or Marker(found[3].strip()).evaluate()):
            yield found[1], found[2]


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _named(names: Iterable[str]) -> str:
    """Return the first names, and how many more there are."""
    each = list(names)
    more = len(each) - MOST_NAMED
    return ", ".join(each[:MOST_NAMED]) + (f" (+{more})" if more > 0 else "")
