"""Count the requests of a month in access logs of the form of `deploy.access_log`.

Logs are read as a stream: memory grows with the number of addresses, not of lines.
"""

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from chuyendoiso.deploy.access_log import FORMAT, NAME
from chuyendoiso.system.errors import WrongUse
from chuyendoiso.system.os_errors import explain

FIRST_LINES = 50  # if none of these has the form, the log has another one
_LINE = re.compile(
    rb"0\.0\.0\.0 \[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d):\d\d:\d\d ([+-]\d{4})\] "
    rb'"(?:([A-Z]+) ([^ "]*) [^"]*|[^"]*)" (\d{3}) (?:\d+|-) "[^"]*" "([a-z-]+)"\r?\n?'
)
_READ = {b"200", b"304"}  # a page that a cache still has is asked for, too (RFC 9110, 15.4.5)
_GZIP = b"\x1f\x8b"


@dataclass
class AccessCounts:
    """The requests of a month, by path and class of software."""

    requests: Counter[tuple[str, str]] = field(default_factory=Counter)
    lines: int = 0
    malformed: int = 0


def count_requests(logs: Iterable[Path], month: str, zone: tzinfo) -> AccessCounts:
    """Count the successful GET requests of a month (`2026-11`) in `zone`.

    Raise WrongUse if a log cannot be read or has another form.
    """
    counts, is_in = AccessCounts(), dict[tuple[bytes, bytes], bool]()
    by_agent = defaultdict[bytes, Counter[bytes]](Counter)
    for log in logs:
        for line in _lines(log):
            counts.lines += 1
            match = _LINE.fullmatch(line)
            if match is None:
                counts.malformed += 1
                continue
            hour, offset, method, path, status, agent = match.groups()
            if method != b"GET" or status not in _READ:
                continue
            if (hour, offset) not in is_in:
                is_in[hour, offset] = _is_in(month, hour, offset, zone)
            if is_in[hour, offset]:
                by_agent[agent][path] += 1
    for agent, paths in by_agent.items():
        while paths:  # frees the bytes as it goes
            path, count = paths.popitem()
            counts.requests[unquote(path.decode("utf-8", "replace")), agent.decode()] += count
    return counts


def _is_in(month: str, hour: bytes, offset: bytes, zone: tzinfo) -> bool:
    """Return whether an hour of the log is in `month`; False if there is no such hour."""
    try:
        local = datetime.strptime(f"{hour.decode()} {offset.decode()}", "%d/%b/%Y:%H %z").astimezone(zone)
    except ValueError:
        return False
    return f"{local:%Y-%m}" == month


def _lines(log: Path) -> Iterator[bytes]:
    """Yield the lines of a log, gzip'd or not. Raise WrongUse."""
    try:
        with _open(log) as stream:
            first = [line for _, line in zip(range(FIRST_LINES), stream, strict=False)]
            if first and not any(map(_LINE.fullmatch, first)):
                raise WrongUse(_another_form(log, first[0]))
            yield from first
            yield from stream
    except (OSError, EOFError) as error:
        why = explain(error) if isinstance(error, OSError) and error.errno else "tệp nén bị hỏng hoặc thiếu phần cuối"
        raise WrongUse(f"Không đọc được nhật ký {log}: {why}. Cách sửa: bỏ tệp này khỏi lệnh, hoặc lấy lại tệp.") from None


@contextmanager
def _open(log: Path) -> Iterator[IO[bytes]]:
    with log.open("rb") as stream:
        packed = stream.read(2) == _GZIP
    opened: IO[bytes] = gzip.GzipFile(log) if packed else log.open("rb")  # type: ignore[assignment]
    with opened:
        yield opened


def _another_form(log: Path, line: bytes) -> str:
    shown = re.sub(r"\d+\.\d+\.\d+\.\d+|[0-9a-fA-F:]{6,}", "…", line.decode("utf-8", "replace").strip())[:80]
    return (
        f'Nhật ký {log} không theo dạng không giữ địa chỉ (dòng đầu: "{shown}"). Cách sửa: trong tệp cấu hình nginx, ghi '
        f"access_log {log} {NAME}; với log_format {NAME} '{FORMAT}'; (invoke nginx ghi sẵn cả hai), rồi chạy lại khi có nhật ký mới."
    )
