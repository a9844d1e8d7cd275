"""Expectations (Great Expectations), the scorecard, and what measures the checks and the interpolation."""

from citypanel.quality.expectations import run_expectations

__all__ = ["run_expectations"]
