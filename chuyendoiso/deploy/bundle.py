"""Bundle a release for a web server.

A bundle has hard links to the files below the base path, gzip and Brotli files if they are smaller, assets of former
releases that cached pages name, and the mark of the release. A compressed file has the modification time of its original,
which nginx requires. It is cached by its original's hash, and verified each time.
"""

import gzip
import hashlib
import os
import shutil
import zlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import brotli

from chuyendoiso.deploy.serving import HASHED
from chuyendoiso.model import urls
from chuyendoiso.release.manifest import FileRecord, Release
from chuyendoiso.release.tree_builder import link_or_copy
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.os_errors import explain

_ENDINGS = ("gz", "br")
_TEXT = (".html", ".css", ".js", ".json", ".jsonl", ".xml", ".svg", ".ics", ".txt", ".opml", ".webmanifest", ".inc", ".bin")
_SMALLEST = 256  # bytes: compression of smaller files saves less than a packet header


@dataclass(frozen=True, slots=True)
class Bundle:
    """A folder with all files to serve, and their SHA-256 by path."""

    folder: Path
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Compressed:
    """A compressed file in the cache."""

    file: Path
    digest: str
    size: int


def make_bundle(release: Release, before: Iterable[Release], base_path: str, folder: Path, cache: Path) -> Bundle:
    """Make the bundle of a release in a new folder.

    `before` are the releases whose assets stay, `cache` the folder of compressed files. Raises BuildStopped.
    """
    files = _with_former_assets(release, before)
    staging = folder.with_name(f"{folder.name}.partial")
    root = staging / base_path.strip("/")
    try:
        shutil.rmtree(staging, ignore_errors=True)
        for path, (source, _) in files.items():
            _link(source, root / path)
        digests = {path: record.digest for path, (_, record) in files.items()}
        digests |= _compress(files, root, cache)
        digests |= _write_mark(release, root)
        for parent, _, _ in os.walk(staging):
            os.chmod(parent, 0o755)  # for the web server's user, whatever the umask
        shutil.rmtree(folder, ignore_errors=True)
        os.rename(staging, folder)
    except OSError as error:
        raise BuildStopped(f"Không ghi được {folder}: {explain(error)}. Trang cũ vẫn còn nguyên.") from error
    return Bundle(folder, {f"{base_path.strip('/')}/{path}".lstrip("/"): digest for path, digest in digests.items()})


def _write_mark(release: Release, root: Path) -> dict[str, str]:
    name = urls.MARK.removeprefix("/")
    file = root / name
    file.write_bytes(release.mark)
    file.chmod(0o644)
    os.utime(file, (release.about.stamp, release.about.stamp))
    return {name: hashlib.sha256(release.mark).hexdigest()}


_Files = Mapping[str, tuple[Path, FileRecord]]


def _with_former_assets(release: Release, before: Iterable[Release]) -> _Files:
    """Return the release's files, and hashed assets of former releases.

    Cached pages request those assets.
    """
    files = {path: (release.folder / path, record) for path, record in release.files.items()}
    for older in before:
        for path, record in older.files.items():
            if path.startswith(HASHED) and path not in files and (older.folder / path).is_file():
                files[path] = (older.folder / path, record)
    return files


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    link_or_copy(source, target)


def _compress(files: _Files, root: Path, cache: Path) -> dict[str, str]:
    """Add compressed files to a bundle; return their digests."""
    cache.mkdir(parents=True, exist_ok=True)
    texts = {path: file for path, file in files.items() if path.endswith(_TEXT) and file[1].size >= _SMALLEST}
    originals = {(record.digest, ending): source for source, record in texts.values() for ending in _ENDINGS}
    with ThreadPoolExecutor(os.cpu_count()) as workers:  # compressors and hashes release the interpreter's lock
        results = workers.map(partial(_compressed, cache), originals, originals.values())
        compressed = dict(zip(originals, results, strict=True))
    digests = {}
    for path, (_, record) in texts.items():
        for ending in _ENDINGS:
            result = compressed[record.digest, ending]
            if result.size < record.size:
                _place(result.file, root / f"{path}.{ending}", record.modified_ns)
                digests[f"{path}.{ending}"] = result.digest
    for file in set(cache.iterdir()) - {result.file for result in compressed.values()}:
        file.unlink()
    return digests


def _compressed(cache: Path, key: tuple[str, str], source: Path) -> _Compressed:
    """Return a compressed file.

    Make it if the cache does not have it, or has it damaged.
    """
    digest, ending = key
    file = cache / f"{digest}.{ending}"
    data = file.read_bytes() if file.is_file() else b""
    if hashlib.sha256(_decompressed(data, ending)).hexdigest() != digest:
        original = source.read_bytes()
        data = gzip.compress(original, 9, mtime=0) if ending == "gz" else brotli.compress(original, mode=brotli.MODE_TEXT)
        partial_file = file.with_name(f"{file.name}.partial")
        partial_file.write_bytes(data)
        os.replace(partial_file, file)
    return _Compressed(file, hashlib.sha256(data).hexdigest(), len(data))


def _decompressed(data: bytes, ending: str) -> bytes:
    """Return a compressed file's content; nothing if it is damaged."""
    try:
        return gzip.decompress(data) if ending == "gz" else brotli.decompress(data)
    except (OSError, EOFError, zlib.error, brotli.error):
        return b""


def _place(source: Path, target: Path, modified_ns: int) -> None:
    """Link a cached file into the bundle.

    Copy it if its modification time must differ.
    """
    if source.stat().st_mtime_ns != modified_ns and source.stat().st_nlink == 1:
        os.utime(source, ns=(modified_ns, modified_ns))
    if source.stat().st_mtime_ns == modified_ns:
        _link(source, target)
    else:
        shutil.copyfile(source, target)
        os.utime(target, ns=(modified_ns, modified_ns))
    target.chmod(0o644)
