"""Grain: sample_id x city_id. The cities of each sample whose provinces are left out one at a time."""


def model(dbt, session):
    """Run the predicates of those samples in the library's sandbox."""
    from citypanel.regressions import cities_of

    dbt.config(materialized="table")
    dbt.ref("gate")  # the samples are drawn from a panel that passed
    regressions = dbt.ref("regressions").df()
    asked = regressions.loc[regressions["leave_out"] == "province", "sample_id"]
    samples = dbt.ref("samples").df()
    return cities_of(samples[samples["sample_id"].isin(asked)], dbt.ref("city_year").df())
