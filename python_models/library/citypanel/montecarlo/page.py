"""The page docs/monte_carlo.md: what is drawn, what it says, the tables. Written by `make montecarlo`."""

from __future__ import annotations

from textwrap import fill

import pandas as pd

from citypanel.montecarlo import redraw
from citypanel.montecarlo.findings import sentences
from citypanel.montecarlo.tables import coverage_table, error_table, instrument_table, lowest_by_chance

COMMAND = "make montecarlo"


def page(table: pd.DataFrame, wild: int) -> str:
    """Return the page for a summary (see `summarise`); wild: weights of the wild bootstrap in each fit."""
    draws = int(table["draws"].max())
    findings = "\n".join(_item(text) for text in sentences(table))
    return f"""# Monte Carlo: does the interval hold the truth?

{_what_is_drawn(draws, wild)}

## What it says

{findings}

## Coverage of 95 % intervals, in %

Bold: below {100 * lowest_by_chance(draws):.1f}, two Monte-Carlo errors under 95. Empty: not defined for two
stages; the Anderson-Rubin set of B4.1, a projection that takes a second a fit, is not drawn.

{coverage_table(table)}

## Bias, and standard errors as a ratio

`spread` is the standard deviation of the estimates over the draws. Under each covariance stands the mean of
its standard errors / spread: below 1 the printed error is too small. The wild bootstrap has none.

{error_table(table)}

## Two designs for instruments

{_designs()}

{instrument_table(table)}
"""


def _item(text: str) -> str:
    return fill(text, 118, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)


def _what_is_drawn(draws: int, wild: int) -> str:
    return f"""Written by `{COMMAND}` ({draws} draws; some ten minutes on two cores). Not in CI.

Draw *r* puts the shocks of seed *r* on the regressors of the shipped sample (seed 1), by the generator's own
functions, and fits every row through `citypanel.estimation`. Draw 1 is the shipped sample: a test holds it
against what `dbt build` gives. The regressors stay fixed, because then a term has one truth, the one of
`tests/planted/planted_truth.csv`, and the spread of its estimates is the very thing that a standard error
estimates; redrawing them too would give every draw another truth (`make truth-seeds` does that for twenty
seeds).

The shocks are autocorrelated within a city, differ in size between cities, and are independent between
cities. A row that leaves out planted regressors (A1.1 to A1.5, most of study B) has a misfit besides. Left as
it is, the misfit would widen the intervals and never move an estimate, so in every draw after the first it
takes a random sign in each city: an error of the city, with mean zero and correlated over the years.

The wild bootstrap takes {wild} weights in each fit (the build takes 9,999): enough for a test's size."""


def _designs() -> str:
    return f"""Rows and controls are those of A1.6, the truth is its planted slope.

- `endogenous`: to the index comes a part (standard deviation {redraw.ENDOGENOUS_PART}), independent over the
  years, whose correlation with the shock of flow is {redraw.ENDOGENOUS_CORRELATION} before that is bounded.
  The instrument is the lag of the index without that part, which is valid, or the lag of the index itself, as
  in A2.2.
- `weak_instrument`: the index is almost all such a part (correlation {redraw.WEAK_CORRELATION}), and
  {redraw.WEAK_INSTRUMENTS} instruments explain so little of it that the first-stage F is about 2.

Two-stage estimates need not have a mean; in every two-stage row of this page medians stand for means, and the
middle half of the draws / 1.349 for the standard deviation. The critical value of the effective F is that of
Montiel Olea and Pflueger for a bias of at most 10 % of the worst, in a test at 5 %."""
