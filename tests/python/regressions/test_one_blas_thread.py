"""BLAS has one thread as long as any block asks for it: dbt runs the curves beside the regressions."""

from __future__ import annotations

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from citypanel.regressions.single_thread import one_blas_thread


def threads() -> set[int]:
    """Return the numbers of threads of the BLAS libraries that are loaded."""
    np.linalg.inv(np.eye(2))
    return {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"}


def test_the_block_left_first_leaves_one_thread_to_the_other() -> None:
    """However two blocks overlap, the threads come back when the last is left."""
    with threadpool_limits(limits=2, user_api="blas"):
        first, second = one_blas_thread(), one_blas_thread()
        with first:
            second.__enter__()
            assert threads() == {1}
        assert threads() == {1}, "the block entered first has been left, the other is open"
        second.__exit__(None, None, None)
        assert threads() == {2}
