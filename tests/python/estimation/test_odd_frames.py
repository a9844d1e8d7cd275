"""Whatever types and order a data frame comes in, the fit is the same; what it cannot hold is refused."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from test_against_dense_formulas import base

from citypanel.estimation import EstimationError, PanelFit, fixed_effects, lag

KINDS = ["iid", "hc1", "hc3", "cluster_city_year", "driscoll_kraay", "cr2"]
Change = Callable[[pd.DataFrame], pd.DataFrame]


def plain() -> pd.DataFrame:
    return base(13).assign(city_id=lambda d: d["city_id"].str[1:].astype(int))


def fitted(data: pd.DataFrame) -> PanelFit:
    return fixed_effects(data, "y", ["x", "z"], also=KINDS, engine="kernel")


def numbers(fit: PanelFit) -> list[float]:
    found = [(term.estimate, term.std_error, term.df, term.p_value) for term in fit.terms]
    return np.array(found, dtype=float).ravel().tolist()


def dates(data: pd.DataFrame) -> pd.Series:
    return pd.to_datetime(data["year"].astype(str))


def more_rows(data: pd.DataFrame, **columns: object) -> pd.DataFrame:
    """Three rows more, one year each, of a city that is not there otherwise."""
    rows = pd.DataFrame({"city_id": 90, "year": [2040, 2041, 2042], "x": 1.0, "z": 1.0, "y": 1.0})
    return pd.concat([data, rows.assign(**columns)])


SAME: dict[str, Change] = {
    "text ids": lambda d: d.assign(city_id=d["city_id"].map("城{:03d}".format)),
    "objects as ids": lambda d: d.assign(city_id=d["city_id"].map("c{:03d}".format).astype(object)),
    "ids of two types": lambda d: d.assign(city_id=[str(i) if i % 2 else i for i in d["city_id"]]),
    "pairs as ids": lambda d: d.assign(city_id=[(i // 5, i % 5) for i in d["city_id"]]),
    "categories in reverse": lambda d: d.assign(
        city_id=pd.Categorical(d["city_id"], categories=range(100)[::-1], ordered=True)
    ),
    "nullable integers": lambda d: d.astype({"city_id": "Int64", "year": "Int64"}),
    "small integers": lambda d: d.astype({"city_id": "uint8", "year": "int16"}),
    "the ends of 64 bits": lambda d: d.assign(city_id=d["city_id"].replace({0: -(2**63), 11: 2**63 - 1})),
    "beyond 63 bits": lambda d: d.assign(city_id=d["city_id"].astype("uint64") + np.uint64(2**63)),
    "dates as years": lambda d: d.assign(year=dates(d)),
    "dates of a zone": lambda d: d.assign(year=dates(d).dt.tz_localize("Asia/Shanghai")),
    "periods as years": lambda d: d.assign(year=dates(d).dt.to_period("Y")),
    "text as years": lambda d: d.assign(year=d["year"].astype(str)),
    "years with a fraction": lambda d: d.assign(year=d["year"] + 0.5),
    "nullable numbers": lambda d: d.astype({"x": "Float64", "y": "Float64"}),
    "decimals": lambda d: d.assign(y=d["y"].map(repr).map(Decimal)),
    "numbers as text": lambda d: d.assign(y=d["y"].map(repr)),
    "numbers as categories": lambda d: d.astype({"x": "category"}),
    "sparse": lambda d: d.assign(x=pd.arrays.SparseArray(d["x"])),
    "shuffled": lambda d: d.sample(frac=1, random_state=2),
    "one label for all rows": lambda d: d.set_index(np.zeros(len(d))),
    "the city as index too": lambda d: d.set_index("city_id", drop=False),
    "infinite and missing": lambda d: more_rows(d, x=[np.inf, -np.inf, np.nan], city_id=[0, 1, 2]),
    "missing among objects": lambda d: more_rows(d.astype({"y": object}), y=None),
    "rows without a city": lambda d: more_rows(d.astype({"city_id": float}), city_id=np.nan),
    "rows without a year": lambda d: more_rows(d.assign(year=dates(d)), year=pd.NaT),
    "cities of one year": lambda d: more_rows(d, city_id=[70, 71, 72]),
}


@pytest.mark.parametrize("name", SAME)
def test_the_numbers_are_those_of_the_plain_frame(name: str) -> None:
    answer, fit = fitted(plain()), fitted(SAME[name](plain()))
    assert numbers(fit) == pytest.approx(numbers(answer), rel=1e-9, nan_ok=True)
    assert fit.statistics.n_obs == len(fit.residuals) == answer.statistics.n_obs
    lost = fit.statistics.rows_missing + fit.statistics.singletons
    assert lost == len(SAME[name](plain())) - answer.statistics.n_obs


@pytest.mark.parametrize("unit", [1e12, 1e-12, 1e25, 1e-25])
def test_units_change_the_units_alone(unit: float) -> None:
    kinds = ["iid", "hc1", "hc2", "hc3", "driscoll_kraay", "cr2", "wild_cluster", "beck_katz_year"]
    options = {"also": kinds, "draws": 299, "engine": "kernel"}
    answer = fixed_effects(plain(), "y", ["x", "z"], **options)
    for column in ("x", "y"):
        fit = fixed_effects(plain().assign(**{column: plain()[column] * unit}), "y", ["x", "z"], **options)
        for kind in ("cluster_city", *kinds):
            for name in ("x", "z"):
                ours, plainly = fit.term(name, kind), answer.term(name, kind)
                factor = unit if column == "y" else 1 / unit if name == "x" else 1
                assert ours.estimate == pytest.approx(plainly.estimate * factor, rel=1e-9)
                assert ours.conf_low == pytest.approx(plainly.conf_low * factor, rel=1e-8)
                assert ours.p_value == pytest.approx(plainly.p_value, rel=1e-7)
        for name in ("r2_overall", "r2_within_adjusted", "f_statistic", "f_p_value"):
            assert getattr(fit.statistics, name) == pytest.approx(getattr(answer.statistics, name), rel=1e-8)


@pytest.mark.parametrize("change", [{"x": 1e60}, {"y": 1e-60}, {"z": 1e200}, {"x": 1e-200}])
def test_sizes_whose_squares_are_lost_are_refused(change: dict[str, float]) -> None:
    data = plain().assign(**{name: plain()[name] * unit for name, unit in change.items()})
    with pytest.raises(EstimationError) as caught:
        fitted(data)
    assert caught.value.message_id == "variable_scale"
    assert caught.value.arguments["variable"] == next(iter(change))


def test_truth_values_are_numbers() -> None:
    data = plain().assign(above=lambda d: d["w"] > 0)
    first, second = (
        fixed_effects(each, "y", ["x", "above"], also=KINDS, engine="kernel")
        for each in (data, data.astype({"above": float}))
    )
    assert numbers(first) == pytest.approx(numbers(second), rel=1e-12, nan_ok=True)


def test_a_single_name_of_a_covariance_is_not_its_letters() -> None:
    fit = fixed_effects(plain(), "y", "x", also="hc1", engine="kernel")
    assert {term.covariance for term in fit.terms} == {"cluster_city", "hc1"}


def test_a_lag_knows_no_row_without_a_year_and_no_dates() -> None:
    data = plain().astype({"year": "Int64"})
    with_gaps = more_rows(data, year=[pd.NA, pd.NA, 2040]).reset_index(drop=True)
    found, answer = lag(with_gaps, "x"), lag(data, "x")
    assert found.isna().tolist()[-3:] == [True] * 3
    pd.testing.assert_series_equal(found[: len(data)], answer, check_index=False)
    for named in ({"year": dates(plain())}, {"year": plain()["year"].map("in {}".format)}):
        with pytest.raises(EstimationError) as caught:
            lag(plain().assign(**named), "x")
        assert caught.value.message_id == "time_is_no_number"
    with pytest.raises(EstimationError, match="no column xx"):
        lag(data, "xx")
