"""docs/real_data.md is what an import and one full build of the vendor panels give, row by row.

That dirty files never stop a build is tested elsewhere; here the numbers are held: N, each lost row, the
coefficients, and BR.1 against a calculation that shares nothing with the project.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
import vendor_panels_by_hand as by_hand
from conftest import Copy

pytestmark = pytest.mark.shared
STEPS_OF_CHOICE = ("panel", "sample")


@dataclass(frozen=True)
class Real:
    """The copy where the vendor panels were imported and built; the digest of the sample before that."""

    copy: Copy
    sample_before: str

    @property
    def database(self) -> Path:
        return self.copy.root / "build" / "real.duckdb"

    def query(self, statement: str) -> pd.DataFrame:
        return self.copy.query(statement, self.database)


@pytest.fixture(scope="module")
def real(shared: Path, built: Copy, tmp_path_factory: pytest.TempPathFactory) -> Real:
    """The two lines of docs/real_data.md, in a copy that holds the sample's database as well."""
    root = tmp_path_factory.mktemp("real") / "city panel"
    copy = Copy(Path(shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("__pycache__", "logs"))))
    before = _digest(copy.database)
    imported = copy.run("citypanel", "import", str(shared / "real" / "vendor_panels"), "--out", "build/real")
    assert imported.returncode == 0, imported.stderr[-2000:]
    done = copy.run("citypanel", "build", YEARBOOK="build/real")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return Real(copy, before)


@pytest.fixture(scope="module")
def page(project_root: Path) -> Callable[[str], list[list[str]]]:
    """Rows of the tables of docs/real_data.md whose first cell matches a pattern."""
    lines = (project_root / "docs" / "real_data.md").read_text(encoding="utf-8").splitlines()
    tables = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return lambda pattern: [row for row in tables if re.fullmatch(pattern, row[0])]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_real_build_has_its_own_database_and_leaves_the_sample_alone(real: Real) -> None:
    assert _digest(real.copy.database) == real.sample_before
    kinds = real.query("select distinct data_kind from estimates.fit_statistics where n_obs is not null")
    assert list(kinds["data_kind"]) == ["real"]
    assert set(real.query("select distinct kind from yearbook.sources")["kind"]) == {"real"}


def test_every_lost_row_of_the_reduced_study_is_on_the_page(
    real: Real, page: Callable[[str], list[list[str]]]
) -> None:
    flow = real.query("select specification_id, step, rows_in, rows_out from estimates.sample_flow "
                      "where specification_id like 'BR.%' order by specification_id, step_number")
    lost = flow[(flow["rows_in"] > flow["rows_out"]) & ~flow["step"].isin(STEPS_OF_CHOICE)]
    lines = [[str(cell) for cell in (*row, row[2] - row[3])] for row in lost.itertuples(index=False)]
    assert lines == [row for row in page(r"BR\.\d") if row[1].startswith(("missing:", "lag"))]
    chosen = flow[flow["step"] == "sample"]
    assert set(chosen["rows_in"]) == {6937} and set(chosen["rows_out"]) == {1647}


def test_the_cities_without_investment_are_on_the_page(
    real: Real, page: Callable[[str], list[list[str]]]
) -> None:
    missing = real.query("""
        select city_name_zh || ' ' || city_name_en as city, min(year) as first, max(year) as last,
            count(*) as n
        from panels.city_year
        where belt and year between 2008 and 2022 and fdi_gdp_share is null
            and real_gdp_per_person_10k_yuan is not null and resident_growth_rate is not null
        group by all""")
    assert (missing["last"] - missing["first"] + 1 == missing["n"]).all()
    years = [f"{row.first}-{row.last}" if row.n > 1 else str(row.first) for row in missing.itertuples()]
    ours = {(city, span, str(n)) for city, span, n in zip(missing["city"], years, missing["n"], strict=True)}
    printed = page(r"\w+ [A-Z][\w' ]+")
    assert ours == {tuple(row) for row in printed if (row[0], row[1], row[2]) in ours}
    filled = real.query("""
        select city_name_zh || ' ' || city_name_en as city, string_agg(year, ', ' order by year) as years,
            count(*) as n
        from observations.observations inner join panels.city_year using (city_id, year)
        where belt and year between 2008 and 2022 and indicator_id = 'fdi_10k_usd' and status = 'I'
        group by all""")
    interpolated = {(row.city, row.years, str(row.n)) for row in filled.itertuples()}
    assert {tuple(row) for row in printed} == ours | interpolated
    assert sum(int(n) for *_, n in ours) == 65 and sum(int(n) for *_, n in interpolated) == 18


