"""From the parts of a specification curve to one data frame."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

# of the result, in order
COLUMNS: dict[str, type] = {
    **dict.fromkeys(("treatment", "controls"), str),
    "n_controls": int,
    **dict.fromkeys(("effects", "window", "winsor", "covariance"), str),
    **dict.fromkeys(("estimate", "std_error", "statistic", "df", "p_value", "conf_low", "conf_high"), float),
    **dict.fromkeys(("n_obs", "n_cities"), int),
    "status": str,
}


def stacked(parts: list[dict[str, Any]]) -> pd.DataFrame:
    """Return one frame; a part holds arrays of one length and single values, and lacks what it has not."""
    sizes = [max((len(v) for v in part.values() if isinstance(v, np.ndarray)), default=1) for part in parts]
    columns = {}
    for name, kind in COLUMNS.items():
        empty = np.nan if kind is float else "" if kind is str else None
        values = [np.asarray(part.get(name, empty), dtype=object if kind is str else float) for part in parts]
        whole = np.concatenate([np.broadcast_to(v, size) for v, size in zip(values, sizes, strict=True)])
        columns[name] = pd.Series(whole).astype("Int64" if kind is int else kind)
    return pd.DataFrame(columns)
