"""The limits of a task in a worker process: time and memory."""

import ctypes
import gc
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from types import FrameType
from typing import NoReturn, TypeVar

A = TypeVar("A")
R = TypeVar("R")

PR_SET_PDEATHSIG = 1  # of prctl(2)
M_MMAP_THRESHOLD = -3  # of mallopt(3)
LARGE = 2**18  # bytes of a block that is returned to the system when it is freed


class Failure(StrEnum):
    """The reason that a task has no result."""

    SLOW = "slow"  # over its time limit
    HEAVY = "heavy"  # over its memory limit
    DIED = "died"  # its process ended


class Overrun(Exception):
    """Raised in a task whose time is up."""


def release_memory() -> None:
    """Return free memory to the system before workers inherit it.

    Also return large blocks at once from now on: the GNU C library retains them, 40 MB in a build of 10,000 articles.
    """
    with suppress(AttributeError):  # only the GNU C library has these functions
        library = ctypes.CDLL(None)
        library.mallopt(M_MMAP_THRESHOLD, LARGE)
        library.malloc_trim(0)


def run_limited(function: Callable[[A], R], task: A, seconds: float) -> R | Failure:
    """Run a task for at most `seconds`; only in a main thread, for its timer's signal."""
    try:
        with time_limit(seconds):
            return function(task)
    except Overrun:
        return Failure.SLOW
    except (MemoryError, RecursionError):
        return Failure.HEAVY


def run_each_limited(
    function: Callable[[A], R], tasks: Sequence[A], seconds: float, after: Callable[[], None] | None
) -> list[R | Failure]:
    """Run each task for at most `seconds`, then call `after`."""
    results = [run_limited(function, task, seconds) for task in tasks]
    if after:
        after()
    return results


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise Overrun in the block once its time is up; CPython's `re` heeds it too."""

    def stop(signum: int, frame: FrameType | None) -> NoReturn:
        raise Overrun

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def start_worker(memory: int) -> None:
    """Limit this worker's memory to `memory` bytes more than it has."""
    gc.freeze()
    gc.enable()  # a build disables it; a worker makes and drops thousands of trees
    die_with_parent()
    if sys.platform == "linux":
        limit = _data_bytes() + memory
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends, on Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _data_bytes() -> int:
    """Return this process's private writable memory in bytes (VmData of proc(5))."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmData:"))
