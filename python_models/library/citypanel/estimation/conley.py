"""Spatial covariance: errors of cities near each other are correlated within a year, none across years.

Conley (1999, Journal of Econometrics 92). No serial term and no small-sample factor.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from citypanel.estimation.errors import CovarianceNotDefined
from citypanel.estimation.panel_sample import PanelSample
from citypanel.estimation.within import Codes, Floats

EARTH_RADIUS_KM = 6371.0088  # mean radius of the IUGG
COORDINATES = ["latitude", "longitude"]
_KIND = re.compile(r"conley_(\d+)km(_bartlett)?")


def cutoff_and_kernel(kind: str) -> tuple[float, str] | None:
    """Return (km, `uniform` or `bartlett`) of a kind such as `conley_200km`; None for another kind."""
    found = _KIND.fullmatch(kind)
    return (float(found[1]), "bartlett" if found[2] else "uniform") if found else None


def coordinates_of(kind: str, sample: PanelSample, coordinates: pd.DataFrame | None) -> Floats:
    """Return latitude and longitude (G, 2) in degrees of the sample's cities, for covariance `kind`.

    coordinates: columns latitude and longitude, indexed by entity. Raises CovarianceNotDefined, with how many
    cities have none, and the first of them.
    """
    cities = pd.Index(sample.rows.cities)
    degrees = np.full((len(cities), 2), np.nan)
    if coordinates is not None and set(COORDINATES) <= set(coordinates.columns):
        # of a city that stands there twice neither place is known to be right
        once = coordinates.loc[~coordinates.index.duplicated(keep=False), COORDINATES]
        degrees = once.reindex(cities).to_numpy(dtype=float)
    without = cities[~np.isfinite(degrees).all(axis=1)]
    if len(without):
        raise CovarianceNotDefined("no_coordinates", kind, count=len(without), city=without[0])
    return degrees


def weights_by_kind(
    kinds: Sequence[str], sample: PanelSample, coordinates: pd.DataFrame | None
) -> dict[str, Floats]:
    """Return the weights (G, G) of those of `kinds` that are spatial; distances are formed once.

    Raises CovarianceNotDefined no_coordinates.
    """
    rules = {kind: rule for kind in kinds if (rule := cutoff_and_kernel(kind))}
    if not rules:
        return {}
    distance = great_circle_km(coordinates_of(next(iter(rules)), sample, coordinates))
    return {kind: spatial_weights(distance, *rule) for kind, rule in rules.items()}


def great_circle_km(degrees: Floats) -> Floats:
    """Return the distances (G, G) in km between points (G, 2) of latitude and longitude, by haversine."""
    latitude, longitude = np.radians(degrees).T
    north = np.sin((latitude[:, None] - latitude) / 2) ** 2
    east = np.sin((longitude[:, None] - longitude) / 2) ** 2
    root = np.sqrt(north + np.cos(latitude)[:, None] * np.cos(latitude) * east)
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1, root))


def spatial_weights(distance: Floats, cutoff: float, kernel: str) -> Floats:
    """Return weights (G, G) of distances in km: 1 up to the cutoff (uniform) or 1 - distance / cutoff."""
    if kernel == "uniform":
        return (distance <= cutoff).astype(float)
    return (1 - distance / cutoff).clip(min=0)


def spatial_meat(scores: Floats, entity: Codes, time: Codes, weights: Floats) -> Floats:
    """Return the meat (k, k) of scores (n, k); with the uniform kernel it need not be definite.

    entity, time: codes (n,), one row per pair; weights: (G, G).
    """
    groups, k = len(weights), scores.shape[1]
    table = np.zeros((groups, int(time.max()) + 1, k))
    table[entity, time] = scores
    near = (weights @ table.reshape(groups, -1)).reshape(-1, k)
    meat = table.reshape(-1, k).T @ near
    return (meat + meat.T) / 2
