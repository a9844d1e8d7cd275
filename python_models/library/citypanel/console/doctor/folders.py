"""What the doctor asks of folders: the tables, build/ and its room, a killed run, the publication."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from citypanel.console.building import running_build
from citypanel.console.doctor.check import Check
from citypanel.project import BUILD_FOLDER, database_path, yearbook_folder
from citypanel.publishing.disk import sha256
from citypanel.publishing.manifest import read_manifest
from citypanel.publishing.places import MANIFEST, Places

# room for a build beside the database that stands: it is written anew, and published once more
LEAST_FREE, TIMES_THE_DATABASE = 1 << 30, 4


def yearbook(root: Path) -> Iterator[Check]:
    """Yield how the folder of tables is: there, readable, with all its files and columns."""
    from citypanel.importing import check_folder

    folder = yearbook_folder(root)
    shown = folder.relative_to(root) if folder.is_relative_to(root) else folder
    problems = check_folder(folder)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        arguments = {"folder": shown, "count": len(errors), "first": " ".join(str(errors[0]).split())}
        yield Check("yearbook", "error", "doctor_yearbook_bad", arguments)
        return
    stopping = [problem for problem in problems if problem.severity == "gate"]
    if stopping:
        arguments = {"folder": shown, "count": len(stopping), "first": " ".join(str(stopping[0]).split())}
        yield Check("yearbook", "warn", "doctor_yearbook_gate", arguments)
    else:
        yield Check("yearbook", "ok", "doctor_yearbook", {"folder": shown, "count": len(problems)})


def build(root: Path) -> Iterator[Check]:
    """Yield whether a file can be written where databases, imports and publications go."""
    folder = root / BUILD_FOLDER
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as stream:
            stream.write(b"?")
    except OSError as error:
        yield Check(
            "build", "error", "doctor_build_not_writable", {"folder": BUILD_FOLDER, "error": error.strerror}
        )
        return
    yield Check("build", "ok", "doctor_build", {"folder": BUILD_FOLDER})


def disk(root: Path) -> Iterator[Check]:
    """Yield whether there is room for one more build and its publication."""
    path = database_path(root)
    size = path.stat().st_size if path.exists() else 0
    wanted = max(LEAST_FREE, TIMES_THE_DATABASE * size)
    free = shutil.disk_usage(root).free
    arguments = {"free": f"{free / 2**30:,.1f}", "wanted": f"{wanted / 2**30:,.1f}"}
    good = free >= wanted
    yield Check("disk", "ok" if good else "warn", "doctor_disk" if good else "doctor_disk_small", arguments)


def leftovers(root: Path) -> Iterator[Check]:
    """Yield what a killed run left behind; the next build takes all of it away or over by itself."""
    path = database_path(root)
    found = [left for left in (Path(f"{path}.wal"), Path(f"{path}.tmp")) if left.exists()]
    places = Places.of(root, path.stem)
    found += [left for left in (places.writing, places.oldest) if left.exists()]
    builder = running_build(path)
    if builder is not None:
        named = {"pid": builder.pid or "?", "program": builder.command, "user": builder.user}
        yield Check("leftovers", "warn", "doctor_build_running", named)
    elif found:
        names = ", ".join(str(left.relative_to(root)) for left in found)
        yield Check("leftovers", "warn", "doctor_leftovers", {"names": names})
    else:
        yield Check("leftovers", "ok", "doctor_leftovers_none")


def publication(root: Path) -> Iterator[Check]:
    """Yield whether the published copy is whole: each file there, with the sum that the manifest gives."""
    places = Places.of(root, database_path(root).stem)
    folder = places.standing()
    if folder is None:
        yield Check("publication", "ok", "doctor_publication_absent")
        return
    manifest = read_manifest(folder)
    shown = {"folder": folder.relative_to(root)}
    if manifest is None:
        yield Check("publication", "error", "doctor_publication_unreadable", {**shown, "file": MANIFEST})
        return
    files = {str(entry["file"]): str(entry["sha256"]) for entry in manifest.get("files", [])}
    wrong = [name for name, wanted in files.items() if not _is_whole(folder / name, wanted)]
    if wrong:
        names = ", ".join(wrong[:3]) + (f" (+{len(wrong) - 3})" if len(wrong) > 3 else "")
        yield Check("publication", "error", "doctor_publication_damaged", {**shown, "names": names})
    else:
        when = str(manifest.get("published_at", "?"))[:16].replace("T", " ")
        yield Check("publication", "ok", "doctor_publication", {**shown, "files": len(files), "when": when})


def _is_whole(file: Path, wanted: str) -> bool:
    try:
        return sha256(file) == wanted
    except OSError:
        return False
