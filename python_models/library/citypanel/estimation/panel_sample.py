"""From a data frame to the rows of a regression: complete, without singletons, in one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from citypanel.estimation.arguments import names_of, require_columns, require_names
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.panel_keys import Mask, PanelKeys, panel_keys
from citypanel.estimation.within import Codes, Floats, WithinTransformation

EFFECTS = ("entity", "time")
# of the largest number of a column: fourth powers, which some covariances form, stay within a double
SCALES = (1e-40, 1e40)


@dataclass(frozen=True)
class PanelSample:
    """The rows a model is fitted on, sorted by entity and time; what is computed on them is computed once.

    names, values: (n, m), one contiguous column per name; rows: which city and period each is of; effects:
    those taken out; rows_missing, rows_singleton: rows of the data that were left out, and why.
    """

    names: tuple[str, ...]
    values: Floats
    rows: PanelKeys
    effects: tuple[str, ...]
    rows_missing: int
    rows_singleton: int

    @property
    def entity(self) -> Codes:
        """Code of each row's city (n,), 0 … G-1."""
        return self.rows.entity

    @property
    def time(self) -> Codes:
        """Code of each row's period (n,), 0 … T-1."""
        return self.rows.time

    @property
    def n_rows(self) -> int:
        """Number of rows n."""
        return len(self.values)

    @cached_property
    def n_entities(self) -> int:
        """Number of cities (entities) in the sample."""
        return int(self.entity.max()) + 1

    @cached_property
    def n_periods(self) -> int:
        """Number of years (periods) in the sample."""
        return int(self.time.max()) + 1

    @cached_property
    def keys(self) -> pd.DataFrame:
        """The n entity-time pairs as they stand in the data."""
        return self.rows.frame

    @cached_property
    def within(self) -> WithinTransformation:
        """The within transformation of this sample's effects."""
        groups = tuple({"entity": self.entity, "time": self.time}[effect] for effect in self.effects)
        return WithinTransformation(self.n_rows, groups)

    @cached_property
    def demeaned(self) -> Floats:
        """All columns without the effects (n, m)."""
        return self.within.apply(self.values)

    @cached_property
    def means(self) -> Floats:
        """Mean of each column (m,)."""
        return self.values.mean(axis=0)

    def positions(self, names: Sequence[str]) -> list[int]:
        """Return where the named columns stand; EstimationError unknown_variable."""
        require_names(names, self.names)
        return [self.names.index(name) for name in names]

    def columns(self, names: Sequence[str], demeaned: bool = False) -> Floats:
        """Return the named columns (n, len(names)), as they are or without the effects.

        They may be a view of the sample's own columns, and are not to be written on.
        """
        source, places = self.demeaned if demeaned else self.values, self.positions(names)
        if places and places == list(range(places[0], places[0] + len(places))):
            return source[:, places[0] : places[-1] + 1]
        return source[:, places]


def panel_sample(
    data: pd.DataFrame,
    names: Sequence[str],
    *,
    entity: str = "city_id",
    time: str = "year",
    effects: Sequence[str] = EFFECTS,
    drop_singletons: bool = True,
) -> PanelSample:
    """Return the complete rows of `names` (all numeric), without groups of one row if asked.

    Rows with a missing or non-finite value in any named column are left out and counted. A singleton is the
    only row of a city or a year that has an effect; dropping one may make another, so it is repeated
    (Correia 2015). Raises EstimationError: not_a_data_frame, unknown_effect, unknown_variable,
    repeated_variable, repeated_column, variable_not_numeric, variable_scale, duplicate_panel_key,
    variable_all_missing, no_complete_row, no_row_after_singletons.
    """
    effects = names_of(effects)
    _check(data, names, entity, time, effects)
    rows = panel_keys(data, entity, time)
    order, values = rows.order(), _block(data, names)
    complete = np.isfinite(values).all(axis=1) & (rows.entity >= 0) & (rows.time >= 0)
    if not complete.any():
        raise _why_nothing_is_left(values, names)
    keep = _without_singletons(rows, complete, effects) if drop_singletons else complete
    if not keep.any():
        raise EstimationError("no_row_after_singletons", rows=int(complete.sum()))
    if order is not None or not keep.all():
        kept = np.flatnonzero(keep) if order is None else order[keep[order]]
        rows, values = rows.take(kept), values.T.take(kept, axis=1).T
    _require_scale(values, names)
    return PanelSample(
        names=tuple(names),
        values=values,
        rows=rows,
        effects=tuple(effect for effect in EFFECTS if effect in effects),
        rows_missing=int((~complete).sum()),
        rows_singleton=int(complete.sum() - keep.sum()),
    )


def _check(data: pd.DataFrame, names: Sequence[str], entity: str, time: str, effects: Sequence[str]) -> None:
    require_columns(data, (entity, time, *names))
    for effect in effects:
        if effect not in EFFECTS:
            raise EstimationError("unknown_effect", value=effect, known=" + ".join(EFFECTS))
    if repeated := [name for position, name in enumerate(names) if name in names[:position]]:
        raise EstimationError("repeated_variable", variables=", ".join(repeated))


def _block(data: pd.DataFrame, names: Sequence[str]) -> Floats:
    """Return the named columns (n, m), each contiguous: every sum below runs along a column."""
    block = np.empty((len(names), len(data)))
    for row, name in zip(block, names, strict=True):
        row[:] = _numbers(data[name])
    return block.T


def _numbers(column: pd.Series) -> Floats:
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "fiub":
        return column.to_numpy(dtype=float)
    try:
        return column.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    except (ValueError, TypeError) as error:
        raise EstimationError("variable_not_numeric", variable=column.name) from error


def _require_scale(values: Floats, names: Sequence[str]) -> None:
    sizes = np.maximum(values.max(axis=0), -values.min(axis=0))
    wrong = np.flatnonzero((sizes > SCALES[1]) | ((sizes < SCALES[0]) & (sizes > 0)))
    for place in wrong[:1]:
        raise EstimationError("variable_scale", variable=names[place], size=f"{sizes[place]:.0e}")


def _why_nothing_is_left(values: Floats, names: Sequence[str]) -> EstimationError:
    empty = [name for name, column in zip(names, values.T, strict=True) if not np.isfinite(column).any()]
    if empty and len(values):
        return EstimationError("variable_all_missing", variables=", ".join(empty))
    return EstimationError("no_complete_row", rows=len(values))


def _without_singletons(rows: PanelKeys, keep: Mask, effects: Sequence[str]) -> Mask:
    """Return `keep` without rows that are alone in a group of an effect, repeated until none is left."""
    groups = [{"entity": rows.entity, "time": rows.time}[effect] for effect in effects]
    while True:
        alone = np.zeros(len(keep), dtype=bool)
        for codes in groups:
            single = np.bincount(codes if keep.all() else codes[keep]) == 1
            if single.any():
                alone |= keep & np.isin(codes, np.flatnonzero(single))
        if not alone.any():
            return keep
        keep = keep & ~alone
