"""The headers of every answer, as one table from which the files of web servers are made. Pure.

Sources: Content Security Policy 3, RFC 6797 (HSTS), RFC 9111 and RFC 5861 (caching), RFC 8246 (immutable), Fetch (CORP), HTML (COOP).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chuyendoiso.domain.site import Site

FOR_GOOD = "public, max-age=31536000, immutable"  # whose address changes with their bytes
FOR_DAYS = "public, max-age=86400, stale-while-revalidate=604800"
FOR_NOW = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
CACHED = 660  # seconds for which a browser may show a page that is no longer the newest: what it names must be there as long


@dataclass(frozen=True, slots=True)
class Rule:
    """The headers of the answers whose path within the site begins, or ends, with one of some; the first rule that fits counts."""

    name: str
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]


def header_table(site: Site) -> tuple[Rule, ...]:
    """Return the rules of a site, the last one for everything that no other matches."""
    shared = _headers(site, FOR_NOW, shared=True)
    hashed = ("/css/", "/js/", "/media/anh/", "/media/the/", "/media/zalo/", "/media/trang-dau/")
    return (
        Rule("assets", hashed, (), _headers(site, FOR_GOOD, shared=True)),
        Rule("theme", ("/fonts/", "/icons/"), (), _headers(site, FOR_DAYS, shared=True)),
        Rule("embeds", ("/nhung/",), (), _headers(site, FOR_NOW, shared=True, framed=True)),
        Rule("feeds", ("/feeds/", "/lich/", "/manifest.json"), ("/index.json", ".ics"), (*shared, _ANYONE)),
        Rule("files", ("/media/",), (), shared),
        Rule("pages", ("/",), (), _headers(site, FOR_NOW)),
    )


_ANYONE = ("Access-Control-Allow-Origin", "*")  # scripts of other sites may read what is made for them
_FEATURES = "accelerometer autoplay camera display-capture geolocation gyroscope magnetometer microphone midi payment usb".split()


def _headers(site: Site, cache: str, *, shared: bool = False, framed: bool = False) -> tuple[tuple[str, str], ...]:
    return (
        ("Cache-Control", cache),
        ("Content-Security-Policy", policy(site, framed=framed)),
        ("Strict-Transport-Security", "max-age=31536000"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in _FEATURES)),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "cross-origin" if shared else "same-origin"),
    )


def policy(site: Site, *, framed: bool = False) -> str:
    """Return the content security policy; `framed` for what the hosts of site.yml may show in frames of theirs."""
    return "; ".join(f"{name} {value}" for name, value in _directives(site, framed))


def _directives(site: Site, framed: bool) -> Iterator[tuple[str, str]]:
    yield "default-src", "'none'"
    for name in ("script-src", "style-src", "img-src", "font-src", "connect-src", "manifest-src", "form-action"):
        yield name, "'self'"
    yield "frame-src", " ".join(f"https://{host}" for host in site.livestream_hosts) or "'none'"
    yield "base-uri", "'none'"
    yield "frame-ancestors", " ".join(["'self'", *(f"https://{host}" for host in site.embed_hosts)]) if framed else "'none'"


# What servers know no type of, by the end of the path
MEDIA_TYPES = {
    "rss.xml": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    ".ics": "text/calendar",
    ".opml": "text/x-opml",
    ".webmanifest": "application/manifest+json",
    ".inc": "text/html",
    ".woff2": "font/woff2",
    ".webp": "image/webp",
}
