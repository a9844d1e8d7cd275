"""The specification curve, and the same rows fitted one by one: `curve.py [CONTENDER]`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import combinations

import pandas as pd
from measuring import report
from panels import CONTROLS, curve_panel

TREATMENTS = ["x0", "x1"]
COVARIANCES = ["iid", "hc1", "cluster_city", "cluster_city_year", "driscoll_kraay"]
ROWS = len(TREATMENTS) * 2 ** len(CONTROLS) * len(COVARIANCES)
ONE_BY_ONE = 16  # specifications that the peers fit; their time is for these


def kernel(data: pd.DataFrame) -> Callable[[], object]:
    """All rows."""
    from citypanel.estimation import specification_curve

    return lambda: specification_curve(data, "y", TREATMENTS, CONTROLS, covariances=COVARIANCES)


def pyfixest(data: pd.DataFrame) -> Callable[[], object]:
    """Some specifications, one covariance each."""
    import pyfixest

    formulas = [f"y ~ {' + '.join(names)} | city_id + year" for names in _some()]
    return lambda: [pyfixest.feols(formula, data, vcov={"CRV1": "city_id"}) for formula in formulas]


def linearmodels(data: pd.DataFrame) -> Callable[[], object]:
    """Some specifications, one covariance each."""
    from linearmodels.panel import PanelOLS

    indexed = data.set_index(["city_id", "year"])

    def fit(names: list[str]) -> object:
        model = PanelOLS(indexed["y"], indexed[names], entity_effects=True, time_effects=True)
        return model.fit(cov_type="clustered", cluster_entity=True).std_errors

    return lambda: [fit(names) for names in _some()]


def _some() -> list[list[str]]:
    return [["x0", *chosen] for chosen in combinations(CONTROLS, 3)][:ONE_BY_ONE]


# the peer that ratios are to comes first
CONTENDERS = {"pyfixest": pyfixest, "specification curve": kernel, "linearmodels alone": linearmodels}


def rows_per_second(contender: str, spent: float) -> float:
    """Return rows of the curve a second; the peers' rows carry one covariance."""
    return (ROWS if contender == "specification curve" else ONE_BY_ONE) / spent


if __name__ == "__main__":
    data = curve_panel()
    report(iter([{name: partial(contender, data) for name, contender in CONTENDERS.items()}]))
