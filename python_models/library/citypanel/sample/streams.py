"""Random numbers by name: each quantity has its own stream, so none moves when another is redrawn."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Streams = Callable[[str], np.random.Generator]


def named_streams(seed: int) -> Streams:
    """Return a function name -> generator; the same seed and name give the same numbers on every machine.

    The name enters by its CRC-32 (not by `hash`, which changes with PYTHONHASHSEED).
    """

    def stream(name: str) -> np.random.Generator:
        return np.random.default_rng(np.random.SeedSequence([seed, zlib.crc32(name.encode("utf-8"))]))

    return stream


def autoregression(rng: np.random.Generator, shape: tuple[int, ...], rho: float) -> Array:
    """Return standard normal AR(1) series along the last axis, stationary, standard deviation 1."""
    innovations = rng.standard_normal(shape)
    series = np.empty(shape)
    series[..., 0] = innovations[..., 0]
    for t in range(1, shape[-1]):
        series[..., t] = rho * series[..., t - 1] + np.sqrt(1 - rho**2) * innovations[..., t]
    return series


def bounded(series: Array, power: float = 1.0) -> Array:
    """Map standard normal series into (-1, 1), symmetric about 0, so that the mean stays 0 without clipping.

    `power` 1 gives uniform margins (standard deviation .577); below 1 the mass moves to the bounds.
    """
    uniform = 2 * ndtr(series) - 1
    return np.sign(uniform) * np.abs(uniform) ** power


def as_printed(values: Array, decimals: int) -> Array:
    """Round as printing and reading back does: each result is the double nearest to its decimal text."""
    flat = [float(f"{value:.{decimals}f}") for value in np.ravel(values)]
    return np.array(flat, dtype=float).reshape(np.shape(values))
