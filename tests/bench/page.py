"""What was measured, as the page docs/benchmarks.md."""

from __future__ import annotations

from dataclasses import dataclass

from measuring import LONG, Measured

HEAD = """# Benchmarks

`make bench` measures this in one run and rewrites this page. Machine: two shared cores, one BLAS thread for
everyone; so read the ratios, which travel between machines better than seconds do. Seconds are the median of
three warm runs, in which the contenders take turns, so that what else the machine does falls on all (of one
run where it takes more than {long:g} s). Memory is the peak of a fresh process per contender that imports
what it needs, makes the data and runs once, small sizes first; an interpreter with pandas alone takes some
120 MB of it.

## One fit

Two-way effects, six regressors, errors clustered by city. `kernel` is the whole public call from a data
frame, `fixed_effects(data, …, engine="kernel")`: rows checked, sorted and counted, effects taken out, fit,
tests, the four R2. `sample prepared` is `fixed_effects_on(sample, …)`, the same without what `panel_sample`
does once for all fits on the same rows. `headline` is the same call with headline numbers from linearmodels.
The peers start from a data frame too. City ids are whole numbers except where it says text. Unbalanced
panels lack a tenth of their rows.

"""
CATALOGUE = """
## The catalogue

{count} rows of `seeds/specifications/regressions.csv` that stand for one fit, on {source}, one after
the other; their samples are ready before. pyfixest refuses two endogenous variables and linearmodels has no
two-stage least squares with effects: they leave those rows out. Our times hold them all, with the tests of
their instruments.

"""
CURVE = """
## The specification curve

Two treatments, every subset of seven controls, five covariances, 3,146 rows. The peers fit sixteen of these
specifications, with one covariance each.

"""
IMPORT = """
## Import

Ten invented workbooks of 240 rows.

"""
TARGETS = """
## Targets

"""


@dataclass(frozen=True)
class Case:
    """What the contenders took, and the peer that ratios are to."""

    title: str
    results: dict[str, Measured]
    peer: str

    def ratio(self, contender: str) -> float:
        """Return how many times the peer's time is that of a contender."""
        return self.results[self.peer].seconds / self.results[contender].seconds

    def cells(self, contender: str) -> list[str]:
        """Return seconds, the ratio of times, megabytes and the ratio of memory, as text."""
        mine, peer = self.results[contender], self.results[self.peer]
        speed = self.ratio(contender)
        beside = f"{speed:.1f} x faster" if speed >= 1 else f"{1 / speed:.1f} x slower"
        cells = [f"{mine.seconds:.4f}", beside if contender != self.peer else "1"]
        return [*cells, f"{mine.mb:.0f}", f"{mine.mb / peer.mb:.2f}"] if peer.mb else cells

    def line(self, contender: str) -> str:
        """Return one line for the screen."""
        return f"  {contender:52} " + "  ".join(f"{cell:>14}" for cell in self.cells(contender))


def page(
    fits: list[Case], rows: Case, count: int, source: str, curve: Case, speeds: dict[str, float],
    imported: Case,
) -> str:  # fmt: skip
    """Return the text of the page."""
    columns = ["", "seconds", "beside pyfixest", "peak MB", "of pyfixest's"]
    one = [[case.title, name, *case.cells(name)] for case in fits for name in case.results]
    curves = [
        [name, f"{speed:,.0f}", f"{curve.results[name].mb:.0f}", f"{speed / speeds[curve.peer]:.3g} x"]
        for name, speed in speeds.items()
    ]
    peer = ["", "seconds", "beside pandas.read_excel"]
    return (
        HEAD.format(long=LONG)
        + _table(["rows", *columns], one)
        + CATALOGUE.format(count=count, source=source)
        + _table(columns, [[name, *rows.cells(name)] for name in rows.results])
        + CURVE
        + _table(["", "rows a second", "peak MB", "rows of pyfixest's"], curves)
        + IMPORT
        + _table(peer, [[name, *imported.cells(name)] for name in imported.results])
        + TARGETS
        + _table(["target", "measured", ""], _targets(fits, rows, speeds))
    )


def _targets(fits: list[Case], rows: Case, speeds: dict[str, float]) -> list[list[str]]:
    targets = []
    for case in fits:
        for size, least in (("3,146", 20.0), ("1,000,000", 2.5)):
            if case.title.startswith(size):
                for name in ("kernel", "kernel, sample prepared"):
                    what = f"{name} at {case.title}: {least:g} x faster than pyfixest"
                    targets.append(_target(what, f"{case.ratio(name):.1f} x", case.ratio(name) >= least))
    speed = speeds["specification curve"]
    targets.append(_target("specification curve: 10,000 rows a second", f"{speed:,.0f}", speed >= 10_000))
    name = "kernel, five covariances and closed-form diagnostics"
    what = "catalogue on the kernel with closed-form diagnostics: the time of pyfixest's bare fits"
    return [*targets, _target(what, f"{1 / rows.ratio(name):.2f} of it", rows.ratio(name) >= 1)]


def _target(what: str, found: str, met: bool) -> list[str]:
    return [what, found, "met" if met else "missed"]


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)
