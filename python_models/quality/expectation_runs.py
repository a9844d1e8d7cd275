"""Grain: expectation_id. The panel against the rows of expectations.csv, by Great Expectations."""

from citypanel.quality import run_expectations


def model(dbt, session):
    """Read the panel and its expectations, run them, return one row each."""
    dbt.config(materialized="table")
    return run_expectations(dbt.ref("city_year").df(), dbt.ref("expectations").df())
