"""A release being made. Unchanged files are hard links into the last release, so they keep their modification time.

No file of a release is ever opened for writing again; if nothing differs from the last release, none is made.
"""

import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chuyendoiso.domain.problems import BuildStopped
from chuyendoiso.engine.run import Made
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

    @property
    def fresh(self) -> Path:
        """Return where new files are written."""
        return self.folder.with_name(f"{self.folder.name}.new.partial")

    @property
    def partial(self) -> Path:
        """Return where the tree is put together."""
        return self.folder.with_name(f"{self.folder.name}.partial")

    def place(self, made: Made) -> int:
        """Place one file: keep the last release's where its bytes are the same, write it where they differ. Return its size."""
        self.files[made.path] = self._placed(made)
        return self.files[made.path].size

    def _placed(self, made: Made) -> Placed:
        before = self.last.files.get(made.path) if self.last else None
        if made.data is None and made.source is None:
            assert before is not None
            return before
        data = made.data if made.data is not None else _read(made)
        digest = hashlib.sha256(data).hexdigest()
        if self.last and before and before.digest == digest and self.last.holds(made.path):
            return Placed(made.fingerprint, digest, before.size, before.modified_ns, made.origin)
        return self.write(made, data, digest)

    def write(self, made: Made, data: bytes, digest: str) -> Placed:
        """Write one new file."""
        target = self.fresh / made.path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as stream:
                stream.write(data)
            target.chmod(0o644)
            os.utime(target, (self.stamp, self.stamp))
        except OSError as error:
            raise _unwritable(made.path, error) from error
        self.written.add(made.path)
        return Placed(made.fingerprint, digest, len(data), self.stamp * 1_000_000_000, made.origin)

    def locate(self, path: str) -> Path:
        """Return where a file of the release to come lies now."""
        if path in self.written:
            return self.fresh / path
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
        self.partial.mkdir(exist_ok=True)
        for path in self.files.keys() - there:
            self._settle(path)
        shutil.rmtree(self.fresh, ignore_errors=True)
        for folder, _, _ in os.walk(self.partial):
            os.chmod(folder, 0o755)
        self._flush()

    def _recycled(self, needless: Path) -> set[str]:
        """Take over the tree of a release that need not stay; return what of it is as it shall be."""
        old = store.read_release(needless)
        if not old:
            return set()
        os.rename(old.folder, self.partial)
        store.delete(old.folder)
        try:
            return self._without_what_differs(old.files)
        except OSError:  # somebody put things of their own into it
            shutil.rmtree(self.partial, ignore_errors=True)
            return set()

    def _without_what_differs(self, old: Mapping[str, Placed]) -> set[str]:
        """Take from the old tree all that is not as the new one shall be; return what stays."""
        stays = set()
        for path, placed in old.items():
            new = self.files.get(path)
            if new and path not in self.written and (new.digest, new.modified_ns) == (placed.digest, placed.modified_ns):
                stays.add(path)
            else:
                (self.partial / path).unlink(missing_ok=True)
        folders = {str(parent) for path in self.files for parent in Path(path).parents}
        for folder, below, names in os.walk(self.partial, topdown=False):
            within = os.path.relpath(folder, self.partial)
            for name in (*names, *(name for name in below if os.path.islink(os.path.join(folder, name)))):
                path = name if within == "." else f"{within}/{name}"
                if path not in stays:
                    os.unlink(os.path.join(folder, name))
            if within not in folders:
                os.rmdir(folder)
        return {path for path in stays if _is_same(self.partial / path, self.files[path])}

    def _settle(self, path: str) -> None:
        target = self.partial / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if path in self.written:
            os.rename(self.fresh / path, target)
        else:
            target.unlink(missing_ok=True)
            os.link(self.locate(path), target)

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


def _is_same(file: Path, placed: Placed) -> bool:
    try:
        found = os.lstat(file)
    except OSError:
        return False
    return (found.st_size, found.st_mtime_ns) == (placed.size, placed.modified_ns)


def _unwritable(what: str, error: OSError) -> BuildStopped:
    return BuildStopped(f"Không ghi được {what}: {error.strerror}. Trang cũ vẫn còn nguyên.")


def _read(made: Made) -> bytes:
    assert made.source is not None
    try:
        return made.source.read_bytes()
    except OSError as error:
        raise BuildStopped(f"Không đọc được {made.source.name}: {error.strerror}. Trang cũ vẫn còn nguyên.") from error
