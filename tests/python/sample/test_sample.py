"""The sample yearbook: reproducible bytes, identities, completeness, plausible ranges, planted truth."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yearbook_by_hand as by_hand

from citypanel.messages import Mistake
from citypanel.sample import write_sample

COMMITTED, PLANTED = by_hand.COMMITTED, by_hand.PLANTED
NAMES = {
    "digital": "digital_infrastructure_index",
    "financial": "loans_to_gdp_ratio",
    "gdp": "gdp_per_person_ln_yuan",
    "education": "education_expenditure_gdp_share",
    "science": "science_expenditure_gdp_share",
    "mobile": "mobile_users_ln_10k_users",
    "LM": "net_migration_rate",
    "IA": "secondary_location_quotient_ratio",
    "LM_IA": "net_migration_rate:secondary_location_quotient_ratio",
    "ODI": "fdi_gdp_share",
    "TE": "urban_employment_m_persons",
    "GR": "fiscal_expenditure_gdp_share",
    "RLR": "average_wage_10k_yuan",
    "RISSL": "tertiary_to_secondary_ratio",
}
X = ["ODI", "TE", "GR", "RLR", "RISSL"]
STUDY_B = {
    "B1.1": ["LM", "IA"],
    "B1.2": ["LM_IA", *X],
    "B1.3": ["LM", "IA", "LM_IA", *X],
    "B1.4": ["LM", "IA", "LM_IA"],
}
STUDY_A = {f"A1.{k}": ("flow", by_hand.A1[:k]) for k in range(1, 7)} | {
    "A5.1": ("tertiary", by_hand.A1),
    "A5.2": ("innovation", by_hand.A1),
}


@pytest.fixture(scope="module")
def sample_panel() -> pd.DataFrame:
    return by_hand.panel(COMMITTED)


@pytest.fixture(scope="module")
def noise_free(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("noise free") / "yearbook"
    write_sample(folder, seed=1, noise=0, defects=0)
    return folder


def truth(folder: Path) -> pd.Series:
    """Planted values by specification and term."""
    rows = by_hand.read(folder / "planted_truth.csv").set_index(["specification", "term"])
    return rows["value"].astype(float)


def test_seed_1_writes_the_committed_bytes_under_another_hash_seed(tmp_path: Path) -> None:
    command = (
        "from pathlib import Path; from citypanel.sample import write_sample; "
        f"write_sample(Path({str(tmp_path / 'yearbook')!r}), planted=Path({str(tmp_path / 'planted')!r}))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-c", command], check=True, env=environment, cwd=by_hand.ROOT)
    for made, committed in [(tmp_path / "yearbook", COMMITTED), (tmp_path / "planted", PLANTED)]:
        assert sorted(f.name for f in made.iterdir()) == sorted(f.name for f in committed.glob("*.csv"))
        for file in made.iterdir():
            assert file.read_bytes() == (committed / file.name).read_bytes(), file.name
    assert sum(file.stat().st_size for file in COMMITTED.glob("*.csv")) < 4_000_000


def test_a_sample_without_noise_and_defects_has_no_defect_rows(noise_free: Path) -> None:
    assert len(by_hand.read(noise_free / "corrections.csv")) == 0
    assert len(by_hand.read(noise_free.parent / "planted" / "planted_defects.csv")) == 0


@pytest.mark.parametrize(
    "scales", [{"noise": 1.1}, {"noise": -0.1}, {"defects": -1.0}, {"noise": float("nan")}]
)
def test_scales_out_of_range_are_refused(tmp_path: Path, scales: dict[str, float]) -> None:
    with pytest.raises(Mistake):
        write_sample(tmp_path / "yearbook", **scales)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_tables_have_the_dictionary_s_columns_in_its_order() -> None:
    dictionary = by_hand.read(by_hand.REFERENCE / "indicators.csv")
    for table in by_hand.TABLES:
        headers = dictionary.loc[dictionary["source_table"] == table, "printed_header"].tolist()
        assert by_hand.read(COMMITTED / f"{table}.csv").columns.tolist() == ["年份", "城市", "来源", *headers]


def test_study_a_is_complete_without_interpolation(sample_panel: pd.DataFrame) -> None:
    rows = by_hand.study_a(sample_panel)
    assert len(rows) == 3146
    assert rows[["flow", "tertiary", "innovation", *by_hand.A1]].notna().all().all()
    regions = rows.groupby("city_id")["region_three"].first()
    assert (len(regions), (regions == "east").sum()) == (286, 100)


def test_identities_hold_after_corrections(sample_panel: pd.DataFrame) -> None:
    sectors = [f"{name}_value_added_100m_yuan" for name in ("primary", "secondary", "tertiary")]
    gap = sample_panel[sectors].sum(axis=1, min_count=3) - sample_panel["gdp_100m_yuan"]
    assert gap.abs().max() < 5e-3
    workers = [f"{name}_employment_persons" for name in ("primary", "secondary", "tertiary")]
    total = sample_panel["urban_employment_persons"]
    assert (sample_panel[workers].sum(axis=1, min_count=3) - total).abs().max() == 0
    industries = [c for c in sample_panel if c.endswith("_employment_persons") and c not in workers]
    industries = [c for c in industries if c != "urban_employment_persons"]
    whole = sample_panel[["primary_employment_persons", *industries]].dropna()
    assert len(industries) == 18 and len(whole) > 3500
    assert (whole.sum(axis=1) - total.loc[whole.index]).abs().max() == 0


def test_noise_free_outcomes_return_every_truth(noise_free: Path, sample_panel: pd.DataFrame) -> None:
    """Within 1 % of the noisy standard error, by least squares on dummies of the printed tables alone."""
    values = truth(noise_free.parent / "planted")
    clean = by_hand.panel(noise_free)
    columns_b = {name: ("REG", terms) for name, terms in STUDY_B.items()}
    pairs = [
        (by_hand.study_a(clean), by_hand.study_a(sample_panel), STUDY_A),
        (by_hand.study_b(clean), by_hand.study_b(sample_panel), columns_b),
    ]
    for clean_rows, noisy_rows, wanted in pairs:
        assert len(clean_rows) == len(noisy_rows)
        exact, noisy = by_hand.within(clean_rows), by_hand.within(noisy_rows)
        for name, (outcome, terms) in wanted.items():
            fit = by_hand.dummy_least_squares(exact, outcome, terms)["estimate"]
            errors = by_hand.dummy_least_squares(noisy, outcome, terms)["std_error"]
            planted_values = np.array([values[name, NAMES[term]] for term in terms])
            assert (np.abs(fit - planted_values) < 0.01 * errors).all(), (name, fit, planted_values, errors)


def test_seed_1_returns_the_truth_within_4_standard_errors(sample_panel: pd.DataFrame) -> None:
    values = truth(PLANTED)
    a = by_hand.within(by_hand.study_a(sample_panel))
    b = by_hand.within(by_hand.study_b(sample_panel))
    wanted = [(a, name, *pair) for name, pair in STUDY_A.items()]
    wanted += [(b, name, "REG", terms) for name, terms in STUDY_B.items()]
    for rows, name, outcome, terms in wanted:
        fit = by_hand.dummy_least_squares(rows, outcome, terms)
        planted_values = np.array([values[name, NAMES[term]] for term in terms])
        assert (np.abs(fit["estimate"] - planted_values) < 4 * fit["std_error"]).all(), (
            name,
            fit,
            planted_values,
        )


def test_ranges_by_tier_are_plausible(sample_panel: pd.DataFrame) -> None:
    rows = by_hand.study_a(sample_panel)
    means = rows[["flow", *by_hand.A1]].mean()
    expected = {
        "flow": (0.983, 0.005),
        "digital": (0.105, 0.03),
        "financial": (0.84, 0.05),
        "gdp": (10.75, 0.05),
        "education": (0.0353, 0.003),
        "science": (0.0027, 0.0003),
    }
    for name, (printed, tolerance) in expected.items():
        assert abs(means[name] - printed) < tolerance, (name, means[name])
    assert rows["flow"].between(0.8, 1, inclusive="neither").all() and rows["digital"].between(0, 1).all()
    assert by_hand.study_b(sample_panel)["REG"].between(0.5, 15).all()
    assert sample_panel["real_gdp_index"].dropna().between(60, 190).all()
