"""Grain: one row, what became of the publication in this build: published, left as it was, or failed."""


def model(dbt, session):
    """Publish the tables if the running command is a whole `dbt build`; the library does the work."""
    from citypanel.publishing.whole_build import publish_build

    dbt.config(materialized="table")
    tables = dbt.ref("public_tables").df()
    # a connection of its own: the model's writes to the database, and no transaction writes to two
    return publish_build(session.cursor(), tables)
