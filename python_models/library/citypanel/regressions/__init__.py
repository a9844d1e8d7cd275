"""A row of the queue -> sample -> estimation -> records; DuckDB only in the sandbox of sample predicates."""

from citypanel.regressions.cell_grammar import SpecificationError
from citypanel.regressions.curve import run_curves
from citypanel.regressions.queue import run_queue
from citypanel.regressions.records import FitRecord, FlowStep, SpecificationResult, TermRecord, to_json
from citypanel.regressions.run import run
from citypanel.regressions.sample import cities_of
from citypanel.regressions.sandbox import PredicateSandbox
from citypanel.regressions.specification import Specification, parse_specification

__all__ = [
    "FitRecord",
    "FlowStep",
    "PredicateSandbox",
    "Specification",
    "SpecificationError",
    "SpecificationResult",
    "TermRecord",
    "cities_of",
    "parse_specification",
    "run",
    "run_curves",
    "run_queue",
    "to_json",
]
