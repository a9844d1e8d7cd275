"""Fit every case in every draw, through the public functions of `citypanel.estimation`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from citypanel.estimation import PanelFit, fe_2sls, fixed_effects
from citypanel.estimation.engines import Model
from citypanel.estimation.fixed_effects import fit_model
from citypanel.estimation.further_covariances import CovarianceOptions
from citypanel.estimation.panel_sample import panel_sample
from citypanel.montecarlo.cases import MADE, Case, instrument_cases, planted_cases
from citypanel.montecarlo.redraw import SEED, frame_of, redrawn, signs
from citypanel.project import project_root
from citypanel.regressions.single_thread import one_blas_thread
from citypanel.sample.levels import Sample, draw_sample
from citypanel.sample.roster import read_roster
from citypanel.sample.streams import Array, named_streams

# weights of the wild bootstrap in each fit; 400 x .05 is whole, so that the test has its nominal size
WILD_DRAWS = 399
PROGRESS_EVERY = 25
KEY = ["draw", "design", "specification", "estimator", "term", "covariance"]
NUMBERS = ["truth", "estimate", "std_error", "conf_low", "conf_high", "cities", "effective_f", "critical_f"]
ANDERSON_RUBIN = "anderson_rubin"


@dataclass(frozen=True)
class World:
    """Sample of seed 1, where its cities lie (degrees), and what is fitted."""

    sample: Sample
    coordinates: pd.DataFrame
    cases: list[Case] = field(default_factory=list)


@cache
def world(only: tuple[str, ...] = ()) -> World:
    """Return the world of the project's reference seeds, made once per process; only: as in `run_draws`."""
    with one_blas_thread():
        return _made(only)


def _made(only: tuple[str, ...]) -> World:
    reference = project_root(Path(__file__).parent) / "seeds" / "reference"
    sample = draw_sample(read_roster(reference), named_streams(SEED), 1.0)
    cities = pd.read_csv(reference / "cities.csv").set_index("city_id")
    cases = [*planted_cases(sample, only), *instrument_cases(sample, only)]
    return World(sample, cities[["longitude", "latitude"]], cases)


def run_draws(
    draws: int,
    processes: int,
    report: Callable[[str], None],
    only: Sequence[str] = (),
    wild: int = WILD_DRAWS,
) -> pd.DataFrame:
    """Return one row per draw (1 to `draws`), case, term and covariance; columns KEY and NUMBERS.

    processes: how many work at once (the result does not depend on it); report: called with a line now and
    then; only: names of specifications, all when empty; wild: weights of the wild bootstrap in each fit.
    """
    started, parts = time.monotonic(), []
    jobs = [(draw, tuple(only), wild) for draw in range(1, draws + 1)]
    for done, rows in enumerate(_each(jobs, processes), start=1):
        parts.append(rows)
        if done % PROGRESS_EVERY == 0 or done == draws:
            report(f"draw {done} of {draws}, {time.monotonic() - started:.0f} s")
    return pd.DataFrame([row for rows in parts for row in rows], columns=[*KEY, *NUMBERS])


def _each(jobs: list[tuple[int, tuple[str, ...], int]], processes: int) -> Iterator[list[list[Any]]]:
    if processes == 1:
        yield from map(_job, jobs)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_job, jobs)


def _job(job: tuple[int, tuple[str, ...], int]) -> list[list[Any]]:
    with one_blas_thread():
        return one_draw(*job)


def one_draw(draw: int, only: tuple[str, ...] = (), wild: int = WILD_DRAWS) -> list[list[Any]]:
    """Return the rows (KEY and NUMBERS) of one draw."""
    here, made = world(only), {}
    rows: list[list[Any]] = []
    for case in here.cases:
        if case.design not in made:
            planted = (here.sample, redrawn(here.sample, draw))
            made[case.design] = MADE[case.design](here.sample, draw) if case.design in MADE else planted
        fitted = fit_case(case, *made[case.design], here.coordinates, draw, wild)
        rows += [[draw, *row] for row in _rows(case, fitted)]
    return rows


def fit_case(
    case: Case, sample: Sample, outcomes: dict[str, Array], coordinates: pd.DataFrame, draw: int, wild: int
) -> PanelFit:
    """Return the fit of one case; the wild bootstrap takes `draw` as its seed."""
    asked = case.specification
    frame = frame_of(sample, asked) if case.frame is None else case.frame
    outcome = outcomes[asked.outcome][frame["city"], frame["column"]]
    if case.frame is not None:
        outcome = outcome + (signs(sample, draw)[frame["city"]] - 1) * frame["misfit"].to_numpy()
    data = frame.assign(**{asked.outcome: outcome})
    options: dict[str, Any] = {"also": case.covariances, "engine": "kernel"}
    if len(asked.endogenous) > 1:
        return _without_sets(case, data)
    if asked.instruments:
        return fe_2sls(data, asked.outcome, asked.terms, asked.endogenous, asked.instruments, **options)
    options |= {"coordinates": coordinates, "draws": wild, "seed": draw}
    return fixed_effects(data, asked.outcome, asked.terms, **options)


def _without_sets(case: Case, data: pd.DataFrame) -> PanelFit:
    """Return what `fe_2sls` does without its tests: a projected Anderson-Rubin set takes a second a fit."""
    asked = case.specification
    names = [asked.outcome, *asked.terms, *asked.instruments]
    rows = panel_sample(data, names, entity="city_id", time="year")
    model = Model(rows, asked.outcome, tuple(asked.terms), asked.endogenous, asked.instruments)
    kinds = ("cluster_city", *case.covariances)
    return fit_model(model, "fe_2sls", asked.terms, {}, kinds, "kernel", CovarianceOptions())


def _rows(case: Case, fit: PanelFit) -> Iterator[list[Any]]:
    strength = next((test for test in fit.diagnostics if test.test == "effective_f"), None)
    effective = [np.nan, np.nan]
    if strength is not None and strength.statistic is not None:
        effective = [strength.statistic, strength.details["bias_10"]]
    for name in case.reported:
        shared = [case.design, case.specification.name, fit.estimator, name]
        tail = [fit.statistics.n_entities, *effective]
        for kind in case.covariances:
            term = fit.term(name, kind)
            numbers = [term.estimate, term.std_error, term.conf_low, term.conf_high]
            yield [*shared, kind, case.truth[name], *numbers, *tail]
        for low, high in _anderson_rubin(fit, name):
            numbers = [fit.term(name).estimate, None, low, high]
            yield [*shared, ANDERSON_RUBIN, case.truth[name], *numbers, *tail]


def _anderson_rubin(fit: PanelFit, name: str) -> list[tuple[float, float]]:
    """Return the parts of the set of one term; an empty set is one that covers nothing."""
    sets = [t for t in fit.diagnostics if t.test == "anderson_rubin_set" and t.variable == name]
    return [pair for found in sets for pair in (found.details["intervals"] or [(np.inf, -np.inf)])]
