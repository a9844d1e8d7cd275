"""Write the sample yearbook: ten tables, sources, corrections; planted truth and defects beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from citypanel.messages import Mistake
from citypanel.project import project_root
from citypanel.sample.book import SOURCES, TABLES, Book, first_sources, read_dictionary
from citypanel.sample.defects import CORRECTION_COLUMNS, DEFECT_COLUMNS, Ledger
from citypanel.sample.levels import Sample, draw_sample
from citypanel.sample.misprints import (
    factors,
    hukou_for_resident,
    identities,
    inner_spaces,
    missing_marks,
    units,
    zeros,
)
from citypanel.sample.mixups import (
    boundary_jumps,
    copied_cells,
    names,
    province_totals,
    repeated_rows,
    row_shifts,
)
from citypanel.sample.roster import YEARS, read_roster
from citypanel.sample.sources import SOURCE_COLUMNS, SOURCE_ROWS, add_second_sources
from citypanel.sample.streams import Streams, named_streams
from citypanel.sample.truth import TRUTH_COLUMNS, truth_rows
from citypanel.sample.winsorised_truth import winsorised_rows

# names and whole columns first: the register names a row as printed, and a factor for `*` must find it whole
PLANTING = [
    names, units, row_shifts, province_totals, copied_cells, hukou_for_resident, identities, zeros, factors,
    missing_marks, inner_spaces, repeated_rows, boundary_jumps,
]  # fmt: skip


def write_sample(
    out: Path,
    seed: int = 1,
    noise: float = 1.0,
    defects: float = 1.0,
    planted: Path | None = None,
    reference: Path | None = None,
) -> None:
    """Write the synthetic yearbook into `out`, planted_truth.csv and planted_defects.csv into `planted`.

    `noise` in [0, 1] scales the shocks of the outcomes (a share cannot take larger ones); `defects` in [0,
    5] scales the number of planted defects. `planted` defaults to the folder `planted` beside `out`;
    `reference` to the project's reference seeds. Raises `Mistake` when a scale is out of range.
    """
    planted = planted or out.parent / "planted"
    sample, streams = write_yearbook(out, planted, seed, noise, defects, reference)
    rows = truth_rows(sample) + winsorised_rows(sample, streams, noise)
    _write(planted / "planted_truth.csv", TRUTH_COLUMNS, rows)


def write_yearbook(
    out: Path,
    planted: Path,
    seed: int = 1,
    noise: float = 1.0,
    defects: float = 1.0,
    reference: Path | None = None,
) -> tuple[Sample, Streams]:
    """Write all of `write_sample` but the true coefficients, which take most of its time.

    Returns what was drawn, and the streams of random numbers.
    """
    for scale, value, largest in [("noise", noise, 1), ("defects", defects, 5)]:
        if not 0 <= value <= largest:
            raise Mistake("sample_scale_out_of_range", scale=scale, value=value, largest=largest)
    streams = named_streams(seed)
    reference = reference or project_root(Path(__file__).parent) / "seeds" / "reference"
    sample = draw_sample(read_roster(reference), streams, noise)
    book, ledger = planted_book(sample, streams, defects, reference)
    for table in TABLES:
        _write(out / f"{table}.csv", *table_rows(book, table))
    _write(out / "sources.csv", SOURCE_COLUMNS, SOURCE_ROWS)
    _write(out / "corrections.csv", CORRECTION_COLUMNS, ledger.corrections)
    _write(planted / "planted_defects.csv", DEFECT_COLUMNS, sorted(ledger.defects, key=_defect_order))
    return sample, streams


def planted_book(sample: Sample, streams: Streams, defects: float, reference: Path) -> tuple[Book, Ledger]:
    """Return the printed book with its defects, and the ledger that lists them and their repairs."""
    book = first_sources(sample.roster, read_dictionary(reference), sample.numbers)
    add_second_sources(book, sample.numbers, streams)
    ledger = Ledger(book, streams("defects"), defects)
    for plant in PLANTING:
        plant(ledger)
    return book, ledger


def table_rows(book: Book, table: str) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of one table, by source, year and the year's code."""
    indicators = book.dictionary.indicators(table)
    header = ["年份", "城市", "来源", *[book.dictionary.header[indicator] for indicator in indicators]]
    rows: list[list[str]] = []
    for source in SOURCES:
        if (table, source) not in book.text:
            continue
        grid, present = book.text[table, source], book.present[table, source]
        for year in range(len(YEARS)):
            for city in sorted(present[:, year].nonzero()[0], key=lambda i, t=year: book.roster.code[i, t]):  # type: ignore[misc]
                name = str(book.name[table, source][city, year])
                row = [str(YEARS[year]), name, source, *[str(grid[i][city, year]) for i in indicators]]
                rows += [row] * (2 if (table, source, city, year) in book.repeated else 1)
    return header, rows


def _defect_order(row: list[str]) -> tuple[str, ...]:
    table, city, year, column, kind, *_, source = row
    return (kind, source, table, column, year, city)


def _write(path: Path, header: list[str], rows: Iterable[list[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
