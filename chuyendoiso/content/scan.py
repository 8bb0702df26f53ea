"""List the files of a content folder; refuse symlinks and ambiguous names."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from chuyendoiso.model.characters import plain_name
from chuyendoiso.model.problems import ContentRejected, Problem, unreadable
from chuyendoiso.model.vocabulary import DEMO_MARKER, is_litter
from chuyendoiso.system.file_status import FileStatus, status_of


@dataclass(frozen=True)
class ContentFiles:
    """The files under a content folder, as paths relative to it, NFC, sorted."""

    root: Path
    articles: tuple[str, ...]
    media: tuple[str, ...]
    files: Mapping[str, Path]  # NFC path → the file as the file system names it
    stamps: Mapping[str, FileStatus]


def scan_content(root: Path, known: Mapping[str, FileStatus] | None = None) -> ContentFiles:
    """List a content folder once: articles, stray files and media.

    Raises ContentRejected if two names are the same to a reader, if all media are missing, or if a folder cannot be opened. `known` are
    statuses by path.
    """
    files: dict[str, Path] = {}
    known = known or {}
    problems = [symlink_problem(root / "media", f"{root.name}/media")] if os.path.islink(root / "media") else []
    stamps: dict[str, FileStatus] = {}
    for raw_name, entry in _walk(str(root), "", lambda folder, error: problems.append(unreadable(f"{root.name}/{folder}", error))):
        name = plain_name(raw_name)
        if is_litter(entry.name) or (entry.is_dir(follow_symlinks=False) and not is_misnamed(name)):
            continue
        while "\ufffd" in name and name in files:  # all such names are refused; each needs a unique key
            name += "\ufffd"
        try:
            stamps.setdefault(name, known.get(entry.path) or status_of(entry.stat(follow_symlinks=False)))
        except FileNotFoundError:  # a text editor's temporary file
            continue
        except OSError as error:
            problems.append(unreadable(f"{root.name}/{name}", error))
            continue
        path = Path(entry.path)
        if files.setdefault(name, path) is not path:
            message = f'Có hai tệp cùng tên "{name}", chỉ khác cách máy ghi dấu tiếng Việt.'
            problems.append(Problem(f"{root.name}/{name}", 1, "doubled-name", message, "giữ một tệp, xóa hoặc đổi tên tệp kia."))
    if problems:
        raise ContentRejected(problem for problem in problems if problem)
    names = sorted(name for name in files if name not in {"site.yml", DEMO_MARKER})
    media = tuple(name for name in names if name.startswith("media/"))
    return ContentFiles(root, tuple(name for name in names if not name.startswith("media/")), media, files, stamps)


def rescan(tree: ContentFiles, changed: Iterable[Path]) -> ContentFiles | None:
    """Return the files with new statuses of `changed`; None if their names may differ."""
    stamps = dict(tree.stamps)
    for path in changed:
        name = path.relative_to(tree.root).as_posix() if path.is_relative_to(tree.root) else ""
        try:
            status = path.lstat()
        except OSError:
            return None
        if name not in tree.files or not stat.S_ISREG(status.st_mode):
            return None
        stamps[name] = status_of(status)
    return replace(tree, stamps=stamps)


def _walk(folder: str, prefix: str, on_error: Callable[[str, OSError], object]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield all paths below a folder in order; unreadable folders go to `on_error`."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        on_error(prefix, error)
        return
    for entry in entries:
        yield prefix + entry.name, entry
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{prefix}{entry.name}/", on_error)


def is_misnamed(folder: str) -> bool:
    """Return whether a folder is named like an article (`….md`)."""
    return folder.lower().endswith(".md") and not folder.startswith("media/")


def symlink_problem(path: Path, display_path: str) -> Problem | None:
    """Return the problem of a path that is not a regular file, or None.

    A symlink could publish any file; reading a pipe never ends.
    """
    if path.is_symlink():
        message = "Tệp là liên kết tượng trưng tới nơi khác trên máy."
        return Problem(display_path, 1, "symlink", message, "xóa liên kết, chép tệp thật vào chỗ này.")
    if path.is_dir():
        message = "Đây là thư mục nhưng mang tên như một tệp."
        return Problem(
            display_path, 1, "not-a-file", message, "đổi tên thư mục và chuyển các tệp bên trong về đúng chỗ; nếu rỗng thì xóa."
        )
    if path.exists() and not path.is_file():
        message = "Đây không phải tệp thường mà là đường ống hoặc thiết bị của máy."
        return Problem(display_path, 1, "not-a-file", message, "xóa đi, chép tệp thật vào chỗ này.")
    return None
