"""Files for robots and browsers: sitemap.xml, robots.txt, the web manifest."""

import json
from collections.abc import Iterator
from datetime import datetime
from html import escape

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import ITEM_TYPES
from chuyendoiso.model.items import Catalogue
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Target
from chuyendoiso.model.vocabulary import EditorStatus, PublicationState

Addresses = tuple[tuple[str, str | None], ...]  # absolute address, and when it last changed (W3C date and time) if known


def plan_sitemap(catalogue: Catalogue, site: Site, as_of: datetime, *, indexed: bool) -> Iterator[Target]:
    """Plan the three files; without `indexed` they list nothing and refuse robots."""
    yield Target("sitemap.xml", _addresses(catalogue, site) if indexed else (), make_sitemap, "sitemap.xml")
    robots = (site.base_path, site.absolute("/sitemap.xml") if indexed else "")
    yield Target("robots.txt", robots, make_robots, "robots.txt")
    yield Target("site.webmanifest", (site.name, site.language, site.base_path), make_web_manifest, "site.webmanifest")


def _addresses(catalogue: Catalogue, site: Site) -> Addresses:
    sections = (content_type.section for content_type in ITEM_TYPES.values() if catalogue.of(content_type.item))
    lists = (urls.HOME, *sections, urls.TOPICS, urls.FEEDS_PAGE, urls.STATISTICS)
    topics = tuple(urls.topic(topic.slug) for topic in site.topics)
    pages = tuple(page.path for page in catalogue.pages if page.status is EditorStatus.PUBLISHED and page.path != urls.FEEDS_PAGE)
    items = (
        (site.absolute(item.path), item.updated.isoformat()) for item in catalogue.items if item.state is PublicationState.PUBLISHED
    )
    return (*((site.absolute(path), None) for path in (*lists, *topics, *pages)), *items)


def make_sitemap(addresses: Addresses) -> bytes:
    """Return a sitemap (sitemaps.org protocol 0.9)."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for address, changed in addresses:
        last = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<url><loc>{escape(address, quote=False)}</loc>{last}</url>")
    return "\n".join([*lines, "</urlset>", ""]).encode()


_ELSEWHERE = "# Máy tìm kiếm chỉ đọc /robots.txt ở gốc tên miền: trang nằm dưới một đường dẫn thì chép các dòng sau vào tệp ấy.\n"


def make_robots(inputs: tuple[str, str]) -> bytes:
    """Return robots.txt (RFC 9309).

    Inputs: the site's path without its last slash ("" at a domain's root); the sitemap's address ("" if the site is not to be indexed).
    Below a path it has the lines to copy into the file at the domain's root.
    """
    base, sitemap = inputs
    rule = f"User-agent: *\n{'Allow' if sitemap else 'Disallow'}: {base}/\n"
    return "".join([_ELSEWHERE if base else "", rule, f"\nSitemap: {sitemap}\n" if sitemap else ""]).encode()


def make_web_manifest(inputs: tuple[str, str, str]) -> bytes:
    """Return the web application manifest (W3C) of a site's name, language and path."""
    name, language, base = inputs
    icons = [{"src": f"{base}/icons/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)]
    manifest = {
        "name": name,
        "short_name": name[:30],
        "lang": language,
        "start_url": f"{base}/",
        "scope": f"{base}/",
        "display": "browser",
        "background_color": "#fbf7f0",
        "theme_color": "#9e1b22",
        "icons": icons,
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
