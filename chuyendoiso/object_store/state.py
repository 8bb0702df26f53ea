"""What is in the store, as far as this machine has put it there: a small file that is replaced as a whole, and on disk before anything else happens."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from chuyendoiso.domain.problems import BuildStopped, Busy, WrongUse

VERSION = 1


@dataclass
class State:
    """The marks of objects ("" for one that may or may not be there), since when some have been absent from the release, and what caches may hold of before."""

    file: Path
    remote: str
    objects: dict[str, str] = field(default_factory=dict)
    absent: dict[str, datetime] = field(default_factory=dict)
    stale: set[str] = field(default_factory=set)  # objects sent anew that nobody has been told of yet

    def save(self) -> None:
        """Write it: after a crash, or a power cut, the file is the old one or the new one. Raises BuildStopped."""
        absent = {path: since.isoformat() for path, since in self.absent.items()}
        told = {"version": VERSION, "remote": self.remote, "objects": self.objects, "absent": absent, "stale": sorted(self.stale)}
        aside = self.file.with_name(f"{self.file.name}.new")
        try:
            with aside.open("w", encoding="utf-8") as stream:
                json.dump(told, stream, ensure_ascii=False, indent=0)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(aside, self.file)
        except OSError as error:
            raise BuildStopped(f"Không ghi được tệp trạng thái {self.file}: {error.strerror}.") from error


def read_state(file: Path, remote: str) -> State:
    """Return what is known of a store; nothing, where there is no file or it tells of another store. Raises WrongUse where it is damaged."""
    try:
        told = json.loads(file.read_text("utf-8"))
        if told["version"] != VERSION:
            raise ValueError(told["version"])
        if told["remote"] != remote:
            return State(file, remote)
        absent = {path: datetime.fromisoformat(at) for path, at in told["absent"].items()}
        return State(file, remote, dict(told["objects"]), absent, set(told["stale"]))
    except FileNotFoundError:
        return State(file, remote)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"Tệp trạng thái {file} không đọc được. Cách sửa: xóa tệp ấy; lần đăng sau gửi lại mọi tệp."
        raise WrongUse(message) from error


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the state for one run. Raises Busy where another holds it, WrongUse where there is no folder for it."""
    if not file.parent.is_dir() or file.is_dir():
        raise WrongUse(f"Tệp trạng thái {file} phải nằm trong một thư mục có sẵn. Cách sửa: sửa đường dẫn, hoặc tạo thư mục.")
    with file.with_name(f"{file.name}.lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy("Một lần đăng khác đang gửi tới kho. Cách sửa: đợi lần đó xong rồi chạy lại.") from error
        yield
