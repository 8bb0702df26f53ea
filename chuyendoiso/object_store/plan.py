"""What of a release goes into the store, in which order, and what each object is served with. Pure.

Objects change one by one, so order does what a single rename does on a disk: what pages name comes before the pages, an item
before the lists that lead to it, and what tells machines that something is new comes last.
"""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import groupby

from chuyendoiso.domain import paths
from chuyendoiso.domain.vocabulary import ATTACHMENT_TYPES, PICTURE_TYPES

FOR_GOOD = "public, max-age=31536000, immutable"
RENEWED = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
KEPT = timedelta(days=2)  # longer than any page of an earlier release may stand in a cache (`RENEWED`: a day and some minutes)
_HASHED = re.compile(r"(?:css|js|fonts|icons|media/(?:anh|the|trang-dau|zalo))/")
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".inc": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
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


class Turn(IntEnum):
    """When a file's turn comes."""

    FILES = 1  # what pages name: styles, scripts, fonts, pictures, attachments
    ITEMS = 2  # the page of each item and what lies beside it
    LISTS = 3  # all other pages
    HOME = 4
    FEEDS = 5  # and calendars, and what the Zalo channel is sent
    SEARCH = 6
    TOLD = 7  # lists that tell machines what there is


_TOLD = {paths.MANIFEST, paths.ZALO_ARTICLES, paths.OPML, paths.SEARCH_INDEX, "/sitemap.xml", "/robots.txt"}


@dataclass(frozen=True, slots=True, order=True)
class Phase:
    """Files of one turn that are served alike."""

    turn: Turn
    content_type: str
    caching: str
    paths: tuple[str, ...] = ()


def caching_of(path: str) -> str:
    """Return the Cache-Control of a file: for good where its address changes with its bytes."""
    return FOR_GOOD if _HASHED.match(path) else RENEWED


def content_type_of(path: str) -> str:
    """Return the media type of a file."""
    name = posixpath.basename(path)
    feed = next((kind for _, file, kind in paths.FEED_FORMATS if name == file or name.endswith(f".{file}")), None)
    return feed or _TYPES.get(posixpath.splitext(name)[1].lower(), "application/octet-stream")


def mark_of(path: str, digest: str) -> str:
    """Return what must be the same for an object to stay as it is: its bytes and what it is served with."""
    return f"{digest} {content_type_of(path)} {caching_of(path)}"


def turn_of(path: str, items: Collection[str]) -> Turn:
    """Return when a file's turn comes; `items` are the folders of items."""
    if f"/{path}" in _TOLD:
        return Turn.TOLD
    segment, folder = path.partition("/")[0], posixpath.dirname(path)
    if segment in {"feeds", "lich"}:
        return Turn.FEEDS
    if path.startswith(("tim-kiem/bai/", "tim-kiem/chi-muc/")):
        return Turn.SEARCH
    if folder in items or posixpath.dirname(folder) in items:
        return Turn.ITEMS
    if path == "index.html":
        return Turn.HOME
    return Turn.LISTS if path.endswith((".html", ".inc")) else Turn.FILES


def plan_upload(files: Mapping[str, str], before: Mapping[str, str]) -> tuple[Phase, ...]:
    """Plan what is to be sent: `files` maps each path of the release to its digest, `before` each object to its mark."""
    items = {posixpath.dirname(path) for path in files if posixpath.basename(path) == "index.json"}
    wanted = [path for path in sorted(files) if before.get(path) != mark_of(path, files[path])]
    found = sorted(Phase(turn_of(path, items), content_type_of(path), caching_of(path), (path,)) for path in wanted)
    return tuple(_phases(found))


def _phases(found: list[Phase]) -> Iterator[Phase]:
    for (turn, kind, caching), alike in groupby(found, key=lambda one: (one.turn, one.content_type, one.caching)):
        yield Phase(turn, kind, caching, tuple(path for one in alike for path in one.paths))


def plan_absent(
    files: Collection[str], objects: Collection[str], absent: Mapping[str, datetime], now: datetime
) -> dict[str, datetime]:
    """Return since when each object has been absent from the release: those that were before, and those that are now."""
    return {path: absent.get(path, now) for path in sorted(objects) if path not in files}


def plan_deletion(absent: Mapping[str, datetime], now: datetime) -> tuple[str, ...]:
    """Return the objects that no page in any cache can name any more."""
    return tuple(path for path, since in absent.items() if now - since > KEPT)
