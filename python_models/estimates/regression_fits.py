"""Grain: one row per specification of the queue, fitted or with the reason why not; parts as JSON text."""


def model(dbt, session):
    """Run every row of regression_queue on the panel; the library does the work."""
    import sys

    from citypanel.regressions import run_queue

    dbt.config(materialized="table")
    queue = dbt.ref("regression_queue").df()
    panel = dbt.ref("city_year").df()
    coordinates = dbt.ref("cities").df().set_index("city_id")[["longitude", "latitude"]]
    return run_queue(queue, panel, lambda line: print(line, file=sys.stderr, flush=True), coordinates)
