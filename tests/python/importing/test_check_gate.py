"""What `citypanel check` says of numbers that the gate would stop, and of a register that contradicts
itself.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from good_folder import append, good_folder, only, place, replace

from citypanel.importing import check_folder

Run = Callable[..., tuple[int, str, str]]
NEGATIVE = "2015,无锡市,a,-35,,-1.2,\n"
COLUMN = "年末户籍人口_万人"
CELL = "a,hukou_population_10k_persons,无锡市,2015"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return good_folder(tmp_path)


@pytest.mark.parametrize("text", ["-35", "1e400", "-0.5①"])
def test_a_number_that_the_gate_stops_is_told_with_the_ready_correction(folder: Path, text: str) -> None:
    append(folder, "population", NEGATIVE.replace("-35", text))
    problem = only(folder)
    assert place(problem) == ("gate", "check_number_impossible", "population.csv", 3, COLUMN, text)
    ready = problem.arguments["correction"]
    assert ready.endswith("is not finite" if text == "1e400" else "cannot be below 0")
    append(folder, "corrections", ready + "\n")
    assert check_folder(folder) == [], "the printed row, pasted, is the remedy; growth may be negative"


def test_a_number_of_a_later_source_is_not_used(folder: Path) -> None:
    append(folder, "sources", "b,公报,Bulletin,real,2,,,,,,,\n")
    append(folder, "population", NEGATIVE.replace(",a,", ",b,"))
    assert only(folder).severity == "gate", "no other source prints the number"
    append(folder, "population", NEGATIVE.replace("-35", "466"))
    assert place(only(folder))[:2] == ("warn", "check_count_negative")


@pytest.mark.parametrize(
    ("row", "severities"),
    [
        (f"c,{CELL},override,-35,466,,", []),
        (f"c,{CELL},scale,-35,10,,", ["gate"]),
        (f"c,{CELL},scale,-35,-1,,", ["warn"]),
        (f"c,{CELL},move,-35,city=苏州市,,", ["warn"]),
        (f"c,{CELL},drop,-36,,,", ["gate"]),
        (f"c,{CELL.replace('无锡市', '苏州市')},drop,-35,,,", ["gate"]),
        (f"c,{CELL.replace('无锡市', '*')},drop,苏州市=1,,,", ["warn"]),
        (f"c,{CELL.replace('2015', '2010..2016')},shift,2015=-35,1 year,,", ["warn"]),
        (f"c,{CELL.replace('2015', '2010..2014')},shift,2014=-35,1 year,,", ["gate"]),
    ],
)
def test_what_the_register_does_to_the_number(folder: Path, row: str, severities: list[str]) -> None:
    append(folder, "population", NEGATIVE)
    append(folder, "corrections", row + "\n")
    assert [problem.severity for problem in check_folder(folder)] == severities


def test_an_override_with_an_impossible_number_is_an_error(folder: Path) -> None:
    append(folder, "corrections", f"c,{CELL},override,466,-5,,\n")
    found = place(only(folder))
    assert found == ("error", "check_correction_impossible", "corrections.csv", 2, "value_new", "-5")
    replace(folder, "corrections", "hukou_population_10k_persons", "natural_growth_per_mille")
    assert check_folder(folder) == []


@pytest.mark.parametrize(
    ("one", "other", "are_contradictory"),
    [
        ("drop,466,", "override,466,467", True),
        ("override,466,467", "drop,466,", True),
        ("drop,466,", "scale,466,10", True),
        ("drop,466,", "move,466,city=苏州市", True),
        ("override,466,467", "override,466,468", True),
        ("override,466,467", "override,466,467.0", False),
        ("drop,466,", "override,467,468", False),
        ("drop,466,", "drop,466,", False),
        ("override,466,467", "scale,466,10", False),
    ],
)
def test_two_rows_that_say_different_things_of_one_cell(
    folder: Path, one: str, other: str, are_contradictory: bool
) -> None:
    append(folder, "corrections", f"c,{CELL},{one},,\nd,{CELL.replace('无锡市', '无锡')},{other},,\n")
    if are_contradictory:
        problem = only(folder)
        assert place(problem)[:4] == ("error", "check_correction_contradicts", "corrections.csv", 3)
        assert problem.arguments["nearest"] == 2
    else:
        assert check_folder(folder) == []


def test_the_last_line_of_the_command_says_what_the_lines_above_it_say(citypanel: Run, folder: Path) -> None:
    code, out, err = citypanel("check", str(folder))
    assert code == 0 and "no error that would stop a build" in out
    append(folder, "population", NEGATIVE)
    code, out, err = citypanel("check", str(folder))
    assert code == 1 and not out
    assert "STOPS AT THE GATE population.csv:3" in err and "will stop at the gate" in err.splitlines()[-1]
    assert "闸门" in citypanel("--lang", "zh", "check", str(folder))[2].splitlines()[-1]
    append(folder, "corrections", f"c,{CELL},scale,-35,-1,,\n")
    code, out, err = citypanel("check", str(folder))
    assert code == 0 and "if the panel uses" in out and "no error that would stop" not in out
