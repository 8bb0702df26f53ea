"""A release being made. Unchanged files are hard links into the last release, so they keep their modification time.

No file of a release is ever opened for writing again; if nothing differs from the last release, none is made.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from chuyendoiso.domain.output import FileFacts
from chuyendoiso.domain.problems import BuildStopped
from chuyendoiso.engine.aside import aside
from chuyendoiso.engine.making import Made
from chuyendoiso.release import store
from chuyendoiso.release.assembling import Assembly, Leftover, leftover
from chuyendoiso.release.manifest import About, Placed, Release, read_release, write_manifest
from chuyendoiso.release.store import Retention

LARGE = 2000  # files from which on looking at an old tree, or listing a new one, in another process is worth starting it
FEW = 64  # so many new files are flushed one by one; more, all at once with what else the machine has to write


@dataclass(frozen=True, slots=True)
class Stored:
    """A file placed: what a release's list says of it, and where it lies aside if it is new."""

    placed: Placed
    aside: str | None = None


@dataclass
class Staging:
    """Files of a release to come. New ones lie aside until it is verified; then its tree is put together and shown."""

    output: Path
    folder: Path
    last: Release | None
    stamp: int
    retention: Retention
    files: dict[str, Placed] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)  # where each new file lies

    def __post_init__(self) -> None:
        """Make the place for new files, and have another process look at the old tree that this release may be made of."""
        try:
            self.fresh.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.fresh.name, error) from error
        self.until_done = ExitStack()
        large = self.last is not None and len(self.last.files) > LARGE
        self.looked_at = self.until_done.enter_context(aside(self._look, apart=large))

    def _look(self) -> Leftover | None:
        found = self._recyclable(published=False)
        return leftover(found, self.last.files) if found and self.last else None

    def _recyclable(self, *, published: bool) -> Path | None:
        return store.recyclable(self.output, self.retention, self.folder, new_published=published)

    @property
    def fresh(self) -> Path:
        """Return where new files are written, side by side: each process has a folder of its own, lest they wait for each other."""
        return self.folder.with_name(f"{self.folder.name}.new.partial")

    @property
    def partial(self) -> Path:
        """Return where the tree is put together."""
        return self.folder.with_name(f"{self.folder.name}.partial")

    def put(self, made: Made) -> Stored:
        """Keep the last release's file where its bytes are the same, write it where they differ; a worker may do this, too."""
        before = self.last.files.get(made.path) if self.last else None
        data = made.data if made.data is not None else _read(made)
        digest = hashlib.sha256(data).hexdigest()
        if self.last and before and before.digest == digest and self.last.holds(made.path):
            return Stored(Placed(made.fingerprint, digest, before.size, before.modified_ns, made.origin))
        aside = f"{self.fresh}/{os.getpid()}/{hashlib.sha256(made.path.encode()).hexdigest()[:32]}"
        try:
            self._write(aside, data)
        except OSError as error:
            raise _unwritable(made.path, error) from error
        return Stored(Placed(made.fingerprint, digest, len(data), self.stamp * 1_000_000_000, made.origin), aside)

    def _write(self, aside: str, data: bytes) -> None:
        os.makedirs(os.path.dirname(aside), exist_ok=True)
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with open(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fchmod(descriptor, 0o644)
            os.utime(descriptor, (self.stamp, self.stamp))

    def note(self, path: str, stored: Stored) -> None:
        """Take a file into the release."""
        self.files[path] = stored.placed
        if stored.aside:
            self.written[path] = stored.aside

    def stay(self, path: str) -> None:
        """Take the last release's file into the release."""
        assert self.last is not None
        self.files[path] = self.last.files[path]

    def facts(self, path: str) -> FileFacts:
        """Return what other files may tell of one that is in the release."""
        return self.files[path].facts

    def locate(self, path: str) -> Path:
        """Return where a file of the release to come lies now."""
        if path in self.written:
            return Path(self.written[path])
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

    def finish(self, about: About, verify: Callable[[], None]) -> bool:
        """Verify the release and swap it in; return False, and leave the last one as it is, where nothing differs from it.

        Raises what `verify` does, and BuildStopped; the last release then stays.
        """
        try:
            if not self.differs:
                verify()
                self._note(about)
                return False
            self._put_together(self._recyclable(published=about.published), about, verify)
            os.rename(self.partial, self.folder)
            store.flush_folder(self.folder.parent)
            store.swap(self.output, self.folder)
        except OSError as error:
            raise _unwritable(error.filename or self.folder.name, error) from error
        for folder in store.expendable(self.output, self.retention, self.folder, new_published=about.published):
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
            write_manifest(self.last.folder, self.files, now)

    def _put_together(self, needless: Path | None, about: About, verify: Callable[[], None]) -> None:
        """Make the tree: of a release that need not stay, brought to the new state, else of links alone; then have it on disk.

        The new files are verified before anything is moved; all are listed meanwhile, where there is much to list and little to verify.
        """
        few = len(self.written) <= FEW and len(self.files) > LARGE
        with aside(partial(write_manifest, self.folder, self.files, about), apart=few) as listed:
            verify()
            assembly = Assembly(self.partial, self.files)
            there = self._recycled(needless, assembly) if needless else set()
            listed()
        self.partial.mkdir(mode=0o755, exist_ok=True)
        self.partial.chmod(0o755)
        assembly.complete(self.files.keys() - there, self.written, self.last.folder if self.last else None)
        assembly.settle()
        shutil.rmtree(self.fresh)
        self._flush()

    def _recycled(self, needless: Path, assembly: Assembly) -> set[str]:
        """Take over the tree of a release that need not stay; return what of it is as it shall be."""
        looked_at = self.looked_at()
        is_as_left = looked_at is not None and looked_at.name == needless.name
        if looked_at and self.last and is_as_left and looked_at.is_near:
            files: Mapping[str, Placed] = looked_at.files(self.last.files)
        elif old := read_release(needless):
            files = old.files
        else:
            return set()
        os.rename(needless, self.partial)
        store.delete(needless)
        try:
            return assembly.take_over(files, self.written, is_as_left=is_as_left)
        except OSError:  # somebody put things of their own into it
            shutil.rmtree(self.partial, ignore_errors=True)
            assembly.made.clear()
            assembly.touched.clear()
            return set()

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
        """Remove what was written, and end what goes on beside."""
        self.until_done.close()
        shutil.rmtree(self.fresh, ignore_errors=True)
        if not self.folder.exists():  # nor does its list, or the half of its tree, stay
            with suppress(OSError):
                store.delete(self.folder)


def _unwritable(what: str, error: OSError) -> BuildStopped:
    return BuildStopped(f"Không ghi được {what}: {error.strerror}. Trang cũ vẫn còn nguyên.")


def _read(made: Made) -> bytes:
    assert made.source is not None
    try:
        return made.source.read_bytes()
    except OSError as error:
        raise BuildStopped(f"Không đọc được {made.source.name}: {error.strerror}. Trang cũ vẫn còn nguyên.") from error
