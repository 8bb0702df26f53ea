"""State files that are replaced atomically, and lock files that name their holder."""

import fcntl
import getpass
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from chuyendoiso.system.errors import Busy, WrongUse
from chuyendoiso.system.sealed_json import dump_sealed, load_sealed

PRIVATE = 0o600
DYING_SECONDS = 0.5  # for which the processes of a killed build may still hold its lock
_this_thread = threading.local()  # the files of the locks that this thread holds


def read_state_file(path: Path, *, unsealed: int) -> Any:
    """Return the value of a state file, up to version `unsealed` without a checksum.

    Raises OSError and ValueError.
    """
    return load_sealed(path.read_text("utf-8"), version="version", unsealed=unsealed)


def write_state_file(path: Path, value: Mapping[str, Any]) -> None:
    """Replace a state file, with a checksum. Raises OSError.

    Only its owner may read it.
    """
    write_text(path, dump_sealed(value) + "\n", PRIVATE)


def read_json(path: Path) -> Any:
    """Return the value of a JSON file. Raises OSError and ValueError."""
    return json.loads(path.read_text("utf-8"))


def write_json(path: Path, value: Any) -> None:
    """Replace a JSON file, which only its owner may read. Raises OSError."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n", PRIVATE)


def write_text(path: Path, text: str, mode: int | None = None) -> None:
    """Replace a file atomically and durably. Raises OSError.

    Without `mode` the file's mode is unchanged. A crash may leave a temporary file, whose name `content.scan` ignores.
    """
    partial = path.with_name(f".{path.name}~")
    try:
        with open(
            os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode or 0o666), "w", encoding="utf-8", newline="\n"
        ) as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is None and path.exists():
            partial.chmod(path.stat().st_mode & 0o777)
        os.replace(partial, path)
    except BaseException:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise
    flush_folder(path.absolute().parent)


def flush_folder(folder: Path) -> None:
    """Write a folder's entries to disk. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# ── locks ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class LockHolder:
    """A lock's holder: command, `user@host`, process id, and since when (ISO 8601)."""

    command: str
    owner: str
    pid: int
    since: str

    def __str__(self) -> str:
        """Return the holder in Vietnamese, for messages."""
        since = datetime.fromisoformat(self.since)
        return f"{self.command} của {self.owner} (tiến trình {self.pid}), chạy từ {since:%H:%M:%S} ngày {since:%d/%m/%Y}"

    def dump(self) -> str:
        """Return the holder as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def this_process() -> LockHolder:
    """Return the lock holder that describes this process."""
    path = Path(sys.argv[0])
    program = path.parent.name if path.name == "__main__.py" else path.name  # python -m invoke
    command = " ".join([program, *(word for word in sys.argv[1:] if not word.startswith("-"))][:2])
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        user = str(os.getuid())
    return LockHolder(command, f"{user}@{os.uname().nodename}", os.getpid(), datetime.now().astimezone().isoformat("T", "seconds"))


def parse_holder(text: str) -> LockHolder | None:
    """Return the holder that a lock file names; None if it names none."""
    try:
        holder = LockHolder(**json.loads(text))
        str(holder)
    except (ValueError, TypeError):
        return None
    return holder


def busy_error(name: str, holder: LockHolder | None) -> Busy:
    """Return the error that another process holds the lock of `name`."""
    return Busy(f"Một lệnh khác đang dùng {name}{f': {holder}' if holder else ''}. Cách sửa: đợi lệnh ấy xong rồi chạy lại.")


def waiting_message(name: str, holder: LockHolder | None, seconds: float) -> str:
    """Return the message of a command that waits for a lock."""
    return f"Đang đợi lệnh khác dùng xong {name}{f': {holder}' if holder else ''} (đợi nhiều nhất {seconds:.0f} giây)."


@contextmanager
def hold_lock(file: Path, name: str, wait: float = 0, say: Callable[[str], None] | None = None) -> Iterator[bool]:
    """Hold a lock file; yield False if this thread holds it already.

    Wait for at most `wait` seconds and say so once. Raises Busy, which names the holder, and OSError.
    """
    locks: set[str] = _this_thread.__dict__.setdefault("held", set())
    key = str(file.absolute())
    if key in locks:
        yield False
        return
    with file.open("a+", encoding="utf-8", errors="replace") as stream:
        _lock(stream, name, max(wait, DYING_SECONDS), say)
        locks.add(key)
        try:
            _name_holder(stream.fileno(), this_process().dump())
            yield True
        finally:
            locks.discard(key)
            _name_holder(stream.fileno(), "")


def _name_holder(descriptor: int, text: str) -> None:
    with suppress(OSError):  # a full disk: nobody is named
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, text.encode(), 0)


def _lock(stream: IO[str], name: str, seconds: float, say: Callable[[str], None] | None) -> None:
    deadline, said = time.monotonic() + seconds, False
    while True:
        try:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            remaining = deadline - time.monotonic()
            stream.seek(0)
            holder = parse_holder(stream.read())
            if remaining <= 0:
                raise busy_error(name, holder) from None
            if say and seconds > DYING_SECONDS and holder and not said:
                say(waiting_message(name, holder, remaining))
                said = True
            time.sleep(0.05)


@contextmanager
def locked_state(file: Path, setting: str, name: str) -> Iterator[None]:
    """Hold the lock of a state file for one run.

    Raises Busy, and WrongUse if there is no folder for the file; `setting` names the setting of the file's path.
    """
    if not file.parent.is_dir() or file.is_dir():
        problem = "là thư mục" if file.is_dir() else f"phải nằm trong một thư mục có sẵn, mà {file.parent} chưa có"
        raise WrongUse(f"Tệp trạng thái {file} {problem}. Cách sửa: sửa {setting}, hoặc tạo thư mục.")
    with hold_lock(file.with_name(f"{file.name}.lock"), name):
        yield
