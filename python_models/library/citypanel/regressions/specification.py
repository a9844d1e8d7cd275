"""One row of the queue, read: estimator, terms, effects, transforms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from citypanel.estimation import COVARIANCES
from citypanel.estimation.covariance_kinds import FOR_2SLS
from citypanel.regressions.cell_grammar import (
    Expression,
    Factor,
    SpecificationError,
    Winsor,
    cells_of,
    expressions,
    items,
    winsor,
)

__all__ = ["ESTIMATORS", "Specification", "SpecificationError", "Split", "parse_specification"]

EFFECTS = {"city": "entity", "year": "time"}
TWO_WAY = ("entity", "time")
# the effects an estimator stands for; None: what the row says
ESTIMATORS: dict[str, tuple[str, ...] | None] = {
    "two_way_fixed_effects": TWO_WAY,
    "fixed_effects": None,
    "fe_2sls": None,
    "random_effects": None,
    # two-way fits with a diagnostic, other fits or a curve beside them
    "hausman": TWO_WAY,
    "placebo_permutation": TWO_WAY,
    "oster": TWO_WAY,
    "group_difference": TWO_WAY,
    "leave_one_out": TWO_WAY,
    "index_variants": TWO_WAY,
    "specification_curve": TWO_WAY,
}


@dataclass(frozen=True)
class Split:
    """Rows of the sample that also meet another sample's predicate: 1 in the column `name`, else 0."""

    name: str
    predicate: str


@dataclass(frozen=True)
class Specification:
    """A row of the queue; terms: endogenous ones not among the regressors, regressors, controls.

    Under `group_difference` the terms are followed by their products with the split.
    """

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
    split: Split | None = None

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Every term the fit needs, the outcome first."""
        return (self.outcome, *self.terms, *self.instruments)

    @property
    def variables(self) -> tuple[str, ...]:
        """Every panel column the fit needs, in order of appearance, each once; the split is none."""
        factors = [factor for expression in self.expressions for factor in expression.factors]
        names = dict.fromkeys(factor.variable for factor in factors)
        return tuple(name for name in names if self.split is None or name != self.split.name)

    @property
    def plain_terms(self) -> tuple[Expression, ...]:
        """The terms without products with the split."""
        return tuple(term for term in self.terms if self.split is None or not _has(term, self.split.name))


def parse_specification(row: Mapping[str, Any]) -> Specification:
    """Return the row as a Specification; raise SpecificationError naming the field that cannot be read.

    Fields: specification_id, estimator, outcome, regressors, controls, endogenous, instruments,
    fixed_effects, predicate, transform, covariance, seed, and split (a sample's name) with split_predicate.
    Lists are separated by ` + `; an empty cell is None, NaN or "".
    """
    cells = cells_of(row)
    outcome = expressions(cells, "outcome")
    if len(outcome) != 1:
        raise SpecificationError("outcome_is_one_variable", value=cells.get("outcome", ""))
    endogenous, instruments = expressions(cells, "endogenous"), expressions(cells, "instruments")
    estimator = _estimator(cells.get("estimator", ""), endogenous, instruments)
    split = _split(cells, estimator)
    terms = _terms(cells, endogenous, split if estimator == "group_difference" else None)
    _refuse_repeats([*outcome, *terms, *instruments])
    return Specification(
        specification_id=cells.get("specification_id", ""),
        estimator=estimator,
        outcome=outcome[0],
        terms=terms,
        endogenous=endogenous,
        instruments=instruments,
        effects=_effects(cells.get("fixed_effects", ""), estimator),
        predicate=cells.get("predicate", "") or "true",
        winsor=winsor(cells.get("transform", "")),
        covariance=_covariance(cells.get("covariance", ""), estimator),
        seed=_seed(cells.get("seed", "")),
        split=split,
    )


def _terms(
    cells: Mapping[str, str], endogenous: tuple[Expression, ...], split: Split | None
) -> tuple[Expression, ...]:
    terms = expressions(cells, "regressors") + expressions(cells, "controls")
    written = [term.text for term in terms]
    terms = tuple(term for term in endogenous if term.text not in written) + terms
    if not terms:
        raise SpecificationError("no_regressor_named", specification_id=cells.get("specification_id", ""))
    if split is None:
        return terms
    group = Factor(split.name)
    return terms + tuple(Expression(f"{t.text}:{split.name}", (*t.factors, group)) for t in terms)


def _split(cells: Mapping[str, str], estimator: str) -> Split | None:
    name = cells.get("split", "")
    if estimator == "group_difference" and not name:
        raise SpecificationError("split_is_missing", estimator=estimator)
    return Split(name, cells.get("split_predicate", "")) if name else None


def _has(expression: Expression, name: str) -> bool:
    return any(factor.variable == name for factor in expression.factors)


def _refuse_repeats(named: list[Expression]) -> None:
    texts = [expression.text for expression in named]
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
    named = tuple(EFFECTS[_choice("unknown_effect", item, EFFECTS)] for item in items(cell, "fixed_effects"))
    implied = ESTIMATORS[estimator]
    # random effects of cities stand instead of fixed ones; year dummies may be asked for
    unfit = "entity" in named if estimator == "random_effects" else implied and set(named) != set(implied)
    if named and unfit:
        raise SpecificationError("effects_do_not_fit_estimator", value=cell, estimator=estimator)
    return named or implied or ()


def _covariance(cell: str, estimator: str) -> str:
    known = {"random_effects": ("iid",), "fe_2sls": FOR_2SLS}.get(estimator, COVARIANCES)
    default = "cluster_city" if "cluster_city" in known else "iid"
    return _choice("unknown_covariance", cell or default, [kind for kind in COVARIANCES if kind in known])


def _seed(cell: str) -> int | None:
    try:
        return int(float(cell)) if cell else None
    except ValueError as error:
        raise SpecificationError("seed_is_not_a_number", value=cell) from error
