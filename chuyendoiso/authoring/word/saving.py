"""New files, whole or not at all, never in another's place. What is written, and where, is for `command`."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from chuyendoiso.authoring.word.import_report import ImportStopped


def free_path(folder: Path, names: Iterator[str], raw: bytes, taken: Mapping[Path, bytes]) -> Path:
    """Return the first of some names at which no other file stands: none, or one of the same bytes."""
    for name in names:
        path = folder / name
        there = taken.get(path)
        if there is None and not os.path.lexists(path):
            return path
        if there == raw or (there is None and path.is_file() and path.stat().st_size == len(raw) and path.read_bytes() == raw):
            return path
    raise AssertionError("names end")


def write_all(files: Mapping[Path, bytes], shown: str) -> None:
    """Write files, in their order; where one cannot be, those before it are taken away again. Raises ImportStopped."""
    made: list[Path] = []
    try:
        for path, raw in files.items():
            if not (path.is_file() and path.read_bytes() == raw):
                write_new(path, raw)
                made.append(path)
    except BaseException as error:
        for path in made:
            path.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            raise ImportStopped(shown, f"Vừa có tệp khác tên {path.name} ở chỗ định ghi.", "chạy lại lệnh.") from None
        if isinstance(error, OSError):
            raise ImportStopped(shown, f"Không ghi được {path.name}.", "xem lại quyền ghi và chỗ trống trên đĩa.") from None
        raise


def write_new(path: Path, raw: bytes) -> None:
    """Write a file under a passing name, then give it its own. Raises FileExistsError where there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.{os.getpid()}~")  # a name that a walk of the content folder passes over
    try:
        with passing.open("wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        _name(passing, path)
    finally:
        with suppress(OSError):
            passing.unlink(missing_ok=True)


def _name(passing: Path, path: Path) -> None:
    try:
        os.link(passing, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        os.rename(passing, path)
