"""The rows under study A's table 1 in the shipped sample: all of them, none interpolated."""

from __future__ import annotations

from conftest import Copy

from citypanel.sample import coefficients as c

CONTROLS = [c.FINANCIAL, c.GDP, c.EDUCATION, c.SCIENCE, c.MOBILE]
A1_INPUTS = [
    "primary_employment_persons", "secondary_employment_persons", "tertiary_employment_persons",
    "urban_employment_persons", "information_employment_persons", "resident_population_10k_persons",
    "broadband_users_10k_users", "mobile_users_10k_users", "telecom_business_10k_yuan",
    "digital_finance_index", "loans_10k_yuan", "gdp_100m_yuan", "gdp_per_person_yuan",
    "education_expenditure_10k_yuan", "science_expenditure_10k_yuan",
]  # fmt: skip


def test_study_a_table_1_stands_on_3146_rows_without_an_interpolated_cell(built: Copy) -> None:
    fits = built.query("from estimates.fit_statistics where specification_id ~ '^A1.[1-6]$' order by 1")
    assert fits["specification_id"].tolist() == [f"A1.{column}" for column in range(1, 7)]
    assert set(fits["n_obs"]) == {3146} and set(fits["n_cities"]) == {286}
    imputed = built.query("from estimates.marked_shares where specification_id ~ '^A1.[1-6]$'")
    assert set(imputed["variable"]) == {c.FLOW_OUTCOME, c.DIGITAL, *CONTROLS}
    assert len(imputed) == sum(range(2, 8)) and set(imputed["share_imputed"]) == {0.0}
    # the cells themselves, by the list above instead of the project's own record of inputs
    cells = built.query(
        "select indicator_id, status, count(*) as n from observations.observations "
        "where (city_id, year) in (select (city_id, year) from panels.city_year "
        "where study_a_city and year between 2011 and 2021) group by all"
    )
    cells = cells[cells["indicator_id"].isin(A1_INPUTS)]
    assert cells["n"].sum() == 3146 * len(A1_INPUTS) and set(cells["status"]) <= {"A", "B", "E"}
