"""A lock file held by somebody else."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chuyendoiso.system.atomic_write import LockHolder

HOLDER = LockHolder("invoke publish", "dang@may-1", 1234, "2026-11-28T14:05:03+07:00")
HELD = "invoke publish của dang@may-1 (tiến trình 1234), chạy từ 14:05:03 ngày 28/11/2026"


@contextmanager
def held_by_another(file: Path) -> Iterator[None]:
    """Hold a lock file as another process would: flock(2) goes by open files."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        stream.write(HOLDER.dump())
        stream.flush()
        yield
