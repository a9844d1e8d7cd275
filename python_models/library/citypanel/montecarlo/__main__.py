"""`python -m citypanel.montecarlo`: print the page, and write it where --write says."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from citypanel.montecarlo.draws import WILD_DRAWS, run_draws
from citypanel.montecarlo.page import page
from citypanel.montecarlo.summary import summarise


def main() -> None:
    """Run the draws and print the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=500)
    parser.add_argument("--processes", type=int, default=2, help="the result does not depend on it")
    parser.add_argument("--wild", type=int, default=WILD_DRAWS, help="weights of the wild bootstrap in a fit")
    parser.add_argument("--write", type=Path, help="file for the page")
    chosen = parser.parse_args()
    records = run_draws(chosen.draws, chosen.processes, _say, wild=chosen.wild)
    text = page(summarise(records), chosen.wild)
    print(text)
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
