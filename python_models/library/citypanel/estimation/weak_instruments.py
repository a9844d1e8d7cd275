"""First stage and strength of instruments after city and year effects and exogenous regressors are taken out.

Cragg and Donald (1993); Kleibergen and Paap (2006, Journal of Econometrics 133) in the construction of
Stata's ranktest; Anderson and Rubin (1949); Wu (1973) and Hausman (1978) by the control function. Clustered
versions are by city, with K counted as in `inference` (effects nested in the city are not).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import stats

from citypanel.estimation.engines import Model
from citypanel.estimation.identification import is_exact
from citypanel.estimation.inference import correction, full_rank
from citypanel.estimation.kernel import least_squares, raw_covariance
from citypanel.estimation.normal_equations import orthonormal
from citypanel.estimation.rank_test import rank_wald
from citypanel.estimation.results import FirstStageTerm, InstrumentTest
from citypanel.estimation.significance import wald_f
from citypanel.estimation.within import Floats


@dataclass(frozen=True)
class Partialled:
    """Columns without effects and exogenous regressors; q of the latter."""

    model: Model
    outcome: Floats
    endogenous: Floats
    instruments: Floats
    first_stage: Floats
    errors: Floats
    q: int

    @cached_property
    def basis(self) -> Floats:
        """An orthonormal basis (n, l) of the instruments."""
        return orthonormal(self.instruments)

    @cached_property
    def exact(self) -> bool:
        """Whether the instruments give an endogenous variable exactly, no first-stage noise being left."""
        pairs = zip(self.errors.T, self.endogenous.T, strict=True)
        return any(is_exact(errors, column) for errors, column in pairs)

    @property
    def reason(self) -> str:
        """The id of why a test of these instruments has no number."""
        return "perfect_first_stage" if self.exact else "too_few_clusters"

    def covariance(self, kind: str, design: Floats, outcome: Floats) -> tuple[Floats, Floats, float]:
        """Return slopes, covariance with its factor and df of `outcome` (n,) on `design` (n, j)."""
        sample, fit = self.model.sample, least_squares(outcome, design)
        rule = correction(kind, sample, self.q + design.shape[1])
        raw, _ = raw_covariance(kind, fit, sample.entity, sample.time)
        return fit.coefficients, raw * rule.factor, rule.df


def first_stage(parts: Partialled) -> tuple[tuple[FirstStageTerm, ...], tuple[InstrumentTest, ...]]:
    """Return the first-stage coefficients of the excluded instruments and the tests of their strength.

    Tests: `first_stage_f_iid`, `_hc1`, `_cluster` and `partial_r2` per endogenous variable; `cragg_donald_f`;
    `kleibergen_paap_rk_wald` (chi2) and `kleibergen_paap_rk_f` (nested effects not counted, the headline)
    with `kleibergen_paap_rk_f_ivreg2` (all effects counted) and `_robust` beside it, of the Wald `_robust`
    and `_iid`; `anderson_rubin_f` (all
    endogenous coefficients zero, clustered) and `_iid`; `wu_hausman` (clustered) and `wu_hausman_iid`.
    """
    terms, tests, model = [], [], parts.model
    for column, name in enumerate(model.endogenous):
        for kind, label in (("iid", "iid"), ("hc1", "hc1"), ("cluster_city", "cluster")):
            slopes, covariance, df = parts.covariance(kind, parts.instruments, parts.endogenous[:, column])
            f, p = wald_f(slopes, covariance, df)
            why = None if f is not None else parts.reason
            tests.append(InstrumentTest(f"first_stage_f_{label}", name, f, len(slopes), df, p, why))
        errors = np.sqrt(np.diag(covariance))
        terms += [
            FirstStageTerm(name, instrument, float(slope), float(error))
            for instrument, slope, error in zip(model.instruments, slopes, errors, strict=True)
        ]
        share = (parts.errors[:, column] ** 2).sum() / (parts.endogenous[:, column] ** 2).sum()
        tests.append(InstrumentTest("partial_r2", name, float(1 - share)))
    return tuple(terms), (*tests, *_rank_tests(parts), *_robust_tests(parts))


def partial_out(model: Model) -> Partialled:
    """Return outcome, endogenous variables and instruments without effects and exogenous regressors."""
    sample = model.sample
    columns = sample.columns((model.outcome, *model.endogenous, *model.instruments), demeaned=True)
    if model.exogenous:
        exogenous = sample.columns(model.exogenous, demeaned=True)
        q = orthonormal(exogenous)
        columns = columns - q @ (q.T @ columns)
    outcome, endogenous, instruments = np.split(columns, [1, 1 + len(model.endogenous)], axis=1)
    slopes = np.asarray(np.linalg.lstsq(instruments, endogenous, rcond=None)[0], dtype=np.float64)
    errors = endogenous - instruments @ slopes
    return Partialled(model, outcome[:, 0], endogenous, instruments, slopes, errors, len(model.exogenous))


def _rank_tests(parts: Partialled) -> list[InstrumentTest]:
    sample, m, count = parts.model.sample, parts.endogenous.shape[1], parts.instruments.shape[1]
    n, df, groups = sample.n_rows, count - m + 1, sample.n_entities
    left = n - full_rank(sample, parts.q + count)
    codes = {"": sample.entity, "_robust": np.arange(n), "_iid": None}
    wald = {
        kind: None if parts.exact
        else rank_wald(parts.endogenous, parts.instruments, parts.first_stage, parts.errors, groups_of)
        for kind, groups_of in codes.items()
    }  # fmt: skip
    nested = n - correction("cluster_city", sample, parts.q + count).k_parameters
    by_city = (groups - 1) / groups / count / (n - 1)
    rows: list[tuple[str, float | None, float, float | None]] = [
        ("cragg_donald_f", _cragg_donald(parts, left), count, left),
        *((f"kleibergen_paap_rk_wald{kind}", chi2, df, None) for kind, chi2 in wald.items()),
        ("kleibergen_paap_rk_f", _times(wald[""], by_city * nested), count, groups - 1),
        ("kleibergen_paap_rk_f_ivreg2", _times(wald[""], by_city * left), count, groups - 1),
        ("kleibergen_paap_rk_f_robust", _times(wald["_robust"], left / n / count), count, left),
    ]
    return [
        InstrumentTest(
            test, None, value, first, second,
            None if value is None or second is not None else float(stats.chi2.sf(value, first)),
            parts.reason if value is None else None,
        )
        for test, value, first, second in rows
    ]  # fmt: skip


def _cragg_donald(parts: Partialled, left: int) -> float | None:
    """Return the least eigenvalue of the noise-scaled cross-product of fitted values, per instrument."""
    if parts.exact:
        return None
    fitted = parts.instruments @ parts.first_stage
    scale = np.linalg.norm(parts.errors, axis=0)
    noise = (parts.errors / scale).T @ (parts.errors / scale) / left
    signal = (fitted / scale).T @ (fitted / scale)
    eigenvalues = np.linalg.eigvals(np.linalg.solve(noise, signal)).real
    return float(eigenvalues.min()) / parts.instruments.shape[1]


def _times(statistic: float | None, factor: float) -> float | None:
    return None if statistic is None else statistic * factor


def _robust_tests(parts: Partialled) -> list[InstrumentTest]:
    tests, m = [], parts.endogenous.shape[1]
    control = np.column_stack([parts.endogenous, parts.errors])
    for kind, ending in (("cluster_city", ""), ("iid", "_iid")):
        slopes, covariance, df = parts.covariance(kind, parts.instruments, parts.outcome)
        f, p = wald_f(slopes, covariance, df)
        why = _why(parts, f, parts.instruments, slopes)
        tests.append(InstrumentTest(f"anderson_rubin_f{ending}", None, f, len(slopes), df, p, why))
        f, p, why = None, None, "perfect_first_stage"
        if not parts.exact:  # else what the first stage leaves is rounding: nothing to compare
            slopes, covariance, df = parts.covariance(kind, control, parts.outcome)
            f, p = wald_f(slopes[m:], covariance[m:, m:], df)
            why = _why(parts, f, control, slopes)
        tests.append(InstrumentTest(f"wu_hausman{ending}", None, f, m, df, p, why))
    return tests


def _why(parts: Partialled, f: float | None, design: Floats, slopes: Floats) -> str | None:
    """Return the id of why a regression of the outcome has no F."""
    if f is not None:
        return None
    return "perfect_fit" if is_exact(parts.outcome - design @ slopes, parts.outcome) else "too_few_clusters"
