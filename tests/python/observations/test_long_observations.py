"""A long file reaches the observations by cells.parquet; what the dictionary lacks is reachable in SQL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Copy
from invented_workbooks import CITIES

from citypanel.importing import import_folder

START = (
    "import sys; sys.path.insert(0, {!r}); import citypanel.importing.reading.files as f; "
    "f.LONG_FROM_MB = 0; "
    "from citypanel.importing.reading.worker import main; main()"
)


def test_long_numbers_stand_in_the_observations(
    copy_of_project: Callable[[str], Copy],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("citypanel.importing.reading.process._START", START)
    (tmp_path / "in").mkdir()
    lines = ["年份,城市,指标,数值,单位"]
    for place, (city, _) in enumerate(CITIES):
        for year in range(2010, 2020):
            lines += [
                f"{year},{city},地区生产总值,{7 + place},万元",
                f"{year},{city},蓝天天数,{300 + place},天",
            ]
    lines.remove("2013,苏州市,地区生产总值,7,万元")
    (tmp_path / "in" / "long.csv").write_text("\n".join(lines), encoding="utf-8")
    copy = copy_of_project("long")
    out = import_folder(tmp_path / "in", copy.root / "build" / "mine").out
    done = copy.dbt("build", "--select", "+observations", "extra_indicators", YEARBOOK=str(out))
    assert done.returncode == 0, done.stdout[-3000:]
    database = copy.root / "build" / "mine.duckdb"
    gdp = copy.query(
        "select year, value_used, status, source_id from observations.observations "
        "where city_id = 'jiangsu_suzhou' and indicator_id = 'gdp_100m_yuan' and year in (2012, 2013) "
        "order by year",
        database,
    )
    assert gdp.to_numpy().tolist()[0] == [2012, 0.0007, "A", "long"] and gdp["status"][1] == "O"
    cell = copy.query(
        "select value_printed, file, cell, unit_printed, factor from observations.reported_observations "
        "where city_id = 'jiangsu_wuxi' and year = 2010 and indicator_id = '蓝天天数'",
        database,
    )
    assert cell.to_numpy().tolist() == [["301", "long.csv", "D22", "天", 1.0]]
    extra = copy.query(
        "select indicator_id, unit, numbers, cities, maximum from observations.extra_indicators", database
    )
    assert extra.to_numpy().tolist() == [["蓝天天数", "天", 50, 5, 304.0]]
