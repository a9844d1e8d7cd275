"""Time the library beside its peers in one run, print ratios, write docs/benchmarks.md (`make bench`).

Contenders take turns in one process to be timed, and have one each for their memory (module `measuring`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from catalogue import CONTENDERS as CATALOGUE
from catalogue_rows import catalogue, source
from curve import CONTENDERS as CURVE
from curve import rows_per_second
from measuring import Measured, measured
from one_fit import CONTENDERS as ONE_FIT
from page import Case, page
from panels import SIZES
from workbooks import importing

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


def one_fit() -> list[Case]:
    """Return a case for each size, balanced and not."""
    cases = []
    for kind in ("balanced", "unbalanced"):
        for size, results in zip(SIZES, measured("one_fit.py", ONE_FIT, kind), strict=True):
            cases.append(shown(Case(f"{size}, {kind}", results, next(iter(ONE_FIT)))))
    return cases


def one_case(title: str, script: str, contenders: Mapping[str, Any]) -> Case:
    """Return the case of a script that has one; the first contender is the peer."""
    (results,) = measured(script, contenders)
    return shown(Case(title, results, next(iter(contenders))))


def shown(case: Case) -> Case:
    """Print a case."""
    print(f"\n{case.title}")
    for contender in case.results:
        print(case.line(contender), flush=True)
    return case


def main() -> None:
    """Measure, print, write the page."""
    fits = one_fit()
    rows = one_case(f"the catalogue on {source()}", "catalogue.py", CATALOGUE)
    curve = one_case("the specification curve", "curve.py", CURVE)
    speeds = {name: rows_per_second(name, result.seconds) for name, result in curve.results.items()}
    workbooks = importing(10, 240)
    results = {what: Measured(spent, 0.0) for what, spent in workbooks}
    imported = shown(Case("importing", results, workbooks[-1][0]))
    text = page(fits, rows, len(catalogue()), source(), curve, speeds, imported)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    print(f"\nwritten: docs/{PAGE.name}")


if __name__ == "__main__":
    main()
