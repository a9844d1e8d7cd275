"""Run by test_outside_answers in a process of its own: pyfixest on a folder of CSVs, results as JSON.

    python by_pyfixest.py folder

Each CSV holds the outcome first, then the regressors, then city and year as integers. Without pyfixest's own
factors (ssc): they depend on the hash seed.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

import pandas as pd
import pyfixest


def fitted(data: pd.DataFrame) -> dict[str, object]:
    """Return {kind: {regressor: [estimate, raw standard error]}} and the number of rows."""
    outcome, *regressors = data.columns[:-2]
    answers: dict[str, object] = {}
    for kind, vcov in (("cluster_city", {"CRV1": "city"}), ("hc1", "hetero"), ("iid", "iid")):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fit = pyfixest.feols(
                f"{outcome} ~ {' + '.join(regressors)} | city + year", data, vcov=vcov,
                ssc=pyfixest.ssc(k_adj=False, G_adj=False), fixef_rm="singleton", fixef_tol=1e-12,
            )  # fmt: skip
        answers[kind] = {name: [fit.coef()[name], fit.se()[name]] for name in regressors}
        answers["n_obs"] = int(fit._N)
    return answers


if __name__ == "__main__":
    print(json.dumps({path.stem: fitted(pd.read_csv(path)) for path in Path(sys.argv[1]).glob("*.csv")}))
