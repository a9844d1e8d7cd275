"""The planted defects of the committed sample, and the register that repairs them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import yearbook_by_hand as by_hand

COMMITTED, PLANTED = by_hand.COMMITTED, by_hand.PLANTED


@pytest.fixture(scope="module")
def sample_panel() -> pd.DataFrame:
    return by_hand.panel(COMMITTED)


def planted(kind: str | None = None) -> pd.DataFrame:
    """Rows of planted_defects.csv, of one class or all."""
    rows = by_hand.read(PLANTED / "planted_defects.csv")
    return rows if kind is None else rows[rows["class"] == kind]


def test_every_planted_text_stands_in_its_cell() -> None:
    tables = {table: by_hand.read(COMMITTED / f"{table}.csv") for table in by_hand.TABLES}
    for row in planted().itertuples():
        frame = tables[row.table]
        hit = frame[(frame["城市"] == row.city) & (frame["年份"] == row.year) & (frame["来源"] == row.source)]
        assert len(hit) >= 1, row
        if row.column:
            assert set(hit[row.column]) == {row.printed}, row
        else:
            assert len(hit) == 2 and hit.duplicated().sum() == 1, row


def test_every_class_of_defect_is_planted() -> None:
    counts = planted()["class"].value_counts()
    expected = """
        missing_mark inner_space renamed_city merged_city unit_change factor_10 factor_1e4 row_shift
        province_total zero_for_missing copied_cell identity_broken hukou_in_resident duplicate_row
        boundary_jump"""
    assert set(expected.split()) <= set(counts.index)
    assert 150 <= counts.drop(["unit_change", "boundary_jump"]).sum() <= 260
    assert set(planted("missing_mark")["printed"]) == by_hand.MARKS
    assert (planted("boundary_jump")["printed"] == planted("boundary_jump")["true"]).all()


def test_the_register_returns_the_printed_truth_of_every_wrong_number(sample_panel: pd.DataFrame) -> None:
    header = by_hand.read(by_hand.REFERENCE / "indicators.csv").set_index("printed_header")["indicator_id"]
    ids = by_hand.city_ids()
    harmless = ["duplicate_row", "renamed_city", "merged_city", "city_misprint"]
    rows = planted()[lambda d: ~d["class"].isin(harmless) & ~d["source"].isin(by_hand.SECOND_SOURCES)]
    for row in rows.itertuples():
        value = sample_panel.loc[(ids[row.city], int(row.year)), header[row.column]]
        unknown = np.isnan(value) and row._5 in ("missing_mark", "zero_for_missing")
        assert unknown or value == pytest.approx(float(row.true), rel=1e-12), row


def test_without_the_register_the_numbers_are_visibly_wrong(sample_panel: pd.DataFrame) -> None:
    raw, right = by_hand.panel(COMMITTED, use_corrections=False), sample_panel
    for indicator in ("loans_10k_yuan", "resident_population_10k_persons", "fdi_10k_usd"):
        assert (np.abs(raw[indicator] / right[indicator] - 1) > 0.05).sum() >= 5, indicator


def test_second_sources_sometimes_contradict_the_first() -> None:
    long = by_hand.cells(COMMITTED)
    sides = [
        long[long["source"] == source].set_index(["city", "year", "indicator"])["text"].map(by_hand.number)
        for source in ("yearbook", "provincial_yearbook")
    ]
    first, second = sides[0].align(sides[1], join="inner")
    both = first.notna() & second.notna()
    assert both.sum() > 3000 and 0.03 < (first[both] != second[both]).mean() < 0.2
