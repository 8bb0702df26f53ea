"""A release as a web server wants it: the files themselves by hard links, each that shrinks also as gzip and Brotli, and assets that pages kept
by browsers still name. Made beside the release, which is never changed.

A compressed file has the modification time of its original, as nginx asks; it is kept by its original's hash, and made once.
"""

import gzip
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import brotli

from chuyendoiso.domain.problems import BuildStopped
from chuyendoiso.domain.serving import HASHED
from chuyendoiso.release.manifest import Placed, Release
from chuyendoiso.release.tree_builder import link_or_copy

_TEXT = (".html", ".css", ".js", ".json", ".xml", ".svg", ".ics", ".txt", ".opml", ".webmanifest", ".inc", ".bin")
_SMALLEST = 256  # bytes: below, what is saved is less than a packet's head


@dataclass(frozen=True, slots=True)
class Bundle:
    """A folder with all that is to be brought to the public."""

    folder: Path
    files: int
    size: int  # bytes


def make_bundle(release: Release, before: Iterable[Release], folder: Path, kept: Path) -> Bundle:
    """Make the bundle of a release in a folder that is made anew; `before` are the releases whose assets stay, `kept` where what is
    compressed is kept.

    Raises BuildStopped on a full disk.
    """
    files = _with_former_assets(release, before)
    aside = folder.with_name(f"{folder.name}.partial")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        for path, (source, _) in files.items():
            _link(source, aside / path)
        compressed = _compress(files, aside, kept)
        for made, _, _ in os.walk(aside):
            os.chmod(made, 0o755)  # a web server's user reads it, whatever the umask
        shutil.rmtree(folder, ignore_errors=True)
        os.rename(aside, folder)
    except OSError as error:
        raise BuildStopped(f"Không ghi được {folder}: {error.strerror}. Trang cũ vẫn còn nguyên.") from error
    return Bundle(folder, len(files) + compressed, sum(placed.size for _, placed in files.values()))


_Files = Mapping[str, tuple[Path, Placed]]


def _with_former_assets(release: Release, before: Iterable[Release]) -> _Files:
    """Return the release's files, and of the ones before what only its own bytes name: a page that a browser keeps for a while asks for it."""
    found = {path: (release.folder / path, placed) for path, placed in release.files.items()}
    for older in before:
        for path, placed in older.files.items():
            if path.startswith(HASHED) and path not in found and (older.folder / path).is_file():
                found[path] = (older.folder / path, placed)
    return found


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    link_or_copy(source, target)


def _compress(files: _Files, folder: Path, kept: Path) -> int:
    """Put the compressed files beside their originals; return how many."""
    kept.mkdir(parents=True, exist_ok=True)
    wanted = {path: one for path, one in files.items() if path.endswith(_TEXT) and one[1].size >= _SMALLEST}
    with ThreadPoolExecutor(os.cpu_count()) as workers:  # both compressors leave the interpreter's lock
        originals = {placed.digest: source for source, placed in wanted.values()}
        list(workers.map(partial(_compressed, kept), originals.keys(), originals.values()))
    used, count = set(), 0
    for path, (_, placed) in wanted.items():
        for ending in ("gz", "br"):
            source = kept / f"{placed.digest}.{ending}"
            used.add(source.name)
            if source.stat().st_size < placed.size:
                _place(source, folder / f"{path}.{ending}", placed.modified_ns)
                count += 1
    _forget(kept, used)
    return count


def _compressed(kept: Path, digest: str, source: Path) -> None:
    """Make both compressed files of an original, unless they are kept."""
    for ending in ("gz", "br"):
        path = kept / f"{digest}.{ending}"
        if path.is_file():
            continue
        data = source.read_bytes()
        made = gzip.compress(data, 9, mtime=0) if ending == "gz" else brotli.compress(data, mode=brotli.MODE_TEXT)
        aside = path.with_name(f"{path.name}.partial")
        aside.write_bytes(made)
        os.replace(aside, path)


def _place(source: Path, target: Path, modified_ns: int) -> None:
    """Put a kept file in its place with a modification time: as a link where it has it already."""
    if source.stat().st_mtime_ns != modified_ns and source.stat().st_nlink == 1:
        os.utime(source, ns=(modified_ns, modified_ns))
    if source.stat().st_mtime_ns == modified_ns:
        _link(source, target)
    else:
        shutil.copyfile(source, target)
        os.utime(target, ns=(modified_ns, modified_ns))
    target.chmod(0o644)


def _forget(kept: Path, used: Collection[str]) -> None:
    for path in kept.iterdir():
        if path.name not in used:
            path.unlink()
