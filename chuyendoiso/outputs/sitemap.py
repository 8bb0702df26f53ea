"""The files that machines expect: sitemap.xml, robots.txt, the web manifest."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from chuyendoiso.model import urls
from chuyendoiso.model.items import Catalogue
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Target
from chuyendoiso.model.vocabulary import EditorStatus, PublicationState

Addresses = tuple[tuple[str, str | None], ...]  # absolute address, and when it last changed (W3C date and time) if known


def plan_sitemap(catalogue: Catalogue, site: Site, as_of: datetime, *, indexed: bool) -> Iterator[Target]:
    """Plan the three files; without `indexed` they list nothing and refuse robots."""
    yield Target("sitemap.xml", _addresses(catalogue, site) if indexed else (), make_sitemap, "sitemap.xml")
    robots = Robots(site.base_path, site.absolute("/sitemap.xml") if indexed else "")
    yield Target("robots.txt", robots, make_robots, "robots.txt")
    yield Target("site.webmanifest", _Manifest(site.name, site.language, site.base_path), make_manifest, "site.webmanifest")


def _addresses(catalogue: Catalogue, site: Site) -> Addresses:
    lists = (urls.HOME, urls.NEWS, urls.DOCUMENTS, urls.TRAININGS, urls.TOPICS, urls.FEEDS_PAGE, urls.STATISTICS)
    topics = tuple(urls.topic(topic.slug) for topic in site.topics)
    pages = tuple(page.path for page in catalogue.pages if page.status is EditorStatus.PUBLISHED and page.path != urls.FEEDS_PAGE)
    items = ((item.path, item.updated.isoformat()) for item in catalogue.items if item.state is PublicationState.PUBLISHED)
    found = [*((path, None) for path in (*lists, *topics, *pages)), *items]
    return tuple((site.absolute(path), changed) for path, changed in found)


def make_sitemap(addresses: Addresses) -> bytes:
    """Return a sitemap (sitemaps.org protocol 0.9)."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for address, changed in addresses:
        last = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<url><loc>{escape(address, quote=False)}</loc>{last}</url>")
    return "\n".join([*lines, "</urlset>", ""]).encode()


@dataclass(frozen=True, slots=True)
class Robots:
    """What robots.txt is made from."""

    base: str  # the site's path without its last slash: "" at a domain's root
    sitemap: str  # absolute; "" of a site that is not to be indexed


_ELSEWHERE = "# Máy tìm kiếm chỉ đọc /robots.txt ở gốc tên miền: trang nằm dưới một đường dẫn thì chép các dòng sau vào tệp ấy.\n"


def make_robots(robots: Robots) -> bytes:
    """Return robots.txt (RFC 9309).

    Below a path it has the lines for the file at the domain's root, which say nothing of other paths.
    """
    note = _ELSEWHERE if robots.base else ""
    rule = f"User-agent: *\n{'Allow' if robots.sitemap else 'Disallow'}: {robots.base}/\n"
    sitemap = f"\nSitemap: {robots.sitemap}\n" if robots.sitemap else ""
    return f"{note}{rule}{sitemap}".encode()


@dataclass(frozen=True, slots=True)
class _Manifest:
    name: str
    language: str
    base: str


def make_manifest(inputs: _Manifest) -> bytes:
    """Return the web application manifest (W3C)."""
    icons = [{"src": f"{inputs.base}/icons/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)]
    manifest = {
        "name": inputs.name,
        "short_name": inputs.name[:30],
        "lang": inputs.language,
        "start_url": f"{inputs.base}/",
        "scope": f"{inputs.base}/",
        "display": "browser",
        "background_color": "#fbf7f0",
        "theme_color": "#9e1b22",
        "icons": icons,
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
