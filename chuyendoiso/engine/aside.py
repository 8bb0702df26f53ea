"""A piece of work that another process does while this one goes on. It loads the standard library alone, for whoever has loaded nothing yet."""

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, NoReturn, TypeVar

R = TypeVar("R")
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


@contextmanager
def aside(work: Callable[[], R]) -> Iterator[Callable[[], R]]:
    """Have a process of its own do a piece of work; yields what waits for its result, which is handed over pickled.

    That process inherits all that is here; of what it does nothing is left but the result and what it wrote. Where there can be no such
    process, or it did not come to an end, the work is done here when the result is asked for, and raises what it raises.
    """
    process = _Process(work)
    try:
        yield process.result
    finally:
        process.end()


class _Process(Generic[R]):
    def __init__(self, work: Callable[[], R]) -> None:
        self.work = work
        self.found: list[R] = []
        self.receiving, sending = os.pipe()
        asking = os.getpid()
        try:
            self.id = os.fork()
        except OSError:
            self.id = -1
        if self.id == 0:
            _do(work, sending, asking)
        os.close(sending)

    def result(self) -> R:
        if not self.found:
            with open(self.receiving, "rb", closefd=False) as stream:
                data = stream.read()
            self.found.append(pickle.loads(data) if self._is_done() else self.work())
        return self.found[0]

    def end(self) -> None:
        os.close(self.receiving)
        self._is_done()

    def _is_done(self) -> bool:
        """Wait for the process; tell whether it came to an end."""
        try:
            return self.id > 0 and os.waitpid(self.id, 0)[1] == 0
        except ChildProcessError:  # it has been waited for, or whoever started this process waits for none
            return False


def _do(work: Callable[[], object], sending: int, asking: int) -> NoReturn:
    """Do the work, and end; an interruption is told by the process that asked, which has had it, too."""
    status = 1
    try:
        die_with_parent()
        if os.getppid() == asking:
            data = pickle.dumps(work(), pickle.HIGHEST_PROTOCOL)
            with open(sending, "wb") as stream:
                stream.write(data)
            status = 0
    finally:
        os._exit(status)


def die_with_parent() -> None:
    """Let this process die with the one that started it, where the system can do so."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
