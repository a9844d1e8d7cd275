"""The printed tables: every number is the one of `estimates`, every column the one that the study prints."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from conftest import Copy

PRINTED = {
    ("A", "1"): "digital_labour_flow__table_1",
    ("A", "5"): "digital_labour_flow__table_5",
    ("A", "6 (unnumbered)"): "digital_labour_flow__table_6",
    ("B", "1"): "labour_agglomeration__table_1",
    ("B", "2"): "labour_agglomeration__table_2",
    ("B", "3"): "labour_agglomeration__table_3",
}
R2 = {"A": ("R2 (effects counted)", "r2_overall"),
      "B": ("adjusted R2 (effects counted)", "r2_overall_adjusted")}  # fmt: skip
# the table whose rows are what the others have as columns
VARIANTS = "digital_labour_flow__added"
LABELS = ["row_label", "row_label_zh"]


@pytest.fixture(scope="module")
def exhibits(built: Copy) -> pd.DataFrame:
    """The rows of exhibits.csv by name."""
    return built.query("from specifications.exhibits").set_index("exhibit").astype(object).fillna("")


@pytest.fixture(scope="module")
def tables(built: Copy, exhibits: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Every table by name, as its view gives it."""
    return {name: built.query(f'from exhibits."{name}"') for name in exhibits.index}


@pytest.fixture(scope="module")
def columns(built: Copy) -> pd.DataFrame:
    """Rows of the catalogue: exhibit, heading and specification."""
    return built.query('select exhibit, "column" as heading, specification_id '
                       "from specifications.regressions")


def _headings(table: pd.DataFrame) -> list[str]:
    return [name for name in table.columns if name not in LABELS]


def _coefficients(table: pd.DataFrame, heading: str) -> list[tuple[str, str, str]]:
    """Label, cell and the cell below it of each coefficient that the column holds."""
    below = table["row_label"].eq("").to_numpy().nonzero()[0]
    rows = [(table["row_label"][i - 1], table[heading][i - 1], table[heading][i]) for i in below]
    return [row for row in rows if row[1] not in ("", "-")]


def test_every_exhibit_of_the_catalogue_has_a_row_and_a_view(
    built: Copy, exhibits: pd.DataFrame, columns: pd.DataFrame
) -> None:
    views = built.query("select table_name as n from information_schema.tables "
                        "where table_schema = 'exhibits' and contains(table_name, '__')")["n"]
    assert set(views) == set(exhibits.index)
    without_fits = set(exhibits.index[exhibits["layout"].isin(["descriptive_statistics", "few_clusters"])])
    assert set(exhibits.index) - without_fits == set(columns["exhibit"])
    assert exhibits.loc[exhibits["r2"] != "", "r2_reason"].ne("").all()


def test_every_column_of_the_catalogue_is_in_its_table(
    tables: dict[str, pd.DataFrame], columns: pd.DataFrame
) -> None:
    shown = {name: _headings(table) for name, table in tables.items()}
    shown[VARIANTS] = [*tables[VARIANTS].loc[tables[VARIANTS]["specification"] != "", "row_label"]]
    absent = {row.specification_id for row in columns.itertuples() if row.heading not in shown[row.exhibit]}
    # the random effects behind a Hausman test are read in the estimates
    assert all(each.endswith(".random_effects") for each in absent)
    known = {(row.exhibit, row.heading) for row in columns.itertuples()}
    unknown = {heading for name in columns["exhibit"].unique() for heading in shown[name]
               if (name, heading) not in known}  # fmt: skip
    assert all(heading.startswith("without ") for heading in unknown) and len(unknown) > 25


@pytest.mark.parametrize("table", PRINTED)
def test_printed_tables_have_the_printed_columns_and_rows(
    built: Copy, tables: dict[str, pd.DataFrame], columns: pd.DataFrame, table: tuple[str, str]
) -> None:
    published = built.query("from published.published_estimates")
    published = published[(published["paper"] == table[0]) & (published["table"] == table[1])]
    ours, catalogue = tables[PRINTED[table]], columns.set_index("specification_id")["heading"]
    headings = [catalogue[each] for each in sorted(published["specification_id"].unique())]
    assert _headings(ours)[: len(headings)] == headings
    if table[0] == "A":
        assert headings == sorted(published["column"].unique())
    printed = [name for name in published["regressor"].unique() if name != "_cons"]
    labels = [label for label in ours["row_label"] if label in printed]
    assert labels == printed


def test_numbers_are_those_of_the_estimates(
    built: Copy, exhibits: pd.DataFrame, tables: dict[str, pd.DataFrame]
) -> None:
    fitted = built.query("select exhibit, table_column as heading, e.* from exhibits.exhibit_columns "
                         "inner join estimates.estimates as e using (specification_id) where e.is_headline")
    names = dict(built.query("select variable, study_name from specifications.study_variables").to_numpy())
    compared = 0
    for (name, heading), terms in fitted.groupby(["exhibit", "heading"]):
        exhibit = exhibits.loc[name]
        if heading not in tables[name] or exhibit["layout"] == "tests":
            continue
        shown = _coefficients(tables[name], heading)
        expected = {_cells(row, exhibit): names.get(row.term) for row in terms.itertuples()}
        if exhibit["layout"] == "all_coefficients":
            assert len(shown) == len(terms)
        for label, *cells in shown:
            assert tuple(cells) in expected, (name, heading, label)
            if label in names.values() and "digital" not in label:
                assert expected[tuple(cells)] == label
            compared += 1
    assert compared > 200


