"""Grain: index_id x component x pool; loadings of the first principal component."""

from citypanel.composite import component_loadings


def model(dbt, session):
    """Return the loadings on the rows that set an index's weights."""
    dbt.config(materialized="table")
    scores = dbt.ref("index_scores").filter("method = 'principal_component' and is_used and z is not null")
    return component_loadings(scores.df())
