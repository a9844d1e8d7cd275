"""Grain: expectation_id. Printed tables, observations, panel and index weights against expectations.csv."""


def model(dbt, session):
    """Run every row that is not about results; the library reads only the tables and columns asked about."""
    from citypanel.quality import run_expectations

    dbt.config(materialized="table")
    expectations = dbt.ref("expectations").df()
    tables = {
        "staging.stg_yearbook__population": dbt.ref("stg_yearbook__population"),
        "staging.stg_yearbook__gdp": dbt.ref("stg_yearbook__gdp"),
        "staging.stg_yearbook__employment": dbt.ref("stg_yearbook__employment"),
        "staging.stg_yearbook__finance": dbt.ref("stg_yearbook__finance"),
        "staging.stg_yearbook__fiscal": dbt.ref("stg_yearbook__fiscal"),
        "staging.stg_yearbook__telecom": dbt.ref("stg_yearbook__telecom"),
        "staging.stg_yearbook__trade": dbt.ref("stg_yearbook__trade"),
        "staging.stg_yearbook__education_research": dbt.ref("stg_yearbook__education_research"),
        "staging.stg_yearbook__digital_finance": dbt.ref("stg_yearbook__digital_finance"),
        "staging.stg_yearbook__innovation": dbt.ref("stg_yearbook__innovation"),
        "observations.observations": dbt.ref("observations"),
        "panels.city_year": dbt.ref("city_year"),
        "indicators.index_weights": dbt.ref("index_weights"),
    }
    of_data = expectations[expectations["layer"] != "results"]
    return run_expectations(tables, of_data)
