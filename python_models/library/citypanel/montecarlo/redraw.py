"""One draw: the shocks of another seed on the regressors of seed 1.

Regressors stay fixed, so that a term has one truth (the one planted for seed 1) and the spread of its
estimates over the draws is the standard error that each covariance tries to estimate. A row that leaves out
planted regressors has a misfit; fixed like them, it would inflate the printed errors and never move an
estimate, so in every draw it takes a random sign in each city: an error of the city with mean zero. Draw 1
is the shipped sample. The shocks are the generator's own functions and streams.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from citypanel.sample import coefficients as c
from citypanel.sample import outcomes
from citypanel.sample.levels import Sample
from citypanel.sample.planted_specifications import Specification
from citypanel.sample.roster import YEARS
from citypanel.sample.streams import Array, autoregression, bounded, named_streams
from citypanel.sample.truth import design, instruments

SEED = 1
# correlation of the endogenous part of `digital` with the shock of the outcome
ENDOGENOUS_CORRELATION, WEAK_CORRELATION = 0.5, 0.98
# standard deviation of that part; the index itself lies between 0 and 1
ENDOGENOUS_PART = 0.01
# four instruments whose first-stage F is 2 on average: 1 for nothing, 1 for what they explain
WEAK_INSTRUMENTS, WEAK_SLOPE = 4, 0.0187
WITHOUT_ENDOGENEITY = "digital_without_endogenous_part"


def redrawn(sample: Sample, draw: int) -> dict[str, Array]:
    """Return the outcomes of the two studies (N x T each) with the shocks of seed `draw`."""
    streams, shape = named_streams(draw), sample.roster.exists.shape
    shock = outcomes.flow_shock(streams("flow shock"), shape)
    real = sample.systematic[c.REAL_GDP_OUTCOME]
    return {
        c.FLOW_OUTCOME: outcomes.shocked_flow(sample.systematic[c.FLOW_OUTCOME], shock),
        c.REAL_GDP_OUTCOME: real * (1 + outcomes.real_gdp_shock(streams("real gdp shock"), shape)),
    }


def signs(sample: Sample, draw: int) -> Array:
    """Return the sign of each city's misfit (N,): 1 in draw 1, elsewhere 1 or -1 by chance."""
    cities = sample.roster.exists.shape[0]
    if draw == SEED:
        return np.ones(cities)
    return np.where(named_streams(draw)("signs of the misfit").integers(0, 2, cities) == 0, -1.0, 1.0)


def endogenous(sample: Sample, draw: int) -> tuple[Sample, dict[str, Array]]:
    """Return the sample with an index that moves with the shock of flow, and flow.

    A part is added to the index that is correlated with the shock and not over time; the index without it
    stays as a column whose lag is a valid instrument.
    """
    index = sample.regressors[c.DIGITAL]
    part = ENDOGENOUS_PART * _part(sample, draw)
    moved = sample.regressors | {c.DIGITAL: index + part, WITHOUT_ENDOGENEITY: index}
    return replace(sample, regressors=moved), _flow(sample, draw, ENDOGENOUS_CORRELATION, part)


def weak_instrument(sample: Sample, draw: int) -> tuple[Sample, dict[str, Array]]:
    """Return the sample with an index that is nearly all endogenous, four weak instruments, and flow."""
    index = sample.regressors[c.DIGITAL]
    drawn = named_streams(SEED)("weak instruments").standard_normal((WEAK_INSTRUMENTS, *index.shape))
    columns = {weak_name(number): values for number, values in enumerate(drawn, start=1)}
    part = ENDOGENOUS_PART * (_part(sample, draw) + WEAK_SLOPE * drawn.sum(axis=0))
    moved = sample.regressors | {c.DIGITAL: np.nanmean(index) + part} | columns
    flow = _flow(sample, draw, WEAK_CORRELATION, np.nanmean(index) + part - index)
    return replace(sample, regressors=moved), flow


def weak_name(number: int) -> str:
    """Return the column of a weak instrument, 1 to WEAK_INSTRUMENTS."""
    return f"weak_instrument_{number}"


def _part(sample: Sample, draw: int) -> Array:
    return named_streams(draw)("endogenous part").standard_normal(sample.roster.exists.shape)


def _flow(sample: Sample, draw: int, correlation: float, change: Array) -> dict[str, Array]:
    """Flow for an index changed by `change` (N x T), its shock correlated with the endogenous part.

    It may pass 1: city effects are taken out, so the level plays no role.
    """
    noise = autoregression(named_streams(draw)("flow shock"), sample.roster.exists.shape, 0.35)
    mixed = correlation * _part(sample, draw) + np.sqrt(1 - correlation**2) * noise
    shock = bounded(mixed, outcomes.FLOW_POWER)
    flow = outcomes.shocked_flow(sample.systematic[c.FLOW_OUTCOME], shock)
    return {c.FLOW_OUTCOME: flow + c.FLOW[c.DIGITAL] * change}


def frame_of(sample: Sample, specification: Specification) -> pd.DataFrame:
    """Return city_id, year, every term and instrument of the rows that hold them, and the row's place.

    `city` and `column` are the places in an N x T array, to fill in an outcome.
    """
    stack, rows = design(sample, specification)
    city, column = np.nonzero(rows)
    keys = {"city_id": np.array(sample.roster.city_id)[city], "year": YEARS[column]}
    frame = pd.DataFrame(keys | {"city": city, "column": column})
    frame[specification.terms] = stack[rows]
    if specification.instruments:
        excluded = instruments(sample, specification, rows)[:, -len(specification.instruments) :]
        frame[list(specification.instruments)] = excluded
    return frame
