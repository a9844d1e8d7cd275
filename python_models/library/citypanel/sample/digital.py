"""The five components of digital infrastructure as printed, and the entropy index made from them."""

from __future__ import annotations

import numpy as np

from citypanel.sample.roster import INDEX_YEARS, YEARS, Roster
from citypanel.sample.streams import Array, Mask, Streams, as_printed, autoregression
from citypanel.sample.tiers import draw_in_range

# business volume at constant prices of a base year: two breaks, as in print
TELECOM_PATH = np.interp(YEARS, [2007, 2010, 2011, 2015, 2016, 2020, 2021, 2023],
                         [0.75, 1.05, 0.82, 1.00, 0.90, 1.25, 1.05, 1.15])  # fmt: skip
TELECOM_SHOCK = 0.012
MOBILE_SHOCK = 3.0
INTERNET_SHOCK = 1.3
# a few exceptional cities stretch the pooled ranges, as in print; without them the index would not be skewed
EXCEPTIONAL_TELECOM = {"深圳": 5.0, "北京": 2.0}
EXCEPTIONAL_MOBILE = {"深圳": 1.8, "东莞": 2.8}
EXCEPTIONAL_INTERNET = {"深圳": 2.5, "东莞": 3.0, "珠海": 2.0}


def telecom(roster: Roster, streams: Streams, resident: Array) -> dict[str, Array]:
    """Return the printed table telecom (N x T each) from residents in 10k persons (N x T)."""
    business = _telecom_per_person(roster, streams) * resident * 1e4
    return {
        "telecom_business_10k_yuan": as_printed(business, 0),
        "mobile_users_10k_users": as_printed(_mobile_per_100(roster, streams) * resident / 100, 4),
        "broadband_users_10k_users": as_printed(_internet_per_100(roster, streams) * resident / 100, 4),
    }


def digital_finance(roster: Roster, streams: Streams) -> Array:
    """Return the digital finance index (N x T): concave 2011-2021, NaN before 2011; 2 decimals."""
    rng = streams("digital finance")
    first = draw_in_range(rng, "digital_finance_2011", roster.tier)[:, None]
    last = draw_in_range(rng, "digital_finance_2021", roster.tier)[:, None]
    position = np.maximum((YEARS - 2011) / 10, 0) ** 0.88
    noise = 2.0 * autoregression(rng, roster.exists.shape, 0.4)
    index = as_printed(first + (last - first) * position + noise, 2)
    return np.where(YEARS >= 2011, index, np.nan)


def exceptional(roster: Roster, factors: dict[str, float]) -> Array:
    """Return the factor of each city (N x 1), 1 but for the named ones."""
    return np.array([[factors.get(name, 1.0)] for name in roster.short_name])


def _telecom_per_person(roster: Roster, streams: Streams) -> Array:
    """10k yuan per resident; shocks are absolute, so that the within-variation is alike in all tiers."""
    rng = streams("telecom")
    level = draw_in_range(rng, "telecom_10k_yuan_per_person", roster.tier)[:, None]
    level = level * exceptional(roster, EXCEPTIONAL_TELECOM)
    noise = TELECOM_SHOCK * autoregression(rng, roster.exists.shape, 0.5)
    return np.maximum(level * TELECOM_PATH + noise, 0.012)


def _mobile_per_100(roster: Roster, streams: Streams) -> Array:
    """Mobile users per 100 residents; the level is reached around 2016."""
    rng = streams("mobile")
    level = draw_in_range(rng, "mobile_per_100", roster.tier)[:, None] * exceptional(
        roster, EXCEPTIONAL_MOBILE
    )
    path = np.interp(YEARS, [2007, 2011, 2016, 2020, 2023], [0.48, 0.80, 1.0, 1.12, 1.18])
    return np.maximum(level * path + MOBILE_SHOCK * autoregression(rng, roster.exists.shape, 0.5), 12)


def _internet_per_100(roster: Roster, streams: Streams) -> Array:
    """Broadband users per 100 residents: linear from 2011 to 2021, exponential before, slower after."""
    rng = streams("internet")
    first = draw_in_range(rng, "internet_per_100_2011", roster.tier)[:, None]
    last = draw_in_range(rng, "internet_per_100_2021", roster.tier)[:, None]
    later = np.clip(YEARS - 2011, 0, 10) / 10 + np.clip(YEARS - 2021, 0, 2) * 0.06
    path = np.where(YEARS < 2011, first * np.exp(0.12 * (YEARS - 2011)), first + (last - first) * later)
    path = path * exceptional(roster, EXCEPTIONAL_INTERNET)
    return np.maximum(path + INTERNET_SHOCK * autoregression(rng, roster.exists.shape, 0.5), 0.8)


def components(
    numbers: dict[str, Array], people: str = "resident_population_10k_persons"
) -> list[Array]:
    """Return the five components (N x T each) from printed numbers, in the order of the study.

    people: the population that users and business are divided by.
    """
    persons = numbers[people]
    return [
        numbers["broadband_users_10k_users"] / persons * 100,
        numbers["information_employment_persons"] / numbers["urban_employment_persons"],
        numbers["digital_finance_index"],
        numbers["telecom_business_10k_yuan"] / (persons * 1e4),
        numbers["mobile_users_10k_users"] / persons * 100,
    ]


def entropy_index(parts: list[Array], sample: Mask) -> tuple[Array, Array]:
    """Return the index (N x T) and the weights: pooled min-max over `sample` (boolean N x T), entropy
    weights.

    p = z / sum z, e = -sum p ln p / ln n with 0 ln 0 = 0, w = (1 - e) / sum (1 - e), index = sum w z; no
    shift. Rows outside the sample use the same ranges and weights.
    """
    scaled, divergence = [], []
    for part in parts:
        inside = part[sample]
        z = (part - inside.min()) / (inside.max() - inside.min())
        p = z[sample] / z[sample].sum()
        positive = p[p > 0]
        divergence.append(1 + (positive * np.log(positive)).sum() / np.log(len(p)))
        scaled.append(z)
    weights = np.array(divergence) / np.sum(divergence)
    return sum(w * z for w, z in zip(weights, scaled, strict=True)), weights


def index_sample(roster: Roster) -> Mask:
    """Return the boolean N x T of the index sample: the study A cities, 2011-2021."""
    return roster.study_a[:, None] & INDEX_YEARS
