"""What is kept between builds so that nothing is done twice: values by kind and key, in one SQLite file beside the releases.

A value's key tells all that it depends on, so it is never out of date; what no build has asked for lately is dropped. The file may be
deleted at any time: that costs time and nothing else. SQLite's journal makes it safe against kill -9; where it cannot be opened or
is damaged, it is begun anew.
"""

import contextlib
import hashlib
import pickle
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

FORMAT = "1"  # of the table and of what is pickled into it
CHUNK = 500  # keys in one question


class Kept:
    """Values by kind and key. Each is used from one thread; a forked process opens the file for itself."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.connection = _open(file)

    def get(self, kind: str, keys: Iterable[str]) -> dict[str, Any]:
        """Return the values that are there, by key; one that cannot be read is as if it were not there."""
        wanted, found = list(dict.fromkeys(keys)), {}
        for start in range(0, len(wanted), CHUNK):
            some = wanted[start : start + CHUNK]
            marks = ",".join("?" * len(some))
            rows = self.connection.execute(f"SELECT key, value FROM kept WHERE kind = ? AND key IN ({marks})", (kind, *some))
            for key, value in rows:
                with contextlib.suppress(Exception):  # another version's data: unpickling can raise anything
                    found[key] = pickle.loads(value)
        return found

    def put(self, kind: str, values: Mapping[str, Any]) -> None:
        """Keep values."""
        rows = ((kind, key, pickle.dumps(value, pickle.HIGHEST_PROTOCOL)) for key, value in values.items())
        with self.connection:
            self.connection.executemany("INSERT OR REPLACE INTO kept (kind, key, value) VALUES (?, ?, ?)", rows)

    def keep_only(self, kind: str, keys: Iterable[str]) -> None:
        """Drop all values of a kind but these."""
        with self.connection:
            self.connection.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (key TEXT PRIMARY KEY)")
            self.connection.execute("DELETE FROM wanted")
            self.connection.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((key,) for key in keys))
            self.connection.execute("DELETE FROM kept WHERE kind = ? AND key NOT IN (SELECT key FROM wanted)", (kind,))

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


@contextlib.contextmanager
def opened(file: Path) -> Iterator[Kept]:
    """Open the store for a while."""
    kept = Kept(file)
    try:
        yield kept
    finally:
        kept.close()


def _open(file: Path) -> sqlite3.Connection:
    try:
        return _connected(file)
    except sqlite3.DatabaseError:
        file.unlink(missing_ok=True)
    try:
        return _connected(file)
    except sqlite3.Error:  # a folder that cannot be written: nothing is kept
        return _connected(":memory:")


def _connected(file: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=30)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")  # after a power cut it may be damaged, and is then begun anew
    with connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID"
        )
        connection.execute("CREATE TABLE IF NOT EXISTS format (version TEXT PRIMARY KEY)")
        versions = [version for (version,) in connection.execute("SELECT version FROM format")]
        if versions != [FORMAT]:
            connection.execute("DELETE FROM kept")
            connection.execute("DELETE FROM format")
            connection.execute("INSERT INTO format VALUES (?)", (FORMAT,))
    return connection


def key_of(*parts: str | bytes) -> str:
    """Return a key from all that a value depends on."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()
