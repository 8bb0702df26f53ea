"""Cache each content file's status and item, so that only changed files are read.

A file is unchanged if its status or its hash is. `catalogue` decides whether its item is still valid. One row a content folder, so that
writes are in proportion to the change.
"""

import hashlib
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from chuyendoiso.build.fingerprint import code_digests
from chuyendoiso.model.items import File, Picture
from chuyendoiso.model.problems import Problem
from chuyendoiso.system.cache import FILES, Cache, key_of
from chuyendoiso.system.file_status import FileStatus, file_digest, not_racy

if TYPE_CHECKING:
    from chuyendoiso.content.catalogue import CachedItem
    from chuyendoiso.content.parsed_file import FileSummary

PACKAGE = Path(__file__).parent.parent


class CachedFile(NamedTuple):
    """A content file that passed its own checks, and its status when it was read."""

    stamp: FileStatus | None  # None if racy: a later write in the same clock tick would not change it
    digest: str  # SHA-256 of its bytes
    site: str  # digest of the settings that it was checked with
    summary: "FileSummary"
    problems: tuple[Problem, ...]
    item: "CachedItem | None" = None


class CachedMedia(NamedTuple):
    """A measured media file, its status then, and the limits."""

    stamp: FileStatus | None
    limits: str
    measured: Picture | File


Folder = dict[str, CachedFile | CachedMedia]


@dataclass
class FileCache:
    """The content files and media of the last build, by folder and name."""

    cache: Cache
    version: str  # hash of what a parsed file depends on besides its bytes and the settings
    converter: str  # hash of what a converted body depends on besides its text
    now: int = field(default_factory=time.time_ns)
    loaded: dict[str, Folder] = field(default_factory=dict)  # by folder

    def load(self, names: Iterable[str]) -> None:
        """Load the rows of the folders of these files from the cache."""
        folders = {_folder_of(name) for name in names} - self.loaded.keys()
        keys = {self._key(folder): folder for folder in folders}
        rows: dict[str, Folder] = self.cache.get_or_make_all(FILES, keys, lambda missing: {key: {} for key in missing})
        self.loaded.update((folder, rows[key]) for key, folder in keys.items())

    @property
    def known(self) -> dict[str, CachedFile | CachedMedia]:
        """Return all cached files, by name."""
        return {name: file for folder in self.loaded.values() for name, file in folder.items()}

    def not_racy(self, stamp: FileStatus) -> FileStatus | None:
        """Return a status, or None if a later write might not change it."""
        return stamp if not_racy(stamp, self.now) else None

    def file(self, name: str, files: Mapping[str, Path], stamp: FileStatus, site: str) -> CachedFile | None:
        """Return a cached content file; None if it changed."""
        cached = self._get(name)
        if not isinstance(cached, CachedFile) or cached.site != site:
            return None
        if cached.stamp == stamp:
            return cached
        try:
            digest = hashlib.sha256(files[name].read_bytes()).hexdigest()
        except OSError:  # the loader reports this
            return None
        return cached._replace(stamp=self.not_racy(stamp)) if cached.digest == digest else None

    def media(self, name: str, stamp: FileStatus, limits: str) -> CachedMedia | None:
        """Return a cached media file; None if it or the limits changed."""
        cached = self._get(name)
        return cached if isinstance(cached, CachedMedia) and cached.stamp == stamp and cached.limits == limits else None

    def _get(self, name: str) -> CachedFile | CachedMedia | None:
        return self.loaded.get(_folder_of(name), {}).get(name)

    def save(self, files: Mapping[str, CachedFile | CachedMedia]) -> None:
        """Write the folders in which a file changed. Raises BuildStopped."""
        folders: dict[str, Folder] = defaultdict(dict)
        for name, file in files.items():
            folders[_folder_of(name)][name] = file
        changed = {folder: row for folder, row in folders.items() if not _all_same(row, self.loaded.get(folder, {}))}
        self.cache.put(FILES, {self._key(folder): row for folder, row in changed.items()})
        self.cache.flush()
        self.loaded = dict(folders)

    @property
    def keys(self) -> set[str]:
        """Return the keys of the rows that hold these files."""
        return {self._key(folder) for folder in self.loaded}

    def _key(self, folder: str) -> str:
        return key_of(self.version, folder)


def _folder_of(name: str) -> str:
    return name.rpartition("/")[0]


def _all_same(files: Folder, other: Folder) -> bool:
    return files.keys() == other.keys() and all(file is other[name] for name, file in files.items())


def file_cache_of(cache: Cache, root: str) -> FileCache:
    """Return the file cache of a content folder, by the folder's name."""
    return FileCache(cache, *versions(root))


@cache  # the code that runs does not change
def versions(root: str) -> tuple[str, str]:
    """Return the versions of parsed files and of converted bodies.

    Each is a hash of the code they depend on, without the settings.
    """
    converter = code_digests(PACKAGE)("chuyendoiso.content.markdown")
    return f"{root} {file_digest([PACKAGE])} {converter}", converter
