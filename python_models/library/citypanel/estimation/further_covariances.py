"""Covariances that need more than scores and clusters: spatial, CR2 and the wild cluster bootstrap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from citypanel.estimation.conley import coordinates_of, cutoff_and_kernel, spatial_meat, weights_by_kind
from citypanel.estimation.covariance_kinds import FOR_2SLS
from citypanel.estimation.cr2 import cr2
from citypanel.estimation.errors import CovarianceNotDefined
from citypanel.estimation.kernel import LeastSquares, WithConstant, sandwich
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.results import finite
from citypanel.estimation.wild_cluster import DRAWS, SEED, Weights, cluster_weights, wild_cluster
from citypanel.estimation.within import Floats


@dataclass(frozen=True)
class RawCovariance:
    """slopes: (k, k), constant: its variance, both without factor; flags: what a reader must know."""

    slopes: Floats
    constant: float
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class CovarianceOptions:
    """What covariances need beside the fit.

    lag: of Driscoll-Kraay, None for the default; coordinates: DataFrame indexed by entity with columns
    latitude and longitude in degrees, for `conley_*`; draws, seed: of `wild_cluster`; level: of intervals.
    """

    lag: int | None = None
    coordinates: pd.DataFrame | None = None
    draws: int = DRAWS
    seed: int = SEED
    level: float = 0.95


def require_defined(kind: str, sample: PanelSample, two_stages: bool, options: CovarianceOptions) -> None:
    """Raise CovarianceNotDefined for a `kind` that two stages have not, or that lacks coordinates."""
    if two_stages and kind not in FOR_2SLS:
        raise CovarianceNotDefined("not_defined_for_2sls", kind, known=", ".join(FOR_2SLS))
    if cutoff_and_kernel(kind):
        coordinates_of(kind, sample, options.coordinates)


def spatial(
    kinds: Sequence[str], whole: WithConstant, sample: PanelSample, options: CovarianceOptions
) -> dict[str, RawCovariance]:
    """Return the covariances of those of `kinds` that are spatial.

    The matrix stays as it is (R's conventions print its diagonal); a negative variance has no standard error,
    and the flag says where the matrix is indefinite. Distances are formed once for all kinds.
    """
    results = {}
    for kind, weights in weights_by_kind(kinds, sample, options.coordinates).items():
        meat = spatial_meat(whole.scores.rows, sample.entity, sample.time, weights)
        covariance = sandwich(whole.bread, meat)
        eigenvalues = np.linalg.eigvalsh(covariance[1:, 1:])
        definite = eigenvalues[0] >= -1e-12 * abs(eigenvalues).max()
        flags = () if definite else (f"not_positive_semidefinite:{kind}",)
        results[kind] = RawCovariance(covariance[1:, 1:], float(covariance[0, 0]), flags)
    return results


def bias_reduced(
    names: Sequence[str], fit: LeastSquares, sample: PanelSample
) -> tuple[Floats, dict[str, float]]:
    """Return the CR2 covariance (k, k) and Satterthwaite's df by slope."""
    covariance, df = cr2(sample, fit)
    return covariance, dict(zip(names, df.tolist(), strict=True))


def bootstrapped(
    names: Sequence[str], fit: LeastSquares, sample: PanelSample, options: CovarianceOptions
) -> tuple[dict[str, dict[str, Any]], tuple[str, ...]]:
    """Return {slope: p value, interval and t} of the wild cluster bootstrap, and a flag on its draws."""
    weights = cluster_weights(sample.n_entities, options.draws, options.seed)
    tests = wild_cluster(sample, fit, weights, options.level)
    numbers = {
        name: {
            "statistic": finite(test.t),
            "p_value": finite(test.p_value),
            "conf_low": finite(test.conf_low),
            "conf_high": finite(test.conf_high),
        }
        for name, test in zip(names, tests, strict=True)
    }
    return numbers, (_describe(weights, options.seed),)


def _describe(weights: Weights, seed: int) -> str:
    draws = weights.values.shape[1]
    origin = "enumerated" if weights.enumerated else f"seed={seed}"
    return f"wild_cluster:{weights.kind}:draws={draws}:{origin}"
