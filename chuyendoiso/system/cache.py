"""The cache: values by kind and key, in one SQLite file beside the releases.

A key is a hash of all that its value depends on, so a value is never out of date. Each value has a digest, which is checked before the
value is unpickled. The file may be deleted at any time. A damaged file or value is dropped, reported in one line and made again.
"""

import contextlib
import errno
import hashlib
import os
import pickle
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.os_errors import explain_code

T = TypeVar("T")

# The kinds of values
FILES = "files"  # by content folder: its files with statuses and summaries (`file_cache`)
PARSED = "parsed"  # a valid content file, without its text
BODY = "body"  # a converted body
SEGMENT = "segment"  # a part of the search index
ENCODED = "encoded"  # a picture or card of the preview

FORMAT = 1  # of the table
CHUNK = 500  # keys in one query
BUFFER = 2**20  # bytes of pending values that are written in one transaction
LOCKED_SECONDS = 10.0  # for which another program may hold the file


class CacheMissing(BuildStopped):
    """A value is missing because the cache was deleted or damaged during the build."""

    def __init__(self) -> None:
        super().__init__("Bộ nhớ đệm bị xóa hoặc hỏng trong khi đang dựng. Trang cũ vẫn còn nguyên. Cách sửa: chạy lại.")


def _report(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


class Cache:
    """Values by kind and key in a file. A forked process opens the file for itself."""

    def __init__(self, file: Path, report: Callable[[str], None] = _report) -> None:
        self.file, self.report = file, report
        self._process = os.getpid()
        self._connections: list[tuple[int, sqlite3.Connection]] = []  # by process; an inherited one is neither used nor closed
        self._pending: dict[tuple[str, str], bytes] = {}
        self._pending_bytes = 0

    def get_or_make(self, kind: str, key: str, make: Callable[[], T]) -> T:
        """Return the value of a key; make and store it if it is missing."""
        return self.get_or_make_all(kind, [key], lambda missing: {key: make()})[key]

    def get_or_make_all(self, kind: str, keys: Iterable[str], make: Callable[[list[str]], Mapping[str, T]]) -> dict[str, T]:
        """Return the values of keys.

        `make` gets the missing keys and returns their values.
        """
        unique = list(dict.fromkeys(keys))
        values: dict[str, Any] = {}
        for start in range(0, len(unique), CHUNK):
            values.update(self._read(kind, unique[start : start + CHUNK]))
        if len(values) < len(unique):
            new = make([key for key in unique if key not in values])
            self.put(kind, new)
            values.update(new)
        return values

    def put(self, kind: str, values: Mapping[str, Any]) -> None:
        """Store values; `flush` writes them, or a full buffer. Raises BuildStopped."""
        self._drop_inherited()
        for key, value in values.items():
            data = self._pending[kind, key] = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
            self._pending_bytes += len(data)
        if self._pending_bytes > BUFFER:
            self.flush()

    def flush(self) -> None:
        """Write the pending values. Raises BuildStopped."""
        self._drop_inherited()
        rows = [(kind, key, _digest(kind, key, data), data) for (kind, key), data in self._pending.items()]
        self._pending, self._pending_bytes = {}, 0
        if rows:
            self._write(lambda connection: connection.executemany("INSERT OR REPLACE INTO cache VALUES (?, ?, ?, ?)", rows))

    def prune(self, needed: Mapping[str, Collection[str]]) -> None:
        """Drop rows that are not needed, once they are more than the needed ones.

        `needed` are keys by kind; other kinds are left. Raises BuildStopped.
        """
        self.flush()
        marks = ",".join("?" * len(needed))

        def drop(connection: sqlite3.Connection) -> None:
            (count,) = connection.execute(f"SELECT count(*) FROM cache WHERE kind IN ({marks})", list(needed)).fetchone()
            if count <= 2 * sum(map(len, needed.values())):
                return
            connection.execute("CREATE TEMP TABLE IF NOT EXISTS needed (kind TEXT, key TEXT, PRIMARY KEY (kind, key))")
            connection.execute("DELETE FROM needed")
            rows = ((kind, key) for kind, keys in needed.items() for key in keys)
            connection.executemany("INSERT OR IGNORE INTO needed VALUES (?, ?)", rows)
            connection.execute(
                f"DELETE FROM cache WHERE kind IN ({marks}) AND (kind, key) NOT IN (SELECT kind, key FROM needed)", list(needed)
            )

        self._write(drop)

    def clear(self) -> None:
        """Delete the file and the pending values."""
        self._pending, self._pending_bytes = {}, 0
        self._disconnect()
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self.file.with_name(f"{self.file.name}{suffix}").unlink()

    def close(self) -> None:
        """Write the pending values, and close the file. Raises BuildStopped."""
        try:
            self.flush()
        finally:
            self._disconnect()

    def _disconnect(self) -> None:
        while self._connections:
            process, connection = self._connections.pop()
            if process == os.getpid():
                with contextlib.suppress(sqlite3.Error):
                    connection.close()

    def _drop_inherited(self) -> None:
        """Drop the pending values of the parent process, which writes them itself."""
        if self._process != os.getpid():
            self._process, self._pending, self._pending_bytes = os.getpid(), {}, 0

    def _read(self, kind: str, keys: list[str]) -> Iterator[tuple[str, Any]]:
        """Yield the keys whose values exist and are intact, with the values."""
        self._drop_inherited()
        pending = {key: self._pending[kind, key] for key in keys if (kind, key) in self._pending}
        yield from ((key, pickle.loads(data)) for key, data in pending.items())
        if not (others := [key for key in keys if key not in pending]):
            return
        query = f"SELECT key, digest, value FROM cache WHERE kind = ? AND key IN ({','.join('?' * len(others))})"
        try:
            rows = self._connection().execute(query, (kind, *others)).fetchall()
        except sqlite3.DatabaseError as error:
            self._drop_damaged(error)
            return
        damaged = []
        for key, digest, data in rows:
            try:
                if digest != _digest(kind, key, data):
                    raise ValueError
                value = pickle.loads(data)
            except Exception:  # not only a wrong digest: to unpickle another version's value can raise anything
                damaged.append((kind, key))
            else:
                yield key, value
        if damaged:
            self.report(f"Bộ nhớ đệm có {len(damaged)} giá trị hỏng, sẽ làm lại.")
            self._write(lambda connection: connection.executemany("DELETE FROM cache WHERE kind = ? AND key = ?", damaged))

    def _write(self, change: Callable[[sqlite3.Connection], object]) -> None:
        for attempt in (1, 2):
            try:
                connection = self._connection()
                with connection:
                    change(connection)
                return
            except sqlite3.DatabaseError as error:
                if attempt == 2:
                    raise _unusable(self.file, error) from error
                self._drop_damaged(error)

    def _connection(self) -> sqlite3.Connection:
        """Return this process's connection. Raises sqlite3.DatabaseError and BuildStopped."""
        if not self._connections or self._connections[-1][0] != os.getpid():
            self._connections.append((os.getpid(), self._open()))
        return self._connections[-1][1]

    def _open(self) -> sqlite3.Connection:
        try:
            return _connect(self.file)
        except sqlite3.DatabaseError as error:
            self._drop_damaged(error)
        try:
            return _connect(self.file)
        except sqlite3.DatabaseError as error:
            raise _unusable(self.file, error) from error

    def _drop_damaged(self, error: sqlite3.DatabaseError) -> None:
        """Delete a damaged file. Raises BuildStopped if it is locked or the disk is full."""
        if _code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL}:
            raise _unusable(self.file, error) from error
        self.report(f"Bộ nhớ đệm {self.file.name} không đọc được, sẽ làm lại từ đầu.")
        self.clear()


