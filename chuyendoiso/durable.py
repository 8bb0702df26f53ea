"""Small files that are replaced as a whole and are on disk before anything else happens, and the lock of whoever works with one."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from chuyendoiso.domain.problems import BuildStopped, WrongUse
from chuyendoiso.domain.sealed_json import dump_sealed, load_sealed

PRIVATE = 0o600


def read_state_file(path: Path, *, unsealed: int) -> Any:
    """Return what a state file holds, up to version `unsealed` without a checksum.

    Raises OSError and ValueError.
    """
    return load_sealed(path.read_text("utf-8"), version="version", unsealed=unsealed)


def write_state_file(path: Path, value: Mapping[str, Any]) -> None:
    """Replace a state file, which has a checksum. Raises OSError.

    Nobody but its owner may read it.
    """
    write_text(path, dump_sealed(value) + "\n", PRIVATE)


def read_json(path: Path) -> Any:
    """Return what a file holds. Raises OSError and ValueError."""
    return json.loads(path.read_text("utf-8"))


def write_json(path: Path, value: Any) -> None:
    """Replace a file by a value, which nobody but its owner may read. Raises OSError."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n", PRIVATE)


def write_text(path: Path, text: str, mode: int | None = None) -> None:
    """Replace a file by a text: after a crash, or a power cut, it is the old one or the new one. Raises OSError.

    Without a mode it keeps the one that it has. What a crash leaves beside it has a name that a walk of the content folder passes over.
    """
    aside = path.with_name(f".{path.name}~")
    try:
        with open(
            os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode or 0o666), "w", encoding="utf-8", newline="\n"
        ) as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is None and path.exists():
            aside.chmod(path.stat().st_mode & 0o777)
        os.replace(aside, path)
    except BaseException:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    folder = os.open(path.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def locked(file: Path, setting: str, busy: BuildStopped) -> Iterator[None]:
    """Hold a file for one run. Raises `busy` where another holds it, WrongUse where there is no folder for it; `setting` names where it is."""
    if not file.parent.is_dir() or file.is_dir():
        what = "là thư mục" if file.is_dir() else f"phải nằm trong một thư mục có sẵn, mà {file.parent} chưa có"
        raise WrongUse(f"Tệp trạng thái {file} {what}. Cách sửa: sửa {setting}, hoặc tạo thư mục.")
    with file.with_name(f"{file.name}.lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise busy from error
        yield
