"""Holds what workers promise: results in order, limits of time and memory, a lost worker replaced, none left behind."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from conftest import ROOT

from chuyendoiso.system.worker_limits import Failure, run_limited
from chuyendoiso.system.workers import FEW, Workers, _say_once, context

MEMORY = 200_000_000


def work(task):
    name, value = task
    match name:
        case "hang":
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])  # as foreign code that heeds no timer
            time.sleep(60)
        case "sleep":
            time.sleep(60)
        case "fill":
            return len(bytes(value))
        case "die":
            os._exit(3)
        case "deep":
            return work(task)
        case "where":
            return os.getpid()
    return value * 2


def heavy(task):
    return task[0] != "double"


def test_results_come_in_order():
    with Workers(MEMORY) as workers:
        assert list(workers.map(work, [("double", number) for number in range(300)], 5)) == list(range(0, 600, 2))


def test_few_light_tasks_are_done_here_and_many_in_workers():
    with Workers(MEMORY) as workers:
        assert set(workers.map(work, [("where", 0)] * (FEW - 1), 5)) == {os.getpid()}
        assert os.getpid() not in set(workers.map(work, [("where", 0)] * FEW, 5))
        assert os.getpid() not in set(workers.map(work, [("where", 0)], 5, heavy))


def test_heavy_tasks_are_done_here_and_in_workers_in_order():
    tasks = [*(("where", 0),) * 60, *(("double", number) for number in range(20)), *(("sleep", 0),) * 4]
    with Workers(MEMORY, count=2) as workers:
        results = list(workers.map_with_parent(work, tasks, 0.3))
    assert len(set(results[:60])) == 2 and os.getpid() in results[:60]
    assert results[60:80] == list(range(0, 40, 2))
    assert results[80:] == [Failure.SLOW] * 4


def add_to_items(items):
    if context()["dies in"] == "a worker" and os.getpid() != context()["here"]:
        os._exit(3)
    return os.getpid(), [context()["more"] + item for item in items]


@pytest.mark.parametrize("place", ["none", "a worker"])
def test_chunks_are_in_order_and_retried_here_if_a_worker_dies(place):
    with Workers(MEMORY, count=2) as workers:
        workers.set_context({"more": 1000, "dies in": place, "here": os.getpid()})
        results = list(workers.map_chunks(add_to_items, range(95), 10))
    assert [number for _, numbers in results for number in numbers] == list(range(1000, 1095))
    assert len({process for process, _ in results}) == (2 if place == "none" else 1)
    assert context() is None


def test_few_chunks_are_done_here():
    with Workers(MEMORY) as workers:
        workers.set_context({"more": 1, "dies in": "a worker", "here": os.getpid()})
        assert list(workers.map_chunks(add_to_items, range(4), 2)) == [(os.getpid(), [1, 2]), (os.getpid(), [3, 4])]


def test_a_worker_that_dies_is_reported():
    """It alone is given that task: what this process does itself may not end it."""
    tasks = [("die", 0), *(("sleep", 0),) * 3]
    with Workers(MEMORY, count=2) as workers:
        assert list(workers.map_with_parent(work, tasks, 0.2)) == [Failure.DIED, *(Failure.SLOW,) * 3]


def test_in_another_thread_all_is_done_in_workers():
    process_ids = []

    def run():
        with Workers(MEMORY, count=2) as workers:
            process_ids.extend(workers.map_with_parent(work, [("where", 0)] * 5, 5))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    assert len(process_ids) == 5 and os.getpid() not in process_ids


def test_each_failure_is_reported_and_other_tasks_have_results(monkeypatch):
    monkeypatch.setattr("chuyendoiso.system.workers.GRACE", 0.5)
    tasks = [
        ("sleep", 0),
        ("double", 1),
        ("die", 0),
        ("fill", 2 * MEMORY),
        ("hang", 0),
        ("deep", 0),
        ("fill", MEMORY // 4),
        ("double", 2),
    ]
    expected = [Failure.SLOW, 2, Failure.DIED, Failure.HEAVY, Failure.SLOW, Failure.HEAVY, MEMORY // 4, 4]
    with Workers(MEMORY) as workers:
        assert list(workers.map(work, tasks, 0.5, heavy)) == expected


def test_a_broken_pool_blocks_no_caller(monkeypatch):
    """As where the machine can start no process any more."""

    def unable(*arguments):
        raise OSError(11, "Resource temporarily unavailable")

    with Workers(MEMORY) as workers:
        assert next(workers.map(work, [("double", 1)] * FEW, 5)) == 2
        monkeypatch.setattr("threading.excepthook", lambda arguments: None)  # the broken thread's own words
        with monkeypatch.context() as patched:
            patched.setattr("pebble.pool.process.WorkerManager.new_worker", unable)
            assert list(workers.map(work, [("die", 0), ("sleep", 0)], 5, heavy)) == [Failure.DIED, Failure.DIED]
        assert next(workers.map(work, [("double", 4)], 5, heavy)) == 8


def no_semaphore(*arguments, **options):
    raise FileNotFoundError(2, os.strerror(2))


def no_thread(thread):
    raise RuntimeError("can't start new thread")


def no_process(*arguments):
    raise BlockingIOError(11, os.strerror(11))


MACHINES = {
    "no /dev/shm": ("multiprocessing.synchronize.SemLock.__init__", no_semaphore, "không có tệp hoặc thư mục ấy"),
    "no thread": ("threading.Thread.start", no_thread, "không đủ bộ nhớ"),
    "no process": ("pebble.pool.process.WorkerManager.new_worker", no_process, "máy không còn chỗ cho một tiến trình nữa"),
}


@pytest.mark.parametrize("machine", MACHINES)
def test_without_workers_tasks_are_done_here_and_one_line_is_printed(monkeypatch, capfd, machine):
    place, refuse, reason = MACHINES[machine]
    _say_once.cache_clear()
    monkeypatch.setattr("threading.excepthook", lambda arguments: None)
    monkeypatch.setattr(place, refuse)
    with Workers(MEMORY) as workers:
        assert list(workers.map(work, [("double", number) for number in range(100)], 5)) == list(range(0, 200, 2))
        assert list(workers.map(work, [("where", 0)], 5, heavy)) == [os.getpid()]
        assert list(workers.map_with_parent(work, [("double", number) for number in range(9)], 5)) == list(range(0, 18, 2))
        assert list(workers.map(work, [("sleep", 0)], 0.1, heavy)) == [Failure.SLOW]
    assert capfd.readouterr().err == f"Máy không mở được tiến trình phụ ({reason}), nên làm lần lượt từng việc.\n"


def test_workers_that_never_start_are_replaced(monkeypatch, tmp_path):
    """As where a lock was held, by another thread, at the moment they were forked."""

    def stuck(memory):
        try:
            (tmp_path / str(len(list(tmp_path.iterdir())))).mkdir()
        except FileExistsError:
            (tmp_path / f"{os.getpid()}").mkdir()
        if len(list(tmp_path.iterdir())) <= 2:
            time.sleep(60)

    monkeypatch.setattr("chuyendoiso.system.workers.start_worker", stuck)
    monkeypatch.setattr("chuyendoiso.system.workers.GRACE", 0.5)
    monkeypatch.setattr("chuyendoiso.system.workers.PATIENCE", 1)
    with Workers(MEMORY, count=2) as workers:
        assert list(workers.map(work, [("double", number) for number in range(20)], 0.5)) == list(range(0, 40, 2))


def test_other_tasks_of_a_chunk_that_died_have_results():
    tasks = [("double", number) for number in range(100)]
    tasks[40] = ("die", 0)
    with Workers(MEMORY) as workers:
        results = list(workers.map(work, tasks, 5))
    assert results == [Failure.DIED if number == 40 else number * 2 for number in range(100)]


@pytest.mark.parametrize(("task", "expected"), [(("sleep", 0), Failure.SLOW), (("deep", 0), Failure.HEAVY), (("double", 4), 8)])
def test_a_task_here_has_the_same_limits(task, expected):
    before = signal.getsignal(signal.SIGALRM)
    assert run_limited(work, task, 0.2) == expected
    assert (signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)) == (before, (0.0, 0.0))


SCRIPT = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job, and so its children, would ignore it
sys.path[:0] = [{root!r}, {tests!r}, {here!r}]
from test_workers import work, Workers
with Workers(200_000_000) as workers:
    print(next(workers.map(work, [("where", 0)], 50, heavy=lambda task: True)), flush=True)
    list(workers.map(work, [("sleep", 0)] * 40, 50))
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_worker_outlives_its_parent(end):
    script = SCRIPT.format(root=str(ROOT), tests=str(ROOT / "tests"), here=str(ROOT / "tests/unit/system"))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        parent.send_signal(end)
        try:
            assert parent.wait(10) != 0
        finally:
            parent.kill()
    deadline = time.monotonic() + 5
    while os.path.exists(f"/proc/{worker}") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not os.path.exists(f"/proc/{worker}")


HELD = """
import sys
sys.path[:0] = [{root!r}, {tests!r}, {here!r}]
from pebble import ProcessPool
from test_workers import work, Workers

class Interrupted(Exception):
    pass

schedule = ProcessPool.schedule

def interrupted(self, *arguments, **options):
    schedule(self, *arguments, **options)
    self._context.status_mutex.acquire()
    raise Interrupted  # as Ctrl-C does wherever it comes, here within what holds the pool's lock

with Workers(200_000_000) as workers:
    print(next(workers.map(work, [("where", 0)], 50, heavy=lambda task: True)), flush=True)
    ProcessPool.schedule = interrupted
    list(workers.map(work, [("sleep", 0)] * 40, 50))
"""


@pytest.mark.long
def test_an_interruption_within_the_pool_ends_the_process():
    script = HELD.format(root=str(ROOT), tests=str(ROOT / "tests"), here=str(ROOT / "tests/unit/system"))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stderr.strip().splitlines()[-1]) == (1, "Interrupted")
    assert not os.path.exists(f"/proc/{done.stdout.strip()}")
