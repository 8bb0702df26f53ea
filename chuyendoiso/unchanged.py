"""Tells, before anything else is loaded, what changed since the last build: stamps alone decide, and only the standard library is used.

A build that was asked the same, with no file changed since, no moment passed and its release as it was left, has been done already.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from chuyendoiso.stamps import Stamp, is_settled, stamp_of

FORMAT = 2


@dataclass(frozen=True)
class World:
    """All that a build depends on but the clock; `settled`: any later change is bound to give another one."""

    seen: tuple[str, ...]  # what was asked, and a line for each file and folder: its stamp, a space and its path
    settled: bool
    stamps: Mapping[str, Stamp]  # of each file, by its path

    @cached_property
    def text(self) -> str:
        """Return all lines."""
        return "\n".join(self.seen)

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of all lines."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogateescape")).hexdigest()


def look(asked: str, places: Iterable[Path]) -> World:
    """Look at files, and at all files in folders; `asked` is what else the build depends on. Raises OSError."""
    now, stamps = time.time_ns(), {}
    seen, settled = [f"asked {asked!r}"], True
    for place in places:
        seen.append(f"place {place}")
        for path, found in _files(str(place)):
            if found is None:
                seen.append(f"folder {path}")
                continue
            stamp = stamps[path] = stamp_of(found)
            seen.append(f"{found.st_mode}:{stamp[0]}:{stamp[1]}:{stamp[2]}:{stamp[3]} {path}")
            settled = settled and is_settled(stamp, now)
    return World(tuple(seen), settled, stamps)


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


@dataclass(frozen=True)
class Noted:
    """What was noted of the last build."""

    world: str  # the digest of what it saw
    seen: str  # what it saw, a line each
    done: Done
    files: str  # those of its release, a line each: bytes, modification time in nanoseconds, path

    def is_right(self, output: Path, now: datetime | None = None) -> bool:
        """Tell whether the build's release is shown, and no moment has passed since."""
        done, now = self.done, now or datetime.now(UTC)
        try:
            if now < datetime.fromisoformat(done.moment) or (done.next_moment and now >= datetime.fromisoformat(done.next_moment)):
                return False
            return Path(os.readlink(output)).name == done.release
        except (OSError, ValueError):
            return False

    def is_whole(self, output: Path) -> bool:
        """Tell whether all files of the build's release are as they were left, by size and modification time."""
        try:
            return _is_whole(output.parent / f".{output.name}-releases" / self.done.release, self.files)
        except (OSError, ValueError):
            return False

    def edited(self, world: World) -> list[Path] | None:
        """Return the files that were written to since, where nothing else changed; None where more did."""
        before, now = set(self.seen.split("\n")), set(world.seen)
        gone, new = ({_path_of(line): _mode_of(line) for line in lines} for lines in (before - now, now - before))
        return [Path(path) for path in sorted(gone)] if gone == new and "" not in gone else None


def _path_of(line: str) -> str:
    return line.partition(" ")[2]


def _mode_of(line: str) -> str:
    return line.partition(":")[0]


def note(file: Path, world: World, done: Done, files: Iterable[tuple[str, int, int]]) -> None:
    """Note a build for the next: `files` are the paths, bytes and modification times of its release."""
    if not world.settled:
        with suppress(FileNotFoundError):
            file.unlink()
        return
    head = json.dumps({"format": FORMAT, "world": world.digest, **done.__dict__}, ensure_ascii=False)
    rows = "\n".join(f"{size} {modified} {path}" for path, size, modified in files)
    partial = file.with_name(f"{file.name}.partial")
    partial.write_text(f"{head}\n{world.text}\n\n{rows}", "utf-8", "surrogateescape")
    partial.replace(file)


def noted(file: Path) -> Noted | None:
    """Return what was noted of the last build; None where that cannot be read."""
    try:
        head, _, rest = file.read_text("utf-8", "surrogateescape").partition("\n")
        seen, _, files = rest.partition("\n\n")
        told = json.loads(head)
        return Noted(told.pop("world"), seen, Done(**told), files) if told.pop("format") == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _is_whole(folder: Path, rows: str) -> bool:
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
