"""Cross-products of columns scaled to unit length, and when they are good enough to solve with."""

from __future__ import annotations

import numpy as np

from citypanel.estimation.within import Floats

# share of a unit column that must be left after the columns before it; rounding of the inverse is about
# 1e-16 over the square of it, so twelve digits stay
WELL_CONDITIONED = 1e-2


def column_lengths(values: Floats) -> Floats:
    """Return the length (m,) of each column of `values` (n, m)."""
    return np.sqrt(np.einsum("ij,ij->j", values, values))


def orthonormal(values: Floats) -> Floats:
    """Return an orthonormal basis (n, m) of the columns of `values` (n, m), which are not collinear."""
    return np.asarray(np.linalg.qr(values / column_lengths(values))[0])


def what_is_left(values: Floats, scale: Floats) -> Floats:
    """Return how much of each column (n, m), divided by `scale`, is left after the columns before it (m,).

    By Cholesky, so up to rounding of about 1e-8; zeros where the cross-products have no such triangle.
    """
    triangle = _triangle(values, scale)
    return np.zeros(values.shape[1]) if triangle is None else triangle.diagonal()


def normal_inverse(values: Floats, scale: Floats) -> Floats | None:
    """Return the inverse (k, k) of the cross-products of `values` (n, k) divided by `scale`.

    None where columns are so near collinear that the normal equations would cost digits.
    """
    triangle = _triangle(values, scale)
    if triangle is None or not triangle.diagonal().min(initial=1.0) > WELL_CONDITIONED:
        return None
    return inverse_of_triangle(triangle.T)


def inverse_of_triangle(upper: Floats) -> Floats:
    """Return (R'R)^-1 of the triangle R (k, k)."""
    inverse = np.linalg.inv(upper)
    return inverse @ inverse.T


def _triangle(values: Floats, scale: Floats) -> Floats | None:
    try:
        return np.asarray(np.linalg.cholesky((values.T @ values) / np.outer(scale, scale)), dtype=np.float64)
    except np.linalg.LinAlgError:
        return None
