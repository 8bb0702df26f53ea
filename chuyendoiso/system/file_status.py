"""File statuses, which show whether a file is unchanged without reading it."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

TICK, COARSE_TICK = 20_000_000, 2_000_000_000  # nanoseconds
FileStatus = tuple[int, int, int, int]  # bytes, modified, changed (both in nanoseconds), inode


def status_of(result: os.stat_result) -> FileStatus:
    """Return a file's status, which any later write changes."""
    return result.st_size, result.st_mtime_ns, result.st_ctime_ns, result.st_ino


def not_racy(status: FileStatus, now: int) -> bool:
    """Return whether any write from `now` on (nanoseconds) changes a file's status.

    File systems' clocks tick: Linux's every 10 ms or more often, FAT's every 2 s (its times have no fractions).
    """
    _, modified, changed, _ = status
    return max(modified, changed) < now - (COARSE_TICK if changed % 1_000_000_000 == 0 else TICK)


def file_digest(places: Iterable[Path]) -> str:
    """Return the hash of files, and of all files below folders, with their names."""
    digest = hashlib.sha256()
    for place in places:
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and "__pycache__" not in file.parts:
                name = file.relative_to(place).as_posix() if place.is_dir() else file.name
                digest.update(f"{name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
