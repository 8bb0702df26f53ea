"""Read files of a built site, from its folder or over HTTP, and nothing beside it."""

import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from chuyendoiso.system.http import MAX_BYTES, HttpClient, TransportError

Read = Callable[[str], bytes]  # a file by its path on the site ("/tim-kiem/chi-muc.json"); raises OSError or TransportError

RESPONSE_SECONDS = 10.0  # for one file over HTTP
LARGE = 50_000  # bytes from which a file is only asked for again by its ETag
MOST_LARGE = 8  # files that are remembered
_SEGMENT = re.compile(r"[^/\\\x00-\x1f\x7f]+")


def segments_of(path: str) -> list[str]:
    """Return the names in a site's path. Raise PermissionError if it leaves the site."""
    names = path.removeprefix("/").split("/")
    if not all(_SEGMENT.fullmatch(name) and name not in {".", ".."} for name in names):
        raise PermissionError("not a path of the site")
    return names


def folder_reader(site: Path) -> Read:
    """Return the reader of a site's folder, as the release that it now leads to.

    A link that leads out of the folder is refused.
    """
    root = Path(os.path.realpath(site))

    def read(path: str) -> bytes:
        file = Path(os.path.realpath(root.joinpath(*segments_of(path))))
        if not file.is_relative_to(root):
            raise PermissionError("outside of the site")
        # neither a device nor a pipe, which would never end
        with open(os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
                raise PermissionError("no regular file, or too large")
            return stream.read()

    return read


@dataclass(frozen=True)
class SiteFiles:
    """A built site's files: `place` is its folder, or its http or https address.

    `monotonic` is a clock in seconds; a reader ends after `seconds` in all.
    """

    place: str
    monotonic: Callable[[], float]
    seconds: float = 60.0
    _large: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # path → ETag and bytes

    @property
    def is_remote(self) -> bool:
        """Return whether the site is read over HTTP."""
        return is_web_address(self.place)

    def reader(self) -> Read:
        """Return a reader of the site as it is now."""
        return self._remote_reader() if self.is_remote else folder_reader(Path(self.place))

    def _remote_reader(self) -> Read:
        deadline = self.monotonic() + self.seconds

        def read(path: str) -> bytes:
            left = deadline - self.monotonic()
            if left <= 0:
                raise TransportError("quá lâu không trả lời")
            return self._fetch(path, HttpClient(self.monotonic, min(RESPONSE_SECONDS, left)))

        return read

    def _fetch(self, path: str, client: HttpClient) -> bytes:
        address = f"{self.place.rstrip('/')}/{'/'.join(map(quote, segments_of(path)))}"
        known = self._large.get(path)
        headers = {"Cache-Control": "no-cache", "Accept-Encoding": "identity", **({"If-None-Match": known[0]} if known else {})}
        response = client.request("GET", address, headers)
        if known and response.status == 304:
            return known[1]
        if response.status in {404, 410}:
            raise FileNotFoundError(path)
        if response.status != 200:
            raise TransportError(f"máy chủ trả lời HTTP {response.status}")
        names = {name.lower(): value for name, value in response.headers.items()}
        if names.get("content-encoding", "identity") != "identity":
            raise TransportError("máy chủ nén tệp dù không ai hỏi")
        if len(response.body) >= LARGE and "etag" in names:
            if len(self._large) >= MOST_LARGE:
                self._large.clear()
            self._large[path] = names["etag"], response.body
        return response.body


def is_web_address(place: str) -> bool:
    """Return whether a place is an http or https address with a host."""
    try:
        parts = urlsplit(place)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
