"""Entries → JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
from collections.abc import Sequence
from typing import Any

from chuyendoiso.model import urls
from chuyendoiso.model.target import Dependencies
from chuyendoiso.outputs.feeds.entries import Entry, Sizes
from chuyendoiso.outputs.feeds.xml import Feed, write_within_limit


def make_json(feed: Feed, dependencies: Dependencies) -> bytes:
    """Return a feed as JSON Feed."""
    return write_within_limit(feed, feed.entries(dependencies), lambda entries: _write(feed, entries, dependencies.files))


def _write(feed: Feed, entries: Sequence[Entry], sizes: Sizes) -> bytes:
    own = {
        "rights": feed.site.rights,
        "technical_contact": feed.site.technical_contact,
        "withdrawn": [id_ for id_, _ in feed.withdrawn],
    }
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "description": feed.description,
        "icon": feed.icon,
        "language": feed.site.language,
        "authors": [{"name": feed.site.owner.name}],
        **({"hubs": [{"type": "WebSub", "url": feed.site.hub}]} if feed.site.hub else {}),
        "_chuyendoiso": {"about": feed.site.absolute(urls.NAMESPACE_PAGE), **{name: value for name, value in own.items() if value}},
        "items": [_item(entry, sizes) for entry in entries],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _item(entry: Entry, sizes: Sizes) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "tags": [label for _, label in entry.categories],
        "language": entry.language,
    }
    if entry.authors:
        item["authors"] = [{"name": author} for author in entry.authors]
    if entry.cover:
        item["image"] = entry.cover.url
    if entry.attachment or entry.cover:
        item["attachments"] = [
            {"url": medium.url, "mime_type": medium.media_type, "size_in_bytes": size} for medium, size in entry.media(sizes)
        ]
    if entry.official or entry.links:
        links = [{"title": words, "url": address} for words, address in entry.links]
        item["_chuyendoiso"] = {**dict(entry.official), **({"links": links} if links else {})}
    return item
