"""What the doctor asks of the machine: Python, encoding, BLAS, git."""

from __future__ import annotations

import locale
import shutil
import sys
from collections.abc import Iterator

from citypanel.console.doctor.check import Check

PYTHONS = ((3, 11), (3, 14))  # from, below


def python() -> Iterator[Check]:
    """Yield whether this Python is one that the locked packages are made for."""
    good = PYTHONS[0] <= tuple(sys.version_info[:2]) < PYTHONS[1]
    arguments = {"version": ".".join(map(str, sys.version_info[:3])), "program": sys.executable}
    yield Check(
        "python", "ok" if good else "error", "doctor_python" if good else "doctor_python_wrong", arguments
    )


def encoding() -> Iterator[Check]:
    """Yield whether files and the console speak UTF-8, in which the tables are written."""
    spoken = {
        "files": locale.getpreferredencoding(False),
        "console": getattr(sys.stdout, "encoding", None) or "?",
    }
    plain = {name.lower().replace("-", "").replace("_", "") for name in spoken.values()}
    good = plain <= {"utf8", "cp65001"}
    yield Check(
        "encoding", "ok" if good else "warn", "doctor_encoding" if good else "doctor_encoding_other", spoken
    )


def blas() -> Iterator[Check]:
    """Yield which BLAS stands behind NumPy: a fit holds its threads to one, if they can be seen."""
    import numpy  # noqa: F401  a library is seen once it is loaded
    from threadpoolctl import threadpool_info

    found = [each for each in threadpool_info() if each["user_api"] == "blas"]
    named = [f"{each['internal_api']} {each['version'] or '?'} ({each['num_threads']})" for each in found]
    names = {"names": ", ".join(named)}
    yield Check("blas", "ok", "doctor_blas", names) if found else Check("blas", "warn", "doctor_blas_unseen")


def git() -> Iterator[Check]:
    """Yield whether git is there; nothing needs it."""
    yield Check("git", "ok", "doctor_git" if shutil.which("git") else "doctor_git_absent")
