"""Grain: expectation_id. What the regressions gave against the rows of expectations.csv about results."""


def model(dbt, session):
    """Run them; Great Expectations is in memory already where data_expectation_runs ran in this process."""
    from citypanel.quality import run_expectations

    dbt.config(materialized="table")
    expectations = dbt.ref("expectations").df()
    tables = {
        "estimates.estimates": dbt.ref("estimates"),
        "estimates.fit_statistics": dbt.ref("fit_statistics"),
        "estimates.diagnostics": dbt.ref("diagnostics"),
        "estimates.sample_flow": dbt.ref("sample_flow"),
        "estimates.specification_curve": dbt.ref("specification_curve"),
    }
    of_results = expectations[expectations["layer"] == "results"]
    return run_expectations(tables, of_results)
