"""Time the import beside plain readers of the same files (make bench-import; docs/benchmarks_import.md).

Workbooks: 200 of 300 rows beside pandas.read_excel. Long table: one CSV of 10 million observations beside
DuckDB's read_csv. Seconds differ between machines; the ratios travel.
"""

from __future__ import annotations

import csv
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "benchmarks_import.md"
WORKBOOKS, ROWS, NUMBERS = 200, 300, 8
OBSERVATIONS = 10_000_000
CITIES = 290
YEARS = range(2000, 2024)
HEADERS = (
    "地区生产总值(亿元)", "第一产业增加值(亿元)", "第二产业增加值(亿元)", "第三产业增加值(亿元)",
    "年末常住人口(万人)", "年末户籍人口(万人)", "金融机构贷款余额(万元)", "蓝天天数(天)",
)  # fmt: skip
UNITS = {"10k yuan": "万元", "persons": "人", "yuan": "元", "10k usd": "万美元", "sq km": "平方公里"}


@dataclass(frozen=True)
class Measured:
    """Seconds on the clock, seconds of processor time and peak memory (MB), processes it starts included."""

    seconds: float
    processor: float
    memory: float


def names(count: int) -> list[str]:
    """Names of prefecture-level cities that stand today."""
    with (ROOT / "seeds" / "reference" / "city_names.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if not row["valid_to"]]
    return [row["name_zh"] for row in rows if row["level"] in ("municipality", "prefecture_city")][:count]


def make_workbooks(folder: Path) -> None:
    """Write the workbooks: 25 cities over 12 years, one vintage each."""
    cities, years = names(ROWS // 12), range(2010, 2022)
    rng = np.random.default_rng(1)
    for number in range(WORKBOOKS):
        frame = pd.DataFrame([(year, city) for year in years for city in cities], columns=["年份", "城市"])
        for header in HEADERS:
            frame[header] = rng.uniform(10, 90, len(frame)).round(2)
        frame.to_excel(folder / f"{number:03}.xlsx", index=False)


def make_long(file: Path) -> None:
    """Write the long table: cities x years x indicators, those of the dictionary among them."""
    with (ROOT / "seeds" / "reference" / "indicators.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["unit"] in UNITS]
    known = [(row["label_zh"], UNITS[row["unit"]]) for row in rows]
    count = -(-OBSERVATIONS // (CITIES * len(YEARS)))
    every = [*known, *((f"附加指标{number:04}", "万吨") for number in range(count - len(known)))]
    with duckdb.connect() as connection:
        cities = pd.DataFrame({"城市": names(CITIES)})
        series = pd.DataFrame(every, columns=["指标", "单位"])
        connection.register("cities", cities)
        connection.register("series", series)
        connection.execute(
            f"""copy (
                select y as 年份, 城市, 指标,
                    ((hash(y, 城市, 指标) % 100000000) / 100.0)::decimal(12, 2) as 数值, 单位
                from range({YEARS.start}, {YEARS.stop}) as years(y), cities, series
            ) to '{file}' (header)"""
        )


def measured(program: str, *arguments: object) -> Measured:
    """Run Python code in a process of its own; `arguments` are its sys.argv[1:]."""
    peak = "; import resource as r; "
    peak += "print(sum(r.getrusage(who).ru_maxrss for who in (r.RUSAGE_SELF, r.RUSAGE_CHILDREN)))"
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", program + peak, *map(str, arguments)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    kilobytes = int(done.stdout.split()[-1]) / (1024 if sys.platform == "darwin" else 1)
    return Measured(seconds, processor, kilobytes / 1000)


IMPORT = (
    "import sys; from pathlib import Path; from citypanel.importing import import_folder; "
    "import_folder(Path(sys.argv[1]), Path(sys.argv[2]))"
)
READ_EXCEL = (
    "import sys, pandas; from pathlib import Path; "
    "[pandas.read_excel(f, dtype=str, engine='calamine') for f in sorted(Path(sys.argv[1]).iterdir())]"
)
READ_CSV = (
    "import sys, duckdb; c = duckdb.connect(); "
    'c.execute("create table t as from read_csv(\'" + sys.argv[1] + "\', all_varchar = true)")'
)


def run(say: Callable[[str], None] = print) -> str:
    """Measure everything and return the page."""
    with tempfile.TemporaryDirectory() as place:
        workbooks, long = Path(place) / "workbooks", Path(place) / "long"
        workbooks.mkdir()
        long.mkdir()
        say("making the files")
        # in a process of its own: a process starts with the peak memory of the one that starts it
        subprocess.run([sys.executable, __file__, str(workbooks), str(long / "long.csv")], check=True)
        megabytes = (long / "long.csv").stat().st_size / 1e6
        say("importing the workbooks")
        ours = measured(IMPORT, workbooks, Path(place) / "a")
        theirs = measured(READ_EXCEL, workbooks)
        say("importing the long table")
        long_ours = measured(IMPORT, long, Path(place) / "b")
        long_theirs = measured(READ_CSV, long / "long.csv")
        size = (Path(place) / "b" / "cells.parquet").stat().st_size / 1e6
    return page(ours, theirs, long_ours, long_theirs, megabytes, size)


def page(
    ours: Measured,
    theirs: Measured,
    long_ours: Measured,
    long_theirs: Measured,
    megabytes: float,
    size: float,
) -> str:
    """Return the text of docs/benchmarks_import.md."""
    cells = WORKBOOKS * ROWS * NUMBERS / 1e6
    machine = f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return PAGE_TEXT.format(
        machine=machine, workbooks=WORKBOOKS, rows=ROWS, numbers=NUMBERS, cells=cells, megabytes=megabytes,
        size=size,
        ours=row(ours, theirs, WORKBOOKS, "ms"), theirs=row(theirs, theirs, WORKBOOKS, "ms"),
        million=f"{ours.processor / cells:.1f}", their_million=f"{theirs.processor / cells:.1f}",
        long_ours=row(long_ours, long_theirs, OBSERVATIONS // 1_000_000, "s"),
        long_theirs=row(long_theirs, long_theirs, OBSERVATIONS // 1_000_000, "s"),
    )  # fmt: skip


def row(one: Measured, peer: Measured, parts: int, unit: str) -> str:
    """Return the cells of a line: clock, processor, processor per part, memory, ratio of processor time."""
    each = one.processor / parts * (1000 if unit == "ms" else 1)
    return (
        f"{one.seconds:.0f} | {one.processor:.1f} | {each:.{0 if unit == 'ms' else 1}f} {unit} "
        f"| {one.memory:.0f} MB | {one.processor / peer.processor:.1f}"
    )


PAGE_TEXT = """# What an import costs

Written by `make bench-import` on {machine}. Each line is a process of its own, its start
and the process that reads included. Seconds and peak memory belong to the machine and to what else it did;
the ratio (of processor time) travels.

## {workbooks} workbooks of {rows} rows with {numbers} columns of numbers ({cells:.2f} million cells)

| | seconds | processor seconds | per workbook | memory | ratio |
| --- | --- | --- | --- | --- | --- |
| `citypanel import` | {ours} |
| `pandas.read_excel` (calamine) of each file | {theirs} |

Per million cells that is {million} processor seconds beside {their_million}: what lies between is finding the
tables, the cities and the units, and writing tables, trace and report.

## One CSV of 10 million observations ({megabytes:.0f} MB: year, city, indicator, number, unit)

| | seconds | processor seconds | per million observations | memory | ratio |
| --- | --- | --- | --- | --- | --- |
| `citypanel import` | {long_ours} |
| DuckDB `read_csv` into a table | {long_theirs} |

The import writes `cells.parquet` ({size:.0f} MB), every number with its city, indicator, unit and cell. The
long table is never held in memory, and no number of it goes through the CSV tables of the folder.
"""


if __name__ == "__main__" and len(sys.argv) == 3:
    make_workbooks(Path(sys.argv[1]))
    make_long(Path(sys.argv[2]))
elif __name__ == "__main__":
    PAGE.write_text(run(), encoding="utf-8", newline="\n")
    print(PAGE.read_text(encoding="utf-8"))
