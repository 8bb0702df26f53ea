"""Stage the files of the next release, and swap the release in.

Unchanged files are hard links into the last release, so they retain their modification time. No file of a release is opened for
writing again. If nothing differs, no release is made.
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

FSYNC_MAX = 64  # new files up to which each is synced; with more, one sync of the whole machine is faster


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
    new_files: dict[str, str] = field(default_factory=dict)  # path → staged path
    foreign: list[str] = field(default_factory=list)  # files in the last release's tree that no build wrote

    def __post_init__(self) -> None:
        """Make the folder for new files, and list foreign files of the last release.

        Raises BuildStopped.
        """
        try:
            self.staged_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.staged_dir.name, error) from error
        if self.last:
            with suppress(OSError):  # a folder is missing, so its files are rendered again
                self.foreign = foreign_files(self.last.folder, self.last.files)

    @property
    def staged_dir(self) -> Path:
        """Return the folder for staged files. Each process writes to its own subfolder."""
        return self.folder.with_name(f"{self.folder.name}.new.partial")

    @property
    def partial(self) -> Path:
        """Return the folder in which the tree is built."""
        return self.folder.with_name(f"{self.folder.name}.partial")

    def stage(self, rendered: RenderedFile) -> StagedFile:
        """Reuse the last release's file if the bytes are equal, else write it.

        Workers call this, too. Raises BuildStopped.
        """
        before = self.last.files.get(rendered.path) if self.last else None
        data = rendered.data if rendered.data is not None else _read(rendered)
        digest = hashlib.sha256(data).hexdigest()
        if self.last and before and before.digest == digest and self.last.is_intact(rendered.path):
            return StagedFile(FileRecord(rendered.fingerprint, digest, before.size, before.modified_ns, rendered.origin))
        staged_path = f"{self.staged_dir}/{os.getpid()}/{hashlib.sha256(rendered.path.encode()).hexdigest()[:32]}"
        try:
            self._write(staged_path, data)
        except OSError as error:
            raise _unwritable(rendered.path, error) from error
        return StagedFile(
            FileRecord(rendered.fingerprint, digest, len(data), self.stamp * 1_000_000_000, rendered.origin), staged_path
        )

    def _write(self, path: str, data: bytes) -> None:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with open(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fchmod(descriptor, 0o644)
            os.utime(descriptor, (self.stamp, self.stamp))

    def record(self, path: str, staged: StagedFile) -> None:
        """Add a staged file to the release."""
        self.files[path] = staged.record
        if staged.new:
            self.new_files[path] = staged.new

    def carry_over(self, path: str) -> None:
        """Add the last release's file to the release."""
        assert self.last is not None
        self.files[path] = self.last.files[path]

    def facts(self, path: str) -> FileFacts:
        """Return size and hash of a file that is in the release."""
        return self.files[path].facts

    def locate(self, path: str) -> Path:
        """Return the current path of a file of the next release."""
        if path in self.new_files:
            return Path(self.new_files[path])
        assert self.last is not None
        return self.last.folder / path

    @property
    def removed(self) -> frozenset[str]:
        """Return the paths of the last release that this one does not have."""
        return frozenset(self.last.files.keys() - self.files.keys()) if self.last else frozenset()

    @property
    def differs(self) -> bool:
        """Return whether anything differs from the last release."""
        return self.last is None or bool(self.new_files or self.removed or self.foreign)

    def finish(self, about: ReleaseInfo, verify: Callable[[], None]) -> bool:
        """Verify and swap in the release. Return False if nothing differs from the last.

        Raises what `verify` does, and BuildStopped; the last release then stays.
        """
        try:
            verify()
            if not self.differs:
                self._update_manifest(about)
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

    def _update_manifest(self, about: ReleaseInfo) -> None:
        """Update the manifest of the last release; if it is published, it remains so."""
        assert self.last is not None
        before = self.last.about
        now = ReleaseInfo(**{name: getattr(about, name) for name in ReleaseInfo.__slots__ if name not in {"stamp", "published"}},
                    stamp=before.stamp, published=about.published or before.published)  # fmt: skip
        if now != before or self.files != self.last.files:
            write_manifest(self.last.folder, self.files, now)

    def _build_tree(self, about: ReleaseInfo) -> None:
        """Build the tree, from a prunable release if there is one, and sync it to disk.

        Raises OSError.
        """
        prunable = store.reusable(self.output, self.retention, self.folder, new_published=about.published)
        builder = TreeBuilder(self.partial, self.files)
        reused = self._reuse(prunable, builder) if prunable else set()
        self.partial.mkdir(mode=0o755, exist_ok=True)
        self.partial.chmod(0o755)
        builder.complete(self.files.keys() - reused, self.new_files, self.last.folder if self.last else None)
        shutil.rmtree(self.staged_dir)
        self._flush()

    def _reuse(self, prunable: Path, builder: TreeBuilder) -> set[str]:
        """Move the tree of a prunable release to where this one is built.

        Return the paths that need no update. Making 14,000 new folders and deleting as many takes ten times as long.
        """
        old = read_release(prunable)
        try:
            if old is None or touched_folders(prunable, old.files):
                return set()
            os.rename(prunable, self.partial)
            store.delete(prunable)
            return builder.reuse(old.files, self.new_files)
        except OSError:  # somebody moved files within it
            shutil.rmtree(self.partial, ignore_errors=True)
            builder.existing.clear()
            builder.touched.clear()
            return set()

    def _flush(self) -> None:
        """Sync the tree to disk: a power cut leaves the old release or the new one."""
        if len(self.new_files) > FSYNC_MAX:
            os.sync()
            return
        for path in self.new_files:
            with (self.partial / path).open("rb") as stream:
                os.fsync(stream.fileno())
        parents = {parent for path in {*self.new_files, "x"} for parent in (self.partial / path).parents}
        for folder in parents:
            if folder.is_relative_to(self.partial.parent):
                flush_folder(folder)

    def discard(self) -> None:
        """Remove the staged files."""
        shutil.rmtree(self.staged_dir, ignore_errors=True)
        if not self.folder.exists():  # the build failed: delete its manifest and partial tree, too
            with suppress(OSError):
                store.delete(self.folder)


def _unwritable(name: str, error: OSError) -> BuildStopped:
    return BuildStopped(f"Không ghi được {name}: {explain(error)}. Trang cũ vẫn còn nguyên.")


def _read(rendered: RenderedFile) -> bytes:
    assert rendered.source is not None
    try:
        return rendered.source.read_bytes()
    except OSError as error:
        raise BuildStopped(f"Không đọc được {rendered.source.name}: {explain(error)}. Trang cũ vẫn còn nguyên.") from error
