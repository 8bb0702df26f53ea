"""The files of a content folder as they are on disk, saved or not in Git.

The editor reads the work tree, not the last commit: what somebody changed in a text editor is what is shown and compared.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from chuyendoiso.model.vocabulary import Kind

FOLDERS = frozenset({*(str(kind) for kind in Kind), "media"})  # site.yml is not for the form
_TITLE = re.compile(r"^title:[ ]*(\S.*)$", re.MULTILINE)
_UTF8_MARK = b"\xef\xbb\xbf"


class SaveRefused(Exception):
    """A request that is refused: HTTP status, message, and more for the answer."""

    def __init__(self, status: int, message: str, **details: object) -> None:
        super().__init__(message)
        self.status = status
        self.details = details


@dataclass(frozen=True, slots=True)
class TreeFile:
    """A file as Git's trees list it."""

    path: str  # below the content folder, in the file system's own letters
    sha: str  # of its blob
    size: int


@dataclass
class WorkTree:
    """Reads files of a content folder; refuses every path that is not one."""

    content: Path
    _hashes: dict[str, tuple[tuple[int, int, int], str]] = field(default_factory=dict)

    def files(self) -> list[TreeFile]:
        """Return the files of all folders, sorted. A link is no file."""
        found = [file for folder in sorted(FOLDERS) for file in self._walk(folder)]
        self._hashes = {file.path: self._hashes[file.path] for file in found}
        return found

    def titles(self) -> list[tuple[str, str]]:
        """Return the path and the title of each item, by title."""
        found = []
        for file in self.files():
            if file.path.endswith(".md") and (title := title_in(form_text(self.read(file.path) or b""))):
                found.append((file.path, title))
        return sorted(found, key=lambda item: item[1])

    def fingerprint(self) -> str:
        """Return 40 hexadecimal digits that change with any file."""
        lines = "".join(f"{file.sha} {file.path}\n" for file in self.files())
        return hashlib.sha1(lines.encode("utf-8", "surrogateescape"), usedforsecurity=False).hexdigest()

    def locate(self, name: str) -> Path:
        """Return the path of a file's name. Raise SaveRefused if it is not for the form."""
        parts = name.split("/")
        if name != PurePosixPath(name).as_posix() or parts[0] not in FOLDERS or len(parts) < 2 or not all(map(_is_plain, parts)):
            raise SaveRefused(422, f"Không ghi được {name}: trang biên tập chỉ ghi bài viết và tệp trong content/media/.")
        if parts[0] != "media" and not name.endswith(".md"):
            raise SaveRefused(
                422, f"Không ghi được {name}: bài viết phải là tệp .md; ảnh và tệp đính kèm nằm trong content/media/."
            )
        path = self.content
        for part in parts:
            path = path / part
            if path.is_symlink():
                remedy = "nhờ người vận hành thay liên kết ấy bằng tệp hay thư mục thật."
                raise SaveRefused(422, f"Không ghi được {name}: {path.name} là một liên kết tới chỗ khác. Cách sửa: {remedy}")
        return path

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes; None if it is not there. Raise SaveRefused, OSError."""
        try:
            return self.locate(name).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def _walk(self, folder: str) -> Iterator[TreeFile]:
        try:
            with os.scandir(self.content / folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:  # a folder that is missing, or closed: the checks report it
            return
        for entry in entries:
            name = f"{folder}/{entry.name}"
            if not _is_plain(entry.name) or entry.is_symlink():
                continue
            if entry.is_dir():
                yield from self._walk(name)
            elif entry.is_file() and (file := self._file(name, entry)):
                yield file

    def _file(self, name: str, entry: os.DirEntry[str]) -> TreeFile | None:
        try:
            status = entry.stat(follow_symlinks=False)
            key = status.st_size, status.st_mtime_ns, status.st_ino
            known = self._hashes.get(name)
            if known is None or known[0] != key:
                known = self._hashes[name] = key, blob_hash(Path(entry.path).read_bytes())
        except OSError:  # removed since, or unreadable
            return None
        return TreeFile(name, known[1], status.st_size) if stat.S_ISREG(status.st_mode) else None


def _is_plain(part: str) -> bool:
    """Return whether a name is no hidden, temporary or special one."""
    return bool(part) and not part.startswith(".") and not part.endswith("~") and "\\" not in part and part.isprintable()


def blob_hash(data: bytes) -> str:
    """Return the name that Git gives to a file's contents."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def title_in(text: str) -> str:
    """Return the title of an item's text; "" if it has none."""
    match = _TITLE.search(text)
    return match[1].strip().strip("'\"") if match else ""


def form_text(data: bytes) -> str:
    """Return a text file as the form reads it: plain line ends, no blanks around."""
    return data.removeprefix(_UTF8_MARK).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").strip()
