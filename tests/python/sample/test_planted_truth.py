"""The planted truth through the whole pipeline: a dbt build of a noise-free sample, and the shipped one.

`planted_truth.csv` is made by plain least squares on dummies; neither the models nor the estimator read it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
import yearbook_by_hand as by_hand
from conftest import Copy

from citypanel.estimation import fixed_effects
from citypanel.sample import coefficients as c
from citypanel.sample import write_sample
from citypanel.sample.levels import Sample, draw_sample
from citypanel.sample.planted_specifications import specifications
from citypanel.sample.roster import INDEX_YEARS, YEARS, read_roster
from citypanel.sample.streams import named_streams
from citypanel.sample.truth import design, dummies, fit, instruments
from citypanel.sample.truth import noise_free as noise_free_outcome

KEY = ["specification_id", "term"]
# a channel without its shock is a sum of its regressors: the rounding alone would tell their effects apart
NOT_IDENTIFIED_WITHOUT_NOISE = {
    "A5.1.given": c.TERTIARY_OUTCOME,
    "A5.2.given": c.INNOVATION_OUTCOME,
}
# 286 x 10 by the lag; the Belt's cities, each without its first year
ROWS_OF_TWO_STAGES = {"A2.2": 2860, "B4.1": 1622, "BR.4": 1514}
# rows that stand for a test: their fit is that of another row, or weighs its rows otherwise
WITHOUT_TRUTH = ("hausman", "random_effects", "placebo_permutation")
CONTROLS = [c.FINANCIAL, c.GDP, c.EDUCATION, c.SCIENCE, c.MOBILE]


class NoiseFree(NamedTuple):
    """A built copy whose yearbook has neither noise nor defects, its database and its planted values."""

    copy: Copy
    database: Path
    truth: pd.DataFrame


def by_key(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows by specification and term, each once."""
    indexed = rows.set_index(KEY)
    assert indexed.index.is_unique
    return indexed


def read_truth(folder: Path) -> pd.DataFrame:
    """Planted values (`value`, `mc_error`) by specification and term."""
    rows = pd.read_csv(folder / "planted_truth.csv").rename(columns={"specification": KEY[0]})
    return by_key(rows)


@pytest.fixture(scope="module")
def noise_free(copy_of_project: Callable[[str], Copy], tmp_path_factory: pytest.TempPathFactory) -> NoiseFree:
    folder = tmp_path_factory.mktemp("sample") / "noise_free"
    write_sample(folder, seed=1, noise=0, defects=0)
    copy = copy_of_project("noise_free")
    # the unit tests never look at the yearbook
    done = copy.dbt("build", "--exclude-resource-type", "unit_test", YEARBOOK=str(folder))
    assert done.returncode == 0, done.stdout[-6000:]
    return NoiseFree(copy, copy.root / "build" / "noise_free.duckdb", read_truth(folder.parent / "planted"))


@pytest.fixture(scope="module")
def generated() -> Sample:
    """What the generator drew before it printed: the regressors by its own formulas."""
    return draw_sample(read_roster(by_hand.REFERENCE), named_streams(1), 0.0)


def beside(truth: pd.DataFrame, copy: Copy, database: Path | None = None) -> pd.DataFrame:
    """Every row of the truth, with the estimate clustered by city, or NaN."""
    statement = "from estimates.estimates where covariance = 'cluster_city'"
    fitted = by_key(copy.query(statement, database))
    return truth.join(fitted[["estimate", "std_error", "status"]], how="left")


def panel(copy: Copy, database: Path | None = None) -> pd.DataFrame:
    """Rows of study A's panel, in the same order in every build."""
    rows = "from panels.city_year where study_a_city and year between 2011 and 2021 order by city_id, year"
    return copy.query(rows, database)


def test_every_truth_has_an_estimate(built: Copy, noise_free: NoiseFree) -> None:
    for copy, database, truth in [(built, None, read_truth(by_hand.PLANTED)), noise_free]:
        rows = beside(truth, copy, database)
        assert set(rows["status"]) == {"estimated"} and len(rows) > 590
        assert rows["estimate"].notna().all()
        assert rows.index.get_level_values(0).str.startswith("AX.8.").sum() == 30 * 7


def test_every_fitted_term_has_a_truth(built: Copy) -> None:
    """But Hausman, random effects and placebo; and the constant of A6.3, which depends on its year terms."""
    truth = read_truth(by_hand.PLANTED)
    fitted = built.query(
        "select specification_id, term, estimator from estimates.estimates "
        "inner join estimates.specifications using (specification_id) "
        "where is_headline and estimates.status = 'estimated'"
    )
    fitted = fitted[~fitted["estimator"].isin(WITHOUT_TRUTH)]
    bare = fitted[~fitted.set_index(KEY).index.isin(truth.index)]
    assert set(bare[KEY].itertuples(index=False, name=None)) == {("A6.3", "_cons")}
    assert fitted["specification_id"].nunique() > 80


