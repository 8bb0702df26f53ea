"""Write new files: all or none, and never over another file."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from chuyendoiso.authoring.word.import_report import ImportStopped


def free_path(folder: Path, names: Iterator[str], raw: bytes, taken: Mapping[Path, bytes]) -> Path:
    """Return the first path that is free or holds the same bytes.

    `taken` are files to be written.
    """
    for path in (folder / name for name in names):
        if path in taken:
            if taken[path] == raw:
                return path
        elif not os.path.lexists(path) or _has_bytes(path, raw):
            return path
    raise AssertionError("names end")


def _has_bytes(path: Path, raw: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(raw) and path.read_bytes() == raw


def write_all(files: Mapping[Path, bytes], file_name: str) -> None:
    """Write files in order. Raise ImportStopped and undo all if a write fails."""
    new_files: list[Path] = []
    try:
        for path, raw in files.items():
            if not _has_bytes(path, raw):
                write_new(path, raw)
                new_files.append(path)
    except BaseException as error:
        for path in new_files:
            path.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            raise ImportStopped(file_name, f"Vừa có tệp khác tên {path.name} ở chỗ định ghi.", "chạy lại lệnh.") from None
        if isinstance(error, OSError):
            raise ImportStopped(file_name, f"Không ghi được {path.name}.", "xem lại quyền ghi và chỗ trống trên đĩa.") from None
        raise


def write_new(path: Path, raw: bytes) -> None:
    """Write a file atomically. Raise FileExistsError if the path is taken."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}~")  # scanning the content folder skips this name
    try:
        with temporary.open("wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        _link(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _link(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except OSError:
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        os.rename(temporary, path)  # a file system without links