def test_the_coefficients_and_rows_are_those_of_the_page(
    real: Real, page: Callable[[str], list[list[str]]]
) -> None:
    estimates = real.query("select specification_id, term, estimate, std_error from estimates.estimates "
                           "where specification_id like 'BR.%' and is_headline")
    ours = [[row[0], row[1], f"{row[2]:.4f}", f"{row[3]:.4f}"] for row in estimates.itertuples(index=False)]
    printed = [row[:4] for row in page(r"BR\.\d") if len(row) == 6]
    assert sorted(ours) == sorted(printed)
    fits = real.query("select specification_id, n_obs, n_cities, r2_overall, r2_within "
                      "from estimates.fit_statistics where specification_id like 'BR.%' order by 1")
    rows = [[row[0], str(row[1]), str(row[2]), f"{row[3]:.4f}", f"{row[4]:.4f}"]
            for row in fits.itertuples(index=False)]  # fmt: skip
    assert rows == [row for row in page(r"BR\.\d") if len(row) == 5 and row[1].isdigit()]


def test_every_event_of_the_checks_has_a_verdict_on_its_page(real: Real, project_root: Path) -> None:
    """docs/detection_real_events.csv judges each event that the checks tell, and no other."""
    key = "finding_check, indicator_id, first_year, last_year, severity, cells"
    told = real.query(f"select {key} from quality.finding_events")
    judged = pd.read_csv(project_root / "docs" / "detection_real_events.csv", keep_default_na=False)
    assert Counter(map(tuple, told.to_numpy())) == Counter(map(tuple, judged[key.split(", ")].to_numpy()))
    assert (judged[["verdict", "judged", "reason"]] != "").all(axis=None)


def test_the_flags_of_the_page_are_those_of_its_events(project_root: Path) -> None:
    events = pd.read_csv(project_root / "docs" / "detection_real_events.csv", keep_default_na=False)
    dictionary = pd.read_csv(project_root / "seeds" / "reference" / "indicators.csv")["indicator_id"]
    flags = events[events["indicator_id"].isin(dictionary)].groupby("verdict")["cells_at_warn"].sum()
    text = (project_root / "docs" / "detection_real.md").read_text(encoding="utf-8")
    found = text[text.index("## What was found") : text.index("Told as `info`")]
    rows = [line.strip("|").split("|") for line in found.splitlines() if line.startswith("|")][2:]
    verdicts = {name: place for place, name in enumerate(("wrong", "definition", "true", "open"), start=1)}
    printed = {name: sum(int(row[place].strip() or 0) for row in rows) for name, place in verdicts.items()}
    assert printed == flags.to_dict()


def test_rows_without_interpolated_cells_number_1558(real: Real) -> None:
    shares = real.query("select specification_id, n_obs, share_imputed from estimates.fit_statistics "
                        "where specification_id like 'BR.%' order by 1")
    observed = (shares["n_obs"] * (1 - shares["share_imputed"])).round().astype(int)
    assert list(observed) == [1641, 1558, 1558, 1531]


def test_the_first_reduced_regression_equals_one_made_from_the_workbooks_alone(
    real: Real, shared: Path
) -> None:
    """Rows exactly; coefficients and clustered errors to 1e-6."""
    frame = by_hand.panel(shared)
    assert len(by_hand.belt_rows(frame)) == 1647
    answer = by_hand.first_regression(frame)
    estimates = real.query("select term, estimate, std_error from estimates.estimates "
                           "where specification_id = 'BR.1' and is_headline and term <> '_cons'")
    fit = real.query("select n_obs, n_cities from estimates.fit_statistics where specification_id = 'BR.1'")
    assert (answer.n_obs, answer.n_cities) == (fit["n_obs"][0], fit["n_cities"][0]) == (1641, 110)
    assert set(estimates["term"]) == set(answer.estimates)
    for row in estimates.itertuples():
        assert row.estimate == pytest.approx(answer.estimates[row.term], rel=1e-6)
        assert row.std_error == pytest.approx(answer.std_errors[row.term], rel=1e-6)


def test_what_the_files_do_not_hold_is_named(real: Real) -> None:
    failed = real.query("select specification_id, failure_message from estimates.fit_statistics "
                        "where failure_message is not null").set_index("specification_id")["failure_message"]
    assert len(failed) + 4 == len(real.query("from estimates.fit_statistics"))
    assert "net_migration_rate" in failed["B1.1"] and "urban_employment_m_persons" in failed["B1.2"]
    assert "digital_infrastructure_index" in failed["A1.1"]
    reference = real.query("select count(distinct city_id) as n from indicators.reference_cities")
    assert reference["n"][0] == 285
