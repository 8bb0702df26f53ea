"""What tells of a file whether it changed: its stamp, which the file system knows without reading it, and the digest of its head."""

import hashlib
import os
import re

TICK, COARSE_TICK = 20_000_000, 2_000_000_000  # nanoseconds
Stamp = tuple[int, int, int, int]  # bytes, modified, changed (both in nanoseconds), inode


_HEAD = re.compile(rb"[^\n]*\n(?:(?!---)[^\n]*\n)*---")


def head_of(raw: bytes) -> str:
    """Return the SHA-256 of a file up to the end of its front matter; of all of it, where that has no end."""
    found = _HEAD.match(raw)
    return hashlib.sha256(found[0] if found else raw).hexdigest()


def stamp_of(found: os.stat_result) -> Stamp:
    """Return what tells that a file has not been written to since."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def is_settled(stamp: Stamp, now: int) -> bool:
    """Tell whether any write from `now` on (nanoseconds) is bound to change a file's stamp.

    File systems' clocks tick: Linux's every 10 ms or oftener; the coarse ones, known by their whole seconds, every two (FAT).
    """
    _, modified, changed, _ = stamp
    return max(modified, changed) < now - (COARSE_TICK if changed % 1_000_000_000 == 0 else TICK)
