"""The draws of a wild bootstrap as functions of the tested null, and the interval by inverting the test."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count

import numpy as np

from citypanel.estimation.significance import TIE, share_of
from citypanel.estimation.within import Floats

# rounding of a polynomial, as a share of the sum of its terms; draws nearer to zero stay open
ROUNDING = 1e-10
# how often bisection looks which draws still count, and from how many on it does
EVERY, FEW = 4, 16


@dataclass(frozen=True)
class DrawnTests:
    """Each draw's t of one slope under a null at a `distance` from the estimate.

    parts: (5, B), e, x, ee, ex and xx of every draw: its numerator is e - distance x, its squared denominator
    ee - 2 distance ex + distance^2 xx. error: of the estimate, without factor. settled: how many draws beside
    these are as extreme as the data, and how many there are, whatever the null in the stretch looked at.
    """

    parts: Floats
    error: float
    enumerated: bool
    settled: tuple[int, int] = (0, 0)

    def p_value(self, distance: float) -> float:
        """Return the two-sided p value of the null at `distance`; draws without a t are left out."""
        e, x, ee, ex, xx = self.parts
        with np.errstate(divide="ignore", invalid="ignore"):
            t = np.abs(e - distance * x) / np.sqrt(ee - 2 * distance * ex + distance**2 * xx)
        t, observed = t[np.isfinite(t)], abs(distance) / self.error
        extreme = int((t >= observed - TIE * observed).sum())
        return share_of(self.settled[0] + extreme, self.settled[1] + len(t), self.enumerated)

    def between(self, near: float, far: float) -> DrawnTests:
        """Return the tests with the draws settled that cannot change sides between two distances.

        A draw is extreme where the quartic error^2 (e - d x)^2 - d^2 (ee - 2 d ex + d^2 xx) is positive; it
        keeps its sign where its value at the middle exceeds what its derivatives can add up to.
        """
        e, x, ee, ex, xx = self.parts
        middle, half = (near + far) / 2, abs(far - near) / 2
        shrunk, variance = (1 - TIE) ** 2, self.error**2
        quartic = [
            variance * e**2, -2 * variance * e * x, variance * x**2 - shrunk * ee,
            2 * shrunk * ex, -shrunk * xx,
        ]  # fmt: skip
        value, signed = _settled(quartic, middle, half)
        squared, definite = _settled([ee, -2 * ex, xx], middle, half)
        closed = signed & definite & (squared > 0)
        extreme, total = int((closed & (value > 0)).sum()), int(closed.sum())
        settled = (self.settled[0] + extreme, self.settled[1] + total)
        return replace(self, parts=self.parts[:, ~closed], settled=settled)


def _settled(polynomial: list[Floats], middle: float, half: float) -> tuple[Floats, np.ndarray]:
    """Return polynomials (B,) at `middle`, and which keep their sign within `half` of it."""
    taylor, terms = list(polynomial), np.zeros_like(polynomial[0])
    for power, coefficient in enumerate(polynomial):
        terms += np.abs(coefficient) * (abs(middle) + half) ** power
    for order in range(len(taylor) - 1):  # shifts the polynomial to the middle (Horner)
        for power in range(len(taylor) - 2, order - 1, -1):
            taylor[power] = taylor[power] + middle * taylor[power + 1]
    reach = sum(np.abs(part) * half**power for power, part in enumerate(taylor[1:], start=1))
    return taylor[0], np.abs(taylor[0]) > reach + ROUNDING * terms


def bound(tests: DrawnTests, slope: float, side: int, alpha: float) -> float:
    """Return where p falls to alpha on one side (-1, 1) of the estimate; infinite where it does not.

    By bisection in which only the draws still count that may change sides in what is left.
    """
    step = side * tests.error
    near, far = 0.0, 2 * step
    for _ in range(40):
        if tests.p_value(far) <= alpha:
            break
        near, far = far, 2 * far
    else:
        return float(np.copysign(np.inf, step))
    # far below twelve digits, so that the bound does not depend on how BLAS rounds
    for halving in count(1):
        if abs(far - near) <= max(1e-13 * abs(step), 4 * float(np.spacing(abs(slope + far)))):
            break
        if halving % EVERY == 0 and tests.parts.shape[1] > FEW:
            tests = tests.between(near, far)
        middle = (near + far) / 2
        near, far = (near, middle) if tests.p_value(middle) <= alpha else (middle, far)
    return slope + far
