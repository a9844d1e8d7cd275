"""Text that a spreadsheet would run as a formula, written to csv so that it stays text.

Printed cells hold whatever a file held, `=HYPERLINK(…)` among it. Excel and its kin run text that begins with
`=`, `+`, `-` or `@`; the remedy is OWASP's ("CSV Injection"): an apostrophe before it.
"""

from __future__ import annotations

import re

import pandas as pd

# a number with its sign, and a lone sign (a missing mark), are no formulas
FORMULA = re.compile(r"[=@\t\r]|[+\-](?!\s*[\d.,]*(?:[eE][+\-]?\d+)?%?$)")


def looks_like_a_formula(value: object) -> bool:
    """Whether a spreadsheet would run this value if it stood in a csv as it is."""
    return isinstance(value, str) and FORMULA.match(value) is not None


def inert(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame, of the same shape, with an apostrophe before each text that looks like a formula."""
    return frame.map(lambda value: f"'{value}" if looks_like_a_formula(value) else value)
