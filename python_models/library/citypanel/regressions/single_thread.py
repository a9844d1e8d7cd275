"""One BLAS thread: sums in one order, so that the digits do not depend on the machine's cores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from threadpoolctl import threadpool_limits

_lock = Lock()
# one per open block; the limit is the process's, and dbt runs models beside each other
_open: list[threadpool_limits] = []


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Hold BLAS to one thread inside the block, and until the last of the blocks open at a time is left."""
    with _lock:
        _open.append(threadpool_limits(limits=1))
    try:
        yield
    finally:
        with _lock:
            # the latest first: the limit that found the threads as they were is undone by whoever leaves last
            _open.pop().restore_original_limits()
