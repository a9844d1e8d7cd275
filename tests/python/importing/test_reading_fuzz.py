"""Damaged files of every format: a clear refusal or rows of text, never a traceback, a hang or a full memory.

`make fuzz` runs it for ten minutes with a seed of its own; CITYPANEL_FUZZ_SEED repeats a run.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from invented_files import (
    TABLE,
    csv_text,
    locked,
    ods,
    page,
    parquet,
    stata,
    web_archive,
    xls,
    xlsx,
    xml_spreadsheet,
    zipped,
)

from citypanel.importing import import_folder
from citypanel.importing.reading.process import ReadingProcess
from citypanel.messages import Mistake, message

SECONDS = float(os.environ.get("CITYPANEL_FUZZ_SECONDS", "25"))
SEED = int(os.environ.get("CITYPANEL_FUZZ_SEED", "1"))
LEAST = 30
# a library that allocates without end, or never returns, is stopped: a refusal too, but it must stay rare
GIVEN_UP = ("import_reader_ended", "import_reader_late")
MOST_GIVEN_UP = 0.02


def corpus(place: Path) -> dict[str, bytes]:
    """A small file of every format."""
    rows: list[list[object]] = [list(row) for row in TABLE]
    return {
        "xlsx": xlsx(),
        "xls": xls(rows),
        "ods": ods(),
        "locked": locked(xlsx(), "VelvetSweatshop"),
        "html": page(),
        "mhtml": web_archive(),
        "xml": xml_spreadsheet(),
        "utf8": csv_text().encode("utf-8-sig"),
        "gbk": csv_text().encode("gb18030"),
        "utf16": csv_text().encode("utf-16"),
        "dta": stata(place),
        "parquet": parquet(place),
        "zip": zipped({"a.xls": xls(rows), "b.csv": csv_text().encode()}),
    }


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with a few bytes flipped, cut, put in, repeated, or set to an extreme."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        place, length = chance.randrange(len(made) + 1), chance.choice((1, 2, 4, 16, 300))
        match chance.randrange(6):
            case 0:
                made[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[place : len(made) if chance.random() < 0.2 else place + length]
            case 2:
                made[place:place] = chance.randbytes(length)
            case 3:
                made[place:place] = made[place : place + length] * chance.choice((1, 3, 50))
            case 4:
                made[place : place + length] = chance.choice((b"\x00", b"\xff", b"\x7f")) * length
            case 5:
                made[place : place + 4] = chance.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF)).to_bytes(4, "little")
    return bytes(made)


def rounds(formats: dict[str, bytes]) -> Iterator[tuple[int, str, bytes]]:
    """Damaged files, each format in turn, until the time is over (and at least a few of each)."""
    chance, start, number = random.Random(SEED), time.monotonic(), 0
    while number < LEAST * len(formats) or time.monotonic() - start < SECONDS - 5:
        for name, content in formats.items():
            number += 1
            yield number, name, damaged(content, chance)
        if time.monotonic() - start > max(SECONDS, 120):
            return


def test_damaged_files_are_refused_or_read(tmp_path: Path) -> None:
    folder, spool = tmp_path / "in", tmp_path / "spool"
    folder.mkdir()
    spool.mkdir()
    file = folder / "damaged"
    given_up, number = [], 0
    with ReadingProcess(spool, seconds=60) as process:
        for number, name, content in rounds(corpus(tmp_path)):
            file.write_bytes(content)
            for workbook in process.read(file, folder):
                if workbook.refused and workbook.refused.message_id in GIVEN_UP:
                    given_up.append(f"{name}-{number}: {workbook.refused.message_id}")
                    (tmp_path / f"{name}-{number}").write_bytes(content)
                elif workbook.refused:
                    assert message(workbook.refused.message_id, **workbook.refused.arguments)
                rows = [row for sheet in workbook.sheets for row in sheet.rows]
                assert all(isinstance(cell, str) for row in rows for cell in row)
            for part in spool.iterdir():
                part.unlink()
    assert len(given_up) <= max(5, MOST_GIVEN_UP * number), f"seed {SEED}, files in {tmp_path}: {given_up}"


@pytest.mark.parametrize("seed", range(SEED, SEED + 3))
def test_a_folder_of_damaged_files_is_imported_or_said_to_hold_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    (tmp_path / "in").mkdir()
    for name, content in corpus(tmp_path).items():
        for number in range(3):
            (tmp_path / "in" / f"{name}{number}.xls").write_bytes(damaged(content, chance))
    try:
        summary = import_folder(tmp_path / "in", tmp_path / "mine")
    except Mistake as mistake:
        assert mistake.message_id == "import_nothing_found"
    else:
        assert summary.cells and summary.report.exists()