@contextlib.contextmanager
def open_cache(file: Path | None) -> Iterator[Cache]:
    """Open a cache, and close it afterwards; None: a temporary cache.

    Raises BuildStopped.
    """
    if file is None:
        with tempfile.TemporaryDirectory() as folder, open_cache(Path(folder) / "cache.sqlite") as cache:
            yield cache
        return
    cache = Cache(file)
    try:
        yield cache
    except BaseException:
        cache._disconnect()
        raise
    cache.close()


def key_of(*parts: str | bytes) -> str:
    """Return a key: the hash of all parts that a value depends on."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


def _digest(kind: str, key: str, data: bytes) -> bytes:
    return hashlib.blake2b(f"{kind} {key} ".encode() + data, digest_size=16).digest()


def _code(error: sqlite3.DatabaseError) -> int:
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF


def _unusable(file: Path, error: sqlite3.DatabaseError) -> BuildStopped:
    match _code(error):
        case sqlite3.SQLITE_FULL:
            return BuildStopped(f"Không ghi được {file}: {explain_code(errno.ENOSPC)}. Trang cũ vẫn còn nguyên.")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            reason, remedy = "chương trình khác đang khóa nó", "đóng chương trình ấy rồi chạy lại"
        case _:
            reason, remedy = str(error), "xóa nó rồi chạy lại"
    return BuildStopped(f"Không dùng được bộ nhớ đệm {file}: {reason}. Trang cũ vẫn còn nguyên. Cách sửa: {remedy}.")


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=LOCKED_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # after a power cut it may be damaged, and is then dropped
        with connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
                connection.execute("DROP TABLE IF EXISTS cache")
                connection.execute(f"PRAGMA user_version = {FORMAT}")
            # values beside a small index: within one (WITHOUT ROWID) writing 10,000 of 8 KB took 30 s instead of 0.5
            connection.execute(
                "CREATE TABLE IF NOT EXISTS cache (kind TEXT, key TEXT, digest BLOB, value BLOB, UNIQUE (kind, key))"
            )
    except BaseException:
        connection.close()
        raise
    return connection
