"""The synthetic yearbook: real city names, invented numbers, known coefficients, known defects."""

from citypanel.sample.writer import write_sample, write_yearbook

__all__ = ["write_sample", "write_yearbook"]
