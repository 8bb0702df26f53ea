"""Check the free space of the disk that has the releases: bytes and inodes."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chuyendoiso.ops.doctor.findings import Finding, broken, or_good, warning
from chuyendoiso.system.errors import WrongUse
from chuyendoiso.system.http import reason

LOW, LAST = 0.10, 0.03


@dataclass(frozen=True, slots=True)
class DiskSpace:
    """The free parts (0 to 1) of a file system for users other than root."""

    path: str
    space: float
    inodes: float | None  # None: the file system does not count them


def read_disk_space(path: Path) -> DiskSpace:
    """Read the free space at a path. Raises WrongUse if there is no such path."""
    try:
        stat = os.statvfs(path)
    except OSError as error:
        raise WrongUse(
            f"Không xem được ổ đĩa của {path}: {reason(error)}. Cách sửa: chỉ một thư mục có thật bằng --disk."
        ) from None
    inodes = stat.f_favail / stat.f_files if stat.f_files else None
    return DiskSpace(str(path), stat.f_bavail / stat.f_blocks if stat.f_blocks else 1.0, inodes)


def check_disk_space(disk: DiskSpace) -> Iterator[Finding]:
    """Report if few bytes or inodes are free."""
    yield from or_good(_faults(disk), "disk", f"ổ đĩa của {disk.path} còn trống {_percent(disk.space)}.")


def _faults(disk: DiskSpace) -> Iterator[Finding]:
    for resource, free in (("chỗ", disk.space), ("số tệp (inode)", disk.inodes)):
        if free is not None and free < LOW:
            message = f"Ổ đĩa của {disk.path} chỉ còn {_percent(free)} {resource}."
            yield (broken if free < LAST else warning)("disk", message, "dọn nhật ký, bản sao cũ, hoặc mở rộng ổ đĩa.")


def _percent(part: float) -> str:
    return f"{100 * part:.1f}".replace(".", ",") + " %"
