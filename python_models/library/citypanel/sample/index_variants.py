"""The other readings of the digital index, from the same printed components as the entropy index.

Equal weights, CRITIC, first principal component; entropy by year, without mobile users, with shifted scores.
The generator needs them for the truth of the specifications that use them; a test holds them against the
built panel.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from citypanel.sample.digital import entropy_index
from citypanel.sample.streams import Array, Mask


def index_variants(parts: Sequence[Array], sample: Mask) -> dict[str, Array]:
    """Return every variant (N x T) by panel column.

    parts: the five components (N x T each), mobile users last; sample: boolean N x T of the rows that set
    ranges and weights. Rows outside it are scored with the same ranges and weights; by year, years outside
    it are NaN.
    """
    scaled = np.stack([_min_max(part, sample) for part in parts])
    inside = scaled[:, sample]
    return {
        "digital_infrastructure_equal_weight_index": scaled.mean(axis=0),
        "digital_infrastructure_critic_index": _weighted(scaled, critic_importance(inside)),
        "digital_infrastructure_principal_component_index": _weighted(
            scaled, principal_component_importance(inside)
        ),
        "digital_infrastructure_by_year_index": _by_year(parts, sample),
        "digital_infrastructure_without_mobile_index": entropy_index(list(parts[:-1]), sample)[0],
        "digital_infrastructure_shift_1e4_index": _shifted(scaled + 1e-4, sample),
        "digital_infrastructure_shift_1e2_index": _shifted(scaled + 1e-2, sample),
    }


def critic_importance(scores: Array) -> Array:
    """Return standard deviation times sum of (1 - correlation with the others) of scores (k x n)."""
    conflict: Array = (1 - np.corrcoef(scores)).sum(axis=1)
    return scores.std(axis=1, ddof=1) * conflict


def principal_component_importance(scores: Array) -> Array:
    """Return loading / standard deviation of the first principal component of scores (k x n).

    The component is that of the correlation matrix, with the sign that makes its loadings sum above zero.
    """
    loading = np.linalg.eigh(np.corrcoef(scores))[1][:, -1]
    return loading * np.copysign(1.0, loading.sum()) / scores.std(axis=1, ddof=1)


def _min_max(part: Array, sample: Mask) -> Array:
    inside = part[sample]
    return (part - inside.min()) / (inside.max() - inside.min())


def _weighted(scaled: Array, importance: Array) -> Array:
    return np.tensordot(importance / importance.sum(), scaled, axes=1)


def _shifted(scores: Array, sample: Mask) -> Array:
    """Entropy weights of scores above zero (k x N x T)."""
    inside = scores[:, sample]
    p = inside / inside.sum(axis=1, keepdims=True)
    return _weighted(scores, 1 + (p * np.log(p)).sum(axis=1) / np.log(p.shape[1]))


def _by_year(parts: Sequence[Array], sample: Mask) -> Array:
    index = np.full(sample.shape, np.nan)
    for year in np.flatnonzero(sample.any(axis=0)):
        column = [part[:, [year]] for part in parts]
        index[:, [year]] = entropy_index(column, sample[:, [year]])[0]
    return index
