"""Grain: one row per set of choices of each specification curve in the queue."""


def model(dbt, session):
    """Draw every curve of regression_queue on the panel; the library does the work."""
    from citypanel.regressions import run_curves

    dbt.config(materialized="table")
    coordinates = dbt.ref("cities").df().set_index("city_id")[["longitude", "latitude"]]
    queue, choices = dbt.ref("regression_queue").df(), dbt.ref("curve_choices").df()
    return run_curves(queue, choices, dbt.ref("city_year").df(), coordinates)
