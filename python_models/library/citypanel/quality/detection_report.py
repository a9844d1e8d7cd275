"""`python -m citypanel.quality.detection_report`: redraw, misprint, check, compare; write docs/detection.md.

The first seeds choose the threshold of a jump, the second report what it finds: no sample serves both.
"""

from __future__ import annotations

import argparse
import os
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from citypanel.project import SAMPLE_YEARBOOK, project_root
from citypanel.quality import detection
from citypanel.quality.compiled_checks import CompiledChecks, compiled_checks
from citypanel.quality.detection_tables import page, scores, thresholds

PAGE = Path("docs") / "detection.md"
PLANTED = Path("tests") / "planted" / "planted_defects.csv"
# jumps from this score on are looked at when the threshold is chosen
LOWEST_SCORE = 5.0
SCORE = 6.0
RATES = (1.0, 0.5, 2.0)
VENDOR_PANELS = Path("real") / "vendor_panels"
IMPORTED = "build/detection_real"


def main() -> None:
    """Run the seeds and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--choose", type=seeds, default=seeds("1-20"))
    parser.add_argument("--report", type=seeds, default=seeds("101-120"))
    parser.add_argument("--write", type=Path, help="file for the page (default docs/detection.md)")
    chosen = parser.parse_args()
    root = project_root()
    # first, since an import can fail where nothing else does
    real = _vendor_panels(root, chosen.report[: 1 + len(chosen.report) // 4])
    base = detection.own_copy(root)
    loose = compiled_checks(root, base, {"score_of_a_jump": LOWEST_SCORE})
    choosing = each(chosen.choose, lambda seed: _sample(root, loose, seed))
    checks = compiled_checks(root, base, {"score_of_a_jump": SCORE})
    reporting = each(chosen.report, lambda seed: _sample(root, checks, seed))
    shipped = scores([_shipped(root, checks)])
    named = (chosen.choose, chosen.report)
    text = page(thresholds(choosing), shipped, scores(reporting), scores(real), named)
    (chosen.write or root / PAGE).write_text(text, encoding="utf-8")


def seeds(text: str) -> list[int]:
    """Return the seeds of `1-20` or `1,5,9`."""
    first, _, last = text.partition("-")
    return list(range(int(first), int(last) + 1)) if last else [int(each) for each in text.split(",")]


def each(
    chosen: Sequence[int], run: Callable[[int], detection.Comparison]
) -> list[detection.Comparison]:
    """Run all seeds; tell after each how many are done and how long the rest will take."""
    done, start = [], time.monotonic()
    for place, seed in enumerate(chosen, 1):
        done.append(run(seed))
        left = (time.monotonic() - start) / place * (len(chosen) - place)
        click.echo(f"seed {seed}: {place} of {len(chosen)}, about {left / 60:.0f} min left", err=True)
    return done


def _shipped(root: Path, checks: CompiledChecks) -> detection.Comparison:
    """Compare the shipped sample with its list, without further misprints."""
    with checks.run_over(root / SAMPLE_YEARBOOK) as connection:
        return detection.compared(connection, root / PLANTED, detection.NOTHING_FURTHER)


def _sample(root: Path, checks: CompiledChecks, seed: int) -> detection.Comparison:
    """Redraw one sample; the rate of defects goes through RATES with the seed."""
    folder, listed, further = detection.redrawn_sample(root, seed, RATES[seed % len(RATES)])
    with checks.run_over(folder) as connection:
        return detection.compared(connection, listed, further)


def _vendor_panels(root: Path, chosen: Sequence[int]) -> list[detection.Comparison]:
    """Misprint the imported vendor panels with each seed; nothing where they are absent."""
    from citypanel.importing import import_folder

    shared = Path(os.environ.get("CITYPANEL_SHARED", root.parent / "shared"))
    if not (shared / VENDOR_PANELS).is_dir():
        return []
    imported = root / IMPORTED
    # an import of an earlier version may lack columns
    shutil.rmtree(imported, ignore_errors=True)
    import_folder(shared / VENDOR_PANELS, imported)
    checks = compiled_checks(root, IMPORTED, {"score_of_a_jump": SCORE})
    before = detection.findings_of(checks, imported)

    def run(seed: int) -> detection.Comparison:
        folder, further = detection.spoiled_copy(root, imported, seed)
        with checks.run_over(folder) as connection:
            return detection.compared(connection, None, further, before)

    return each(chosen, run)


if __name__ == "__main__":
    main()
