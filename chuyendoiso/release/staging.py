"""A release in the making. Unchanged files are hard links into the last release.

So their modification time stays. No file of a release is opened for writing again. If nothing differs, no release is made.
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from chuyendoiso.model.target import FileFacts, RenderedFile
from chuyendoiso.release import store
from chuyendoiso.release.manifest import FileRecord, Release, ReleaseInfo, read_release, write_manifest
from chuyendoiso.release.store import Retention
from chuyendoiso.release.tree_builder import TreeBuilder, foreign_files, touched_folders
from chuyendoiso.system.atomic_write import flush_folder
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.os_errors import explain

FEW = 64  # so many new files are flushed one by one; more, all at once with what else the machine has to write


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file's record in the manifest, and its staged path if it is new."""

    record: FileRecord
    new: str | None = None


@dataclass
class Staging:
    """The files of the next release; new ones are staged until it is verified."""

    output: Path
    folder: Path
    last: Release | None
    stamp: int
    retention: Retention
    files: dict[str, FileRecord] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)  # staged paths of the new files
    foreign: list[str] = field(default_factory=list)  # files in the last release's tree that no build wrote

    def __post_init__(self) -> None:
        """Make the folder for new files, and list foreign files of the last release.

        Raises BuildStopped.
        """
        try:
            self.fresh.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.fresh.name, error) from error
        if self.last:
            with suppress(OSError):  # a folder is gone: its files will be missed
                self.foreign = foreign_files(self.last.folder, self.last.files)

    @property
    def fresh(self) -> Path:
        """Return this process's folder for new files; a shared one would make them wait."""
        return self.folder.with_name(f"{self.folder.name}.new.partial")

    @property
    def partial(self) -> Path:
        """Return the folder in which the tree is built."""
        return self.folder.with_name(f"{self.folder.name}.partial")

    def stage(self, rendered: RenderedFile) -> StagedFile:
        """Reuse the last release's file if the bytes are equal, else write it.

        Workers call this, too.
        """
        before = self.last.files.get(rendered.path) if self.last else None
        data = rendered.data if rendered.data is not None else _read(rendered)
        digest = hashlib.sha256(data).hexdigest()
        if self.last and before and before.digest == digest and self.last.holds(rendered.path):
            return StagedFile(FileRecord(rendered.fingerprint, digest, before.size, before.modified_ns, rendered.origin))
        new = f"{self.fresh}/{os.getpid()}/{hashlib.sha256(rendered.path.encode()).hexdigest()[:32]}"
        try:
            self._write(new, data)
        except OSError as error:
            raise _unwritable(rendered.path, error) from error
        return StagedFile(FileRecord(rendered.fingerprint, digest, len(data), self.stamp * 1_000_000_000, rendered.origin), new)

    def _write(self, path: str, data: bytes) -> None:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with open(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fchmod(descriptor, 0o644)
            os.utime(descriptor, (self.stamp, self.stamp))

    def record(self, path: str, staged: StagedFile) -> None:
        """Add a file to the release."""
        self.files[path] = staged.record
        if staged.new:
            self.written[path] = staged.new

    def carry_over(self, path: str) -> None:
        """Add the last release's file to the release."""
        assert self.last is not None
        self.files[path] = self.last.files[path]

    def facts(self, path: str) -> FileFacts:
        """Return size and hash of a file that is in the release."""
        return self.files[path].facts

    def locate(self, path: str) -> Path:
        """Return the current path of a file of the next release."""
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
        """Return whether anything differs from the last release."""
        return self.last is None or bool(self.written or self.removed or self.foreign)

    def finish(self, about: ReleaseInfo, verify: Callable[[], None]) -> bool:
        """Verify and swap in the release. Return False if nothing differs from the last.

        Raises what `verify` does, and BuildStopped; the last release then stays.
        """
        try:
            verify()
            if not self.differs:
                self._note(about)
                return False
            write_manifest(self.folder, self.files, about)
            self._build_tree(about)
            os.rename(self.partial, self.folder)
            flush_folder(self.folder.parent)
            store.swap(self.output, self.folder)
        except OSError as error:
            raise _unwritable(error.filename or self.folder.name, error) from error
        for folder in store.prunable(self.output, self.retention, self.folder, new_published=about.published):
            store.delete(folder)
        return True

    def release(self, about: ReleaseInfo) -> Release:
        """Return the release after `finish`: the new one, or the last if nothing differs."""
        return Release(self.last.folder if self.last and not self.differs else self.folder, about, self.files)

    def _note(self, about: ReleaseInfo) -> None:
        """Update the manifest of the last release: a published one stays so."""
        assert self.last is not None
        before = self.last.about
        now = ReleaseInfo(**{name: getattr(about, name) for name in ReleaseInfo.__slots__ if name not in {"stamp", "published"}},
                    stamp=before.stamp, published=about.published or before.published)  # fmt: skip
        if now != before or self.files != self.last.files:
            write_manifest(self.last.folder, self.files, now)

    def _build_tree(self, about: ReleaseInfo) -> None:
        """Build the tree, out of a prunable release if there is one, and have it on disk.

        Raises OSError.
        """
        prunable = store.reusable(self.output, self.retention, self.folder, new_published=about.published)
        builder = TreeBuilder(self.partial, self.files)
        there = self._reuse(prunable, builder) if prunable else set()
        self.partial.mkdir(mode=0o755, exist_ok=True)
        self.partial.chmod(0o755)
        builder.complete(self.files.keys() - there, self.written, self.last.folder if self.last else None)
        shutil.rmtree(self.fresh)
        self._flush()

    def _reuse(self, prunable: Path, builder: TreeBuilder) -> set[str]:
        """Move the tree of a prunable release to where this one is built.

        Return the paths that are as they shall be.

        To make 14,000 folders anew and delete as many takes ten times as long.
        """
        old = read_release(prunable)
        try:
            if old is None or touched_folders(prunable, old.files):
                return set()
            os.rename(prunable, self.partial)
            store.delete(prunable)
            return builder.reuse(old.files, self.written)
        except OSError:  # somebody moved files within it
            shutil.rmtree(self.partial, ignore_errors=True)
            builder.made.clear()
            builder.touched.clear()
            return set()

    def _flush(self) -> None:
        """Sync the tree to disk: a power cut leaves the old release or the new one."""
        if len(self.written) > FEW:
            os.sync()
            return
        for path in self.written:
            with (self.partial / path).open("rb") as stream:
                os.fsync(stream.fileno())
        for folder in {parent for path in {*self.written, "x"} for parent in (self.partial / path).parents}:
            if folder.is_relative_to(self.partial.parent):
                flush_folder(folder)

    def discard(self) -> None:
        """Remove the staged files."""
        shutil.rmtree(self.fresh, ignore_errors=True)
        if not self.folder.exists():  # nor does its list, or the half of its tree, stay
            with suppress(OSError):
                store.delete(self.folder)


def _unwritable(what: str, error: OSError) -> BuildStopped:
    return BuildStopped(f"Không ghi được {what}: {explain(error)}. Trang cũ vẫn còn nguyên.")


def _read(rendered: RenderedFile) -> bytes:
    assert rendered.source is not None
    try:
        return rendered.source.read_bytes()
    except OSError as error:
        raise BuildStopped(f"Không đọc được {rendered.source.name}: {explain(error)}. Trang cũ vẫn còn nguyên.") from error