def _cells(row: object, exhibit: pd.Series) -> tuple[str, str]:
    p, decimals = row.p_value, exhibit["decimals"]
    stars = "*" * sum(p < level for level in (0.01, 0.05, 0.1))
    below = row.statistic if exhibit["in_parentheses"] == "statistic" else row.std_error
    if pd.isna(below):
        return f"{row.estimate:.{decimals}f}{stars}", "" if pd.isna(p) else f"[p = {p:.3f}]"
    return f"{row.estimate:.{decimals}f}{stars}", f"({below:.{decimals}f})"


def test_rows_below_the_coefficients_are_those_of_the_fit(
    built: Copy, exhibits: pd.DataFrame, tables: dict[str, pd.DataFrame], columns: pd.DataFrame
) -> None:
    fits = built.query("from estimates.fit_statistics where n_obs is not null").set_index("specification_id")
    for row in columns[columns["specification_id"].isin(fits.index)].itertuples():
        if row.heading not in tables[row.exhibit]:
            continue
        fit, cells = fits.loc[row.specification_id], tables[row.exhibit].set_index("row_label")[row.heading]
        assert cells["N"] == f"{fit['n_obs']:,}" and cells["cities"] == f"{fit['n_cities']:,}"
        assert cells["specification"] == row.specification_id and cells["data"] == fit["data_kind"]
        if exhibits.loc[row.exhibit, "layout"] != "tests":
            label, r2 = R2[row.specification_id[0]]
            assert cells[label] == f"{fit[r2]:.3f}" and cells["city effects"] == "yes"


def test_absent_terms_are_as_in_print(tables: dict[str, pd.DataFrame]) -> None:
    model_2 = tables["labour_agglomeration__table_1"].set_index("row_label")["Model 2"]
    assert (model_2["LM"], model_2["IA"]) == ("-", "-")
    first = tables["digital_labour_flow__table_1"].set_index("row_label")["(1)"]
    assert first["mobile"] == ""


def test_tests_stand_below_the_columns_they_belong_to(
    built: Copy, tables: dict[str, pd.DataFrame]
) -> None:
    diagnostics = built.query("from estimates.diagnostics").set_index(["specification_id", "test"])
    diagnostics = diagnostics[~diagnostics.index.duplicated()]
    lagged = tables["digital_labour_flow__table_2"].set_index("row_label")
    first_stage = diagnostics["statistic"]["A2.2", "first_stage_f_cluster"]
    assert lagged["(2)"]["first-stage F (cluster): digital"] == f"{first_stage:.2f}"
    assert lagged["(1)"]["first-stage F (cluster): digital"] == ""
    hausman = tables["labour_agglomeration__hausman"].set_index("row_label")
    chi2 = diagnostics["statistic"]["BH.1", "hausman_sigmamore"]
    assert hausman["Model 1"]["Hausman, sigmamore: chi2"] == f"{chi2:.3f}"
    printed = built.query("select specification_id as s, printed from published.published_fit_statistics "
                          "where statistic = 'hausman_p' order by 1")["printed"]
    assert [*hausman.loc["Hausman test, p as printed"].drop("row_label_zh")] == [*printed]


@pytest.mark.parametrize(("study", "specification"), [("A", "A1.6"), ("B", "B1.3")])
def test_descriptive_statistics_are_those_of_pandas(
    built: Copy, tables: dict[str, pd.DataFrame], study: str, specification: str
) -> None:
    name = {"A": "digital_labour_flow", "B": "labour_agglomeration"}[study] + "__descriptive_statistics"
    panel = built.query("select p.* from panels.city_year as p inner join estimates.estimation_samples as s "
                        f"using (city_id, year) where s.specification_id = '{specification}'")
    variables = built.query(f"from specifications.study_variables where study = '{study}'")
    variables = variables.set_index("study_name")["variable"]
    variables = variables[~variables.str.contains(":|_cons")]
    assert [*tables[name]["row_label"]] == [*variables.index]
    described = panel[[*variables]].astype(float).describe().T
    found = tables[name].drop(columns=LABELS).rename(columns={"n_obs": "count", "median": "50%", "sd": "std",
                                                              "p25": "25%", "p75": "75%"})  # fmt: skip
    expected = described[[*found.columns]].reset_index(drop=True)
    pd.testing.assert_frame_equal(found.astype(float), expected, rtol=1e-12)


def test_every_word_of_the_tables_has_a_chinese_one(built: Copy, tables: dict[str, pd.DataFrame]) -> None:
    words = set(built.query("from specifications.exhibit_words")["word_en"])
    headings = {heading for table in tables.values() for heading in _headings(table)}
    assert not {each for each in headings if not re.fullmatch(r"\(\d\)|BR\.\d", each)} - words
    for name, table in tables.items():
        assert table["row_label"].eq("").equals(table["row_label_zh"].eq("")), name
    cells = {cell for table in tables.values() for name in _headings(table)
             for cell in table[name].astype(str)}  # fmt: skip
    said = {cell for cell in cells if re.fullmatch(r"[a-z][a-z_0-9 ]+", cell)}
    # names of variables stay as printed, or as the panel has them
    names = built.query("select study_name as n from specifications.study_variables union all "
                        "select indicator_id from indicators.dictionary")["n"]
    assert said - words <= set(names)
