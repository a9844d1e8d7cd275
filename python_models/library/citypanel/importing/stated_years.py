"""The data years that a user states: `--year FILE=2016`, `--edition FILE=2017`, or an edition in the rows of
sources.csv that an earlier import wrote.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from citypanel.importing.layouts.data_year import Stated
from citypanel.importing.printed_text import printed_year
from citypanel.messages import Mistake


def stated_years(source: Path, out: Path, years: Iterable[str], editions: Iterable[str]) -> Stated:
    """Return what the options and the sources.csv of `out` state for the files under `source`.

    Raises `Mistake` for an option that is not FILE=YEAR, or names a file that is not there.
    """
    files = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    told = [
        _by_file(option, values, files) for option, values in (("--year", years), ("--edition", editions))
    ]
    return Stated(told[0], told[1], _editions_of(out / "sources.csv"))


def _by_file(option: str, values: Iterable[str], files: set[str]) -> dict[str, int]:
    """Return the years by file; a file is named by its path in the folder, or by its name alone.

    `FILE#SHEET` names one sheet; a file inside a zip is found when it is read.
    """
    known = files | {Path(file).name for file in files} | {Path(file).stem for file in files}
    stated = {}
    for value in values:
        name, _, printed = value.rpartition("=")
        year = printed_year(printed)
        if not name or year is None:
            raise Mistake("import_year_unreadable", option=option, value=value)
        if name.split("#")[0] not in known and not any(file.lower().endswith(".zip") for file in files):
            listed = ", ".join(sorted(files)[:20])
            raise Mistake("import_year_file_unknown", option=option, value=name, files=listed)
        stated[name] = year
    return stated


def _editions_of(sources: Path) -> dict[str, int]:
    """Return the editions that the user wrote into sources.csv, by file."""
    if not sources.exists():
        return {}
    with sources.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row.get("file")]
    editions = {row["file"]: printed_year(row.get("edition") or "") for row in rows}
    return {file: edition for file, edition in editions.items() if edition}
