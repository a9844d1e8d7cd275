"""Which city (entity) and period (time) every row of a data frame belongs to, as codes in sorted order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from citypanel.estimation.errors import EstimationError
from citypanel.estimation.within import Codes

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class PanelKeys:
    """entity, time: codes (n,), -1 where the key is missing; columns: the two columns they were read from.

    positions: where the n rows stand in those columns; None when they are all rows as they come.
    """

    entity: Codes
    time: Codes
    columns: tuple[pd.Series, pd.Series]
    positions: Codes | None = None

    @property
    def index(self) -> pd.Index:
        """Index of the rows in the data."""
        index = self.columns[0].index
        return index if self.positions is None else index[self.positions]

    @property
    def labels(self) -> tuple[pd.Series, pd.Series]:
        """Entity and time of the rows as they stand in the data, each (n,)."""
        if self.positions is None:
            return self.columns
        entity, time = (column.iloc[self.positions] for column in self.columns)
        return entity, time

    @property
    def frame(self) -> pd.DataFrame:
        """The entity-time pairs (n, 2) under their names, on the index of the data."""
        return pd.concat(self.labels, axis=1)

    @property
    def cities(self) -> pd.Series:
        """One entity per code (G,), in the order of the codes; rows must be in that order."""
        return self.labels[0].iloc[np.flatnonzero(np.diff(self.entity, prepend=-1))]

    def order(self) -> Codes | None:
        """Return the positions that sort the rows by entity and time; None when they are sorted already.

        Raises EstimationError duplicate_panel_key.
        """
        pairs = (self.entity + 1) * (self.time.max(initial=-1) + 2) + self.time + 1
        if (pairs[1:] > pairs[:-1]).all():
            return None
        order = np.argsort(pairs, kind="stable")
        again = order[1:][pairs[order[1:]] == pairs[order[:-1]]]
        again = again[(self.entity[again] >= 0) & (self.time[again] >= 0)]  # rows without a key are no pair
        if len(again):
            city, year = (column.iloc[again.min()] for column in self.columns)
            raise EstimationError("duplicate_panel_key", rows=len(again), city=city, year=year)
        return order

    def take(self, positions: Codes) -> PanelKeys:
        """Return the rows at `positions`, with codes that leave out no number."""
        entity, time = (_without_gaps(codes[positions]) for codes in (self.entity, self.time))
        return PanelKeys(entity, time, self.columns, positions)


def panel_keys(data: pd.DataFrame, entity: str, time: str) -> PanelKeys:
    """Return the keys of all rows of `data`, in its order."""
    columns = data[entity], data[time]
    first, second = (_codes(column) for column in columns)
    return PanelKeys(first, second, columns)


def _codes(column: pd.Series) -> Codes:
    if not isinstance(column.dtype, np.dtype | pd.StringDtype):
        return pd.factorize(column, sort=True)[0].astype(np.int64)
    values = column.to_numpy()
    if values.dtype.kind in "iu" and len(values):
        low, high = int(values.min()), int(values.max())  # Python's, which do not overflow
        if high - low <= 4 * len(values):
            return _without_gaps(values - low)
    # a city's rows mostly follow each other: one look-up per run of equal labels
    try:
        starts = np.flatnonzero(np.append(True, values[1:] != values[:-1])[: len(values)])
    except TypeError:  # pd.NA among objects has no truth value
        return pd.factorize(column, sort=True)[0].astype(np.int64)
    codes = pd.factorize(values[starts], sort=True)[0].astype(np.int64)
    return np.repeat(codes, np.diff(starts, append=len(values)))


def _without_gaps(codes: Codes) -> Codes:
    """Return non-negative codes renumbered 0, 1, … in their order, skipping those that do not occur."""
    present = np.bincount(codes) > 0
    if present.all():
        return codes.astype(np.int64, copy=False)
    return (np.cumsum(present) - 1)[codes]
