"""Which regressors cannot be told apart, dropped last-first and never in silence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from citypanel.estimation.normal_equations import column_lengths, what_is_left
from citypanel.estimation.within import Floats

# share of a column's norm that must remain after the effects, and after the columns before it
ABSORBED_BELOW = 1e-8
COLLINEAR_BELOW = 1e-7
# far above the rounding of cross-products, which is about 1e-8 of a unit column
PLAINLY_LEFT = 1e-3


def omitted_columns(
    values: Floats, demeaned: Floats, names: Sequence[str], base: Floats | None = None
) -> dict[str, tuple[str, str]]:
    """Return {name: (status, reason)} of the columns to leave out.

    values, demeaned: (n, m), before and after the effects were taken out; base: columns (n, q) that come
    first and are kept (the exogenous regressors, when instruments are checked). status is `absorbed` with
    the reason `constant_in_sample` or `absorbed_by_effects`, or `omitted` with the reason
    `collinear_with_earlier_terms`. Of two collinear columns the later is left out.
    """
    if _plainly_independent(values, demeaned, base):
        return {}
    omitted: dict[str, tuple[str, str]] = {}
    kept = np.zeros((len(values), 0)) if base is None else np.linalg.qr(_unit(base))[0]
    for position, name in enumerate(names):
        centred = values[:, position] - values[:, position].mean()
        size, left = np.linalg.norm(centred), np.linalg.norm(demeaned[:, position])
        if size <= 1e-12 * np.linalg.norm(values[:, position]):
            omitted[name] = ("absorbed", "constant_in_sample")
        elif left <= ABSORBED_BELOW * size:
            omitted[name] = ("absorbed", "absorbed_by_effects")
        else:
            rest = _residual(demeaned[:, position] / left, kept)
            if (norm := np.linalg.norm(rest)) <= COLLINEAR_BELOW:
                omitted[name] = ("omitted", "collinear_with_earlier_terms")
            else:
                kept = np.column_stack([kept, rest / norm])
    return omitted


def _plainly_independent(values: Floats, demeaned: Floats, base: Floats | None) -> bool:
    """Return whether cross-products alone show that no column comes near a threshold: nearly every fit."""
    columns = demeaned if base is None else np.column_stack([base, demeaned])
    lengths = column_lengths(columns)
    start = columns.shape[1] - values.shape[1]
    varying = lengths[start:] > 100 * ABSORBED_BELOW * column_lengths(values)
    return bool(varying.all() and (what_is_left(columns, lengths)[start:] > PLAINLY_LEFT).all())


def _unit(values: Floats) -> Floats:
    return values / np.linalg.norm(values, axis=0)


def _residual(column: Floats, kept: Floats) -> Floats:
    """Return the part of `column` (n,) outside the span of orthonormal `kept`; twice, for rounding."""
    for _ in range(2):
        column = column - kept @ (kept.T @ column)
    return column
