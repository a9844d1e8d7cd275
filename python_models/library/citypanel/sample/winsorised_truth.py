"""The truth of the winsorised specifications: no longer linear in the outcome, so a mean over many draws
of its shock.

Each draw gives the employment share another shock; outcome and regressors are winsorised at 5 % and 95 % of
the pooled sample (quantile type 2, as Stata's _pctile), and the two-way regression is fitted.
"""

from __future__ import annotations

import numpy as np

from citypanel.sample import coefficients as c
from citypanel.sample.levels import Sample
from citypanel.sample.outcomes import flow_shock, shocked_flow
from citypanel.sample.planted_specifications import Specification, specifications
from citypanel.sample.streams import Array, Streams
from citypanel.sample.truth import design

DRAWS = 2000
WINSORISED = {"A4.2": "A1.6", "A4.3": "A4.1"}


def winsorise(values: Array, low: float = 0.05, high: float = 0.95) -> Array:
    """Clamp the last axis to its quantiles of type 2 (the mean of two neighbours where n p is whole)."""
    ordered = np.sort(values, axis=-1)
    bounds = []
    for share in (low, high):
        position = values.shape[-1] * share
        upper = min(int(np.floor(position + 1e-9)), values.shape[-1] - 1)
        lower = upper - 1 if abs(position - round(position)) < 1e-9 else upper
        bounds.append((ordered[..., lower] + ordered[..., upper]) / 2)
    return np.clip(values, bounds[0][..., None], bounds[1][..., None])


def twice_demeaned(values: Array) -> Array:
    """Take city and year means out of a balanced panel (... x N x T)."""
    city = values.mean(axis=-1, keepdims=True)
    year = values.mean(axis=-2, keepdims=True)
    return values - city - year + values.mean(axis=(-2, -1), keepdims=True)


def winsorised_rows(sample: Sample, streams: Streams, noise: float, draws: int = DRAWS) -> list[list[str]]:
    """Return rows for planted_truth.csv with Monte-Carlo errors (one draw where noise is 0)."""
    known = {specification.name: specification for specification in specifications(sample)}
    made: list[list[str]] = []
    for name, linear in WINSORISED.items():
        found = winsorised_coefficients(sample, known[linear], streams, noise, draws if noise else 1)
        error = found.std(axis=0, ddof=1) / np.sqrt(len(found)) if noise else np.zeros(found.shape[1])
        terms = [*known[linear].terms, "_cons"]
        for term, value, mc_error in zip(terms, found.mean(axis=0), error, strict=True):
            made.append([name, term, f"{value:.8f}", f"{mc_error:.8f}"])
    return made


def winsorised_coefficients(
    sample: Sample, specification: Specification, streams: Streams, noise: float, draws: int
) -> Array:
    """Return the slopes of each draw and its constant mean(y) - mean(x)'b (draws x (k + 1))."""
    stack, rows = design(sample, specification)
    cities, years = rows.any(axis=1), rows.any(axis=0)
    shape = (int(cities.sum()), int(years.sum()))
    clamped = np.stack([winsorise(column) for column in stack[rows].T], axis=1)
    x = np.stack([twice_demeaned(column.reshape(shape)).ravel() for column in clamped.T], axis=1)
    projector = np.linalg.inv(x.T @ x) @ x.T
    systematic = sample.systematic[c.FLOW_OUTCOME]
    rng = streams(f"winsorised {specification.name}")
    found = []
    for start in range(0, draws, 100):
        count = min(100, draws - start)
        value = shocked_flow(systematic, flow_shock(rng, (count, *systematic.shape)), noise)
        outcome = winsorise(value[:, cities][:, :, years].reshape(count, -1))
        slopes = outcome @ projector.T
        constant = outcome.mean(axis=1) - slopes @ clamped.mean(axis=0)
        found.append(np.column_stack([slopes, constant]))
    return np.vstack(found)
