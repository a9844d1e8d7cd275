"""Tails and quantiles of t, F and chi2, arrays allowed.

From `scipy.special`: what `scipy.stats` adds, checks of its arguments, costs a hundred times the calculation.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from citypanel.estimation.within import Floats


def t_upper_tail(statistic: Floats | float, df: Floats | float) -> Floats:
    """Return the upper tail of t(df), of the normal distribution where df is infinite."""
    below = -np.asarray(statistic)
    return np.where(np.isinf(df), special.ndtr(below), special.stdtr(df, below))


def t_quantile(share: float, df: Floats | float) -> Floats:
    """Return the quantile of t(df) at `share`, of the normal distribution where df is infinite."""
    return np.where(np.isinf(df), special.ndtri(share), special.stdtrit(df, share))


def f_upper_tail(statistic: float, df: float, df_denominator: float) -> float:
    """Return the upper tail of F(df, df_denominator)."""
    return float(special.fdtrc(df, df_denominator, statistic))


def chi2_upper_tail(statistic: float, df: float) -> float:
    """Return the upper tail of chi2(df)."""
    return float(special.chdtrc(df, statistic))
