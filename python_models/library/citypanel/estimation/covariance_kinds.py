"""Which kinds of covariance each estimator has; another is refused with the list of those there are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from citypanel.estimation.beck_katz import KINDS as BECK_KATZ
from citypanel.estimation.conley import cutoff_and_kernel
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.kernel import SANDWICHES
from citypanel.estimation.leverage import POWERS as LEVERAGE
from citypanel.estimation.small_sample import RULES, split_kind

CONLEY = ("conley_<N>km", "conley_<N>km_bartlett")  # <N>: any whole number


def _with_other_factors(kinds: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds, and after them `cluster_city:none` and its like (module `small_sample`)."""
    changed = (f"{kind}:{rule}" for kind in kinds for rule in RULES)
    return (*kinds, *(kind for kind in changed if split_kind(kind)[1]))


FOR_LEAST_SQUARES = _with_other_factors((*SANDWICHES, *LEVERAGE, "cr2", "wild_cluster", *CONLEY, *BECK_KATZ))
FOR_2SLS = _with_other_factors(("iid", "hc1", "cluster_city", "cluster_city_year"))
FOR_MEANS = _with_other_factors(("iid", "hc1", *LEVERAGE))  # one row per city: nothing to cluster
FOR_CURVES = (*SANDWICHES, *CONLEY)


def require_kinds(kinds: Sequence[str], known: Sequence[str], undefined: Sequence[str] = ()) -> None:
    """Raise EstimationError unknown_covariance, which lists the `known`, for a kind that is not among them.

    undefined: kinds that another estimator has, and that this one answers with terms `not_defined`.
    """
    for kind in kinds:
        # the number of km stands for itself
        pattern = re.sub(r"\d+", "<N>", str(kind)) if cutoff_and_kernel(str(kind)) else kind
        if pattern not in (*known, *undefined):
            raise EstimationError("unknown_covariance", value=kind, known=", ".join(known))
