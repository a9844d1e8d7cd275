"""One fit: two-way effects, six regressors, errors clustered by city: `one_fit.py KIND [CONTENDER]`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

import pandas as pd
from measuring import Cases, report
from panels import REGRESSORS, SIZES, panel


def kernel(data: pd.DataFrame) -> Callable[[], object]:
    """From the data frame: rows checked and sorted, effects taken out, fit, tests."""
    from citypanel.estimation import fixed_effects

    return lambda: fixed_effects(data, "y", REGRESSORS, engine="kernel")


def prepared(data: pd.DataFrame) -> Callable[[], object]:
    """From a sample whose effects are out already, as for the second of many specifications."""
    from citypanel.estimation import fixed_effects_on, panel_sample

    sample = panel_sample(data, ["y", *REGRESSORS])
    return lambda: fixed_effects_on(sample, "y", REGRESSORS)


def headline(data: pd.DataFrame) -> Callable[[], object]:
    """The same call as `kernel`, headline numbers by linearmodels."""
    from citypanel.estimation import fixed_effects

    return lambda: fixed_effects(data, "y", REGRESSORS)


def pyfixest(data: pd.DataFrame) -> Callable[[], object]:
    """From the data frame and a formula."""
    import pyfixest

    formula = f"y ~ {' + '.join(REGRESSORS)} | city_id + year"
    return lambda: pyfixest.feols(formula, data, vcov={"CRV1": "city_id"})


def linearmodels(data: pd.DataFrame) -> Callable[[], object]:
    """From an indexed data frame."""
    from linearmodels.panel import PanelOLS

    indexed = data.set_index(["city_id", "year"])

    def fit() -> object:
        model = PanelOLS(indexed["y"], indexed[REGRESSORS], entity_effects=True, time_effects=True)
        return model.fit(cov_type="clustered", cluster_entity=True).std_errors

    return fit


# the peer that ratios are to comes first
CONTENDERS = {
    "pyfixest": pyfixest,
    "kernel": kernel,
    "kernel, text ids": kernel,
    "kernel, sample prepared": prepared,
    "headline (linearmodels and kernel)": headline,
    "linearmodels alone": linearmodels,
}


def cases(kind: str) -> Cases:
    """Yield the contenders on each size of panel."""
    for size in SIZES.values():
        data = panel(*size, balanced=kind == "balanced")
        named = panel(*size, balanced=kind == "balanced", text=True)
        yield {
            name: partial(contender, named if "text" in name else data)
            for name, contender in CONTENDERS.items()
        }


if __name__ == "__main__":
    report(cases(sys.argv[1]))
