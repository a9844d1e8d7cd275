"""Winsorising by quantile type equals R; lags are of the calendar; products multiply."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from textbook import KNOWN_ANSWERS, expected

from citypanel.estimation import EstimationError, lag, percentile, product, winsorise

ANSWERS = expected("inference")["winsor"]
VALUES = pd.read_csv(KNOWN_ANSWERS / "winsor.csv")["v"]


def test_type_2_averages_where_the_position_is_whole() -> None:
    # 20 values: 5 % is position 1 exactly, so the first and second are averaged, as Stata's _pctile does
    assert percentile(np.arange(1.0, 21.0), 5) == 1.5
    assert percentile(np.arange(1.0, 20.0), 5) == 1.0
    assert [percentile(np.arange(5.0), p) for p in (0, 100)] == [0.0, 4.0]


def test_winsorising_keeps_missing_values_and_refuses_bad_percentiles() -> None:
    values = pd.Series([1.0, np.nan, 100.0, 2.0, 3.0])
    assert winsorise(values, 25, 75).isna().tolist() == [False, True, False, False, False]
    with pytest.raises(EstimationError):
        winsorise(values, 95, 5)


def test_a_lag_is_one_of_the_calendar_inside_a_city() -> None:
    data = pd.DataFrame(
        {"city_id": ["a", "a", "a", "b"], "year": [2001, 2002, 2004, 2005], "x": [1.0, 2, 4, 8]}
    )
    found = lag(data.sample(frac=1, random_state=3), "x").sort_index()
    assert found.isna().tolist() == [True, False, True, True]
    assert found[1] == 1.0
    assert lag(data, "x", 2)[2] == 2.0


def test_a_product_is_missing_where_a_factor_is() -> None:
    a, b = pd.Series([1.0, 2, np.nan], name="a"), pd.Series([3.0, 4, 5], name="b")
    assert product([a, b]).name == "a:b"
    assert product([a, b]).fillna(-1).tolist() == [3.0, 8.0, -1.0]
