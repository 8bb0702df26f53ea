"""A release as a web server wants it: below the base path of the site's address, the files themselves by hard links, each that shrinks also as gzip
and Brotli, the assets of former releases that cached pages still name, and the mark of the release. The release itself is never changed.

A compressed file has the modification time of its original, as nginx asks; it is cached by its original's hash, and compared with it each time.
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

_TEXT = (".html", ".css", ".js", ".json", ".xml", ".svg", ".ics", ".txt", ".opml", ".webmanifest", ".inc", ".bin")
_SMALLEST = 256  # bytes: below, what is saved is less than a packet's head


@dataclass(frozen=True, slots=True)
class Bundle:
    """A folder with all files that are to be served, and the SHA-256 that each must have."""

    folder: Path
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Compressed:
    """A compressed file in the cache: `ending` is that of its name beside its original."""

    file: Path
    ending: str
    digest: str
    size: int


def make_bundle(release: Release, before: Iterable[Release], base_path: str, folder: Path, cache: Path) -> Bundle:
    """Make the bundle of a release in a new folder.

    `before` are the releases whose assets stay, `cache` the folder of compressed files.

    Raises BuildStopped if it cannot be written.
    """
    files = _with_former_assets(release, before)
    staging = folder.with_name(f"{folder.name}.partial")
    root = staging / base_path.strip("/")
    try:
        shutil.rmtree(staging, ignore_errors=True)
        for path, (source, _) in files.items():
            _link(source, root / path)
        digests = {path: placed.digest for path, (_, placed) in files.items()}
        digests |= _compress(files, root, cache)
        digests |= _write_mark(release, root)
        for made, _, _ in os.walk(staging):
            os.chmod(made, 0o755)  # a web server's user reads it, whatever the umask
        shutil.rmtree(folder, ignore_errors=True)
        os.rename(staging, folder)
    except OSError as error:
        raise BuildStopped(f"Không ghi được {folder}: {explain(error)}. Trang cũ vẫn còn nguyên.") from error
    return Bundle(folder, {f"{base_path.strip('/')}/{path}".lstrip("/"): digest for path, digest in digests.items()})


def _write_mark(release: Release, root: Path) -> dict[str, str]:
    data, path = release.mark, urls.MARK.removeprefix("/")
    (root / path).write_bytes(data)
    (root / path).chmod(0o644)
    os.utime(root / path, (release.about.stamp, release.about.stamp))
    return {path: hashlib.sha256(data).hexdigest()}


_Files = Mapping[str, tuple[Path, FileRecord]]


def _with_former_assets(release: Release, before: Iterable[Release]) -> _Files:
    """Return the release's files, and hashed assets of the ones before: a page that a browser has cached asks for them."""
    found = {path: (release.folder / path, placed) for path, placed in release.files.items()}
    for older in before:
        for path, placed in older.files.items():
            if path.startswith(HASHED) and path not in found and (older.folder / path).is_file():
                found[path] = (older.folder / path, placed)
    return found


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    link_or_copy(source, target)


def _compress(files: _Files, root: Path, cache: Path) -> dict[str, str]:
    """Put the compressed files beside their originals; return their digests."""
    cache.mkdir(parents=True, exist_ok=True)
    texts = {path: one for path, one in files.items() if path.endswith(_TEXT) and one[1].size >= _SMALLEST}
    originals = {placed.digest: source for source, placed in texts.values()}
    with ThreadPoolExecutor(os.cpu_count()) as workers:  # compressors and hashes leave the interpreter's lock
        made = dict(zip(originals, workers.map(partial(_compressed, cache), originals, originals.values()), strict=True))
    digests = {}
    for path, (_, placed) in texts.items():
        for one in made[placed.digest]:
            if one.size < placed.size:
                _place(one.file, root / f"{path}.{one.ending}", placed.modified_ns)
                digests[f"{path}.{one.ending}"] = one.digest
    used = {one.file.name for several in made.values() for one in several}
    for file in cache.iterdir():
        if file.name not in used:
            file.unlink()
    return digests


def _compressed(cache: Path, digest: str, source: Path) -> tuple[_Compressed, ...]:
    """Return both compressed files of an original; make those that are not in the cache, or are not compressed from it."""
    return tuple(_made(cache / f"{digest}.{ending}", ending, digest, source) for ending in ("gz", "br"))


def _made(file: Path, ending: str, digest: str, source: Path) -> _Compressed:
    data = file.read_bytes() if file.is_file() else b""
    if hashlib.sha256(_decompressed(data, ending)).hexdigest() != digest:
        original = source.read_bytes()
        data = gzip.compress(original, 9, mtime=0) if ending == "gz" else brotli.compress(original, mode=brotli.MODE_TEXT)
        partial_file = file.with_name(f"{file.name}.partial")
        partial_file.write_bytes(data)
        os.replace(partial_file, file)
    return _Compressed(file, ending, hashlib.sha256(data).hexdigest(), len(data))


def _decompressed(data: bytes, ending: str) -> bytes:
    """Return what a compressed file holds; nothing if it is damaged."""
    try:
        return gzip.decompress(data) if ending == "gz" else brotli.decompress(data)
    except (OSError, EOFError, zlib.error, brotli.error):
        return b""


def _place(source: Path, target: Path, modified_ns: int) -> None:
    """Put a file of the cache in its place with a modification time: as a link where it has it already."""
    if source.stat().st_mtime_ns != modified_ns and source.stat().st_nlink == 1:
        os.utime(source, ns=(modified_ns, modified_ns))
    if source.stat().st_mtime_ns == modified_ns:
        _link(source, target)
    else:
        shutil.copyfile(source, target)
        os.utime(target, ns=(modified_ns, modified_ns))
    target.chmod(0o644)
