"""Build the tree of a release from a prunable one, links and new files.

All folders of a finished tree have the same modification time, so that a foreign file is found without listing folders.
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
    """Builds a tree with the given `files` below `root`."""

    def __init__(self, root: Path, files: Mapping[str, FileRecord]) -> None:
        self.root, self.files = str(root), files
        self.folders = folders_of(files)
        self.existing: set[str] = set()
        self.touched: set[str] = set()

    def reuse(self, old: Mapping[str, FileRecord], new_files: Collection[str]) -> set[str]:
        """Remove the files that the release does not have from an old tree at the root.

        Return the paths that need no update. `old` are the files of that tree; `new_files` will replace theirs. Raises OSError.
        """
        unchanged = {
            path
            for path, record in old.items()
            if path not in new_files and path in self.files and _same_file(self.files[path], record)
        }
        for path in old.keys() - unchanged:
            if path not in new_files:
                os.unlink(f"{self.root}/{path}")
                self.touched.add(path.rpartition("/")[0])
        old_folders = folders_of(old)
        for folder in sorted(old_folders - self.folders, key=len, reverse=True):
            os.rmdir(f"{self.root}/{folder}")
            self.touched.discard(folder)
            self.touched.add(folder.rpartition("/")[0])
        self.existing = old_folders & self.folders
        return unchanged

    def complete(self, missing: Iterable[str], new_files: Mapping[str, str], current: Path | None) -> None:
        """Place the missing files, and set the times of touched folders.

        `new_files` maps paths to staged paths, which are moved. Other files are linked from the `current` release.
        """
        paths = sorted(missing)
        for path in paths:
            self.place(path, new_files.get(path) or f"{current}/{path}", new=path in new_files)
        self.touched |= folders_of(paths) | {""}
        for folder in self.touched:
            set_folder_time(f"{self.root}/{folder}")

    def place(self, path: str, source: str, *, new: bool) -> None:
        """Move a new file into place, or link a file of another release.

        An old file is unlinked first: ext4 writes a file to disk at once if it is renamed onto another.
        """
        self._make_folder(path.rpartition("/")[0])
        target = f"{self.root}/{path}"
        with suppress(FileNotFoundError):
            os.unlink(target)
        (os.rename if new else link_or_copy)(source, target)

    def _make_folder(self, folder: str) -> None:
        """Make a folder and its parents with mode 755, for the web server."""
        if folder in self.existing:
            return
        if folder:
            self._make_folder(folder.rpartition("/")[0])
        with suppress(FileExistsError):
            os.mkdir(f"{self.root}/{folder}")
            os.chmod(f"{self.root}/{folder}", 0o755)
        self.existing.add(folder)


def link_or_copy(source: str | Path, target: str | Path) -> None:
    """Link a file, or copy it with mode and times if there are no hard links.

    exFAT, SMB and many container mounts have no hard links; other file systems limit their number per file.
    """
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        shutil.copy2(source, target)


# ── finished trees ──────────────────────────────────────────────────────────────────────────────────────────────────────


def set_folder_time(folder: str) -> None:
    """Set a folder's modification time to the one of all finished folders."""
    os.utime(folder, (FOLDERS_TIME, FOLDERS_TIME))


def touched_folders(root: Path, paths: Iterable[str]) -> list[str]:
    """Return the folders of a finished tree in which an entry was added or removed.

    The root is "". Raises OSError.
    """
    return [folder for folder in ("", *folders_of(paths)) if os.lstat(f"{root}/{folder}").st_mtime != FOLDERS_TIME]


def foreign_files(root: Path, paths: Collection[str]) -> list[str]:
    """Return the entries of a finished tree that are not among its `paths`.

    Reset the time of a folder that has none. Raises OSError.
    """
    folders = folders_of(paths)
    return [path for folder in touched_folders(root, paths) for path in _foreign_in(str(root), folder, {*paths, *folders})]


def _foreign_in(root: str, folder: str, ours: Collection[str]) -> Iterator[str]:
    prefix = f"{folder}/" if folder else ""
    foreign = [path for name in os.listdir(f"{root}/{folder}") if (path := f"{prefix}{name}") not in ours]
    if not foreign:
        set_folder_time(f"{root}/{folder}")
    yield from foreign


def _same_file(record: FileRecord, other: FileRecord) -> bool:
    return (record.digest, record.modified_ns) == (other.digest, other.modified_ns)
