"""The grammar of the cells of regressions.csv: lists, terms, lags, products. It lives here alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from citypanel.messages import Mistake

# the cells that name columns of the panel
LISTS = ("outcome", "endogenous", "regressors", "controls", "instruments")
_FACTOR = re.compile(r"^(?:L(?P<lag>\d*)\.)?(?P<variable>[^\W\d]\w*)$")
_WINSOR = re.compile(r"^winsor\(\s*([\d.]+)\s*,\s*([\d.]+)\s*(?:,\s*([1-9])\s*)?\)$")


class SpecificationError(Mistake):
    """A row that cannot be run as written; `message_id` and `arguments` say what to change."""


@dataclass(frozen=True, order=True)
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


def cells_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Return the row with every cell as text; None, NaN and NA are empty."""
    return {name: _text(value) for name, value in row.items()}


def items(cell: str, field: str) -> list[str]:
    """Return the items of a list, which ` + ` separates; SpecificationError empty_item_in_list."""
    if not cell:
        return []
    parts = [item.strip() for item in cell.split("+")]
    if "" in parts:
        raise SpecificationError("empty_item_in_list", field=field, value=cell)
    return parts


def expressions(cells: Mapping[str, str], field: str) -> tuple[Expression, ...]:
    """Return the terms of a cell; SpecificationError empty_item_in_list or unreadable_term."""
    return tuple(expression(item, field) for item in items(cells.get(field, ""), field))


def expression(text: str, field: str) -> Expression:
    """Return one term: a column, a lag of one, or a product of such; SpecificationError unreadable_term."""
    text = re.sub(r"\s*:\s*", ":", text)
    factors = []
    for part in text.split(":"):
        match = _FACTOR.match(part)
        if match is None:
            raise SpecificationError("unreadable_term", field=field, value=text)
        lag = match["lag"]
        factors.append(Factor(match["variable"], 0 if lag is None else int(lag or 1)))
    return Expression(text, tuple(factors))


def winsor(cell: str) -> Winsor | None:
    """Return the percentiles of `winsor(5,95)`; None for an empty cell; SpecificationError else."""
    if not cell:
        return None
    match = _WINSOR.match(cell)
    if match is None or not float(match[1]) < float(match[2]) <= 100:
        raise SpecificationError("unreadable_transform", value=cell)
    return Winsor(float(match[1]), float(match[2]), int(match[3] or 2))


def readable_factors(row: Mapping[str, Any]) -> tuple[Factor, ...]:
    """Return every panel column and lag that the row names, each once, sorted; unreadable items left out.

    For rows that cannot be run too: what they would have needed is still to be read from them. The row's
    split, which stands for a sample, is not a column.
    """
    cells, found = cells_of(row), set()
    for field in LISTS:
        for item in cells.get(field, "").split("+"):
            try:
                found |= set(expression(item.strip(), field).factors)
            except SpecificationError:
                continue
    return tuple(sorted(factor for factor in found if factor.variable != cells.get("split")))


def _text(value: object) -> str:
    # NaN is the only value that differs from itself
    return "" if value is None or value != value or str(value) == "<NA>" else str(value).strip()
