"""A visit to the site: questions over HTTP, bounded in number and time, and the site's addresses as they are asked for.

A site may be looked at under another address than its own (a mirror, a server before its name leads to it): what it
says of itself is then asked for where it was told to look.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from chuyendoiso.system.http import ConnectionFailed, Damaged, Http

MOST = 400  # questions of one visit
BROWSER = {"Accept-Encoding": "br, gzip", "Cache-Control": "no-cache"}  # as a browser asks when a page is reloaded
SECONDS = 10.0  # for one answer
WHOLE = 160.0  # seconds after which nothing more is asked: with the last answers it stays below three minutes
_SAFE = "/:?#[]@!$&'()*+,;=%~"


class Spent(Exception):
    """No question is left: of what was not looked at nothing can be told."""


@dataclass(frozen=True, slots=True)
class VisitedPage:
    """What came of one question: status (0: no answer, then `fault` says why), headers by lower-case name, body, seconds it took."""

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
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
        """Return the age of a cached answer in seconds (RFC 9111, 5.1)."""
        value = self.headers.get("age", "")
        return int(value) if value.isdecimal() and len(value) < 10 else 0

    @property
    def told(self) -> str:
        """Return in words how it was answered."""
        return f"trả lời {self.status}" if self.status else self.fault


@dataclass
class Visit:
    """The questions of one look at a site; the same is not asked twice."""

    http: Http
    base: str  # the address to look at, with a slash at its end
    declared: str = ""  # the site's address as it tells it itself
    most: int = MOST
    known: dict[tuple[str, str], VisitedPage] = field(default_factory=dict)
    asked: int = 0
    damaged: dict[str, str] = field(default_factory=dict)  # addresses whose compressed answer cannot be read, and why
    until: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin."""
        self.until = self.http.monotonic() + WHOLE

    @property
    def left(self) -> int:
        """Return how many questions are left."""
        return self.most - self.asked if self.http.monotonic() < self.until else 0

    def get(self, path: str) -> VisitedPage:
        """Ask for what is at a path of the site, or at an address that the site tells of itself."""
        return self._within("GET", path)

    def head(self, path: str) -> VisitedPage:
        """Ask how a path would be answered."""
        return self._within("HEAD", path)

    def _within(self, method: str, path: str) -> VisitedPage:
        """Ask, but for nothing of another site: what a site tells of itself is not to be trusted."""
        address = self.address(path)
        return self.ask(method, address) if address.startswith(self.base) else VisitedPage(address, 0, fault="nằm ngoài trang")

    def address(self, path: str) -> str:
        """Return where to ask for a path or an address of the site."""
        if self.declared and path.startswith(self.declared):
            path = path.removeprefix(self.declared)
        return path if "://" in path else f"{self.base}{path.removeprefix('/')}"

    def has_asked(self, url: str) -> bool:
        """Tell whether an address was asked for before."""
        return any((method, url) in self.known for method in ("GET", "HEAD"))

    def ask(self, method: str, url: str, headers: Mapping[str, str] | None = None) -> VisitedPage:
        """Ask, unless that was asked before; what there is no answer to has status 0. Raises Spent."""
        if not headers and (seen := self.known.get((method, url)) or self.known.get(("GET", url))):
            return seen
        if not self.left:
            raise Spent
        self.asked += 1
        seen = self._ask(method, url, headers)
        if not headers:
            self.known[method, url] = seen
        return seen

    def _ask(self, method: str, url: str, headers: Mapping[str, str] | None) -> VisitedPage:
        """Ask as a browser does.

        If the compressed answer is damaged, note that and ask for a plain one.
        """
        began = self.http.monotonic()
        try:
            answer = self.http.ask(method, quote(url, safe=_SAFE), {**BROWSER, **(headers or {})})
            lowered = {name.lower(): value for name, value in answer.headers.items()}
            body = answer.content if answer.body else b""
        except Damaged as damaged:
            self.damaged[url] = str(damaged)
            if (headers or {}).get("Accept-Encoding"):
                return VisitedPage(url, 0, seconds=self.http.monotonic() - began, fault=str(damaged))
            return self._ask(method, url, {**(headers or {}), "Accept-Encoding": "identity"})
        except (ConnectionFailed, ValueError) as none:  # an address that is none
            return VisitedPage(url, 0, seconds=self.http.monotonic() - began, fault=str(none))
        return VisitedPage(url, answer.status, lowered, body, self.http.monotonic() - began)
