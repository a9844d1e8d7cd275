"""The Kleibergen-Paap rank statistic: is the first stage of m endogenous variables of rank m - 1 only?"""

from __future__ import annotations

import numpy as np

from citypanel.estimation.significance import wald
from citypanel.estimation.within import Codes, Floats, group_sums


def rank_wald(
    endogenous: Floats, instruments: Floats, slopes: Floats, errors: Floats, codes: Codes | None
) -> float | None:
    """Return the rk Wald statistic, chi2 with l - m + 1 degrees of freedom under the null.

    endogenous, errors: (n, m); instruments: (n, l); slopes: (l, m); codes: clusters (n,), one per row for the
    heteroskedasticity-robust version, None for equal variances. None where the covariance is singular (an
    exact first stage, fewer clusters than directions). Kleibergen and Paap (2006), equations 3-5, as Stata's
    ranktest does.
    """
    n = len(endogenous)
    root_z = np.linalg.cholesky(instruments.T @ instruments / n)
    root_x = np.linalg.inv(np.linalg.cholesky(endogenous.T @ endogenous / n))
    theta = root_z.T @ slopes @ root_x.T
    left, right = _null_spaces(theta)
    distance = left.T @ theta @ right.T
    transform = np.kron(right, left.T) @ np.kron(root_x, root_z.T)
    spread = transform @ _slope_covariance(instruments, errors, codes) @ transform.T
    return wald(distance.reshape(-1, order="F"), spread)


def _null_spaces(theta: Floats) -> tuple[Floats, Floats]:
    """Return A (l, l-m+1) and B (1, m), the directions in which theta of rank m - 1 vanishes."""
    m = theta.shape[1]
    u, _, vt = np.linalg.svd(theta, full_matrices=True)
    u_last, v_last = u[:, m - 1 :], vt.T[:, m - 1 :]
    u22, v22 = u_last[m - 1 :], v_last[m - 1 :]
    left = u_last @ np.linalg.solve(u22, _root(u22 @ u22.T))
    right = _root(v22 @ v22.T) @ np.linalg.solve(v22.T, v_last.T)
    return left, right


def _root(matrix: Floats) -> Floats:
    eigenvalues, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    return (vectors * np.sqrt(eigenvalues.clip(min=0))) @ vectors.T


def _slope_covariance(instruments: Floats, errors: Floats, codes: Codes | None) -> Floats:
    """Return the covariance of vec(slopes) (lm, lm) without a small-sample factor."""
    m = errors.shape[1]
    if codes is None:
        return np.kron(errors.T @ errors / len(errors), np.linalg.inv(instruments.T @ instruments))
    scores = np.column_stack([instruments * errors[:, [j]] for j in range(m)])
    sums = group_sums(scores, codes, int(codes.max()) + 1)
    bread = np.kron(np.eye(m), np.linalg.inv(instruments.T @ instruments))
    return bread @ (sums.T @ sums) @ bread
