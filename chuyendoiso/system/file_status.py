"""File status, which proves a file unchanged without reading it."""

import os

TICK, COARSE_TICK = 20_000_000, 2_000_000_000  # nanoseconds
FileStatus = tuple[int, int, int, int]  # bytes, modified, changed (both in nanoseconds), inode


def status_of(found: os.stat_result) -> FileStatus:
    """Return what tells that a file has not been written to since."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def not_racy(stamp: FileStatus, now: int) -> bool:
    """Return whether any write from `now` on (nanoseconds) changes a file's status.

    File systems' clocks tick: Linux's every 10 ms or more often, FAT's every 2 s (its statuses are whole seconds).
    """
    _, modified, changed, _ = stamp
    return max(modified, changed) < now - (COARSE_TICK if changed % 1_000_000_000 == 0 else TICK)
