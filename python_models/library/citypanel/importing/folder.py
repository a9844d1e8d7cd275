"""Writing the yearbook folder: all files or none, the same bytes for the same input.

The folder is made beside its place under another name and moved there when it is complete. What the user
keeps in it stays: `corrections.csv`, what he wrote about a source, and files that the importer does not make.
"""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from citypanel.importing.cell_trace import write_cells
from citypanel.importing.folder_names import check_folder_name
from citypanel.importing.grammar import Grammar
from citypanel.importing.long.store import Store
from citypanel.importing.sources import Source
from citypanel.messages import Mistake
from citypanel.project import CELL_TRACE

SOURCE_COLUMNS = (
    "source_id", "name_zh", "name_en", "kind", "precedence", "publisher", "edition", "licence",
    "file", "sheet", "sha256", "common_origin",
)  # fmt: skip
CORRECTION_COLUMNS = (
    "correction_id", "source_id", "indicator_id", "city", "year", "action",
    "value_expected", "value_new", "reason", "evidence",
)  # fmt: skip
KEPT_OF_A_SOURCE = ("name_zh", "name_en", "publisher", "edition", "licence", "common_origin")
LICENCE = "unknown: not for redistribution"


def check_place(out: Path) -> None:
    """Raise `Mistake` where a yearbook folder may not be written: a reserved name, or a folder of other
    things.
    """
    check_folder_name(out)
    if not out.exists() and _previous(out).is_dir():  # an import was ended between the two moves
        _previous(out).rename(out)
    if out.exists() and not out.is_dir():
        raise Mistake("import_out_not_a_folder", file=str(out))
    if out.is_dir() and any(out.iterdir()) and not (out / "sources.csv").exists():
        raise Mistake("import_out_not_a_yearbook", file=str(out))


def write_folder(
    out: Path, tables: dict[str, list[list[str]]], sources: list[Source], grammar: Grammar, store: Store
) -> None:
    """Write tables, sources.csv, corrections.csv and cells.parquet to `out`, atomically."""
    out.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        made.chmod(0o755)
        if out.is_dir():
            shutil.copytree(out, made, dirs_exist_ok=True, ignore=shutil.ignore_patterns(CELL_TRACE))
        for table, rows in tables.items():
            _write_csv(made / f"{table}.csv", rows)
        _write_csv(made / "sources.csv", _source_rows(sources, made / "sources.csv"))
        if not (made / "corrections.csv").exists():
            _write_csv(made / "corrections.csv", [list(CORRECTION_COLUMNS)])
        write_cells(made / CELL_TRACE, sources, grammar, store)
        _put_in_place(made, out)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def known_sources(out: Path) -> dict[tuple[str, str], str]:
    """Return the ids that the folder's sources.csv gives to a file and its first sheet."""
    rows = _rows_of_sources(out / "sources.csv").values()
    return {
        (row["file"], (row.get("sheet") or "").split(" | ")[0]): row["source_id"]
        for row in rows
        if row.get("file")
    }


def _previous(out: Path) -> Path:
    """Return where the folder lies while the new one is moved to its place."""
    return out.with_name(f".{out.name}-previous")


def _put_in_place(made: Path, out: Path) -> None:
    """Move the complete folder to `out`; the one that was there is kept until it has arrived."""
    if not out.exists():
        made.rename(out)
        return
    previous = _previous(out)
    shutil.rmtree(previous, ignore_errors=True)
    out.rename(previous)
    try:
        made.rename(out)
    except OSError:
        previous.rename(out)
        raise
    shutil.rmtree(previous, ignore_errors=True)


def _write_csv(path: Path, rows: Iterable[Iterable[str]]) -> None:
    """Write rows as UTF-8 without byte order mark, line ends LF, quotes only where needed."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8"))


def _rows_of_sources(existing: Path) -> dict[str, dict[str, str]]:
    """Return the rows of a sources.csv by source_id, none where there is no such file."""
    if not existing.exists():
        return {}
    with existing.open(encoding="utf-8-sig", newline="") as stream:
        return {row["source_id"]: row for row in csv.DictReader(stream) if row.get("source_id")}


def _source_rows(sources: list[Source], existing: Path) -> Iterator[list[str]]:
    """Yield the rows of sources.csv; what an existing row says about a source in words is kept."""
    kept = _rows_of_sources(existing)
    yield list(SOURCE_COLUMNS)
    for source in sources:
        row = dict.fromkeys(SOURCE_COLUMNS, "") | {
            "source_id": source.source_id,
            "name_zh": Path(source.file).stem.strip(),
            "name_en": f"Imported file {source.file}",
            "kind": "real",
            "precedence": str(source.precedence),
            "publisher": source.publisher,
            "edition": str(source.edition or ""),
            "licence": LICENCE,
            "file": source.file,
            "sheet": source.sheets,
            "sha256": source.sha256,
        }
        said = kept.get(source.source_id, {})
        row |= {column: said[column] for column in KEPT_OF_A_SOURCE if said.get(column)}
        yield [row[column] for column in SOURCE_COLUMNS]
