"""The choices of a specification curve, read from the rows of curve_choices.csv."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from citypanel.estimation import COVARIANCES
from citypanel.regressions.cell_grammar import SpecificationError, items, winsor
from citypanel.regressions.specification import EFFECTS, Specification

DIMENSIONS = ("control", "index", "effects", "window", "winsor", "covariance")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
Percentiles = tuple[float, float] | None
Choice = TypeVar("Choice")


@dataclass(frozen=True)
class CurveChoices:
    """Arguments of `specification_curve`; of each list the first is what the row itself says.

    windows: {label: (first, last) year or None for every year of the sample}.
    """

    outcome: str
    treatments: tuple[str, ...]
    controls: tuple[str, ...]
    windows: dict[str, tuple[int, int] | None]
    winsors: tuple[Percentiles, ...]
    effects: tuple[tuple[str, ...], ...]
    covariances: tuple[str, ...]

    @property
    def variables(self) -> tuple[str, ...]:
        """Every panel column, each once."""
        return tuple(dict.fromkeys((self.outcome, *self.treatments, *self.controls)))

    @property
    def winsor_texts(self) -> tuple[str, ...]:
        """The winsorisings as the curve names them."""
        return tuple("none" if pair is None else f"winsor({pair[0]:g},{pair[1]:g})" for pair in self.winsors)


def curve_choices(specification: Specification, choices: pd.DataFrame) -> CurveChoices:
    """Return the choices of one row; a dimension without rows keeps what the specification says.

    choices: columns dimension and choice. A control that is no choice stands in no row of the curve, so each
    of the specification's must be one. Raises SpecificationError curve_term_is_not_a_column,
    curve_choice_is_unknown, curve_control_is_no_choice.
    """
    _require_columns(specification)
    listed = {name: tuple(choices.loc[choices["dimension"] == name, "choice"]) for name in DIMENSIONS}
    if unknown := sorted(set(choices["dimension"]) - set(DIMENSIONS)):
        raise SpecificationError("curve_choice_is_unknown", dimension=", ".join(unknown), value="")
    treatment, *controls = [term.text for term in specification.terms]
    if missing := [name for name in controls if name not in listed["control"]]:
        raise SpecificationError("curve_control_is_no_choice", variables=", ".join(missing))
    own = specification.winsor
    clip = None if own is None else (own.lower, own.upper)
    return CurveChoices(
        outcome=specification.outcome.text,
        treatments=_first(treatment, listed["index"]),
        controls=tuple(controls),
        windows=dict(_window(choice) for choice in listed["window"]) or {"sample": None},
        winsors=_first(clip, [_winsor(choice) for choice in listed["winsor"]]),
        effects=_first(specification.effects, [_effects(choice) for choice in listed["effects"]]),
        covariances=_first(specification.covariance, [_covariance(kind) for kind in listed["covariance"]]),
    )


def _first(own: Choice, others: Sequence[Choice]) -> tuple[Choice, ...]:
    return tuple(dict.fromkeys((own, *others)))


def _require_columns(specification: Specification) -> None:
    for expression in specification.expressions:
        factors = expression.factors
        if len(factors) > 1 or factors[0].lag:
            raise SpecificationError("curve_term_is_not_a_column", value=expression.text)


def _window(choice: str) -> tuple[str, tuple[int, int]]:
    years = _YEARS.fullmatch(choice)
    if years is None:
        raise SpecificationError("curve_choice_is_unknown", dimension="window", value=choice)
    return choice, (int(years[1]), int(years[2]))


def _winsor(choice: str) -> Percentiles:
    read = winsor("" if choice == "none" else choice)
    return None if read is None else (read.lower, read.upper)


def _effects(choice: str) -> tuple[str, ...]:
    named = items(choice, "effects")
    if unknown := [name for name in named if name not in EFFECTS]:
        raise SpecificationError("unknown_effect", value=unknown[0], known=", ".join(EFFECTS))
    return tuple(EFFECTS[name] for name in named)


def _covariance(choice: str) -> str:
    # what a curve can form from cross-products; the rest has no variance or needs every row
    if choice not in COVARIANCES or choice in ("cr2", "wild_cluster"):
        raise SpecificationError("curve_choice_is_unknown", dimension="covariance", value=choice)
    return choice
