"""Request the site over HTTP, within limits of number and time.

The crawled address may differ from the site's own (a mirror, a server before its DNS entry). URLs that the site
publishes are then requested at the crawled address.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from chuyendoiso.system.http import DecodingError, HttpClient, TransportError

MAX_REQUESTS = 400  # of one run
BROWSER = {"Accept-Encoding": "br, gzip", "Cache-Control": "no-cache"}  # as a browser sends when a page is reloaded
SECONDS = 10.0  # timeout of one request
TOTAL_SECONDS = 160.0  # no request starts later: with the last timeouts the run stays below three minutes
_SAFE = "/:?#[]@!$&'()*+,;=%~"


class LimitReached(Exception):
    """No more requests are allowed."""


@dataclass(frozen=True, slots=True)
class CrawlResponse:
    """The response to a request; status 0 if there was none, and `fault` says why."""

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)  # by lower-case name
    body: bytes = b""
    seconds: float = 0.0
    fault: str = ""

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def media_type(self) -> str:
        """Return the media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def age(self) -> int:
        """Return the age of a cached response in seconds (RFC 9111, 5.1)."""
        value = self.headers.get("age", "")
        return int(value) if value.isdecimal() and len(value) < 10 else 0

    @property
    def outcome(self) -> str:
        """Return the status or the fault, in Vietnamese."""
        return f"trả lời {self.status}" if self.status else self.fault


@dataclass
class Crawler:
    """The requests of one run; no request is sent twice."""

    http: HttpClient
    base: str  # the address to crawl, with a slash at its end
    until: float  # by `http.monotonic`
    declared: str = ""  # the site's address as its manifest has it
    responses: dict[tuple[str, str], CrawlResponse] = field(default_factory=dict)  # by method and URL
    requests: int = 0
    damaged: dict[str, str] = field(default_factory=dict)  # the decoding error by URL

    @property
    def requests_left(self) -> int:
        """Return how many requests are left."""
        return MAX_REQUESTS - self.requests if self.http.monotonic() < self.until else 0

    def get(self, path: str) -> CrawlResponse:
        """Request a path or URL of the site."""
        return self._within("GET", path)

    def head(self, path: str) -> CrawlResponse:
        """Request the headers of a path or URL of the site."""
        return self._within("HEAD", path)

    def _within(self, method: str, path: str) -> CrawlResponse:
        """Request a URL only if it is within the site: published URLs are not trusted."""
        url = self.url(path)
        return self.request(method, url) if url.startswith(self.base) else CrawlResponse(url, 0, fault="nằm ngoài trang")

    def url(self, path: str) -> str:
        """Return the URL to request for a path or URL of the site."""
        if self.declared:
            path = path.removeprefix(self.declared)
        return path if "://" in path else f"{self.base}{path.removeprefix('/')}"

    def has_requested(self, url: str) -> bool:
        """Return whether a URL was requested before."""
        return any((method, url) in self.responses for method in ("GET", "HEAD"))

    def request(self, method: str, url: str, headers: Mapping[str, str] | None = None) -> CrawlResponse:
        """Return the response, cached if no headers are passed. Raises LimitReached."""
        if not headers and (known := self.responses.get((method, url)) or self.responses.get(("GET", url))):
            return known
        if not self.requests_left:
            raise LimitReached
        self.requests += 1
        response = self._send(method, url, headers or {})
        if not headers:
            self.responses[method, url] = response
        return response

    def _send(self, method: str, url: str, headers: Mapping[str, str]) -> CrawlResponse:
        """Send a request as a browser does.

        If its coding is damaged, send it again for an uncompressed response.
        """
        started = self.http.monotonic()
        try:
            response = self.http.request(method, quote(url, safe=_SAFE), {**BROWSER, **headers})
            body = response.content if response.body else b""
        except (TransportError, ValueError) as error:  # ValueError: not a URL
            if isinstance(error, DecodingError):
                self.damaged[url] = str(error)
                if "Accept-Encoding" not in headers:
                    return self._send(method, url, {**headers, "Accept-Encoding": "identity"})
            return CrawlResponse(url, 0, seconds=self.http.monotonic() - started, fault=str(error))
        lowered = {name.lower(): value for name, value in response.headers.items()}
        return CrawlResponse(url, response.status, lowered, body, self.http.monotonic() - started)
