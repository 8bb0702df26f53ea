"""Room on the disk that releases are made on: bytes, and inodes, which many small files use up first."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chuyendoiso.ops.doctor.findings import Finding, broken, or_good, warning
from chuyendoiso.system.errors import WrongUse
from chuyendoiso.system.http import reason

LOW, LAST = 0.10, 0.03


@dataclass(frozen=True, slots=True)
class Room:
    """What of a file system is free to others than root, as parts of the whole; `inodes` None where it does not count them."""

    path: str
    space: float
    inodes: float | None


def read_room(path: Path) -> Room:
    """Look at the file system of a path. Raises WrongUse where there is none."""
    try:
        found = os.statvfs(path)
    except OSError as error:
        raise WrongUse(
            f"Không xem được ổ đĩa của {path}: {reason(error)}. Cách sửa: chỉ một thư mục có thật bằng --disk."
        ) from None
    inodes = found.f_favail / found.f_files if found.f_files else None
    return Room(str(path), found.f_bavail / found.f_blocks if found.f_blocks else 1.0, inodes)


def judge_room(room: Room) -> Iterator[Finding]:
    """Tell where there is little left."""
    yield from or_good(_room(room), "disk", f"ổ đĩa của {room.path} còn trống {_percent(room.space)}.")


def _room(room: Room) -> Iterator[Finding]:
    for what, free in (("chỗ", room.space), ("số tệp (inode)", room.inodes)):
        if free is not None and free < LOW:
            message = f"Ổ đĩa của {room.path} chỉ còn {_percent(free)} {what}."
            yield (broken if free < LAST else warning)("disk", message, "dọn nhật ký, bản sao cũ, hoặc mở rộng ổ đĩa.")


def _percent(part: float) -> str:
    return f"{100 * part:.1f}".replace(".", ",") + " %"
