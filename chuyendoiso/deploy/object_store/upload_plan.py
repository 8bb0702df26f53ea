"""What of a release goes into the store, in which order, and what each object is served with. Pure.

Objects change one by one, so order does what a single rename does on a disk: what pages name comes before the pages, an item
before the lists that lead to it, and what tells machines that something is new comes last.
"""

import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import groupby

from chuyendoiso.deploy.serving import caching_of, media_type_of
from chuyendoiso.model import urls
from chuyendoiso.outputs.channels import CHANNELS

KEPT = timedelta(
    days=2
)  # longer than any page of an earlier release may stand in a cache (`serving.FOR_NOW`: a day and some minutes)


class Turn(IntEnum):
    """When a file's turn comes."""

    FILES = 1  # what pages name: styles, scripts, fonts, pictures, attachments
    ITEMS = 2  # the page of each item and what lies beside it
    LISTS = 3  # all other pages
    HOME = 4
    FEEDS = 5  # and calendars, and what channels are sent
    SEARCH = 6
    TOLD = 7  # lists that tell machines what there is


_TOLD = {urls.MANIFEST, urls.OPML, urls.SEARCH_INDEX, "/sitemap.xml", "/robots.txt"}
_TOLD |= {urls.channel_list(channel.id) for channel in CHANNELS}


@dataclass(frozen=True, slots=True, order=True)
class Phase:
    """Files of one turn that are served alike."""

    turn: Turn
    content_type: str
    caching: str
    paths: tuple[str, ...] = ()


def mark_of(path: str, digest: str) -> str:
    """Return what must be the same for an object to stay as it is: its bytes and what it is served with."""
    return f"{digest} {media_type_of(path)} {caching_of(path)}"


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
    found = sorted(Phase(turn_of(path, items), media_type_of(path), caching_of(path), (path,)) for path in wanted)
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
