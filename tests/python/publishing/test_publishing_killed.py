"""A process that publishes is killed, or may write no more: the publication before it stands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from small_publication import published, small_database, sums
from test_publishing_faults import OPERATIONS, version_of

KILL = """
import os, signal, sys
from pathlib import Path
from citypanel.publishing import disk
from small_publication import published, small_database
at, count, folder = int(sys.argv[1]), 0, Path(sys.argv[2])
def counted(operation):
    def run(*arguments):
        global count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return operation(*arguments)
    return run
for name in sys.argv[3:]:
    setattr(disk, name, counted(getattr(disk, name)))
published(small_database(), folder, code_version="new")
"""


def _process(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    library = ROOT / "python_models" / "library"
    path = os.pathsep.join([str(library), str(Path(__file__).parents[1])])
    return subprocess.run([sys.executable, "-c", code, *arguments], env={**os.environ, "PYTHONPATH": path},
                          capture_output=True, text=True, check=False)  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
@pytest.mark.parametrize("at", [3, 9, 21])
def test_a_killed_process_leaves_a_whole_publication(tmp_path: Path, at: int) -> None:
    places = published(small_database(), tmp_path, code_version="old")
    done = _process(KILL, str(at), str(tmp_path), *OPERATIONS)
    assert done.returncode == -9, done.stderr
    standing = places.standing()
    assert standing is not None and version_of(standing) == "old"
    published(small_database(), tmp_path, code_version="next")
    assert (version_of(places.current), version_of(places.previous)) == ("next", "old")


LIMITED = """
import resource, signal, sys
from pathlib import Path
from small_publication import published, small_database
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
connection = small_database()
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
try:
    published(connection, Path(sys.argv[2]), code_version="new")
except Exception as error:
    print(type(error).__name__, error)
    sys.exit(3)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limit on the size of files")
@pytest.mark.parametrize("limit", [100, 5_000, 100_000])
def test_a_disk_that_takes_no_more_leaves_the_publication(tmp_path: Path, limit: int) -> None:
    places = published(small_database(), tmp_path, code_version="old")
    whole = sums(places.current)
    done = _process(LIMITED, str(limit), str(tmp_path))
    assert done.returncode == 3 and done.stdout, done.stderr
    assert sums(places.current) == whole and not places.writing.exists()
