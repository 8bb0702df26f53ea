"""Times a command as its user runs it, as a whole process, and looks at its peak memory."""

import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

OFTEN, SELDOM = 0.05, 0.5  # seconds between two looks at the memory: where the time is not measured, and where it is


@dataclass
class Timed:
    """One case's times and CPU times in seconds, and the peak memory in bytes."""

    times: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: int = 0

    @property
    def median(self) -> float:
        """Return the median time."""
        return statistics.median(self.times)

    @property
    def median_cpu(self) -> float:
        """Return the median CPU time."""
        return statistics.median(self.cpu)

    def __str__(self) -> str:
        """Tell median and range."""
        return ranged(self.times)


def ranged(seconds: list[float]) -> str:
    """Tell the median, and the range where there is one."""
    median = f"{statistics.median(seconds):.2f} s"
    return median if len(seconds) == 1 else f"{median} ({min(seconds):.2f}–{max(seconds):.2f})"


def processes(root: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield root
    try:
        children = Path(f"/proc/{root}/task/{root}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from processes(int(child))


def proportional_memory(root: int) -> int:
    """Return the sum of the processes' proportional shares, in bytes (Pss of proc(5))."""
    total = 0
    for one in processes(root):
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
    return total


def timed(command: list[str], folder: Path, measured: Timed, *, memory: bool = False, times: bool = True) -> None:
    """Run a command once, and note its times, its peak memory, or both."""
    started, cpu = time.perf_counter(), _cpu_of_children()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        done = threading.Event()
        if memory:
            watch = threading.Thread(target=_watch, args=(process.pid, measured, done, SELDOM if times else OFTEN))
            watch.start()
        _, told = process.communicate()
        done.set()
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{told.decode()[-2000:]}")
    if times:
        measured.times.append(time.perf_counter() - started)
        measured.cpu.append(_cpu_of_children() - cpu)


def _cpu_of_children() -> float:
    """Return the CPU seconds of all processes that this one waited for, with theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(root: int, measured: Timed, done: threading.Event, interval: float) -> None:
    while not done.wait(interval):
        measured.memory = max(measured.memory, proportional_memory(root))
