"""The headers of all responses, as a table for the configuration of web servers.

Sources: Content Security Policy 3, RFC 6797 (HSTS), Fetch (CORP, CORS), HTML (COOP).
"""

from dataclasses import dataclass

from chuyendoiso.deploy.serving import FOR_DAYS, FOR_GOOD, FOR_NOW, HASHED, THEME
from chuyendoiso.model import urls
from chuyendoiso.model.site import Site


@dataclass(frozen=True, slots=True)
class Rule:
    """Headers for paths with certain beginnings or endings.

    The first rule that matches counts.
    """

    name: str
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]

    @property
    def preflighted(self) -> bool:
        """Return whether scripts of other sites may read these responses."""
        return set(_ANYONE) <= set(self.headers)


def header_table(site: Site) -> tuple[Rule, ...]:
    """Return the rules of a site; the last rule is for all other paths."""
    shared = _headers(site, FOR_NOW, shared=True)
    framed = _headers(site, FOR_NOW, shared=True, framed=True)
    return (
        Rule("assets", _rooted(HASHED), (), _headers(site, FOR_GOOD, shared=True)),
        Rule("theme", _rooted(THEME), (), _headers(site, FOR_DAYS, shared=True)),
        Rule("fragment", (urls.EMBED_FRAGMENT,), (), (*framed, *_ANYONE)),
        Rule("embeds", ("/nhung/",), (), framed),
        Rule(
            "feeds",
            ("/feeds/", "/lich/", "/tro-ly/", "/manifest.json", "/llms.txt"),
            ("/index.json", ".ics", ".schema.json"),
            (*shared, *_ANYONE),
        ),
        Rule("files", ("/media/",), (), shared),
        Rule("pages", ("/",), (), _headers(site, FOR_NOW)),
    )


def _rooted(folders: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"/{folder}" for folder in folders)


# Scripts of other sites may read these responses, and the ETag for a conditional request
_ANYONE = (("Access-Control-Allow-Origin", "*"), ("Access-Control-Expose-Headers", "ETag"))
PREFLIGHT = (
    ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
    (
        "Access-Control-Allow-Headers",
        "If-None-Match, If-Modified-Since, Cache-Control, Pragma, Range, Content-Type, X-Requested-With",
    ),
    ("Access-Control-Max-Age", "86400"),
)  # of the response to a CORS preflight, besides _ANYONE
_FEATURES = "accelerometer autoplay camera display-capture geolocation gyroscope magnetometer microphone midi payment usb".split()


def _headers(site: Site, cache: str, *, shared: bool = False, framed: bool = False) -> tuple[tuple[str, str], ...]:
    return (
        ("Cache-Control", cache),
        ("Content-Security-Policy", "; ".join(_directives(site, framed))),
        ("Strict-Transport-Security", "max-age=31536000"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in _FEATURES)),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "cross-origin" if shared else "same-origin"),
    )


def _directives(site: Site, framed: bool) -> list[str]:
    """Return the content security policy.

    `framed` if the hosts of site.yml may frame the page.
    """
    players = " ".join(f"https://{host}" for host in site.livestream_hosts) or "'none'"
    framers = " ".join(("'self'", *site.embed_hosts)) if framed else "'none'"
    own = ("script-src", "style-src", "img-src", "font-src", "connect-src", "manifest-src", "form-action")
    return [
        "default-src 'none'",
        *(f"{name} 'self'" for name in own),
        "child-src 'self'",  # the search's worker, in browsers that do not treat it as a script
        f"frame-src {players}",
        "base-uri 'none'",
        f"frame-ancestors {framers}",
    ]
