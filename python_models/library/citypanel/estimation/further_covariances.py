"""Covariances that need more than scores and clusters: spatial, CR2 and the wild cluster bootstrap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from citypanel.estimation.conley import (
    coordinates_of,
    cutoff_and_kernel,
    great_circle_km,
    spatial_meat,
    spatial_weights,
)
from citypanel.estimation.cr2 import cr2
from citypanel.estimation.kernel import LeastSquares, WithConstant, sandwich
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.results import finite
from citypanel.estimation.small_sample import split_kind
from citypanel.estimation.wild_cluster import DRAWS, SEED, Weights, cluster_weights, wild_cluster
from citypanel.estimation.within import Floats

# what two-stage least squares has; the rest is not defined for it
FOR_2SLS = ("iid", "hc1", "cluster_city", "cluster_city_year")


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


def reason_not_defined(
    kind: str, sample: PanelSample, two_stages: bool, options: CovarianceOptions
) -> str | None:
    """Return the id of why `kind` is not defined for a fit; None where it is."""
    if two_stages and split_kind(kind)[0] not in FOR_2SLS:
        return "not_defined_for_2sls"
    if cutoff_and_kernel(kind) and coordinates_of(sample, options.coordinates) is None:
        return "no_coordinates"
    return None


def spatial(
    kinds: Sequence[str], whole: WithConstant, sample: PanelSample, options: CovarianceOptions
) -> dict[str, RawCovariance]:
    """Return the covariances of those of `kinds` that are spatial.

    The matrix stays as it is (R's conventions print its diagonal); a negative variance has no standard error,
    and the flag says where the matrix is indefinite. Distances are formed once for all kinds.
    """
    rules = {kind: rule for kind in kinds if (rule := cutoff_and_kernel(kind))}
    degrees = coordinates_of(sample, options.coordinates) if rules else None
    if degrees is None:
        return {}
    distance, results = great_circle_km(degrees), {}
    for kind, rule in rules.items():
        weights = spatial_weights(distance, *rule)
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
