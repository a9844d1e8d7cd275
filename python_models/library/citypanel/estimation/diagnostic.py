"""The record every diagnostic returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Diagnostic:
    """One test, or one descriptive number, of a specification.

    statistic is chi2 on `df` when there is no df_denominator, F on (df, df_denominator) when both are there,
    t on df_denominator when only that is, and otherwise what `test` says. Where the test is not defined,
    statistic is None and `reason` holds an id; flags: what a reader must know; draws, seed: of a random
    method (flag `enumerated`: draws are all assignments, and the seed was not used); details: further
    numbers by name, plain Python objects; variable: where the test is of one variable of several.
    """

    test: str
    statistic: float | None = None
    df: float | None = None
    df_denominator: float | None = None
    p_value: float | None = None
    reason: str | None = None
    flags: tuple[str, ...] = ()
    draws: int | None = None
    seed: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    variable: str | None = None
