"""The manifest beside a release: its files with digests, and facts of its build."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

from chuyendoiso.model.target import FileFacts
from chuyendoiso.system.sealed_json import dump_sealed, load_sealed

FORMAT = 3
UNSEALED = 2  # the last format without checksums
FOLDERS_TIME = 946_684_800  # 2000-01-01T00:00Z, in seconds: the modification time of every folder of a finished tree


class FileRecord(NamedTuple):
    """A file of a release: fingerprint, SHA-256, size in bytes, mtime, origin."""

    fingerprint: str
    digest: str
    size: int
    modified_ns: int
    origin: str

    def matches(self, status: os.stat_result) -> bool:
        """Return whether a file is unchanged, by size and modification time."""
        return status.st_mtime_ns == self.modified_ns and status.st_size == self.size

    @property
    def facts(self) -> FileFacts:
        """Return size and hash, which other files may state."""
        return FileFacts(self.size, self.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseInfo:
    """Facts of a complete release, as its manifest stores them; instants are ISO 8601."""

    built_at: str
    moment: str
    next_moment: str | None
    preview: bool
    published: bool  # made by `publish`: such releases are retained for a rollback
    stamp: int  # modification time in seconds of the files that were new in it
    pages: int
    page_bytes: int
    made_with: Mapping[str, str] = field(
        default_factory=dict
    )  # `SitePlan.input_digests`; a manifest key, so renaming it makes older manifests unreadable
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Release:
    """A release on disk and the content of its manifest."""

    folder: Path
    about: ReleaseInfo
    files: Mapping[str, FileRecord]

    @property
    def mark(self) -> bytes:
        """Return the content of the file that identifies the release on a server."""
        return f"{tree_hash(self.digests)}\n".encode()

    @property
    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of each file, by path."""
        return {path: record.digest for path, record in self.files.items()}

    def records(self) -> Iterator[tuple[str, int | None, int]]:
        """Yield path, bytes (None for a folder) and modification time (ns)."""
        yield from ((folder, None, FOLDERS_TIME * 1_000_000_000) for folder in (".", *folders_of(self.files)))
        yield from ((path, record.size, record.modified_ns) for path, record in self.files.items())

    def is_intact(self, path: str) -> bool:
        """Return whether a file has the size and modification time in the manifest."""
        record = self.files.get(path)
        try:
            return record is not None and record.matches(os.lstat(f"{self.folder}/{path}"))
        except OSError:
            return False

    def intact(self) -> dict[str, str]:
        """Return the fingerprints of intact files, by path."""
        fingerprints: dict[str, str] = {}
        try:
            descriptor = os.open(self.folder, os.O_RDONLY)
        except OSError:
            return fingerprints
        try:
            for path, record in self.files.items():
                try:
                    if record.matches(os.stat(path, dir_fd=descriptor, follow_symlinks=False)):
                        fingerprints[path] = record.fingerprint
                except OSError:
                    continue
        finally:
            os.close(descriptor)
        return fingerprints


def manifest_of(folder: Path) -> Path:
    """Return the path of a release's manifest."""
    return folder.with_name(f"{folder.name}.json")


def files_of(folder: Path) -> Path:
    """Return the path of the list of a release's files."""
    return folder.with_name(f"{folder.name}.files.json")


def provenance_of(folder: Path) -> Path:
    """Return the path of a release's provenance."""
    return folder.with_name(f"{folder.name}.provenance.json")


def sbom_of(folder: Path) -> Path:
    """Return the path of a release's bill of materials (CycloneDX)."""
    return folder.with_name(f"{folder.name}.sbom.json")


def tree_hash(digests: Mapping[str, str]) -> str:
    """Return the SHA-256 (hex) over `path NUL sha256 NUL` of each file, by path.

    Paths are UTF-8 with slashes, digests hex.
    """
    hasher = hashlib.sha256()
    for path, digest in sorted(digests.items()):
        hasher.update(f"{path}\0{digest}\0".encode())
    return hasher.hexdigest()


# ── folders ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return all folders of the paths, without the root."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


# ── reading and writing ─────────────────────────────────────────────────────────────────────────────────────────────────


def read_release(folder: Path) -> Release | None:
    """Return a release; None if its manifest is unreadable or of another format."""
    about = read_about(folder)
    try:
        text = files_of(folder).read_text("utf-8")
        rows = json.loads(text) if about and about.format == UNSEALED else load_sealed(text)["files"]
        return Release(folder, about, {path: FileRecord(*facts) for path, *facts in rows}) if about and folder.is_dir() else None
    except (OSError, ValueError, TypeError):
        return None


def read_about(folder: Path) -> ReleaseInfo | None:
    """Return the facts of a release; None if they cannot be read."""
    try:
        about = ReleaseInfo(**load_sealed(manifest_of(folder).read_text("utf-8"), version="format", unsealed=UNSEALED))
        return about if about.format in {FORMAT, UNSEALED} else None
    except (OSError, ValueError, TypeError):
        return None


def write_manifest(folder: Path, files: Mapping[str, FileRecord], about: ReleaseInfo) -> None:
    """Write a release's manifest and sync it to disk. Raises OSError."""
    rows = [(path, *record) for path, record in sorted(files.items())]  # an array takes half the size and time of an object
    write_atomically(files_of(folder), dump_sealed({"files": rows}, compact=True))
    write_atomically(manifest_of(folder), dump_sealed(asdict(about)))


def write_atomically(file: Path, text: str) -> None:
    """Write a file beside a release atomically and durably. Raises OSError."""
    partial = file.with_suffix(".json.partial")
    with partial.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(partial, file)
