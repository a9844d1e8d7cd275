"""The specification curve: one slope under every reasonable set of choices.

Simonsohn, Simmons and Nelson (2020, Nature Human Behaviour 4). Rows differ by specification only: within one
treatment, window, winsorising and choice of effects they share one sample, complete in all controls.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, groupby, islice
from typing import Any

import numpy as np
import pandas as pd

from citypanel.estimation.arguments import names_of, regressors_of, require_columns, require_options
from citypanel.estimation.conley import cutoff_and_kernel, weights_by_kind
from citypanel.estimation.covariance_kinds import FOR_CURVES, require_kinds
from citypanel.estimation.curve_cell import CurveCell, Solved
from citypanel.estimation.curve_table import stacked
from citypanel.estimation.errors import CovarianceNotDefined, EstimationError
from citypanel.estimation.identification import not_absorbed, require_outcome_varies
from citypanel.estimation.inference import correction, driscoll_kraay_lag, t_tests
from citypanel.estimation.kernel import SANDWICHES
from citypanel.estimation.panel_sample import EFFECTS, panel_sample
from citypanel.estimation.transformations import STATA_QUANTILE_TYPE, winsorise
from citypanel.estimation.within import Codes

ALL = {"all": None}
BATCH = 256


@dataclass(frozen=True)
class _Choices:
    """What all rows share."""

    outcome: str
    controls: tuple[str, ...]
    covariances: tuple[str, ...]
    entity: str
    time: str
    lag: int | None
    coordinates: pd.DataFrame | None
    level: float


def specification_curve(
    data: pd.DataFrame,
    outcome: str,
    treatments: Sequence[str],
    controls: Sequence[str],
    *,
    windows: Mapping[str, tuple[int, int] | None] = ALL,
    winsors: Sequence[tuple[float, float] | None] = (None,),
    effects: Sequence[Sequence[str]] = (EFFECTS,),
    covariances: Sequence[str] = SANDWICHES,
    entity: str = "city_id",
    time: str = "year",
    quantile_type: int = STATA_QUANTILE_TYPE,
    lag: int | None = None,
    coordinates: pd.DataFrame | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return one row per treatment, subset of controls, effects, window, winsorising and covariance.

    treatments: columns that stand for the same idea (index variants); windows: {label: (first, last) time
    or None for all}; winsors: (lower, upper) percentiles on the window's rows, 0/1 columns left alone, or
    None; effects: choices of effects as in `fixed_effects`; covariances: SANDWICHES and `conley_<N>km`, which
    needs coordinates. Columns: treatment, controls (joined by ` + `), n_controls, effects, window, winsor,
    covariance, estimate, std_error, statistic, df, p_value, conf_low, conf_high, n_obs, n_cities, status
    (`estimated`, `collinear`, `absorbed`, or the id of the EstimationError that left a sample without fits;
    numbers are then missing). Raises EstimationError unknown_variable, unknown_covariance,
    covariance_no_coordinates, repeated_column, no_regressor_given, bad_argument.
    """
    require_options(level=level, lag=lag)
    treatments, controls = regressors_of(treatments), names_of(controls)
    choices = _Choices(outcome, controls, names_of(covariances), entity, time, lag, coordinates, level)
    names = list(dict.fromkeys([outcome, *treatments, *controls]))
    _require_known(data, names, choices)
    parts: list[dict[str, Any]] = []
    for window, years in windows.items():
        rows = data if years is None else data[data[time].between(*years)]
        for winsor in winsors:
            table = _winsorised(rows, names, winsor, quantile_type)
            for together in _seen_together(table, treatments):
                for chosen in map(names_of, effects):
                    label = {"window": window, "winsor": _text(winsor), "effects": " + ".join(chosen)}
                    parts += _sample_rows(table, together, chosen, choices, label)
    return stacked(parts)


