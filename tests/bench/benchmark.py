"""Time the library beside a peer in the same run (`make bench`): ratios travel between machines.

Estimation: two-way effects, six regressors, city clusters, against linearmodels alone and pyfixest.
Import: vendor-like workbooks, against pandas.read_excel of the same files.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from citypanel.estimation import fixed_effects
from citypanel.importing import import_folder

REGRESSORS = [f"x{number}" for number in range(6)]
CITIES = ["北京市", "天津市", "上海市", "重庆市", "苏州市", "杭州市", "南京市", "武汉市", "成都市", "广州市"]


def panel(cities: int, years: int) -> pd.DataFrame:
    """Return a balanced panel of cities x years rows with six regressors."""
    rng = np.random.default_rng(1)
    index = pd.MultiIndex.from_product([range(cities), range(2000, 2000 + years)], names=["city_id", "year"])
    frame = pd.DataFrame(rng.normal(size=(len(index), 6)), index, REGRESSORS)
    frame["y"] = frame.sum(axis=1) + rng.normal(size=len(index))
    return frame.reset_index()


def seconds(run: Callable[[], object]) -> float:
    """Return the median of three runs after one that warms up."""
    times = []
    for _ in range(4):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def estimation(cities: int, years: int) -> list[tuple[str, float]]:
    """Return (what, seconds) for one size of panel; the last is the peer."""
    import pyfixest
    from linearmodels.panel import PanelOLS

    data = panel(cities, years)
    indexed = data.set_index(["city_id", "year"])
    formula = f"y ~ {' + '.join(REGRESSORS)} | city_id + year"
    peer = PanelOLS(indexed["y"], indexed[REGRESSORS], entity_effects=True, time_effects=True)
    return [
        ("kernel", seconds(lambda: fixed_effects(data, "y", REGRESSORS, engine="kernel"))),
        ("headline (linearmodels and kernel)", seconds(lambda: fixed_effects(data, "y", REGRESSORS))),
        ("pyfixest", seconds(lambda: pyfixest.feols(formula, data, vcov={"CRV1": "city_id"}))),
        ("linearmodels alone", seconds(lambda: peer.fit(cov_type="clustered", cluster_entity=True))),
    ]


def importing(workbooks: int, rows: int) -> list[tuple[str, float]]:
    """Return (what, seconds) for a folder of invented workbooks; the last is the peer."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "workbooks"
        source.mkdir()
        for number in range(workbooks):
            years = np.repeat(np.arange(2000, 2000 + rows // len(CITIES)), len(CITIES))
            frame = pd.DataFrame({"年份": years, "城市": CITIES * (rows // len(CITIES))})
            frame["地区生产总值(亿元)"] = np.arange(len(frame)) + 100.5 + number
            frame["年末常住人口(万人)"] = 500.25
            frame.to_excel(source / f"{number}.xlsx", index=False)
        files = sorted(source.iterdir())
        ours = seconds(lambda: import_folder(source, Path(folder) / "mine"))
        peer = seconds(lambda: [pd.read_excel(file, dtype=str, engine="calamine") for file in files])
    return [(f"import of {workbooks} workbooks of {rows} rows", ours), ("pandas.read_excel", peer)]


def show(title: str, rows: list[tuple[str, float]]) -> None:
    """Print the seconds of each row and its ratio to the last."""
    print(f"\n{title}")
    for what, spent in rows:
        print(f"  {what:38} {spent:9.4f} s   {spent / rows[-1][1]:8.2f} x {rows[-1][0]}")


if __name__ == "__main__":
    for cities, years in ((286, 11), (5000, 20)):
        show(f"two-way effects, {cities * years:,} rows x 6", estimation(cities, years))
    show("importing", importing(10, 240))
