"""Expectations on the panel: rows of a table, run with Great Expectations."""

from citypanel.quality.expectations import run_expectations

__all__ = ["run_expectations"]
