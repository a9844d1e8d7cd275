"""The process that reads: requests come in on standard input, workbooks go out on a copy of standard output.

It has a limit on its memory where the system knows one; whatever a damaged file does to a library, only this
process ends.
"""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path

from citypanel.importing.reading.files import read_file
from citypanel.importing.reading.limits import MEGABYTE, MOST_MEMORY_MB, memory_for


def main() -> None:
    """Answer requests until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    while True:
        try:
            path, folder, spool = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        _limit_memory(memory_for(_size(path)))
        workbooks = read_file(Path(path), Path(folder), Path(spool))
        pickle.dump(workbooks, answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _size(path: str) -> int:
    """Return the size of a file, 0 for a link that leads nowhere."""
    return os.stat(path).st_size if os.path.exists(path) else 0


def _limit_memory(megabytes: int) -> None:
    """Let the system refuse more memory than reading a file of its size takes."""
    try:
        import resource
    except ImportError:  # Windows knows no such limit
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, MOST_MEMORY_MB * MEGABYTE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):  # a lower limit is in force already
        return
