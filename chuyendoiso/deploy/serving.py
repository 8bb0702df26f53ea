"""Cache lifetimes and media types of the site's files, for every server.

Sources: RFC 9111 and RFC 5861 (caching), RFC 8246 (immutable).
"""

import posixpath
from collections.abc import Mapping
from types import MappingProxyType

from chuyendoiso.model import urls
from chuyendoiso.model.feed_formats import FEED_FORMATS
from chuyendoiso.model.media_types import ATTACHMENT_TYPES, PICTURE_TYPES
from chuyendoiso.outputs.channels import CHANNELS

FOR_GOOD = "public, max-age=31536000, immutable"
FOR_DAYS = "public, max-age=86400, stale-while-revalidate=604800"
FOR_NOW = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"

HASHED = (  # files whose URLs change with their bytes
    *("css/", "js/", "media/anh/", "media/the/", "media/trang-dau/"),
    *(urls.channel_pictures(channel.id).removeprefix("/") for channel in CHANNELS),
)
THEME = ("fonts/", "icons/")  # files that change with the theme, at the same URLs


def caching_of(path: str) -> str:
    """Return the Cache-Control of a file of the site."""
    return FOR_GOOD if path.startswith(HASHED) else FOR_DAYS if path.startswith(THEME) else FOR_NOW


_TYPES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(urls.PAGE_ENDINGS, "text/html; charset=utf-8"),
        ".inc": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".jsonl": "application/jsonl",
        ".bin": "application/octet-stream",
        ".xml": "application/xml",
        ".opml": "text/x-opml",
        ".txt": "text/plain; charset=utf-8",
        ".ics": "text/calendar; charset=utf-8",
        ".svg": "image/svg+xml",
        ".woff2": "font/woff2",
        ".webmanifest": "application/manifest+json",
        **PICTURE_TYPES,
        **ATTACHMENT_TYPES,
    }
)


def media_type_of(path: str) -> str:
    """Return the media type of a file, with a charset unless the file declares it."""
    name = posixpath.basename(path)
    feed = next((kind for _, file, kind in FEED_FORMATS if name == file or name.endswith(f".{file}")), None)
    return feed or _TYPES.get(posixpath.splitext(name)[1].lower(), "application/octet-stream")
