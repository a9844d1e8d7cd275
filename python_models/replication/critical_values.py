"""Grain: one row per specification, reference and level, the two-sided critical value by scipy."""


def model(dbt, session):
    """Cross the plausible references with the three levels; no df means the normal distribution."""
    import pandas as pd
    from scipy import stats

    dbt.config(materialized="table")
    references = dbt.ref("printed_references").df()
    frame = references.merge(pd.DataFrame({"level": [0.1, 0.05, 0.01]}), how="cross")
    # t with infinite degrees of freedom is the normal distribution
    df = frame["df"].astype(float).fillna(float("inf"))
    frame["critical_value"] = stats.t.ppf(1 - frame["level"] / 2, df)
    return frame[["specification_id", "reference", "df", "level", "critical_value"]]
