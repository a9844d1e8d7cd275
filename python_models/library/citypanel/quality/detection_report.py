"""`python -m citypanel.quality.detection_report`: redraw, misprint, build, compare; write docs/detection.md.

The first seeds choose the threshold of a jump, the second report what it finds: no sample serves both.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import click

from citypanel.project import project_root
from citypanel.quality import detection
from citypanel.quality.detection_tables import page, scores, thresholds

PAGE = Path("docs") / "detection.md"
# jumps from this score on are looked at when the threshold is chosen
LOWEST_SCORE = 5.0
RATES = (1.0, 0.5, 2.0)
VENDOR_PANELS = Path("real") / "vendor_panels"


def main() -> None:
    """Run the seeds and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--choose", type=seeds, default=seeds("1-20"))
    parser.add_argument("--report", type=seeds, default=seeds("101-120"))
    parser.add_argument("--write", type=Path, help="file for the page (default docs/detection.md)")
    chosen = parser.parse_args()
    root = project_root()
    choosing = [_sample(root, seed, LOWEST_SCORE) for seed in chosen.choose]
    reporting = [_sample(root, seed, None) for seed in chosen.report]
    misprinted = [_vendor_panels(root, seed) for seed in chosen.report[: 1 + len(chosen.report) // 4]]
    real = [each for each in misprinted if each is not None]
    text = page(thresholds(choosing), scores(reporting), scores(real), (chosen.choose, chosen.report))
    (chosen.write or root / PAGE).write_text(text, encoding="utf-8")


def seeds(text: str) -> list[int]:
    """Return the seeds of `1-20` or `1,5,9`."""
    first, _, last = text.partition("-")
    return list(range(int(first), int(last) + 1)) if last else [int(each) for each in text.split(",")]


def _sample(root: Path, seed: int, score: float | None) -> detection.Comparison:
    """Redraw one sample; the rate of defects goes through RATES with the seed."""
    click.echo(f"sample {seed}", err=True)
    folder, listed, further = detection.redrawn_sample(root, seed, RATES[seed % len(RATES)])
    return detection.compared(detection.build_findings(root, folder, score), listed, further)


def _vendor_panels(root: Path, seed: int) -> detection.Comparison | None:
    """Misprint the imported vendor panels; None where they are absent."""
    from citypanel.importing import import_folder

    shared = Path(os.environ.get("CITYPANEL_SHARED", root.parent / "shared"))
    if not (shared / VENDOR_PANELS).is_dir():
        return None
    click.echo(f"vendor panels {seed}", err=True)
    imported = root / "build" / "detection_real"
    if not imported.exists():
        import_folder(shared / VENDOR_PANELS, imported)
    folder, further = detection.spoiled_copy(root, imported, seed)
    unspoiled = detection.build_findings(root, imported)
    return detection.compared(detection.build_findings(root, folder), None, further, unspoiled)


if __name__ == "__main__":
    main()
