"""Holds that a piece of work gives what it gives, whichever process does it, and that none is left over."""

import os
import signal
import time

import pytest

from chuyendoiso.engine.aside import aside


def children() -> list[int]:
    """Return the processes that this one has started, waited for or not."""
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as told:
        return [int(one) for one in told.read().split()]


def test_another_process_does_it_once_and_hands_over_the_result():
    before = children()
    with aside(lambda: (os.getpid(), "x" * 1_000_000)) as result:
        first, second = result(), result()
    assert first == second
    assert first[0] != os.getpid() and first[1] == "x" * 1_000_000
    assert children() == before


def test_what_is_not_worth_it_is_done_here_when_it_is_asked_for():
    done = []
    with aside(lambda: done.append(1) or os.getpid(), apart=False) as result:
        assert done == []
        assert result() == result() == os.getpid()
    assert done == [1]


def dies():
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return "here"


def refuses():
    if os.getpid() != HERE:
        raise MemoryError
    return "here"


def hands_over_nothing_that_can_be_pickled():
    return (lambda: "here") if os.getpid() != HERE else "here"


HERE = os.getpid()


@pytest.mark.parametrize("work", [dies, refuses, hands_over_nothing_that_can_be_pickled])
def test_what_a_process_did_not_bring_to_an_end_is_done_here(work, capfd, monkeypatch):
    monkeypatch.setitem(globals(), "HERE", os.getpid())
    with aside(work) as result:
        assert result() == "here"
    assert capfd.readouterr() == ("", "")


def test_where_there_can_be_no_process_it_is_done_here(monkeypatch):
    def fork():
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fork)
    with aside(os.getpid) as result:
        assert result() == os.getpid()


def test_an_error_is_raised_here():
    def work():
        raise ValueError("sai")

    with aside(work) as result, pytest.raises(ValueError, match="sai"):
        result()


def test_a_result_that_nobody_asks_for_leaves_no_process_and_no_pipe():
    before = children(), os.listdir("/proc/self/fd")
    with pytest.raises(KeyboardInterrupt), aside(lambda: time.sleep(0.2)):
        raise KeyboardInterrupt
    assert (children(), os.listdir("/proc/self/fd")) == before


def test_it_dies_with_the_process_that_asked(tmp_path):
    asking = os.fork()
    if asking == 0:
        with aside(lambda: (time.sleep(2), (tmp_path / "lived").touch())):
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(asking, 0)
    time.sleep(2.5)
    assert not (tmp_path / "lived").exists()
