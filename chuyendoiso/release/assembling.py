"""The tree of a release, put together: an old one that is brought to the new state, where there is one, else of links and new files.

Every folder of a finished tree has one and the same modification time, so that a look at the folders alone tells that nobody has put
anything into them or taken it out.
"""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from chuyendoiso.domain.limits import Limits
from chuyendoiso.engine.workers import Workers, given
from chuyendoiso.release.manifest import Placed, read_release

SHARE = 250  # files that are brought to their places in one go
NEAR = 1000  # files that set an old release apart from another: more are sooner read from its list than handed over
FOLDERS_TIME = 946_684_800  # 2000-01-01T00:00Z, in seconds


class Assembly:
    """A tree in the making, below `root`; `files` are those that it shall have."""

    def __init__(self, root: Path, files: Mapping[str, Placed]) -> None:
        self.root, self.files = str(root), files
        self.folders = folders_of(files)
        self.made: set[str] = set()
        self.touched: set[str] = set()

    # ── of an old tree ──────────────────────────────────────────────────────────────────────────────────────────────────

    def take_over(self, old: Mapping[str, Placed], written: Collection[str], *, is_as_left: bool) -> set[str]:
        """Take from an old tree, which lies at the root, what is not as it shall be; return the paths that stay.

        What is `written` anew is left to be replaced; `is_as_left` tells that nobody put anything into its folders. Raises OSError where
        somebody put things of their own in the way.
        """
        same = {path for path, one in old.items() if path not in written and path in self.files and _same(self.files[path], one)}
        was = folders_of(old)
        if is_as_left:  # then these are the same files as in the release that is shown, which was looked at
            stays = same
            for path in old.keys() - stays:
                if path not in written:
                    self._unlink(path)
            for folder in sorted(was - self.folders, key=len, reverse=True):
                self._rmdir(folder)
        else:
            stays = {path for path in same if self._is_there(path, old[path])}
            self._clear("", stays, written)
        self.made = was & self.folders
        return stays

    def _is_there(self, path: str, placed: Placed) -> bool:
        try:
            return placed.is_that_of(os.lstat(f"{self.root}/{path}"))
        except OSError:
            return False

    def _clear(self, folder: str, stays: Collection[str], written: Collection[str]) -> None:
        """Look into every folder, and take out all that does not stay."""
        with os.scandir(f"{self.root}/{folder}") as found:
            entries = list(found)
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                self._clear(path, stays, written)
                if path not in self.folders:
                    self._rmdir(path)
            elif path not in stays and path not in written:
                self._unlink(path)
        self.touched.add(folder)

    def _unlink(self, path: str) -> None:
        os.unlink(f"{self.root}/{path}")
        self.touched.add(path.rpartition("/")[0])

    def _rmdir(self, folder: str) -> None:
        os.rmdir(f"{self.root}/{folder}")
        self.touched.discard(folder)
        self.touched.add(folder.rpartition("/")[0])

    # ── of new files and links ──────────────────────────────────────────────────────────────────────────────────────────

    def complete(self, missing: Iterable[str], written: Mapping[str, str], shown: Path | None) -> None:
        """Bring files to their places: what is `written` anew from where that lies, else links to those of the release that is shown."""
        paths = sorted(missing)
        with Workers(Limits().memory_bytes) as workers:
            workers.give(_Places(self, written, shown))
            for _ in workers.spread(_bring, paths, SHARE):
                pass
        self.touched |= folders_of(paths) | {""}

    def bring(self, path: str, source: str, *, new: bool) -> None:
        """Move a new file to its place, or link a file of another release to it; what lies there already is taken away.

        Renaming onto that would have the file system write the new file at once.
        """
        self._make(path.rpartition("/")[0])
        place = f"{self.root}/{path}"
        with suppress(FileNotFoundError):
            os.unlink(place)
        (os.rename if new else os.link)(source, place)

    def _make(self, folder: str) -> None:
        """Make a folder and those above it, with the mode that a web server needs, whatever the umask."""
        if folder in self.made:
            return
        if folder:
            self._make(folder.rpartition("/")[0])
        with suppress(FileExistsError):
            os.mkdir(f"{self.root}/{folder}")
            os.chmod(f"{self.root}/{folder}", 0o755)
        self.made.add(folder)

    def settle(self) -> None:
        """Give the folders that changed the time of all."""
        for folder in self.touched:
            os.utime(f"{self.root}/{folder}", (FOLDERS_TIME, FOLDERS_TIME))


class _Places(NamedTuple):
    """A tree in the making, where its new files lie, and the release that has the others."""

    assembly: Assembly
    written: Mapping[str, str]
    shown: Path | None


def _bring(paths: Sequence[str]) -> None:
    """Bring some files to their places. A share that a worker left half done cannot be done again: that ends the build, as a full disk does."""
    places: _Places = given()
    for path in paths:
        aside = places.written.get(path)
        places.assembly.bring(path, aside or f"{places.shown}/{path}", new=aside is not None)


def folders_are_as_left(root: str, folders: Iterable[str]) -> bool:
    """Tell whether nobody has put anything into the folders of a finished tree, or taken it out. Raises OSError where one is gone."""
    return all(os.lstat(f"{root}/{folder}").st_mtime == FOLDERS_TIME for folder in ("", *folders))


class Leftover(NamedTuple):
    """An old release whose folders are as they were left; where it is nearly the one that is shown, told by what sets it apart from that."""

    name: str
    other: dict[str, Placed]
    lacking: frozenset[str]
    is_near: bool = True

    def files(self, shown: Mapping[str, Placed]) -> dict[str, Placed]:
        """Return its files, given those of the release that is shown, which it is near."""
        return {path: one for path, one in shown.items() if path not in self.lacking} | self.other


def leftover(folder: Path, shown: Mapping[str, Placed]) -> Leftover | None:
    """Look at an old release; None where its folders are not as they were left. `shown` are the files of the one that is shown."""
    found = read_release(folder)
    with suppress(OSError):
        if found and folders_are_as_left(str(folder), folders_of(found.files)):
            other = {path: one for path, one in found.files.items() if shown.get(path) != one}
            lacking = frozenset(shown.keys() - found.files.keys())
            near = len(other) + len(lacking) <= NEAR
            return Leftover(folder.name, other, lacking) if near else Leftover(folder.name, {}, frozenset(), is_near=False)
    return None


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return all folders that the paths lie in, but the root."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _same(one: Placed, other: Placed) -> bool:
    return (one.digest, one.modified_ns) == (other.digest, other.modified_ns)
