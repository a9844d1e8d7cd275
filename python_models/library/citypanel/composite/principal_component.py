"""First principal component of an index's components: the loadings from which SQL makes the weights."""

import numpy as np
import pandas as pd

KEYS = ["index_id", "pool"]
COLUMNS = ["index_id", "pool", "component", "loading", "explained_share", "loading_on_score"]


def principal_component_loadings(scores: pd.DataFrame) -> pd.DataFrame:
    """Loadings of the first component on the standardised columns of ``scores`` (rows x components).

    Eigenvector of the correlation matrix, with the sign that makes the loadings sum to a positive number.
    Returns one row per component: ``loading`` (unit length over the components), ``explained_share`` (of the
    total variance, 0-1), ``loading_on_score`` (loading / standard deviation: what one unit of the score
    counts). Columns that do not vary are left out; with fewer than two rows there is nothing to return.
    Jolliffe (2002), Principal Component Analysis, section 2.3.
    """
    ordered = scores.sort_index().sort_index(axis=1)
    deviation = ordered.std(ddof=1)
    varying = ordered.loc[:, (deviation > 0).to_numpy()]
    if varying.shape[1] == 0:
        return pd.DataFrame(columns=COLUMNS[2:])
    values, vectors = np.linalg.eigh(np.atleast_2d(np.corrcoef(varying.to_numpy(float), rowvar=False)))
    loading = vectors[:, -1] * (1.0 if vectors[:, -1].sum() >= 0 else -1.0)
    return pd.DataFrame(
        {
            "component": varying.columns,
            "loading": loading,
            "explained_share": values[-1] / values.sum(),
            "loading_on_score": loading / deviation[varying.columns].to_numpy(),
        }
    )


def component_loadings(scores: pd.DataFrame) -> pd.DataFrame:
    """`principal_component_loadings` of every index and pool.

    ``scores`` is long: index_id, pool, city_id, year, component, z (no missing z). The result has the columns
    `COLUMNS`, text or float, also when it is empty.
    """
    parts = []
    for (index_id, pool), group in scores.groupby(KEYS, sort=True):
        wide = group.pivot(index=["city_id", "year"], columns="component", values="z")
        parts.append(principal_component_loadings(wide).assign(index_id=index_id, pool=pool))
    result = pd.concat(parts)[COLUMNS] if parts else pd.DataFrame(columns=COLUMNS)
    types = dict.fromkeys(COLUMNS[:3], "string") | dict.fromkeys(COLUMNS[3:], "float64")
    return result.astype(types).reset_index(drop=True)
