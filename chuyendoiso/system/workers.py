"""Worker processes for many or heavy tasks, each with a limit of time and memory.

A timer in the worker ends a task that Python can interrupt. If a task hangs in foreign code, or dies, its worker is killed and
replaced. A few light tasks are done in this process, under the same timer.
"""

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.os_errors import explain
from chuyendoiso.system.worker_limits import Failure, release_memory, run_each_limited, run_limited, start_worker

A = TypeVar("A")
R = TypeVar("R")

FEW = 32  # fewer light tasks are done in this process: starting workers takes longer
CHUNK = 32  # light tasks that are sent to a worker at a time
FEW_CHUNKS = 3  # up to so many chunks are done in this process: starting workers takes longer
CHUNK_SECONDS = 60.0  # limit of a chunk, which takes about 0.1 s
AHEAD = 2  # tasks that are queued for each worker while this process works
GRACE = 5.0  # seconds after the time limit until a worker that ignores the timer is killed
PATIENCE = 20.0  # seconds after twice limit and grace until the pool counts as broken
STOPPING = 5.0  # seconds that a pool may take to stop after an error


_context: Any = None  # of this process, or inherited from its parent


def context() -> Any:
    """Return the value of the last `Workers.set_context`, in workers, too."""
    return _context


@dataclass
class Workers:
    """A pool that starts when it is first needed; `memory` limits a task, in bytes."""

    memory: int
    count: int = field(default_factory=lambda: os.cpu_count() or 1)
    refused: bool = False  # the machine cannot start workers: tasks are done in this process
    worked: bool = False  # a worker has returned a result
    _pool: Any = None  # pebble's, loaded only when it is needed

    def set_context(self, value: Any) -> None:
        """Set a value that workers inherit as they are forked, so that nothing is sent."""
        global _context  # noqa: PLW0603
        assert self._pool is None
        _context = value

    def map(
        self,
        function: Callable[[A], R],
        tasks: Sequence[A],
        seconds: float,
        heavy: Callable[[A], bool] = lambda task: False,
        after: Callable[[], None] | None = None,
    ) -> Iterator[R | Failure]:
        """Yield the result of each task, in order, or the reason that it has none.

        `function` is a module's; `seconds` limits a task. `after` is called after each chunk, in the process that did it.

        Light tasks are sent in chunks, since sending takes about as long as a task. If a chunk fails, each of its tasks is
        retried alone, so that the cause is known.
        """
        in_main_thread = threading.current_thread() is threading.main_thread()  # elsewhere no timer can interrupt
        if in_main_thread and len(tasks) < FEW and not any(map(heavy, tasks)):
            yield from run_each_limited(function, tasks, seconds, after)
            return
        pending = [
            (chunk, self._submit(function, tasks[chunk.start : chunk.stop], seconds, after)) for chunk in _chunks(map(heavy, tasks))
        ]
        for chunk, deferred in pending:
            results = deferred.result()
            if isinstance(results, Failure) and len(chunk) > 1:
                retries = [self._submit(function, [tasks[index]], seconds, after) for index in chunk]
                results = [retry.only_result() for retry in retries]
            yield from [results] if isinstance(results, Failure) else results

    def map_with_parent(self, function: Callable[[A], R], tasks: Sequence[A], seconds: float) -> Iterator[R | Failure]:
        """Yield the result of each heavy task, in order; this process works, too.

        It replaces one worker. It has no memory limit, so this is not for untrusted input.
        """
        if threading.current_thread() is not threading.main_thread():
            yield from self.map(function, tasks, seconds, heavy=lambda task: True)
            return
        self.count = max(1, self.count - 1)
        waiting = deque(range(len(tasks)))
        pending: dict[int, _Submitted] = {}
        results: dict[int, R | Failure] = {}
        for number in range(len(tasks)):
            while number not in results:
                while waiting and len(pending) < AHEAD * self.count:
                    index = waiting.popleft()
                    pending[index] = self._submit(function, [tasks[index]], seconds)
                done = [index for index, deferred in pending.items() if deferred.is_done]
                if waiting and not done:
                    index = waiting.popleft()
                    results[index] = run_limited(function, tasks[index], seconds)
                for index in done if waiting or done else [next(iter(pending))]:
                    results[index] = pending.pop(index).only_result()
            yield results.pop(number)

    def map_chunks(self, function: Callable[[Sequence[A]], R], items: Sequence[A], size: int) -> Iterator[R]:
        """Yield the result of each chunk of `size` items, in order.

        The items are light: if a worker fails, its chunk is retried in this process.
        """
        chunks = [items[start : start + size] for start in range(0, len(items), size)]
        if len(chunks) <= FEW_CHUNKS:
            yield from map(function, chunks)
            return
        for chunk, result in zip(chunks, self.map_with_parent(function, chunks, CHUNK_SECONDS), strict=True):
            yield function(chunk) if isinstance(result, Failure) else result

    def _submit(
        self, function: Callable[[Any], Any], tasks: Sequence[Any], seconds: float, after: Callable[[], None] | None = None
    ) -> "_Submitted":
        pool = future = None
        if not self.refused:
            try:
                pool = self.pool
                future = pool.schedule(run_each_limited, (function, tasks, seconds, after), timeout=seconds + GRACE)
            except (ImportError, OSError, RuntimeError) as error:  # no semaphore without /dev/shm, no memory for a thread
                self._refuse(error)
        return _Submitted(self, pool, future, function, tasks, seconds, after)

    def _refuse(self, error: Exception | None = None) -> None:
        """Do all tasks in this process from now on.

        Raises BuildStopped outside the main thread, where no timer can interrupt a task.
        """
        reason = explain(error) if isinstance(error, OSError) else "không đủ bộ nhớ"
        if threading.current_thread() is not threading.main_thread():
            raise BuildStopped(f"Máy không mở được tiến trình phụ: {reason}. Cách sửa: đóng bớt chương trình rồi chạy lại.")
        _say_once(f"Máy không mở được tiến trình phụ ({reason}), nên làm lần lượt từng việc.")
        self.refused, pool, self._pool = True, self._pool, None
        if pool is not None:
            _stop_soon(pool)

    @property
    def pool(self) -> Any:
        """Return the pool; start it if there is none, or if it broke."""
        if self._pool is None or not self._pool.active:
            from multiprocessing import get_context

            from pebble import ProcessPool

            release_memory()
            self._pool = ProcessPool(self.count, initializer=start_worker, initargs=(self.memory,), context=get_context("fork"))
        return self._pool

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *error: object) -> None:
        """Stop the workers; at once if there is an error."""
        global _context  # noqa: PLW0603
        _context = None
        pool, self._pool = self._pool, None
        if pool is not None and error[0]:
            _stop_soon(pool)
        elif pool is not None:
            pool.close()
            pool.join()


