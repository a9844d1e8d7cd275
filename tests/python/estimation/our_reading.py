"""Reading a fit as the files of the known answers are laid out."""

from __future__ import annotations

from typing import Any

from citypanel.estimation import CONSTANT, PanelFit

Answers = dict[str, Any]


def r_name(term: str) -> str:
    return "(Intercept)" if term == CONSTANT else term


def errors(fit: PanelFit, kind: str, constant: bool = False) -> Answers:
    terms = [t for t in fit.terms if t.covariance == kind and (constant or t.term != CONSTANT)]
    return {r_name(t.term): t.std_error for t in terms}


def estimates(fit: PanelFit) -> Answers:
    return {r_name(t.term): t.estimate for t in fit.terms if t.is_headline}