def _seen_together(table: pd.DataFrame, treatments: Sequence[str]) -> list[list[str]]:
    """Return the treatments in groups that are missing in the same rows: a group shares its samples."""
    groups: dict[bytes, list[str]] = {}
    for name in dict.fromkeys(treatments):
        numbers = pd.to_numeric(table[name], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        groups.setdefault(np.isfinite(numbers).tobytes(), []).append(name)
    return list(groups.values())


def _text(winsor: tuple[float, float] | None) -> str:
    return "none" if winsor is None else f"winsor({winsor[0]:g},{winsor[1]:g})"


def _require_known(data: pd.DataFrame, names: list[str], choices: _Choices) -> None:
    require_columns(data, (choices.entity, choices.time, *names))
    require_kinds(choices.covariances, FOR_CURVES)
    spatial = [kind for kind in choices.covariances if cutoff_and_kernel(kind)]
    if spatial and choices.coordinates is None:
        cities = data[choices.entity].unique()
        raise CovarianceNotDefined("no_coordinates", spatial[0], count=len(cities), city=cities[0])


def _winsorised(
    rows: pd.DataFrame, names: list[str], winsor: tuple[float, float] | None, quantile_type: int
) -> pd.DataFrame:
    if winsor is None:
        return rows
    changed = {
        name: winsorise(rows[name], *winsor, quantile_type) for name in names if rows[name].nunique() > 2
    }
    return rows.assign(**changed)


def _sample_rows(
    table: pd.DataFrame,
    treatments: list[str],
    effects: Sequence[str],
    choices: _Choices,
    label: dict[str, str],
) -> list[dict[str, Any]]:
    names = tuple(dict.fromkeys((*treatments, *choices.controls, choices.outcome)))
    try:
        sample = panel_sample(table, names, entity=choices.entity, time=choices.time, effects=effects)
        require_outcome_varies(sample, choices.outcome)
        weights = weights_by_kind(choices.covariances, sample, choices.coordinates)
    except EstimationError as error:
        reason = error.reason if isinstance(error, CovarianceNotDefined) else error.message_id
        return [label | {"treatment": name, "status": reason} for name in treatments]
    lag = driscoll_kraay_lag(sample.n_periods) if choices.lag is None else choices.lag
    counts: dict[str, Any] = {**label, "n_obs": sample.n_rows, "n_cities": sample.n_entities}
    rows = []
    for name in treatments:
        left = not_absorbed(sample, [name, *[each for each in choices.controls if each != name]])
        if name not in left:
            rows.append(counts | {"treatment": name, "status": "absorbed"})
            continue
        cell = CurveCell(sample, (*left, choices.outcome), lag, weights)
        rows += [counts | {"treatment": name} | row for row in _cell_rows(cell, choices)]
    return rows


def _cell_rows(cell: CurveCell, choices: _Choices) -> Iterator[dict[str, Any]]:
    """Yield the columns of the result for each covariance, in batches of control sets."""
    names = cell.names[:-1]
    for sets in _batches(list(range(1, len(names)))):
        solved = cell.solve(sets)
        texts = [" + ".join(names[place] for place in row[1:]) for columns in sets for row in columns]
        shared = {
            "controls": np.array(texts, dtype=object),
            "n_controls": solved.size - 1,
            "estimate": cell.estimates(solved),
            "status": np.where(solved.identified, "estimated", "collinear"),
        }
        for kind in choices.covariances:
            yield shared | {"covariance": kind} | _tests(cell, kind, solved, choices.level)


def _tests(cell: CurveCell, kind: str, solved: Solved, level: float) -> dict[str, Any]:
    rules = {int(size): correction(kind, cell.sample, int(size)) for size in np.unique(solved.size)}
    factor = np.array([rules[size].factor for size in solved.size])
    df = np.array([float(rules[size].df) for size in solved.size])
    variances = cell.variances(kind, solved) * factor
    return {"df": df} | t_tests(cell.estimates(solved), variances, df, level)


def _batches(controls: list[int]) -> Iterator[list[Codes]]:
    """Yield lists of arrays (S, 1 + size) of positions, the treatment's 0 first, some subsets at a time."""
    subsets = chain.from_iterable(combinations(controls, size) for size in range(len(controls) + 1))
    while batch := list(islice(subsets, BATCH)):
        by_size = groupby(batch, len)
        yield [np.array([(0, *chosen) for chosen in part], dtype=np.int64) for _, part in by_size]