def test_a_two_stage_truth_solves_the_moments_of_its_instruments(generated: Sample) -> None:
    """Just identified: noise-free residuals without effects are orthogonal to the instruments, by row."""
    for asked in specifications(generated):
        if asked.instruments:
            stack, rows = design(generated, asked)
            slopes = [fit(generated, asked)[term] for term in asked.terms]
            left = noise_free_outcome(generated, asked.outcome)[rows] - stack[rows] @ slopes
            z, effects = instruments(generated, asked, rows), dummies(rows)
            left, z = (v - effects @ np.linalg.lstsq(effects, v, rcond=None)[0] for v in (left, z))
            scale = np.linalg.norm(z, axis=0) * np.linalg.norm(generated.systematic[asked.outcome][rows])
            assert np.abs(z.T @ left / scale).max() < 1e-10, asked.name
            assert len(left) == ROWS_OF_TWO_STAGES[asked.name]


def test_the_noise_free_build_returns_every_truth(built: Copy, noise_free: NoiseFree) -> None:
    """Within 1 % of the standard error that the shipped sample gives; constants and winsorised rows too."""
    rows = beside(noise_free.truth, noise_free.copy, noise_free.database)
    rows["noisy_error"] = beside(read_truth(by_hand.PLANTED), built)["std_error"]
    rows = rows.drop([*NOT_IDENTIFIED_WITHOUT_NOISE], level=0)
    assert (rows["noisy_error"] > 0).all() and len(rows) > 590
    distance = (rows["estimate"] - rows["value"]).abs() / rows["noisy_error"]
    assert distance.max() < 0.01, distance.nlargest(8)


@pytest.mark.parametrize("name", NOT_IDENTIFIED_WITHOUT_NOISE)
def test_a_channel_with_its_shock_leaves_the_noise_free_outcome_its_truth(
    built: Copy, noise_free: NoiseFree, name: str
) -> None:
    """The noise-free build's employment share on the shipped sample's regressors and channel, within 1 %."""
    channel = NOT_IDENTIFIED_WITHOUT_NOISE[name]
    exact, noisy = panel(noise_free.copy, noise_free.database), panel(built)
    assert exact[["city_id", "year"]].equals(noisy[["city_id", "year"]])
    bare = fixed_effects(exact, channel, [c.DIGITAL, *CONTROLS])
    assert bare.statistics.r2_within > 1 - 1e-6, "the channel would be identified: compare it as the others"
    noisy[c.FLOW_OUTCOME] = exact[c.FLOW_OUTCOME]
    fitted = fixed_effects(noisy, c.FLOW_OUTCOME, [c.DIGITAL, channel, *CONTROLS])
    rows = beside(read_truth(by_hand.PLANTED), built).loc[name]
    for term, row in rows.iterrows():
        assert abs(fitted.term(str(term)).estimate - row["value"]) < 0.01 * row["std_error"], term


def test_seed_1_returns_every_truth_within_4_standard_errors(built: Copy) -> None:
    rows = beside(read_truth(by_hand.PLANTED), built)
    # a winsorised truth is itself a mean over draws
    error = np.hypot(rows["std_error"], rows["mc_error"].fillna(0))
    distance = (rows["estimate"] - rows["value"]).abs() / error
    winsorised = set(rows[rows["mc_error"] > 0].index.get_level_values(0))
    assert (error > 0).all() and winsorised == {"A4.2", "A4.3"}
    assert distance.max() < 4, distance.nlargest(8)


def test_the_panel_s_regressors_are_the_generator_s(noise_free: NoiseFree, generated: Sample) -> None:
    """The digital index and the location quotient among them: two formulas, one in NumPy and one in SQL."""
    rows = noise_free.copy.query("from panels.city_year", noise_free.database)
    exists, index_rows = generated.roster.exists, generated.roster.study_a[:, None] & INDEX_YEARS
    assert {c.DIGITAL, c.IA} <= set(generated.regressors) and index_rows.sum() == 3146
    for name, drawn in generated.regressors.items():
        wide = rows.pivot(index="city_id", columns="year", values=name)
        ours = wide.reindex(index=generated.roster.city_id, columns=YEARS).to_numpy(dtype=float)
        both = exists & np.isfinite(ours)
        np.testing.assert_allclose(ours[both], drawn[both], rtol=1e-9, atol=1e-12, err_msg=name)
        # Sansha prints dashes but for its people and its land
        absent = exists & np.isfinite(drawn) & ~np.isfinite(ours)
        assert not absent[index_rows].any(), name
        assert {generated.roster.short_name[i] for i in np.nonzero(absent)[0]} <= {"三沙"}, name
