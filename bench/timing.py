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

    def __str__(self) -> str:
        """Tell median and range."""
        return f"{self.median:.2f} s ({min(self.times):.2f}–{max(self.times):.2f})"


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


def timed(command: list[str], folder: Path, measured: Timed, *, memory: bool = False) -> None:
    """Run a command once and note its time, or else (looking at memory takes time) its peak memory."""
    started, cpu = time.perf_counter(), _cpu_of_children()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        done = threading.Event()
        if memory:
            watch = threading.Thread(target=_watch, args=(process.pid, measured, done))
            watch.start()
        _, told = process.communicate()
        done.set()
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{told.decode()[-2000:]}")
    if not memory:
        measured.times.append(time.perf_counter() - started)
        measured.cpu.append(_cpu_of_children() - cpu)


def _cpu_of_children() -> float:
    """Return the CPU seconds of all processes that this one waited for, with theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(root: int, measured: Timed, done: threading.Event) -> None:
    while not done.wait(0.05):
        measured.memory = max(measured.memory, proportional_memory(root))
