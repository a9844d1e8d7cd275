"""From a data frame to the rows of a regression: complete, without singletons, in one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from citypanel.estimation.errors import EstimationError, nearest_to_each
from citypanel.estimation.within import Codes, Floats, WithinTransformation

EFFECTS = ("entity", "time")


@dataclass(frozen=True)
class PanelSample:
    """The rows a model is fitted on, sorted by entity and time.

    values: (n, m), one column per name in `names`; entity, time: codes (n,); keys: the n entity-time pairs as
    they stand in the data; rows_missing, rows_singleton: rows of the data that were left out, and why.
    """

    names: tuple[str, ...]
    values: Floats
    entity: Codes
    time: Codes
    effects: tuple[str, ...]
    keys: pd.DataFrame
    rows_missing: int
    rows_singleton: int

    @property
    def n_rows(self) -> int:
        """Number of rows n."""
        return len(self.values)

    @property
    def n_entities(self) -> int:
        """Number of cities (entities) in the sample."""
        return int(self.entity.max()) + 1

    @property
    def n_periods(self) -> int:
        """Number of years (periods) in the sample."""
        return int(self.time.max()) + 1

    @cached_property
    def within(self) -> WithinTransformation:
        """The within transformation of this sample's effects."""
        groups = tuple({"entity": self.entity, "time": self.time}[effect] for effect in self.effects)
        return WithinTransformation(self.n_rows, groups)

    @cached_property
    def demeaned(self) -> Floats:
        """All columns without the effects (n, m), computed once."""
        return self.within.apply(self.values)

    def columns(self, names: Sequence[str], demeaned: bool = False) -> Floats:
        """Return the named columns (n, len(names)), as they are or without the effects."""
        source = self.demeaned if demeaned else self.values
        return source[:, [self.names.index(name) for name in names]]


def panel_sample(
    data: pd.DataFrame,
    names: Sequence[str],
    *,
    entity: str,
    time: str,
    effects: Sequence[str] = EFFECTS,
    drop_singletons: bool = True,
) -> PanelSample:
    """Return the complete rows of `names` (all numeric), without groups of one row if asked.

    Rows with a missing or non-finite value in any named column are left out and counted. A singleton is the
    only row of a city or a year that has an effect; dropping one may make another, so it is repeated
    (Correia 2015). Raises EstimationError: unknown_effect, unknown_variable, repeated_variable,
    variable_not_numeric, duplicate_panel_key, variable_all_missing, no_complete_row, no_row_after_singletons.
    """
    _check(data, names, entity, time, effects)
    ordered = data.sort_values([entity, time], kind="stable")
    values = np.column_stack([_numbers(ordered, name) for name in names])
    complete = np.isfinite(values).all(axis=1) & ordered[[entity, time]].notna().all(axis=1).to_numpy()
    if not complete.any():
        raise _why_nothing_is_left(values, names)
    keep = _without_singletons(ordered, complete, entity, time, effects) if drop_singletons else complete
    if not keep.any():
        raise EstimationError("no_row_after_singletons", rows=int(complete.sum()))
    keys = ordered.loc[keep, [entity, time]]
    return PanelSample(
        names=tuple(names),
        values=values[keep],
        entity=_codes(keys[entity]),
        time=_codes(keys[time]),
        effects=tuple(effect for effect in EFFECTS if effect in effects),
        keys=keys,
        rows_missing=int((~complete).sum()),
        rows_singleton=int(complete.sum() - keep.sum()),
    )


def _check(data: pd.DataFrame, names: Sequence[str], entity: str, time: str, effects: Sequence[str]) -> None:
    for effect in effects:
        if effect not in EFFECTS:
            raise EstimationError("unknown_effect", value=effect, known=" + ".join(EFFECTS))
    if missing := [name for name in (entity, time, *names) if name not in data.columns]:
        near = nearest_to_each(missing, [str(column) for column in data.columns])
        raise EstimationError("unknown_variable", variables=", ".join(missing), nearest=near)
    if repeated := [name for position, name in enumerate(names) if name in names[:position]]:
        raise EstimationError("repeated_variable", variables=", ".join(repeated))
    if (twice := data.duplicated([entity, time])).any():
        city, year = data.loc[twice, [entity, time]].iloc[0]
        raise EstimationError("duplicate_panel_key", rows=int(twice.sum()), city=city, year=year)


def _numbers(data: pd.DataFrame, name: str) -> Floats:
    column = data[name]
    try:
        return column.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    except (ValueError, TypeError) as error:
        raise EstimationError("variable_not_numeric", variable=name) from error


def _why_nothing_is_left(values: Floats, names: Sequence[str]) -> EstimationError:
    empty = [name for name, column in zip(names, values.T, strict=True) if not np.isfinite(column).any()]
    if empty and len(values):
        return EstimationError("variable_all_missing", variables=", ".join(empty))
    return EstimationError("no_complete_row", rows=len(values))


def _codes(column: pd.Series) -> Codes:
    return pd.factorize(column, sort=True)[0].astype(np.int64)


def _without_singletons(
    data: pd.DataFrame, keep: np.ndarray, entity: str, time: str, effects: Sequence[str]
) -> np.ndarray:
    """Return `keep` without rows that are alone in a group of an effect, repeated until none is left."""
    keep = keep.copy()
    groups = [pd.factorize(data[{"entity": entity, "time": time}[effect]])[0] for effect in effects]
    while True:
        before = int(keep.sum())
        for codes in groups:
            keep &= np.bincount(codes[keep], minlength=codes.max() + 1)[codes] != 1
        if int(keep.sum()) == before:
            return keep
