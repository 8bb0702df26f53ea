"""Plan the upload of a release: which files, in which order, with which headers.

Objects change one by one, so the order must keep the site consistent: files come before the pages that use them, items
before the lists that link to them, and indexes for machines come last.
"""

import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import groupby

from chuyendoiso.deploy.serving import caching_of, media_type_of
from chuyendoiso.model import urls
from chuyendoiso.outputs.channels import CHANNELS

RETENTION = timedelta(days=2)  # longer than caches retain a page (`serving.FOR_NOW`: a day and some minutes)


class Stage(IntEnum):
    """The order in which files are sent."""

    FILES = 1  # that pages use: styles, scripts, fonts, pictures, attachments
    ITEMS = 2  # the page of each item and the files beside it
    LISTS = 3  # all other pages
    HOME = 4
    FEEDS = 5  # and calendars, and the articles for channels
    SEARCH = 6
    INDEXES = 7  # for machines


_INDEXES = {
    *(urls.MANIFEST, urls.OPML, urls.SEARCH_INDEX, "/sitemap.xml", "/robots.txt"),
    *(urls.channel_list(channel.id) for channel in CHANNELS),
}


@dataclass(frozen=True, slots=True)
class Batch:
    """Files of one stage with the same headers."""

    stage: Stage
    content_type: str
    caching: str
    paths: tuple[str, ...]


def fingerprint(path: str, digest: str) -> str:
    """Return the fingerprint of an object: its bytes and its headers."""
    return f"{digest} {media_type_of(path)} {caching_of(path)}"


def stage_of(path: str, items: Collection[str]) -> Stage:
    """Return a file's stage; `items` are the folders of items."""
    if f"/{path}" in _INDEXES:
        return Stage.INDEXES
    segment, folder = path.partition("/")[0], posixpath.dirname(path)
    if segment in {"feeds", "lich"}:
        return Stage.FEEDS
    if path.startswith(("tim-kiem/bai/", "tim-kiem/chi-muc/")):
        return Stage.SEARCH
    if folder in items or posixpath.dirname(folder) in items:
        return Stage.ITEMS
    if path == "index.html":
        return Stage.HOME
    return Stage.LISTS if path.endswith((".html", ".inc")) else Stage.FILES


def plan_upload(files: Mapping[str, str], before: Mapping[str, str]) -> tuple[Batch, ...]:
    """Return the batches to send.

    `files` are digests by path, `before` fingerprints by object.
    """
    items = {posixpath.dirname(path) for path in files if posixpath.basename(path) == "index.json"}
    outdated = [path for path in sorted(files) if before.get(path) != fingerprint(path, files[path])]
    keys = sorted((stage_of(path, items), media_type_of(path), caching_of(path), path) for path in outdated)
    groups = groupby(keys, key=lambda key: key[:3])
    return tuple(Batch(stage, kind, caching, tuple(path for *_, path in group)) for (stage, kind, caching), group in groups)


def plan_absent(
    files: Collection[str], objects: Collection[str], absent: Mapping[str, datetime], now: datetime
) -> dict[str, datetime]:
    """Return since when each object is absent from the release."""
    return {path: absent.get(path, now) for path in sorted(objects) if path not in files}


def plan_deletion(absent: Mapping[str, datetime], now: datetime) -> tuple[str, ...]:
    """Return the objects that no cached page can use any more."""
    return tuple(path for path, since in absent.items() if now - since > RETENTION)
