"""Every number of the known answers equals ours: none is left out, and none is compared loosely."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from our_answers import ours
from textbook import KNOWN_ANSWERS, expected, grunfeld, produc, wage

FILES = ("twfe", "plm", "fe2sls", "iv_textbook", "inference")
# words of a name that make a number a probability or a chi2; all others are held to 1e-8
LOOSER = {"p", "chi2", "p-value", "p_f", "p_chi2", "stat"}


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], float]]:
    """Every number with its path; texts and true/false say what was done, not what came out."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, (*path, key))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from leaves(part, (*path, str(place)))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path, value


NUMBERS = [(file, *path) for file in FILES for path, _ in leaves(expected(file))]
LINES = list(dict.fromkeys(path[:3] for path in NUMBERS))


def tolerance(path: tuple[str, ...]) -> float:
    names = {name.lower() for name in path}
    return 1e-6 if names & LOOSER or any(name.startswith("p_") for name in names) else 1e-8


@pytest.mark.parametrize(("file", "block", "line"), LINES, ids=["-".join(line) for line in LINES])
def test_ours_equals_the_known_answer(file: str, block: str, line: str) -> None:
    known = dict(leaves(expected(file)[block][line], (line,)))
    found = dict(leaves(ours(file, block).get(line), (line,)))
    missing = set(known) - set(found)
    assert not missing
    for path, number in known.items():
        if "published" in path:  # as a book prints it: within one unit of the last digit
            digits = len(str(number).partition(".")[2])
            assert found[path] == pytest.approx(number, abs=1.01 * 10**-digits if digits else 0)
        elif isinstance(number, int):
            assert found[path] == pytest.approx(number, rel=1e-12)
        else:
            assert found[path] == pytest.approx(number, rel=tolerance(path), abs=0)


def test_no_number_is_left_unasked() -> None:
    assert len(NUMBERS) == 659
    assert {path[:3] for path in NUMBERS} == set(LINES)
    asked = {
        (file, *path)
        for file, block, line in LINES
        for path, _ in leaves(expected(file)[block][line], (block, line))
    }
    assert asked == set(NUMBERS)


@pytest.mark.shared
@pytest.mark.parametrize("name", [f"{file}_expected.json" for file in FILES])
def test_the_known_answers_are_those_handed_over(shared: Path, name: str) -> None:
    theirs = json.loads((shared / "oracles" / name).read_text(encoding="utf-8"))
    assert json.loads((KNOWN_ANSWERS / name).read_text(encoding="utf-8")) == theirs


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "panel"), [("grunfeld_plm", grunfeld), ("produc", produc), ("wage_panel", wage)]
)
def test_the_packages_carry_the_panels_handed_over(
    shared: Path, name: str, panel: Callable[[], pd.DataFrame]
) -> None:
    theirs, mine = pd.read_csv(shared / "oracles" / f"{name}.csv"), panel()
    columns = [c for c in theirs.columns if c in mine.columns and pd.api.types.is_numeric_dtype(mine[c])]
    assert len(columns) >= 4
    for column in columns:
        mine_sorted, theirs_sorted = (np.sort(frame[column].to_numpy(float)) for frame in (mine, theirs))
        np.testing.assert_allclose(mine_sorted, theirs_sorted, rtol=1e-9)
