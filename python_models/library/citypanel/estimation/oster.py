"""How much selection on what is not observed would explain a slope away.

Oster (2019, Journal of Business & Economic Statistics 37), proposition 3 and corollary 1, on the data after
effects are taken out (as psacalc does with partialled-out variables).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from citypanel.estimation.diagnostic import Diagnostic
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.kernel import least_squares
from citypanel.estimation.panel_sample import EFFECTS
from citypanel.estimation.results import finite
from citypanel.estimation.treatment import treated_sample
from citypanel.estimation.within import Floats

RMAX_OVER_R2 = 1.3
STILL = 1e-9  # of the slopes: a difference between them that is rounding


@dataclass(frozen=True)
class _Moments:
    """Slopes and R2 of the short and long regression; variances of outcome, treatment, its residual."""

    short: float
    long: float
    r2_short: float
    r2_long: float
    outcome: float
    treatment: float
    residual: float


def oster(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    *,
    treatment: str | None = None,
    r2_max: float | None = None,
    entity: str = "city_id",
    time: str = "year",
    effects: Sequence[str] = EFFECTS,
    drop_singletons: bool = True,
) -> Diagnostic:
    """Return `oster_delta`: the share of selection on unobservables that makes the slope zero.

    treatment: one of the regressors, default the first; the others are the controls that the short
    regression lacks. r2_max: within R2 with unobservables too, default min(1, 1.3 within R2). details:
    `beta_star` (slope under equal selection, delta = 1, exact; the real root nearest the slope that keeps
    the bias's sign where there is one), `beta_star_approximate` (Oster's equation 3), the short and long
    slopes and R2, `r2_max`. statistic None, with a reason, without controls or where they do not move the
    slope. Errors as in `fixed_effects`, and EstimationError term_not_estimated, bad_argument (r2_max below
    the within R2, as psacalc refuses it, or above 1).
    """
    sample, treatment, controls = treated_sample(
        data, outcome, regressors, treatment,
        entity=entity, time=time, effects=effects, drop_singletons=drop_singletons,
    )  # fmt: skip
    if not controls:
        return Diagnostic("oster_delta", reason="no_controls")
    y, x = sample.columns([outcome, treatment], demeaned=True).T
    moments = _moments(y, x, sample.columns(controls, demeaned=True))
    if r2_max is None:
        r2_max = min(1.0, RMAX_OVER_R2 * moments.r2_long)
    elif not moments.r2_long <= r2_max <= 1:
        allowed = f"{moments.r2_long:.6g} <= r2_max <= 1"
        raise EstimationError("bad_argument", argument="r2_max", value=r2_max, allowed=allowed)
    return _diagnose(moments, r2_max)


def _moments(y: Floats, x: Floats, controls: Floats) -> _Moments:
    n, total = len(y), float(y @ y)
    short, long = least_squares(y, x[:, None]), least_squares(y, np.column_stack([x, controls]))
    left = least_squares(x, controls).residuals
    return _Moments(
        short=float(short.coefficients[0]),
        long=float(long.coefficients[0]),
        r2_short=1 - float(short.residuals @ short.residuals) / total,
        r2_long=1 - float(long.residuals @ long.residuals) / total,
        outcome=total / n,
        treatment=float(x @ x) / n,
        residual=float(left @ left) / n,
    )


def _diagnose(m: _Moments, r2_max: float) -> Diagnostic:
    numerator, denominator = (float(np.polyval(part, m.long)) for part in _polynomials(m, r2_max))
    moved, gained, room = m.short - m.long, m.r2_long - m.r2_short, r2_max - m.r2_long
    still = abs(moved) <= STILL * max(abs(m.short), abs(m.long))
    # without movement there is no bias to scale up, and delta divides by rounding
    approximate, exact = (m.long, m.long) if still else (None, _beta_star(m, r2_max))
    if not still and gained > 0:
        approximate = m.long - moved * room / gained
    flags = () if exact is not None else ("no_beta_star_with_the_sign_of_the_bias",)
    return Diagnostic(
        "oster_delta",
        finite(numerator / denominator) if denominator and not still else None,
        reason="controls_do_not_move_the_slope" if still else None,
        flags=flags,
        details={
            "beta_star": exact,
            "beta_star_approximate": approximate,
            "estimate_short": m.short,
            "estimate_long": m.long,
            "r2_within_short": m.r2_short,
            "r2_within_long": m.r2_long,
            "r2_max": r2_max,
        },
    )


def _polynomials(m: _Moments, r2_max: float) -> tuple[Floats, Floats]:
    """Return numerator and denominator of delta as polynomials in the bias (slope less its true value)."""
    moved, room = m.short - m.long, r2_max - m.r2_long
    spread = m.residual * moved * m.treatment
    cubic = m.residual * (m.treatment - m.residual)
    linear = (m.r2_long - m.r2_short) * m.outcome * m.residual + m.treatment * m.residual * moved**2
    numerator = np.array([cubic, 2 * spread, linear, 0.0])
    constant = room * m.outcome * moved * m.treatment
    denominator = np.array([cubic, spread, room * m.outcome * (m.treatment - m.residual), constant])
    return numerator, denominator


def _beta_star(m: _Moments, r2_max: float) -> float | None:
    """Return the slope at which delta is one."""
    numerator, denominator = _polynomials(m, r2_max)
    difference = numerator - denominator
    roots = np.roots(difference[1:])  # the cubic terms cancel at delta = 1
    biases = np.real(roots[np.abs(np.imag(roots)) <= 1e-9 * np.abs(roots)])
    # assumption 3: the observed controls move the slope the way the unobserved ones would
    kept = biases[np.sign(biases) == np.sign(m.short - m.long)]
    chosen = kept if len(kept) else biases
    return m.long - float(chosen[np.abs(chosen).argmin()]) if len(chosen) else None
