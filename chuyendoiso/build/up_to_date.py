"""Decide whether the last build is up to date, with the standard library alone.

There is nothing to do if options, inputs and output are unchanged and no scheduled change is due.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from chuyendoiso.system.file_status import FileStatus, not_racy, status_of

FORMAT = 3
Record = tuple[str, int | None, int]  # path, bytes (None for a folder), modification time in nanoseconds


@dataclass(frozen=True)
class InputSnapshot:
    """The options and file statuses that a build depends on, without the clock."""

    lines: tuple[str, ...]  # the options, and for each file and folder its status, a space and its path
    not_racy: bool  # any later write to a file changes its status

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of all lines."""
        return hashlib.sha256("\n".join(self.lines).encode("utf-8", "surrogateescape")).hexdigest()


@dataclass(frozen=True)
class BuildSummary:
    """A build's release, the instants between which it is current, and its messages."""

    release: str
    moment: str  # ISO 8601, as the next
    next_moment: str | None
    warnings: list[str]
    counts: str
    when_next: str


def take_snapshot(options: str, paths: Iterable[Path]) -> InputSnapshot:
    """Read the status of files, and of all files in folders. Raises OSError."""
    now, stamps = time.time_ns(), list[FileStatus]()
    lines = [f"options {options!r}"]
    for path in paths:
        lines.append(f"place {path}")
        _list_files(str(path), lines, stamps)
    return InputSnapshot(tuple(lines), all(not_racy(stamp, now) for stamp in stamps))


def _list_files(root: str, lines: list[str], stamps: list[FileStatus]) -> None:
    """Append status and path of a file, or of all files in a folder, sorted by name.

    Append only the path of a folder. Skip compiled code. Raises OSError, also for a symlink.
    """
    try:
        with os.scandir(root) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except NotADirectoryError:
        _append(root, os.lstat(root), lines, stamps)
        return
    for entry in entries:
        if entry.is_symlink():
            raise OSError(f"{entry.path} is a link, whose target may change unseen")
        if not entry.is_dir(follow_symlinks=False):
            _append(entry.path, entry.stat(follow_symlinks=False), lines, stamps)
        elif entry.name != "__pycache__":
            lines.append(f"folder {entry.path}")
            _list_files(entry.path, lines, stamps)


def _append(path: str, result: os.stat_result, lines: list[str], stamps: list[FileStatus]) -> None:
    size, modified, changed, inode = stamp = status_of(result)
    lines.append(f"{result.st_mode}:{size}:{modified}:{changed}:{inode} {path}")
    stamps.append(stamp)


def write_note(file: Path, inputs: InputSnapshot, summary: BuildSummary, records: Iterable[Record]) -> None:
    """Record a build's inputs and summary; `records` are the files of its release.

    Delete the note instead if the snapshot is racy. Raises OSError.
    """
    if not inputs.not_racy:
        with suppress(FileNotFoundError):
            file.unlink()
        return
    head = json.dumps({"format": FORMAT, "inputs": inputs.digest, **summary.__dict__})
    rows = [f"{'-' if size is None else size} {modified} {path}" for path, size, modified in records]
    text = "\n".join([head, *rows]).encode("utf-8", "surrogateescape")
    partial = file.with_name(f"{file.name}.partial")
    partial.write_bytes(hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
    partial.replace(file)


def up_to_date(file: Path, inputs: InputSnapshot, output: Path, now: datetime | None = None) -> BuildSummary | None:
    """Return the last build's summary if it is up to date; None if not.

    Return None also if its note is missing, or damaged, which is reported on standard error.
    """
    try:
        digest, _, text = file.read_bytes().partition(b"\n")
        if digest != hashlib.sha256(text).hexdigest().encode():
            print("Ghi chú của lần dựng trước bị hỏng, nên xem lại tất cả.", file=sys.stderr, flush=True)
            return None
        head, *rows = text.decode("utf-8", "surrogateescape").split("\n")
        fields = json.loads(head)
        if fields.pop("format") != FORMAT or fields.pop("inputs") != inputs.digest:
            return None
        summary = BuildSummary(**fields)
        return summary if _is_current(summary, output, now or datetime.now(UTC)) and _is_intact(output, rows) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_current(summary: BuildSummary, output: Path, now: datetime) -> bool:
    """Return whether the build's release is current, and no scheduled change is due."""
    due = summary.next_moment and now >= datetime.fromisoformat(summary.next_moment)
    return not due and now >= datetime.fromisoformat(summary.moment) and Path(os.readlink(output)).name == summary.release


def _is_intact(folder: Path, rows: Iterable[str]) -> bool:
    """Return whether the status of a release's files and folders is unchanged.

    Raises OSError if one is gone.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        for row in rows:
            size, modified, path = row.split(" ", 2)
            status = os.stat(path, dir_fd=descriptor, follow_symlinks=False)
            if status.st_mtime_ns != int(modified) or (size != "-" and status.st_size != int(size)):
                return False
        return True
    finally:
        os.close(descriptor)
