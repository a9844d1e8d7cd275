"""One row of the queue, read: terms, effects, transforms. The grammar of the cells lives here alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from citypanel.estimation import COVARIANCES
from citypanel.messages import Mistake

EFFECTS = {"city": "entity", "year": "time"}
# the effects an estimator stands for; None: what the row says
ESTIMATORS: dict[str, tuple[str, ...] | None] = {
    "two_way_fixed_effects": ("entity", "time"),
    "fixed_effects": None,
    "fe_2sls": None,
    # two-way fits with a diagnostic beside them
    "hausman": ("entity", "time"),
    "placebo_permutation": ("entity", "time"),
    "oster": ("entity", "time"),
}
_FACTOR = re.compile(r"^(?:L(?P<lag>\d*)\.)?(?P<variable>[^\W\d]\w*)$")
_WINSOR = re.compile(r"^winsor\(\s*([\d.]+)\s*,\s*([\d.]+)\s*(?:,\s*([1-9])\s*)?\)$")


class SpecificationError(Mistake):
    """A row that cannot be run as written; `message_id` and `arguments` say what to change."""


@dataclass(frozen=True)
class Factor:
    """A panel column, `lag` years earlier inside the sample window (0: the same year)."""

    variable: str
    lag: int = 0


@dataclass(frozen=True)
class Expression:
    """A term as written (`a`, `L1.a`, `a:b`) and the factors it multiplies."""

    text: str
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class Winsor:
    """Clip every continuous variable at two percentiles of the sample; quantile type as in `estimation`."""

    lower: float
    upper: float
    quantile_type: int = 2


@dataclass(frozen=True)
class Specification:
    """A row of the queue; terms: endogenous ones not among the regressors, regressors, controls."""

    specification_id: str
    estimator: str
    outcome: Expression
    terms: tuple[Expression, ...]
    endogenous: tuple[Expression, ...]
    instruments: tuple[Expression, ...]
    effects: tuple[str, ...]
    predicate: str
    winsor: Winsor | None
    covariance: str
    seed: int | None

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Every term the fit needs, the outcome first."""
        return (self.outcome, *self.terms, *self.instruments)

    @property
    def variables(self) -> tuple[str, ...]:
        """Every panel column the fit needs, in order of appearance, each once."""
        factors = [factor for expression in self.expressions for factor in expression.factors]
        return tuple(dict.fromkeys(factor.variable for factor in factors))


def parse_specification(row: Mapping[str, Any]) -> Specification:
    """Return the row as a Specification; raise SpecificationError naming the field that cannot be read.

    Fields: specification_id, estimator, outcome, regressors, controls, endogenous, instruments,
    fixed_effects, predicate, transform, covariance, seed. Lists are separated by ` + `; an empty cell is
    None, NaN or "".
    """
    cells = {name: _text(row.get(name)) for name in row}
    outcome = _expressions(cells, "outcome")
    if len(outcome) != 1:
        raise SpecificationError("outcome_is_one_variable", value=cells.get("outcome", ""))
    endogenous = _expressions(cells, "endogenous")
    terms = _expressions(cells, "regressors") + _expressions(cells, "controls")
    written = [term.text for term in terms]
    terms = tuple(term for term in endogenous if term.text not in written) + terms
    instruments = _expressions(cells, "instruments")
    _refuse_repeats([*outcome, *terms, *instruments])
    estimator = _estimator(cells.get("estimator", ""), endogenous, instruments)
    if not terms:
        raise SpecificationError("no_regressor_named", specification_id=cells.get("specification_id", ""))
    return Specification(
        specification_id=cells.get("specification_id", ""),
        estimator=estimator,
        outcome=outcome[0],
        terms=terms,
        endogenous=endogenous,
        instruments=instruments,
        effects=_effects(cells.get("fixed_effects", ""), estimator),
        predicate=cells.get("predicate", "") or "true",
        winsor=_winsor(cells.get("transform", "")),
        covariance=_choice("unknown_covariance", cells.get("covariance", "") or "cluster_city", COVARIANCES),
        seed=_seed(cells.get("seed", "")),
    )


def _text(value: object) -> str:
    # NaN is the only value that differs from itself
    return "" if value is None or value != value or str(value) == "<NA>" else str(value).strip()


def _list(cell: str, field: str) -> list[str]:
    if not cell:
        return []
    items = [item.strip() for item in cell.split("+")]
    if "" in items:
        raise SpecificationError("empty_item_in_list", field=field, value=cell)
    return items


def _expressions(cells: Mapping[str, str], field: str) -> tuple[Expression, ...]:
    return tuple(_expression(item, field) for item in _list(cells.get(field, ""), field))


def _expression(text: str, field: str) -> Expression:
    text = re.sub(r"\s*:\s*", ":", text)
    factors = []
    for part in text.split(":"):
        match = _FACTOR.match(part)
        if match is None:
            raise SpecificationError("unreadable_term", field=field, value=text)
        lag = match["lag"]
        factors.append(Factor(match["variable"], 0 if lag is None else int(lag or 1)))
    return Expression(text, tuple(factors))


def _refuse_repeats(expressions: list[Expression]) -> None:
    texts = [expression.text for expression in expressions]
    if repeated := [text for position, text in enumerate(texts) if text in texts[:position]]:
        raise SpecificationError("repeated_variable", variables=", ".join(dict.fromkeys(repeated)))


def _choice(message_id: str, value: str, known: Any) -> str:
    if value not in known:
        raise SpecificationError(message_id, value=value, known=", ".join(known))
    return value


def _estimator(name: str, endogenous: tuple[Expression, ...], instruments: tuple[Expression, ...]) -> str:
    _choice("unknown_estimator", name, ESTIMATORS)
    if (name == "fe_2sls") != bool(endogenous and instruments) or bool(endogenous) != bool(instruments):
        raise SpecificationError("instruments_do_not_fit_estimator", value=name)
    return name


def _effects(cell: str, estimator: str) -> tuple[str, ...]:
    named = tuple(EFFECTS[_choice("unknown_effect", item, EFFECTS)] for item in _list(cell, "fixed_effects"))
    implied = ESTIMATORS[estimator]
    if implied and named and set(named) != set(implied):
        raise SpecificationError("effects_do_not_fit_estimator", value=cell, estimator=estimator)
    return named or implied or ()


def _winsor(cell: str) -> Winsor | None:
    if not cell:
        return None
    match = _WINSOR.match(cell)
    if match is None or not float(match[1]) < float(match[2]) <= 100:
        raise SpecificationError("unreadable_transform", value=cell)
    return Winsor(float(match[1]), float(match[2]), int(match[3] or 2))


def _seed(cell: str) -> int | None:
    try:
        return int(float(cell)) if cell else None
    except ValueError as error:
        raise SpecificationError("seed_is_not_a_number", value=cell) from error
