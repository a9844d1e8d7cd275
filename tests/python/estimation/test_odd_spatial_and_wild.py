"""Conley at the date line and with cities in one place; the wild bootstrap with five to twelve cities."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from dense import Dense
from test_against_dense_formulas import BOTH, base

from citypanel.estimation import fixed_effects
from citypanel.estimation.wild_cluster import cluster_weights


def around_the_date_line(data: pd.DataFrame) -> pd.DataFrame:
    """Two cities share a place, two stand on either side of 180 degrees, one stands on a pole."""
    cities = sorted(data["city_id"].unique())
    draw = np.random.default_rng(2)
    degrees = draw.uniform([-5, 176], [5, 184], (len(cities), 2))
    degrees[1] = degrees[0]
    degrees[2], degrees[3] = (0.0, 180.0), (0.5, -180.0)
    degrees[4] = (90.0, 12.0)
    degrees[:, 1] = (degrees[:, 1] + 180) % 360 - 180
    return pd.DataFrame(degrees, index=cities, columns=["latitude", "longitude"])


def kilometres(places: pd.DataFrame) -> np.ndarray:
    """Distances by the angle between unit vectors, without haversine."""
    latitude, longitude = np.radians(places.to_numpy()).T
    points = np.column_stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)]
    )
    crossed = np.linalg.norm(np.cross(points[:, None], points[None]), axis=2)
    return 6371.0088 * np.arctan2(crossed, points @ points.T)


@pytest.mark.parametrize("effects", [BOTH, ("entity",), ()])
def test_conley_equals_the_dense_sum_over_pairs(effects: tuple[str, ...]) -> None:
    data = base(21)
    places, kinds = around_the_date_line(data), ["conley_300km", "conley_300km_bartlett"]
    fit = fixed_effects(
        data, "y", ["x", "z"], effects=effects, also=kinds, coordinates=places, engine="kernel",
        drop_singletons=False,
    )  # fmt: skip
    answer, distance = Dense(data, "y", ["x", "z"], effects), kilometres(places)
    assert distance[2, 3] == pytest.approx(55.6, abs=0.1)
    together = answer.year[:, None] == answer.year
    apart = distance[answer.city[:, None], answer.city]
    scores = answer.fitted * answer.u[:, None]
    for kind, near in zip(kinds, (apart <= 300, np.clip(1 - apart / 300, 0, None)), strict=True):
        covariance = answer.bread @ scores.T @ (near * together) @ scores @ answer.bread
        for place, term in enumerate(["x", "z"]):
            error = fit.term(term, kind).std_error
            assert error == pytest.approx(covariance[place, place] ** 0.5 / answer.scale[place], rel=1e-8)


@pytest.mark.parametrize(("cities", "draws"), [(5, 9_999), (6, 50), (9, 300), (11, 500), (12, 400)])
def test_the_wild_bootstrap_equals_refitting_with_its_weights(cities: int, draws: int) -> None:
    data = base(30 + cities, cities=cities, years=6, share=0.9)
    options = {"covariance": "wild_cluster", "draws": draws, "seed": 5, "drop_singletons": False}
    fit, weights = fixed_effects(data, "y", ["x", "z"], **options), cluster_weights(cities, draws, 5)
    kind = "rademacher" if weights.enumerated or cities >= 12 else "webb"
    assert (weights.kind, weights.enumerated) == (kind, 2**cities <= draws)
    whole, short = Dense(data, "y", ["x", "z"], BOTH), Dense(data, "y", ["z"], BOTH)
    fitted, city = whole.y - short.u, whole.city
    influence = (whole.fitted @ whole.bread)[:, 0]

    def t(outcome: np.ndarray) -> float:
        outcome = whole.left(outcome[:, None])[:, 0]
        slopes = whole.bread @ whole.fitted.T @ outcome
        left = outcome - whole.fitted @ slopes
        return slopes[0] / np.sqrt((np.bincount(city, influence * left) ** 2).sum())

    drawn = np.array([abs(t(fitted + short.u * column[city])) for column in weights.values.T])
    extreme = int((drawn >= abs(t(whole.y)) * (1 - 1e-9)).sum())
    answer = extreme / len(drawn) if weights.enumerated else (1 + extreme) / (draws + 1)
    assert fit.term("x").p_value == pytest.approx(answer, rel=1e-12)
    assert fit.term("x").statistic == pytest.approx(t(whole.y), rel=1e-8)
