"""`citypanel explain`: what stands behind a number of the panel, and behind an estimate.

A number is followed down to the printed cells it comes from; an estimate to its sample, the rows lost and the
sources of its numbers. Everything is read from the built database; nothing is computed twice.
"""

from __future__ import annotations

import duckdb

from citypanel.console.database import one_line
from citypanel.console.explaining.cell import cell_lines
from citypanel.console.explaining.cities import find_city
from citypanel.console.explaining.derived import derived_lines
from citypanel.console.explaining.estimate import estimate_lines
from citypanel.console.explaining.indicators import find_indicator, other_meanings
from citypanel.messages import Mistake


def explain_number(connection: duckdb.DuckDBPyConnection, name: str, city: str, year: int) -> str:
    """Return what stands behind one indicator (by any of its names) of one city in one year, as text.

    Raises `Mistake` when indicator or city are unknown or could be several, with the candidates.
    """
    try:
        indicator = find_indicator(connection, name)
        city_id = find_city(connection, city)
        lines = derived_lines if indicator.kind == "derived" else cell_lines
        return "\n".join(
            [
                *lines(connection, indicator, city_id, year),
                *other_meanings(connection, name, indicator.indicator_id),
            ]
        )
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise Mistake("explain_not_built", error=one_line(error)) from error


def explain_estimate(connection: duckdb.DuckDBPyConnection, specification: str, term: str) -> str:
    """Return what stands behind one coefficient of one specification, as text.

    Raises `Mistake` when there is no such specification or term, with the nearest ones.
    """
    try:
        return "\n".join(estimate_lines(connection, specification, term))
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise Mistake("explain_not_built", error=one_line(error)) from error