@cache
def _say_once(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class _Submitted:
    """Tasks sent to a worker, or done in this process if `future` is None."""

    workers: Workers
    pool: Any
    future: Any
    function: Callable[[Any], Any]
    tasks: Sequence[Any]
    seconds: float  # a task's limit
    after: Callable[[], None] | None

    @property
    def is_done(self) -> bool:
        return self.future is None or bool(self.future.done())

    def result(self) -> Any:
        """Wait; return the result of each task, or the reason that there is none."""
        if self.future is not None:
            try:
                results = _result(self.pool, self.future, 2 * (self.seconds + GRACE) + PATIENCE)
            except _NoWorkers:
                if self.workers.worked:  # this task may have broken it, and would break this process, too
                    return Failure.DIED
                self.workers._refuse()
            else:
                self.workers.worked = True
                return results
        return run_each_limited(self.function, self.tasks, self.seconds, self.after)

    def only_result(self) -> Any:
        """Wait; return the result of the only task, or the reason that there is none."""
        results = self.result()
        return results if isinstance(results, Failure) else results[0]


class _NoWorkers(Exception):
    """The pool stopped by itself, as on a machine that cannot start processes."""


def _stop_soon(pool: Any) -> None:
    """Stop a pool, and kill its workers if that takes too long.

    This thread may have been interrupted while it held the pool's own lock.
    """
    from multiprocessing import active_children
    from threading import Thread

    def stop() -> None:
        pool.stop()
        pool.join()

    stopping = Thread(target=stop, daemon=True)
    with suppress(RuntimeError):  # no memory for a thread
        stopping.start()
        stopping.join(STOPPING)
    if stopping.is_alive() or not stopping.ident:
        for child in active_children():
            child.kill()


def _chunks(weights: Iterable[bool]) -> Iterator[range]:
    """Cut tasks into chunks: each heavy one alone, light ones together."""
    start = stop = 0
    for stop, weight in enumerate(weights, start=1):
        if weight and start < stop - 1:
            yield range(start, stop - 1)
            start = stop - 1
        if weight or stop - start >= CHUNK:
            yield range(start, stop)
            start = stop
    if start < stop:
        yield range(start, stop)


def _result(pool: Any, future: Any, patience: float) -> Any:
    """Wait at most `patience` seconds for a result; return a Failure if none comes."""
    from concurrent.futures import TimeoutError as TimedOut
    from concurrent.futures import wait
    from concurrent.futures.process import BrokenProcessPool

    from pebble import ProcessExpired

    while not wait([future], timeout=1).done:
        patience -= 1
        if patience < 0:
            pool.stop()
        if not pool.active:  # its own threads died: no result would ever come
            raise _NoWorkers
    try:
        return future.result()
    except TimedOut:
        return Failure.SLOW
    except (ProcessExpired, BrokenProcessPool):  # the worker of this task, or one after another before they began any
        return Failure.DIED
