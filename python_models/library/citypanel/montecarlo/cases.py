"""What is drawn: the headline specifications of both studies, and two designs for two-stage least squares."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from citypanel.estimation import COVARIANCES
from citypanel.montecarlo import redraw
from citypanel.sample import coefficients as c
from citypanel.sample.levels import Sample
from citypanel.sample.planted_specifications import Specification, specifications
from citypanel.sample.streams import Array
from citypanel.sample.truth import design, dummies, fit, noise_free

PLANTED, ENDOGENOUS, WEAK = "planted", "endogenous", "weak_instrument"
DEFAULT = "cluster_city"
TWO_STAGE = ("iid", "hc1", "cluster_city", "cluster_city_year")
_STUDY_A = ["A1.1", "A1.2", "A1.3", "A1.4", "A1.5", "A1.6", "A4.1", "A6.1", "A6.2", "A2.2"]
# by design, what makes of seed 1 and a draw the sample to fit and its outcomes
MADE: dict[str, Callable[[Sample, int], tuple[Sample, dict[str, Array]]]] = {
    ENDOGENOUS: redraw.endogenous,
    WEAK: redraw.weak_instrument,
}
# headline terms: study A's index; what study B reads of migration and agglomeration
REPORTED: dict[str, tuple[str, ...]] = dict.fromkeys(_STUDY_A, (c.DIGITAL,)) | {
    "B1.1": (c.LM, c.IA),
    "B1.2": (c.LM_IA,),
    "B1.3": (c.LM, c.IA, c.LM_IA),
    "B1.4": (c.LM, c.IA, c.LM_IA),
    "B1.1.delta": (c.LM, c.IA),
    "B1.4.delta": (c.LM, c.IA, c.LM_IA),
    "B2.1": (c.LM, c.IA, c.LM_IA),
    "B2.2": (c.LM, c.IA, c.LM_IA),
    "B3.1": (c.LM, c.IA, c.LM_IA),
    "B3.2": (c.LM, c.IA, c.LM_IA),
    "B3.3": (c.LM, c.IA, c.LM_IA),
    "B4.1": (c.LM, c.IA),
}


@dataclass(frozen=True)
class Case:
    """A specification to fit in every draw: the terms reported, their truth, the covariances.

    frame: its rows (see `redraw.frame_of`), with `misfit`; or None where the regressors are drawn too.
    """

    design: str
    specification: Specification
    reported: tuple[str, ...]
    truth: dict[str, float]
    covariances: tuple[str, ...]
    frame: pd.DataFrame | None = None


def planted_cases(sample: Sample, only: Collection[str] = ()) -> list[Case]:
    """Return the headline specifications, in the order of REPORTED, with the truth of the sample.

    only: names, all when empty.
    """
    known = {specification.name: specification for specification in specifications(sample)}
    cases = []
    for name, reported in REPORTED.items():
        if only and name not in only:
            continue
        specification = known[name]
        kinds = TWO_STAGE if specification.instruments else COVARIANCES
        truth = fit(sample, specification)
        frame = redraw.frame_of(sample, specification).assign(misfit=misfit(sample, specification, truth))
        cases.append(Case(PLANTED, specification, reported, truth, kinds, frame))
    return cases


def misfit(sample: Sample, specification: Specification, truth: dict[str, float]) -> Array:
    """Return what of the noise-free outcome (n,) neither the true slopes nor the effects of the row reach."""
    stack, rows = design(sample, specification)
    slopes = np.array([truth[term] for term in specification.terms])
    left, effects = noise_free(sample, specification.outcome)[rows] - stack[rows] @ slopes, dummies(rows)
    gap: Array = left - effects @ np.linalg.lstsq(effects, left, rcond=None)[0]
    return gap


def instrument_cases(sample: Sample, only: Collection[str] = ()) -> list[Case]:
    """Return what the two designs fit: least squares and two stages; the truth is the planted slope.

    only: names, all when empty.
    """
    known = {specification.name: specification for specification in specifications(sample)}
    bare = known["A1.6"]
    outside = f"L1.{redraw.WITHOUT_ENDOGENEITY}"
    weak = tuple(redraw.weak_name(number) for number in range(1, redraw.WEAK_INSTRUMENTS + 1))
    fitted = [
        (ENDOGENOUS, replace(bare, name="least squares")),
        (ENDOGENOUS, _two_stage(bare, "2SLS, outside instrument", (outside,))),
        (ENDOGENOUS, _two_stage(bare, "2SLS, own lag", (f"L1.{c.DIGITAL}",))),
        (WEAK, replace(bare, name="least squares")),
        (WEAK, _two_stage(bare, "2SLS, four weak instruments", weak)),
    ]
    truth = {c.DIGITAL: c.FLOW[c.DIGITAL]}
    return [
        Case(name, chosen, (c.DIGITAL,), truth, TWO_STAGE if chosen.instruments else ("cluster_city",))
        for name, chosen in fitted
        if not only or chosen.name in only
    ]


def _two_stage(bare: Specification, name: str, instruments: tuple[str, ...]) -> Specification:
    return replace(bare, name=name, endogenous=(c.DIGITAL,), instruments=instruments)
