"""Build the tree of a release out of a prunable one, or of links and new files.

Every folder of a finished tree has one and the same modification time, so that a foreign file is found without listing folders.
"""

import errno
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from chuyendoiso.release.manifest import FOLDERS_TIME, FileRecord, folders_of

_NO_LINK = {errno.EPERM, errno.EXDEV, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS}


class TreeBuilder:
    """Builds a tree below `root`; `files` are the files that it shall have."""

    def __init__(self, root: Path, files: Mapping[str, FileRecord]) -> None:
        self.root, self.files = str(root), files
        self.folders = folders_of(files)
        self.made: set[str] = set()
        self.touched: set[str] = set()

    def reuse(self, old: Mapping[str, FileRecord], written: Collection[str]) -> set[str]:
        """Remove from an old tree the files that the release does not have.

        The tree lies at the root. Return the paths that stay.

        `old` are its files, `written` the new files of the release, which will replace theirs. Raises OSError.
        """
        stays = {
            path for path, record in old.items() if path not in written and path in self.files and _same(self.files[path], record)
        }
        for path in old.keys() - stays:
            if path not in written:
                os.unlink(f"{self.root}/{path}")
                self.touched.add(path.rpartition("/")[0])
        old_folders = folders_of(old)
        for folder in sorted(old_folders - self.folders, key=len, reverse=True):
            os.rmdir(f"{self.root}/{folder}")
            self.touched.discard(folder)
            self.touched.add(folder.rpartition("/")[0])
        self.made = old_folders & self.folders
        return stays

    def complete(self, missing: Iterable[str], written: Mapping[str, str], shown: Path | None) -> None:
        """Put files into place.

        `written` maps new files to their staged paths: they are moved, others are linked from the current release.
        """
        paths = sorted(missing)
        for path in paths:
            self.place(path, written.get(path) or f"{shown}/{path}", new=path in written)
        self.touched |= folders_of(paths) | {""}
        for folder in self.touched:
            set_folder_time(f"{self.root}/{folder}")

    def place(self, path: str, source: str, *, new: bool) -> None:
        """Move a new file into place, or link a file of another release.

        An old file is unlinked first: if it were renamed onto, ext4 would write the new file to disk at once.
        """
        self._make_folder(path.rpartition("/")[0])
        target = f"{self.root}/{path}"
        with suppress(FileNotFoundError):
            os.unlink(target)
        (os.rename if new else link_or_copy)(source, target)

    def _make_folder(self, folder: str) -> None:
        """Make a folder and its parents, readable for a web server whatever the umask."""
        if folder in self.made:
            return
        if folder:
            self._make_folder(folder.rpartition("/")[0])
        with suppress(FileExistsError):
            os.mkdir(f"{self.root}/{folder}")
            os.chmod(f"{self.root}/{folder}", 0o755)
        self.made.add(folder)


def link_or_copy(source: str | Path, target: str | Path) -> None:
    """Link a file, or copy it with mode and times if there are no hard links.

    exFAT, SMB and many mounts of containers have none, some file systems allow only so many of one file.
    """
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        shutil.copy2(source, target)


# ── finished trees ──────────────────────────────────────────────────────────────────────────────────────────────────────


def set_folder_time(folder: str) -> None:
    """Give a folder the one time that all folders have."""
    os.utime(folder, (FOLDERS_TIME, FOLDERS_TIME))


def touched_folders(root: Path, paths: Iterable[str]) -> list[str]:
    """Return the folders of a finished tree into or out of which a file was moved.

    Its root is "". Raises OSError.
    """
    return [folder for folder in ("", *folders_of(paths)) if os.lstat(f"{root}/{folder}").st_mtime != FOLDERS_TIME]


def foreign_files(root: Path, paths: Collection[str]) -> list[str]:
    """Return the paths in a finished tree that are none of its files.

    Times of folders without any are set right. Raises OSError.
    """
    folders = folders_of(paths)
    return [path for folder in touched_folders(root, paths) for path in _foreign_in(str(root), folder, {*paths, *folders})]


def _foreign_in(root: str, folder: str, ours: Collection[str]) -> Iterator[str]:
    prefix = f"{folder}/" if folder else ""
    foreign = [path for name in os.listdir(f"{root}/{folder}") if (path := f"{prefix}{name}") not in ours]
    if not foreign:
        set_folder_time(f"{root}/{folder}")
    yield from foreign


def _same(record: FileRecord, other: FileRecord) -> bool:
    return (record.digest, record.modified_ns) == (other.digest, other.modified_ns)
