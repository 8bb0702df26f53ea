"""Tells, before anything else is loaded, that a build would change nothing: stamps alone decide, and only the standard library is used.

A build that was asked the same, with no file changed since, no moment passed and its release as it was left, has been done already.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from chuyendoiso.stamps import is_settled, stamp_of

FORMAT = 1


@dataclass(frozen=True)
class World:
    """All that a build depends on but the clock, as one digest; `settled`: any later change is bound to give another one."""

    digest: str
    settled: bool


def look(asked: str, places: Iterable[Path]) -> World:
    """Look at files, and at all files in folders; `asked` is what else the build depends on. Raises OSError."""
    now = time.time_ns()
    digest, settled = hashlib.sha256(asked.encode()), True
    for place in places:
        digest.update(f"{place}\n".encode("utf-8", "surrogateescape"))
        for path, found in _files(str(place)):
            told = f"{found.st_mode} {stamp_of(found)}" if found else "folder"
            digest.update(f"{path} {told}\n".encode("utf-8", "surrogateescape"))
            settled = settled and (found is None or is_settled(stamp_of(found), now))
    return World(digest.hexdigest(), settled)


def _files(place: str) -> Iterator[tuple[str, os.stat_result | None]]:
    """Yield a file, or whatever is in a folder but compiled code, in order; of folders only that they are there."""
    try:
        with os.scandir(place) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except NotADirectoryError:
        yield place, os.lstat(place)
        return
    for entry in entries:
        if entry.is_symlink():
            raise OSError(f"{entry.path} is a link, whose target may change unseen")
        if not entry.is_dir(follow_symlinks=False):
            yield entry.path, entry.stat(follow_symlinks=False)
        elif entry.name != "__pycache__":
            yield entry.path, None
            yield from _files(entry.path)


@dataclass(frozen=True)
class Done:
    """What a build did: the release it left, the moments between which that stays right, and what it said."""

    release: str
    moment: str  # ISO 8601, as the next
    next_moment: str | None
    warnings: list[str]
    counts: str
    when_next: str


def note(file: Path, world: World, done: Done, files: Iterable[tuple[str, int, int]]) -> None:
    """Note a build for `recall`: `files` are the paths, bytes and modification times of its release."""
    if not world.settled:
        with suppress(FileNotFoundError):
            file.unlink()
        return
    head = json.dumps({"format": FORMAT, "world": world.digest, **done.__dict__}, ensure_ascii=False)
    rows = "\n".join(f"{size} {modified} {path}" for path, size, modified in files)
    partial = file.with_name(f"{file.name}.partial")
    partial.write_text(f"{head}\n{rows}", "utf-8")
    partial.replace(file)


def recall(file: Path, world: World, output: Path, now: datetime | None = None) -> Done | None:
    """Return what the last build did where there is nothing to do again; None where there may be."""
    try:
        head, _, rows = file.read_text("utf-8").partition("\n")
        told = json.loads(head)
        if told.pop("format") != FORMAT or told.pop("world") != world.digest:
            return None
        done = Done(**told)
        now = now or datetime.now(UTC)
        if now < datetime.fromisoformat(done.moment) or (done.next_moment and now >= datetime.fromisoformat(done.next_moment)):
            return None
        shown = os.readlink(output)
        return done if Path(shown).name == done.release and _is_whole(output.parent / shown, rows) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_whole(folder: Path, rows: str) -> bool:
    """Tell whether all files of a release are as they were left, by size and modification time."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        for row in rows.split("\n"):
            size, modified, path = row.split(" ", 2)
            found = os.stat(path, dir_fd=descriptor, follow_symlinks=False)
            if found.st_mtime_ns != int(modified) or found.st_size != int(size):
                return False
        return True
    finally:
        os.close(descriptor)
