"""A piece of work that another process does while this one goes on. It loads the standard library alone, for whoever has loaded nothing yet."""

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

R = TypeVar("R")
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


@contextmanager
def aside(work: Callable[[], R], *, apart: bool = True) -> Iterator[Callable[[], R]]:
    """Have a process of its own do a piece of work; yields what waits for its result, which is handed over pickled.

    That process inherits all that is here; of what it does nothing is left but the result and what it wrote. Where there can be no such
    process, it did not come to an end, or it is not worth it (`apart`), the work is done here when its result is first asked for, and
    raises what it raises.
    """
    process = _Process(work) if apart else None
    found: list[R] = []

    def result() -> R:
        if not found:
            data = process.received() if process else None
            found.append(work() if data is None else pickle.loads(data))
        return found[0]

    try:
        yield result
    finally:
        if process:
            process.end()


class _Process:
    def __init__(self, work: Callable[[], object]) -> None:
        self.receiving, sending = os.pipe()
        asking = os.getpid()
        try:
            self.id = os.fork()
        except OSError:
            self.id = -1
        if self.id == 0:
            _do(work, sending, asking)
        os.close(sending)

    def received(self) -> bytes | None:
        """Return the pickled result, once it is there; None where there is none."""
        with open(self.receiving, "rb", closefd=False) as stream:
            data = stream.read()
        return data if self._is_done() else None

    def end(self) -> None:
        """Wait for the process, if that has not been done."""
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
