"""A yearbook folder without a problem, to spoil in one place, and the one problem it then has."""

from __future__ import annotations

from pathlib import Path

from citypanel.importing import Problem, check_folder
from citypanel.importing.folder import CORRECTION_COLUMNS, SOURCE_COLUMNS
from citypanel.importing.reference_rows import reference_folder, seed_rows, tables_of
from citypanel.importing.tables import KEYS

REFERENCE = reference_folder()
ROW = "2015,苏州市,a,667.01,1061.60,4.3,8657\n"


def good_folder(tmp_path: Path) -> Path:
    """A yearbook folder without a problem: one source, one row of population, other tables header only."""
    made = tmp_path / "mine"
    made.mkdir()
    for name, rows in tables_of(seed_rows(REFERENCE, "indicators")).items():
        header = ",".join([*KEYS, *(row["printed_header"] for row in rows)])
        (made / f"{name}.csv").write_text(header + "\n", encoding="utf-8", newline="\n")
    (made / "sources.csv").write_text(
        ",".join(SOURCE_COLUMNS) + "\na,年鉴,Yearbook,real,1,,,,,,,\n", encoding="utf-8", newline="\n"
    )
    (made / "corrections.csv").write_text(",".join(CORRECTION_COLUMNS) + "\n", encoding="utf-8", newline="\n")
    append(made, "population", ROW)
    return made


def append(folder: Path, name: str, text: str) -> None:
    """Add lines to a table."""
    path = folder / f"{name}.csv"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8", newline="\n")


def replace(folder: Path, name: str, old: str, new: str) -> None:
    """Replace text in a table."""
    path = folder / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def only(folder: Path) -> Problem:
    """The one problem of the folder; its words exist in both languages and name what it says."""
    (problem,) = check_folder(folder)
    for lang in ("en", "zh"):
        text = problem.words(problem.message_id, lang) + problem.words(f"{problem.message_id}_remedy", lang)
        assert "{" not in text
        assert not problem.value or problem.value in text
        assert not problem.column or problem.column in text
    text = str(problem)
    assert problem.remedy in text and Path(problem.file).name in text
    assert not problem.row or f":{problem.row}:" in text
    return problem


def place(problem: Problem) -> tuple[str, str, str, int, str, str]:
    """What a problem says about where it is."""
    return (
        problem.severity,
        problem.message_id,
        problem.file,
        problem.row,
        problem.column,
        problem.value,
    )
