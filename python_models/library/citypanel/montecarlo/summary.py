"""From the rows of every draw to bias, ratio of standard errors and coverage by term and covariance."""

from __future__ import annotations

import numpy as np
import pandas as pd

GROUP = ["design", "specification", "estimator", "term", "covariance"]
# width of the middle half of a normal distribution, in standard deviations
MIDDLE_HALF = 1.349


def summarise(records: pd.DataFrame) -> pd.DataFrame:
    """Return one row per design, specification, term and covariance, in the order of `records`.

    records: what `run_draws` returns. Columns beside GROUP: draws, cities, truth, bias (of the estimates
    from the truth), spread (their standard deviation), se_ratio (mean standard error / spread; NaN where
    there is none), coverage (share of draws whose interval, or a part of it, holds the truth), effective_f
    and critical_f (medians), share_weak (effective below critical). Two-stage estimates need not have a
    mean: there medians stand for means and the middle half of the draws for the standard deviation.
    """
    inside = (records["conf_low"] <= records["truth"]) & (records["truth"] <= records["conf_high"])
    rows = []
    for key, group in records.assign(inside=inside).groupby(GROUP, sort=False):
        covered = group.groupby("draw")["inside"].any()
        rows.append(dict(zip(GROUP, key, strict=True)) | _numbers(group, key[2] == "fe_2sls", covered))
    return pd.DataFrame(rows)


def _numbers(group: pd.DataFrame, two_stage: bool, covered: pd.Series) -> dict[str, float]:
    each = group.drop_duplicates("draw")
    estimates, errors = each["estimate"].to_numpy(float), each["std_error"].to_numpy(float)
    has_errors, truth = bool(np.isfinite(errors).all()), float(each["truth"].iloc[0])
    if two_stage:
        centre, error = np.median(estimates), np.median(errors)
        spread = np.subtract(*np.quantile(estimates, [0.75, 0.25])) / MIDDLE_HALF
    else:
        centre, error, spread = estimates.mean(), errors.mean(), estimates.std(ddof=1)
    strength = each[["effective_f", "critical_f"]]
    known = bool(strength.notna().all(axis=None))
    weak = float((each["effective_f"] < each["critical_f"]).mean()) if known else np.nan
    return {
        "draws": len(each),
        "cities": int(each["cities"].iloc[0]),
        "truth": truth,
        "bias": float(centre - truth),
        "spread": float(spread),
        "se_ratio": float(error / spread) if has_errors else np.nan,
        "coverage": float(covered.mean()),
        "effective_f": float(strength["effective_f"].median()) if known else np.nan,
        "critical_f": float(strength["critical_f"].median()) if known else np.nan,
        "share_weak": weak,
    }
