"""The scorecard in a browser without window and network: its pictures for docs/, and what tests ask of it.

`make scorecard` calls it. Chromium or Chrome is found by name; Debian and Ubuntu have it as `chromium`.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from html import escape, unescape
from pathlib import Path
from typing import Any

from citypanel.messages import Mistake
from citypanel.project import SAMPLE_YEARBOOK, database_path, project_root
from citypanel.quality.scorecard.page import scorecard_folder, write_scorecard

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 120
WIDTH, MARGIN = 1280, 24
# no address can be found, no profile is kept, nothing is asked of the machine
OFFLINE = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--no-first-run", "--enable-logging=stderr", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
# measures a page in a frame of a given width; the page itself may run no script
MEASURE = """<!doctype html><meta charset="utf-8">
<iframe id="frame" style="width:{width}px;height:900px;border:0"
srcdoc="{page}"></iframe><pre id="answer"></pre><script>
document.getElementById('frame').onload = event => {{
  const inside = event.target.contentDocument, root = inside.documentElement;
  const juts = each => !each.closest('.wide') && each.getBoundingClientRect().right > {width} + 1;
  const beyond = [...inside.querySelectorAll('main *')].filter(juts).map(each => each.outerHTML.slice(0, 80));
  document.getElementById('answer').textContent = JSON.stringify({{
    width: root.scrollWidth, beyond: beyond, text: inside.body.innerText,
    map_ends: inside.getElementById('map').getBoundingClientRect().bottom}});
}};</script>"""


def browser() -> str | None:
    """Return the path of an installed browser, or None."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def run(program: str, page: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Open a page without a network; return what the browser says. Raises `subprocess.TimeoutExpired`."""
    with tempfile.TemporaryDirectory() as profile:
        command = [program, *OFFLINE, f"--user-data-dir={profile}", *options, page.resolve().as_uri()]
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False
        )


def measured(program: str, page: Path, width: int) -> dict[str, Any]:
    """Return width and text of a page in a frame of so many pixels, what juts out of it, where the map ends.

    Raises `subprocess.TimeoutExpired`.
    """
    with tempfile.TemporaryDirectory() as folder:
        frame = Path(folder) / "frame.html"
        source = escape(page.read_text(encoding="utf-8"))
        frame.write_text(MEASURE.format(width=width, page=source), encoding="utf-8")
        done = run(program, frame, f"--window-size={max(width, 800)},1000", "--dump-dom")
    found = re.search(r'<pre id="answer">(.+?)</pre>', done.stdout, flags=re.DOTALL)
    return dict(json.loads(unescape(found[1]))) if found else {"error": done.stderr}


def write_pictures(root: Path, program: str) -> list[Path]:
    """Write the page down to the map to docs/figures/scorecard.png and scorecard.zh.png, from the sample."""
    database = database_path(root, {"YEARBOOK": SAMPLE_YEARBOOK})
    written = []
    for page in write_scorecard(database, scorecard_folder(database)):
        picture = root / "docs" / "figures" / f"{page.stem}.png"
        height = int(measured(program, page, WIDTH)["map_ends"]) + MARGIN
        run(program, page, f"--window-size={WIDTH},{height}", f"--screenshot={picture}")
        written.append(picture)
    return written


def main() -> None:
    """Write the pictures, or say what to install."""
    program = browser()
    if program is None:
        raise SystemExit(str(Mistake("browser_absent", names=", ".join(NAMES))))
    for picture in write_pictures(project_root(), program):
        print(picture)


if __name__ == "__main__":
    main()
