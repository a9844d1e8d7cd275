"""Every specification on observed cells only, by a variable: no interpolated cell is left in any sample.

Cells are blanked in the sample so that a plain variable, an index, a lag and a control stand on interpolated
ones; then the same rows are fitted without interpolation, and without the register of corrections.
"""

from __future__ import annotations

import shutil

import pandas as pd
import pytest
from conftest import Copy

# an index component of a city and a control of another: (table, place of the column, city, year)
BLANKED = [("telecom", 5, "苏州市", "2014"), ("trade", 3, "武汉市", "2015")]
FITTED = ("A1.6", "A2.3", "B1.3")
# rows that stand on the index of 2014: its year, and the year after in the fit on the lagged index
SPOILT = {("A1.6", "jiangsu_suzhou", 2014), ("A2.3", "jiangsu_suzhou", 2015)}
NO_TESTS = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
SHARED = ["n_obs", "share_imputed", "share_corrected", "share_break"]
SAMPLE = "from estimates.estimation_samples where specification_id in ('A1.6', 'A2.3', 'B1.3')"


@pytest.fixture(scope="module")
def copy(built: Copy, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The build with blanked cells and three specifications, up to the fits."""
    root = tmp_path_factory.mktemp("observed") / "city panel"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("__pycache__", "logs"))
    for table, column, city, year in BLANKED:
        path = root / "seeds" / "yearbook" / f"{table}.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        for place, line in enumerate(lines):
            cells = line.split(",")
            if cells[:2] == [year, city]:
                lines[place] = ",".join([*cells[:column], "", *cells[column + 1 :]])
        path.write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")
    catalogue = root / "seeds" / "specifications" / "regressions.csv"
    lines = catalogue.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines[1:] if line.split(",")[0] in FITTED]
    catalogue.write_text("\n".join([lines[0], *kept, ""]), encoding="utf-8", newline="\n")
    made = Copy(root)
    _build(made, "telecom", "trade", "regressions")
    return made


def _build(copy: Copy, *changed: str, variables: str = "{}") -> None:
    """Build what lies between a change and the fits."""
    between = [f"{name}+,+fit_statistics" for name in changed]
    done = copy.dbt("build", *NO_TESTS, "--vars", variables, "--select", *between)
    assert done.returncode == 0, done.stdout[-3000:]


def _rows(copy: Copy, statement: str) -> set[tuple[object, ...]]:
    keys = copy.query(statement)[["specification_id", "city_id", "year"]]
    return set(keys.itertuples(index=False, name=None))


def _shares(copy: Copy) -> pd.DataFrame:
    found = copy.query("from estimates.fit_statistics").set_index("specification_id")
    assert set(found.index) == set(FITTED)
    return found[SHARED]


def test_without_interpolation_no_sample_holds_an_interpolated_cell(copy: Copy) -> None:
    filled, sample = _shares(copy), _rows(copy, SAMPLE)
    assert (filled["share_imputed"] > 0).all() and sample >= SPOILT
    by_variable = copy.query("from estimates.marked_shares where share_imputed > 0")
    assert {"digital_infrastructure_index", "fdi_gdp_share"} <= set(by_variable["variable"])
    _build(copy, "interpolated_observations", variables="interpolation: false")
    observed, left = _shares(copy), _rows(copy, SAMPLE)
    assert copy.query("from observations.observations where status = 'I'").empty
    assert (observed["share_imputed"] == 0).all()
    # the rows lost are those that stood on an interpolated cell, at the lag they entered with
    assert left < sample and not left & SPOILT
    lost = pd.Series([row[0] for row in sample - left]).value_counts()
    assert (filled["n_obs"] - observed["n_obs"]).to_dict() == lost.to_dict()
    # neither the index nor its weights know the blanked cell
    score = copy.query("select digital_infrastructure_index as i from panels.city_year "
                       "where city_id = 'jiangsu_suzhou' and year = 2014")  # fmt: skip
    assert score["i"].isna().all()
    rows = copy.query("select distinct n from indicators.index_weights "
                      "where index_id = 'digital_infrastructure_index' and pool = 'all'")  # fmt: skip
    assert list(rows["n"]) == [3145]


def test_without_the_register_no_sample_holds_a_corrected_cell(copy: Copy) -> None:
    assert (_shares(copy)["share_corrected"] > 0).all()
    off = "{interpolation: false, use_corrections: false}"
    _build(copy, "cell_corrections", "located_numbers", variables=off)
    raw = _shares(copy)
    assert (raw[["share_imputed", "share_corrected"]] == 0).all(axis=None) and (raw["share_break"] > 0).all()
    assert copy.query("from observations.observations where status in ('I', 'E')").empty
