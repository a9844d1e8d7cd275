"""shift and move in a built folder: a row shift, two numbers exchanged, a series dated late."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest
from conftest import Copy

REPLACED = {f"row_shift_00{number}" for number in range(1, 7)}
SHANDONG = ("青岛市", "淄博市", "枣庄市", "东营市", "烟台市", "潍坊市")


def _printed(folder: Path, city: str, year: int) -> str:
    with (folder / "gdp.csv").open(encoding="utf-8", newline="") as stream:
        return next(row["地区生产总值_亿元"] for row in csv.DictReader(stream)
                    if (row["城市"], row["年份"], row["来源"]) == (city, str(year), "yearbook"))  # fmt: skip


@pytest.fixture(scope="module")
def relocated(built: Copy, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The sample with six overrides replaced by one shift, and rows that a user might add."""
    root = tmp_path_factory.mktemp("relocated") / "city panel"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("__pycache__", "logs"))
    folder = root / "seeds" / "yearbook"
    with (folder / "corrections.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.reader(stream) if row[0] not in REPLACED]

    def say(name: str, city: str, year: str, action: str, expected: str, new: str) -> None:
        rows.append([name, "yearbook", "gdp_100m_yuan", city, year, action, expected, new, "why", "how"])

    first, last = (f"{city}={_printed(folder, city, 2013)}" for city in (SHANDONG[0], SHANDONG[-1]))
    say("rows", f"{SHANDONG[0]}..{SHANDONG[-1]}", "2013", "shift", f"{first} + {last}", "1 row")
    say("there", "苏州市", "2012", "move", _printed(folder, "苏州市", 2012), "city=无锡市")
    say("back", "无锡市", "2012", "move", _printed(folder, "无锡市", 2012), "city=苏州市")
    say("late", "海口市", "2010..2015", "shift", f"2010={_printed(folder, '海口市', 2010)}", "1 year")
    say("mended", "三亚市", "2010..2015", "shift", "2010=17.1", "1 year")
    say("taken", "南京市", "2012", "move", _printed(folder, "南京市", 2012), "city=常州市")
    say("nowhere", "南京市", "2013", "move", _printed(folder, "南京市", 2013), "indicator=land_area_sq_km")
    with (folder / "corrections.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    copy = Copy(root)
    done = copy.dbt("seed", "--select", "corrections")
    assert done.returncode == 0, done.stdout
    done = copy.dbt("run", "--select", "models/observations", "+findings")
    assert done.returncode == 0, done.stdout[-3000:]
    return copy


@pytest.fixture(scope="module")
def numbers(relocated: Copy) -> pd.DataFrame:
    """GDP of the relocated folder by name and year."""
    found = relocated.query(
        "select name_zh as city, year, value_used, status, source_id, correction_id "
        "from observations.observations inner join reference.cities using (city_id) "
        "where indicator_id = 'gdp_100m_yuan'"
    )
    return found.set_index(["city", "year"])


def test_one_shift_repairs_the_planted_rows_as_six_overrides_do(built: Copy, numbers: pd.DataFrame) -> None:
    truth = built.query(
        "select name_zh as city, value_used from observations.observations inner join reference.cities "
        "using (city_id) where indicator_id = 'gdp_100m_yuan' and year = 2013"
    ).set_index("city")["value_used"]
    for city in SHANDONG:
        assert numbers.loc[(city, 2013), "value_used"] == truth[city], city
    # nobody's number reaches the first row of the block: the second source has it
    assert numbers.loc[(SHANDONG[0], 2013), "source_id"] == "provincial_yearbook"
    assert set(numbers.loc[[(city, 2013) for city in SHANDONG[1:]], "correction_id"]) == {"rows"}


def test_two_moves_exchange_two_numbers(relocated: Copy, numbers: pd.DataFrame) -> None:
    folder = relocated.root / "seeds" / "yearbook"
    assert numbers.loc[("苏州市", 2012), "value_used"] == float(_printed(folder, "无锡市", 2012))
    assert numbers.loc[("无锡市", 2012), "value_used"] == float(_printed(folder, "苏州市", 2012))
    assert set(numbers.loc[[("苏州市", 2012), ("无锡市", 2012)], "status"]) == {"E"}


def test_a_shift_in_years_stays_in_its_span(relocated: Copy, numbers: pd.DataFrame) -> None:
    folder = relocated.root / "seeds" / "yearbook"
    for year in range(2011, 2016):
        assert numbers.loc[("海口市", year), "value_used"] == float(_printed(folder, "海口市", year - 1))
    assert numbers.loc[("海口市", 2016), "value_used"] == float(_printed(folder, "海口市", 2016))
    assert pd.isna(numbers.loc[("海口市", 2010), "value_used"])


def test_what_cannot_be_carried_out_is_found(relocated: Copy) -> None:
    found = relocated.query(
        "select finding_check, severity, value, message_en, message_zh from quality.findings "
        "where file = 'corrections.csv'"
    )
    assert set(zip(found["finding_check"], found["severity"], strict=True)) == {
        ("correction_fits_nothing", "warn"),
        ("correction_leads_nowhere", "error"),
        ("corrections_contradict", "error"),
    }
    by_check = found.groupby("finding_check")["value"].agg(set)
    assert by_check["correction_fits_nothing"] == {"mended"}
    assert by_check["correction_leads_nowhere"] == {"indicator=land_area_sq_km"}
    assert {"taken", "nowhere"} <= by_check["corrections_contradict"]
    assert found["message_en"].str.len().gt(20).all() and found["message_zh"].str.len().gt(10).all()


def test_the_trace_says_where_a_moved_number_is_printed(relocated: Copy) -> None:
    names = ("gdp_100m_yuan", "--city", "淄博", "--year", "2013")
    done = relocated.run("citypanel", "explain", *names, "--unpublished")
    assert done.returncode == 0, done.stderr
    assert "row 青岛市" in done.stdout and "shandong_qingdao 2013 gdp_100m_yuan" in done.stdout
    assert "correction rows: shift 1 row" in done.stdout
