"""Which defects a yearbook folder is spoiled with, and how many of each.

The plantings know nothing of the checks: each is a mistake that a typist, a printer or a vendor makes.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from citypanel.quality import planted_cells as cell
from citypanel.quality import planted_columns as column
from citypanel.quality import planted_rows as rows
from citypanel.quality import planted_series as series
from citypanel.quality.planted_cells import Planting
from citypanel.quality.yearbook_cells import read_cells

# how many of each a folder gets at rate 1
PLANTED: dict[Planting, int] = {
    rows.row_shift: 6, rows.row_shift_of_some_rows: 8, rows.row_lost: 3, rows.swapped_block: 2,
    rows.swapped_block_of_some_rows: 3, rows.two_cities_exchanged: 6, rows.copied_cell: 5,
    rows.copied_once: 6, rows.province_total: 8, rows.national_total: 4,
    column.repeated_year: 4, column.repeated_column: 1, column.wrong_column: 4, column.column_of_another: 6,
    column.columns_exchanged: 6, column.province_redefined: 3, column.province_redefined_from_now_on: 2,
    column.nation_redefined: 1, column.unit_change: 1,
    series.time_shift: 5, series.time_shift_early: 3, series.time_shift_of_some_years: 3,
    series.copied_year: 8, series.copied_year_far: 6, series.two_years_exchanged: 5, series.zero_for_years: 3,
    series.factor_10_for_two_years: 4, series.hukou_in_resident: 4, series.hukou_for_years: 4,
    cell.factor("factor_10", 10): 15, cell.factor("factor_100", 100): 6, cell.factor("factor_1000", 1000): 4,
    cell.factor("factor_1e4", 1e4): 8, cell.factor("factor_1e8", 1e8): 4, cell.zero_for_missing: 12,
    cell.zero_denominator: 4, cell.identity_broken: 10, cell.jump: 15, cell.ratio_out_of_range: 6,
    cell.wrong_sign: 5, cell.digits_transposed: 8, cell.digit_missing: 6, cell.digit_twice: 4,
    cell.digit_wrong: 6, cell.same_mistake_twice: 5,
}  # fmt: skip


def plant(folder: Path, reference: Path, seed: int, rate: float = 1.0) -> pd.DataFrame:
    """Misprint cells of a yearbook folder in place; return them (class, keys, planting, printed, true).

    `rate` scales how many of each class. Deterministic in `seed`.
    """
    cells = read_cells(folder, reference, seed)
    for planting, count in PLANTED.items():
        for _ in range(round(count * rate)):
            planting(cells)
    cells.write(folder)
    return cells.planted_frame()
