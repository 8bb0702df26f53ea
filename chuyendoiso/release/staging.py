"""A release being made. Unchanged files are hard links into the last release, so they keep their modification time.

No file of a release is ever opened for writing again; if nothing differs from the last release, none is made.
"""

import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from chuyendoiso.domain.problems import BuildStopped
from chuyendoiso.engine.making import Made
from chuyendoiso.release import store
from chuyendoiso.release.store import About, Placed, Release, Retention

FEW = 64  # so many new files are flushed one by one; more, all at once with what else the machine has to write


@dataclass
class Staging:
    """Files of a release to come. New ones lie aside until it is verified; then its tree is put together and shown."""

    output: Path
    folder: Path
    last: Release | None
    stamp: int
    files: dict[str, Placed] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Make the place for new files."""
        try:
            self.fresh.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.fresh.name, error) from error

    @property
    def fresh(self) -> Path:
        """Return where new files are written, side by side."""
        return self.folder.with_name(f"{self.folder.name}.new.partial")

    @property
    def partial(self) -> Path:
        """Return where the tree is put together."""
        return self.folder.with_name(f"{self.folder.name}.partial")

    def put(self, made: Made) -> Placed:
        """Keep the last release's file where its bytes are the same, write it where they differ; a worker may do this, too."""
        before = self.last.files.get(made.path) if self.last else None
        if made.data is None and made.source is None:
            assert before is not None
            return before
        data = made.data if made.data is not None else _read(made)
        digest = hashlib.sha256(data).hexdigest()
        if self.last and before and before.digest == digest and self.last.holds(made.path):
            return Placed(made.fingerprint, digest, before.size, before.modified_ns, made.origin)
        try:
            self._write(made.path, data)
        except OSError as error:
            raise _unwritable(made.path, error) from error
        return Placed(made.fingerprint, digest, len(data), self.stamp * 1_000_000_000, made.origin)

    def _write(self, path: str, data: bytes) -> None:
        descriptor = os.open(self._aside(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with open(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fchmod(descriptor, 0o644)
            os.utime(descriptor, (self.stamp, self.stamp))

    def note(self, path: str, placed: Placed) -> int:
        """Take a file into the release; return its size."""
        self.files[path] = placed
        if placed.modified_ns == self.stamp * 1_000_000_000:  # which no file of an earlier release has
            self.written.add(path)
        return placed.size

    def _aside(self, path: str) -> str:
        return f"{self.fresh}/{hashlib.sha256(path.encode()).hexdigest()[:32]}"

    def locate(self, path: str) -> Path:
        """Return where a file of the release to come lies now."""
        if path in self.written:
            return Path(self._aside(path))
        assert self.last is not None
        return self.last.folder / path

    @property
    def removed(self) -> frozenset[str]:
        """Return the files of the last release that this one has not."""
        return frozenset(self.last.files.keys() - self.files.keys()) if self.last else frozenset()

    @property
    def differs(self) -> bool:
        """Tell whether anything differs from the last release."""
        return self.last is None or bool(self.written or self.removed)

    def finish(self, retention: Retention, about: About) -> bool:
        """Swap the release in; return False, and leave the last one as it is, where nothing differs from it."""
        try:
            if not self.differs:
                self._note(about)
                return False
            needless = store.expendable(self.output, retention, self.folder, new_published=about.published)
            shown = store.shown_folder(self.output)
            self._put_together(next((folder for folder in needless if folder != shown), None))
            store.write_manifest(self.folder, self.files, about)
            os.rename(self.partial, self.folder)
            store.flush_folder(self.folder.parent)
            store.swap(self.output, self.folder)
        except OSError as error:
            raise _unwritable(error.filename or self.folder.name, error) from error
        for folder in store.expendable(self.output, retention, self.folder, new_published=about.published):
            store.delete(folder)
        return True

    def release(self, about: About) -> Release:
        """Return the release that is shown once this is finished: the new one, or the last where nothing differs from it."""
        if self.last and not self.differs:
            return Release(self.last.folder, about, self.files)
        return Release(self.folder, about, self.files)

    def _note(self, about: About) -> None:
        """Note what is now known of the last release: a published one stays so."""
        assert self.last is not None
        before = self.last.about
        now = About(**{name: getattr(about, name) for name in About.__slots__ if name not in {"stamp", "published"}},
                    stamp=before.stamp, published=about.published or before.published)  # fmt: skip
        if now != before or self.files != self.last.files:
            store.write_manifest(self.last.folder, self.files, now)

    def _put_together(self, needless: Path | None) -> None:
        """Make the tree: of a release that need not stay, brought to the new state, else of links alone; then have it on disk."""
        there = self._recycled(needless) if needless else set()
        folders = _Folders(self.partial)
        for path in self.files.keys() - there:
            folders.make(path.rpartition("/")[0])
            target = f"{self.partial}/{path}"
            if path in self.written:
                os.replace(self._aside(path), target)
            else:
                with suppress(FileNotFoundError):
                    os.unlink(target)
                os.link(self.locate(path), target)
        self.fresh.rmdir()
        self._flush()

    def _recycled(self, needless: Path) -> set[str]:
        """Take over the tree of a release that need not stay; return what of it is as it shall be."""
        old = store.read_release(needless)
        if not old:
            return set()
        os.rename(old.folder, self.partial)
        store.delete(old.folder)
        try:
            return self._kept_of(str(self.partial), "", old.files, _folders_of(self.files))
        except OSError:  # somebody put things of their own into it
            shutil.rmtree(self.partial, ignore_errors=True)
            return set()

    def _kept_of(self, folder: str, prefix: str, old: Mapping[str, Placed], folders: Collection[str]) -> set[str]:
        """Take from an old folder all that is not as the new one shall be, but for what will be replaced; return what stays."""
        stays: set[str] = set()
        with os.scandir(folder) as found:
            entries = list(found)
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                stays |= self._kept_of(entry.path, f"{path}/", old, folders)
                if path not in folders:
                    os.rmdir(entry.path)
            elif self._is_right(path, entry, old.get(path)):
                stays.add(path)
            elif path not in self.written:
                os.unlink(entry.path)
        return stays

    def _is_right(self, path: str, entry: os.DirEntry[str], old: Placed | None) -> bool:
        new = self.files.get(path)
        if not new or not old or path in self.written or (new.digest, new.modified_ns) != (old.digest, old.modified_ns):
            return False
        there = entry.stat(follow_symlinks=False)
        return (there.st_size, there.st_mtime_ns) == (new.size, new.modified_ns)

    def _flush(self) -> None:
        """Have the tree on disk before it is shown: a power cut leaves the old release or the new one."""
        if len(self.written) > FEW:
            os.sync()
            return
        for path in self.written:
            with (self.partial / path).open("rb") as stream:
                os.fsync(stream.fileno())
        for folder in {parent for path in {*self.written, "x"} for parent in (self.partial / path).parents}:
            if folder.is_relative_to(self.partial.parent):
                store.flush_folder(folder)

    def discard(self) -> None:
        """Remove what was written."""
        shutil.rmtree(self.fresh, ignore_errors=True)
        shutil.rmtree(self.partial, ignore_errors=True)


class _Folders:
    """Makes folders below one, each once, with the mode that a web server needs whatever the umask."""

    def __init__(self, root: Path) -> None:
        self.root, self.made = root, set[str]()
        self.make("")

    def make(self, folder: str) -> None:
        """Make a folder and those above it, where they are not there."""
        if folder in self.made:
            return
        if folder:
            self.make(folder.rpartition("/")[0])
        path = f"{self.root}/{folder}"
        with suppress(FileExistsError):
            os.mkdir(path)
            os.chmod(path, 0o755)
        self.made.add(folder)


def _folders_of(paths: Iterable[str]) -> set[str]:
    """Return all folders that the paths lie in."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _unwritable(what: str, error: OSError) -> BuildStopped:
    return BuildStopped(f"Không ghi được {what}: {error.strerror}. Trang cũ vẫn còn nguyên.")


def _read(made: Made) -> bytes:
    assert made.source is not None
    try:
        return made.source.read_bytes()
    except OSError as error:
        raise BuildStopped(f"Không đọc được {made.source.name}: {error.strerror}. Trang cũ vẫn còn nguyên.") from error
