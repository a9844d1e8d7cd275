"""How often further seeds return the planted truth: `python -m citypanel.sample.coverage` (some minutes).

For every term of A1.1-A1.6 and B1.1-B1.4: the share of seeds in which the estimate lies more than two
standard errors (clustered by city) from the truth. Dummy least squares throughout; the pipeline has its own
tests.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from citypanel.project import project_root
from citypanel.sample import coefficients as c
from citypanel.sample import panel
from citypanel.sample.levels import Sample, draw_sample
from citypanel.sample.planted_specifications import Specification, specifications
from citypanel.sample.roster import read_roster
from citypanel.sample.streams import Array, named_streams
from citypanel.sample.truth import design, dummies, fit

SEEDS = range(2, 22)
CHECKED = [f"A1.{column}" for column in range(1, 7)] + [f"B1.{column}" for column in range(1, 5)]


def outcome_as_printed(sample: Sample, specification: Specification) -> Array:
    """Return the outcome (N x T) that the printed numbers give."""
    numbers = sample.numbers
    if specification.outcome == c.REAL_GDP_OUTCOME:
        return panel.real_gdp_per_person(sample.roster, numbers)
    return 1 - numbers["primary_employment_persons"] / numbers["urban_employment_persons"]


def standardised_errors(sample: Sample, specification: Specification) -> dict[str, float]:
    """Return (estimate - truth) / standard error by term."""
    stack, rows = design(sample, specification)
    city = np.unique(np.nonzero(rows)[0], return_inverse=True)[1]
    basis = np.linalg.qr(dummies(rows))[0]
    x, y = stack[rows], outcome_as_printed(sample, specification)[rows]
    x, y = x - basis @ (basis.T @ x), y - basis @ (basis.T @ y)
    bread = np.linalg.inv(x.T @ x)
    slopes = bread @ (x.T @ y)
    scores = np.zeros((city.max() + 1, x.shape[1]))
    np.add.at(scores, city, x * (y - x @ slopes)[:, None])
    groups, n, k = len(scores), len(y), x.shape[1] + rows.any(axis=0).sum()
    variance = bread @ scores.T @ scores @ bread * groups / (groups - 1) * (n - 1) / (n - k)
    true = fit(sample, specification)
    centred = slopes - np.array([true[term] for term in specification.terms])
    return dict(zip(specification.terms, centred / np.sqrt(np.diag(variance)), strict=True))


def main() -> None:
    """Print one line per specification and term, and the share over all."""
    reference = project_root(Path(__file__).parent) / "seeds" / "reference"
    found: dict[tuple[str, str], list[float]] = {}
    for seed in SEEDS:
        sample = draw_sample(read_roster(reference), named_streams(seed), 1.0)
        for specification in specifications(sample):
            if specification.name in CHECKED:
                for term, z in standardised_errors(sample, specification).items():
                    found.setdefault((specification.name, term), []).append(z)
        print(f"seed {seed}", file=sys.stderr)
    for (name, term), values in found.items():
        print(
            f"{name:6} {term:60} beyond 2: {np.mean(np.abs(values) > 2):5.2f}  mean z: {np.mean(values):6.2f}"
        )
    everything = np.concatenate([*found.values()])
    print(
        f"all: {np.mean(np.abs(everything) > 2):.3f} beyond 2, {np.mean(np.abs(everything) > 4):.4f} beyond 4"
    )


if __name__ == "__main__":
    main()
