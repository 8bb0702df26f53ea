"""File status, which proves a file unchanged without reading it."""

import os

TICK, COARSE_TICK = 20_000_000, 2_000_000_000  # nanoseconds
FileStatus = tuple[int, int, int, int]  # bytes, modified, changed (both in nanoseconds), inode


def status_of(found: os.stat_result) -> FileStatus:
    """Return what tells that a file has not been written to since."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def not_racy(stamp: FileStatus, now: int) -> bool:
    """Tell whether any write from `now` on (nanoseconds) is bound to change a file's stamp.

    File systems' clocks tick: Linux's every 10 ms or oftener; the coarse ones, known by their whole seconds, every two (FAT).
    """
    _, modified, changed, _ = stamp
    return max(modified, changed) < now - (COARSE_TICK if changed % 1_000_000_000 == 0 else TICK)
