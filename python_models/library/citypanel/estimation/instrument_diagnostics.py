"""Diagnostics of two-stage least squares that carry critical values, sets or reasons.

Effective F: Montiel Olea and Pflueger (2013, Journal of Business & Economic Statistics 31), clustered by
city. Overidentification: Sargan (1958, Econometrica 26); Hansen (1982, Econometrica 50) by two-step GMM with
weights clustered by city, no small-sample factor (ivreg2).
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from citypanel.estimation.anderson_rubin import anderson_rubin_sets
from citypanel.estimation.diagnostic import Diagnostic
from citypanel.estimation.identification import is_exact
from citypanel.estimation.inference import correction
from citypanel.estimation.kernel import least_squares
from citypanel.estimation.significance import chi2_p, wald
from citypanel.estimation.stock_yogo import stock_yogo
from citypanel.estimation.weak_instruments import Partialled
from citypanel.estimation.within import Floats, group_sums

# worst bias that the effective F guards against, as shares of that of a useless instrument
TOLERATED_BIAS = {"bias_05": 0.05, "bias_10": 0.10, "bias_20": 0.20, "bias_30": 0.30}


def instrument_diagnostics(parts: Partialled, level: float = 0.95) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of a two-stage model.

    `effective_f` (critical values at 5 % for each tolerated bias in details; reason `several_endogenous`
    where there are more); `stock_yogo` (critical values for the Cragg-Donald F, reason `not_tabulated`);
    `sargan`, `hansen_j` (chi2; reason `just_identified`); `anderson_rubin_set`, one per endogenous variable:
    the values that the clustered Anderson-Rubin test does not reject at 1 - level.
    """
    return (
        _effective_f(parts),
        _critical_values(parts),
        *_overidentification(parts),
        *anderson_rubin_sets(parts, level),
    )


def _effective_f(parts: Partialled) -> Diagnostic:
    if parts.endogenous.shape[1] > 1:
        return Diagnostic("effective_f", reason="several_endogenous")
    sample, count = parts.model.sample, parts.instruments.shape[1]
    z = parts.basis
    slopes = z.T @ parts.endogenous[:, 0]
    sums = group_sums(z * parts.errors, sample.entity, sample.n_entities)
    spread = sums.T @ sums * correction("cluster_city", sample, parts.q + count).factor
    if parts.exact or wald(slopes, spread) is None:
        return Diagnostic("effective_f", reason=parts.reason, variable=parts.model.endogenous[0])
    statistic = float(slopes @ slopes) / float(np.trace(spread))
    return Diagnostic(
        "effective_f", statistic, variable=parts.model.endogenous[0],
        details={name: _effective_critical(spread, 1 / share) for name, share in TOLERATED_BIAS.items()},
    )  # fmt: skip


def _effective_critical(spread: Floats, x: float) -> float:
    """Return the simplified critical value at 5 % (their section 3.2), x = 1 / tolerated bias."""
    trace = float(np.trace(spread))
    largest = float(np.linalg.eigvalsh(spread)[-1])
    df = trace**2 * (1 + 2 * x) / (float((spread**2).sum()) + 2 * x * trace * largest)
    return float(stats.ncx2.ppf(0.95, df, x * df)) / df


def _critical_values(parts: Partialled) -> Diagnostic:
    values = stock_yogo(parts.endogenous.shape[1], parts.instruments.shape[1])
    return Diagnostic("stock_yogo", reason=None if values else "not_tabulated", details=values)


def _overidentification(parts: Partialled) -> tuple[Diagnostic, Diagnostic]:
    df = parts.instruments.shape[1] - parts.endogenous.shape[1]
    if not df:
        names = ("sargan", "hansen_j")
        first, second = (Diagnostic(name, df=0, reason="just_identified") for name in names)
        return first, second
    sample = parts.model.sample
    z = parts.basis
    u = least_squares(parts.outcome, parts.endogenous, z).residuals
    if is_exact(u, parts.outcome):
        first, second = (Diagnostic(name, df=df, reason="perfect_fit") for name in ("sargan", "hansen_j"))
        return first, second
    sargan = float(((z.T @ u) ** 2).sum() / (u @ u / len(u)))
    sums = group_sums(z * u[:, None], sample.entity, sample.n_entities)
    if sample.n_entities <= z.shape[1]:
        hansen = Diagnostic("hansen_j", df=df, reason="too_few_clusters")
    else:
        j = _two_step_j(z.T @ parts.endogenous, z.T @ parts.outcome, sums.T @ sums)
        hansen = Diagnostic("hansen_j", j, df, p_value=chi2_p(j, df))
    return Diagnostic("sargan", sargan, df, p_value=chi2_p(sargan, df)), hansen


def _two_step_j(zx: Floats, zy: Floats, spread: Floats) -> float:
    """Return J of efficient GMM from Z'X (l, m), Z'y (l,) and the clustered spread of Z'u (l, l)."""
    scale = np.sqrt(np.diag(spread))
    root = np.linalg.cholesky(spread / np.outer(scale, scale))
    left, right = (np.linalg.solve(root, part) for part in (zx / scale[:, None], zy / scale))
    moments = right - left @ np.linalg.lstsq(left, right, rcond=None)[0]
    return float(moments @ moments)
