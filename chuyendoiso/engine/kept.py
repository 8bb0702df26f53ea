"""What is kept between builds so that nothing is done twice: values by kind and key, in one SQLite file beside the releases.

A value's key tells all that it depends on, so it is never out of date; what no build has asked for lately is dropped. The file may be
deleted at any time: that costs time and nothing else. SQLite's journal makes it safe against kill -9; where it cannot be opened or
is damaged, it is begun anew.
"""

import contextlib
import errno
import hashlib
import os
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from chuyendoiso.domain.problems import BuildStopped

FORMAT = "8"  # of the table and of what is pickled into it
CHUNK = 500  # keys in one question


class Kept:
    """Values by kind and key, in a file (None: in memory alone). A forked process opens the file for itself."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self._opened: list[tuple[int, sqlite3.Connection]] = []  # by process; an inherited one is neither used nor closed

    @property
    def connection(self) -> sqlite3.Connection:
        """Return this process's connection."""
        if not self._opened or (self.file and self._opened[-1][0] != os.getpid()):
            self._opened.append((os.getpid(), _open(self.file)))
        return self._opened[-1][1]

    def get(self, kind: str, keys: Iterable[str]) -> dict[str, Any]:
        """Return the values that are there, by key; one that cannot be read is as if it were not there."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, Any] = {}
        for start in range(0, len(wanted), CHUNK):
            some = wanted[start : start + CHUNK]
            marks = ",".join("?" * len(some))
            found.update(self._read(f"kind = ? AND key IN ({marks})", (kind, *some)))
        return found

    def get_pickled(self, kind: str, key: str) -> bytes:
        """Return one value as it is kept. Raises KeyError."""
        try:
            row = self.connection.execute("SELECT value FROM kept WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        except sqlite3.Error as error:
            raise KeyError(key) from error
        if row is None:
            raise KeyError(key)
        return bytes(row[0])

    def all(self, kind: str) -> dict[str, Any]:
        """Return all values of a kind, by key."""
        return dict(self._read("kind = ?", (kind,)))

    def keys(self, kind: str) -> set[str]:
        """Return the keys of a kind."""
        try:
            return {key for (key,) in self.connection.execute("SELECT key FROM kept WHERE kind = ?", (kind,))}
        except sqlite3.Error:  # damaged since it was opened
            return set()

    def _read(self, condition: str, values: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        try:
            rows = self.connection.execute(f"SELECT key, value FROM kept WHERE {condition}", values).fetchall()
        except sqlite3.Error:  # damaged since it was opened
            return
        for key, value in rows:
            with contextlib.suppress(Exception):  # another version's data: unpickling can raise anything
                yield key, pickle.loads(value)

    def put(self, kind: str, values: Mapping[str, Any]) -> None:
        """Keep values. Raises BuildStopped where that cannot be written."""
        self.put_pickled(kind, {key: pickled(value) for key, value in values.items()})

    def put_pickled(self, kind: str, values: Mapping[str, bytes]) -> None:
        """Keep values that are pickled already. Raises BuildStopped where that cannot be written."""
        if values:
            rows = [(kind, key, value) for key, value in values.items()]
            self._write(lambda: self.connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows))

    def keep_only(self, kind: str, keys: Iterable[str]) -> None:
        """Drop all values of a kind but these. Raises BuildStopped where that cannot be written."""

        def drop() -> None:
            self.connection.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (key TEXT PRIMARY KEY)")
            self.connection.execute("DELETE FROM wanted")
            self.connection.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((key,) for key in keys))
            self.connection.execute("DELETE FROM kept WHERE kind = ? AND key NOT IN (SELECT key FROM wanted)", (kind,))

        self._write(drop)

    def count(self, kind: str) -> int:
        """Return how many values of a kind there are."""
        try:
            found: int = self.connection.execute("SELECT count(*) FROM kept WHERE kind = ?", (kind,)).fetchone()[0]
        except sqlite3.Error:  # damaged since it was opened
            return 0
        return found

    def _write(self, change: Callable[[], object]) -> None:
        try:
            with self.connection:
                change()
        except sqlite3.DatabaseError as error:
            raise _unwritable(self.file, error) from error

    def forget(self) -> None:
        """Begin anew, with nothing."""
        self.close()
        if self.file:
            _delete(self.file)

    def close(self) -> None:
        """Close the file."""
        while self._opened:
            process, connection = self._opened.pop()
            if process == os.getpid():
                connection.close()


def pickled(value: Any) -> bytes:
    """Return a value as it is kept."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


@contextlib.contextmanager
def opened(file: Path | None) -> Iterator[Kept]:
    """Open the store for a while."""
    kept = Kept(file)
    try:
        yield kept
    finally:
        kept.close()


def _open(file: Path | None) -> sqlite3.Connection:
    if file is None:
        return _connected(":memory:")
    try:
        return _connected(file)
    except sqlite3.DatabaseError:
        _delete(file)
    try:
        return _connected(file)
    except sqlite3.Error as error:
        raise _unwritable(file, error) from error


def _unwritable(file: Path | None, error: sqlite3.Error) -> BuildStopped:
    full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return BuildStopped(f"Không ghi được {file}: {os.strerror(errno.ENOSPC) if full else error}. Trang cũ vẫn còn nguyên.")


def _delete(file: Path) -> None:
    for path in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        with contextlib.suppress(OSError):
            path.unlink()


def _connected(file: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=30)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")  # after a power cut it may be damaged, and is then begun anew
    with connection:
        connection.execute("CREATE TABLE IF NOT EXISTS format (version TEXT PRIMARY KEY)")
        if [version for (version,) in connection.execute("SELECT version FROM format")] != [FORMAT]:
            connection.execute("DROP TABLE IF EXISTS kept")
            connection.execute("DELETE FROM format")
            connection.execute("INSERT INTO format VALUES (?)", (FORMAT,))
        # values beside a small index: within one (WITHOUT ROWID) writing 10,000 of 8 KB took 30 s in place of 0.5
        connection.execute("CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, value BLOB, UNIQUE (kind, key))")
    return connection


def key_of(*parts: str | bytes) -> str:
    """Return a key from all that a value depends on."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()
