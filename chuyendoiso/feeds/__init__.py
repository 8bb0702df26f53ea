"""Feeds: everything, each kind and each topic as RSS, Atom and JSON; the Zalo channel's; and the list of them. The only home of feedgen."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from chuyendoiso.domain import paths
from chuyendoiso.domain.model import Catalogue, Item, newest_first
from chuyendoiso.domain.output import Output
from chuyendoiso.domain.site import Site
from chuyendoiso.domain.vocabulary import ITEM_KINDS, KIND_NAMES, State
from chuyendoiso.feeds.entries import Listed, Medium, cover_of, listed
from chuyendoiso.feeds.json import make_json
from chuyendoiso.feeds.opml import Opml, make_opml
from chuyendoiso.feeds.records import plan_manifest, plan_records
from chuyendoiso.feeds.xml import Feed, make_atom, make_rss
from chuyendoiso.feeds.zalo import CoverOf, ZaloFeed, make_zalo, plan_articles

NEWEST = 50  # entries in a feed

EntryOf = Callable[[Item], Listed]
_MAKERS = {"rss.xml": make_rss, "atom.xml": make_atom, "feed.json": make_json}


def plan_feeds(catalogue: Catalogue, site: Site, zalo_cover_of: CoverOf, *, records: bool = True) -> Iterator[Output]:
    """Plan every feed and the list of them; `zalo_cover_of` gives the path of an item's cover for Zalo, if it has one. Drafts are in none.

    With `records` there is what keeps a copy of the site up to date: each item as JSON, and the archive of the feed of everything.
    """
    published = [item for item in catalogue.items if item.state is State.PUBLISHED]

    entries: dict[str, Listed] = {}

    def entry(item: Item) -> Listed:
        if item.path not in entries:
            entries[item.path] = listed(item, catalogue, site)
        return entries[item.path]

    feeds = []
    for title, selection, page, items in _selections(published, site):
        newest = items[:NEWEST]
        feed = replace(
            _feed(site, title, selection, page, tuple(map(entry, newest))),
            withdrawn=_withdrawn(catalogue, selection), older=_archive(site, selection, (len(items) + len(catalogue.withdrawn)) // NEWEST) if records else None,
        )  # fmt: skip
        for name, file, _ in paths.FEED_FORMATS:
            address = paths.feed(selection, file)
            written = replace(feed, address=site.absolute(address), older=feed.older if name == "Atom" else None)
            path = address.removeprefix("/")
            yield Output(path, written, _MAKERS[file], f"{title} ({name})", written.bodies, _pictures(written))
            if name != "JSON":
                feeds.append(
                    (f"{title} ({name})", site.absolute(address), site.absolute(page), {"RSS": "RSS2", "Atom": "ATOM"}[name])
                )
    if records:
        yield from _archives(published, entry, catalogue, site)
    yield from _zalo(catalogue, entry, site, zalo_cover_of)
    if records:
        yield from plan_records(map(entry, published), site)
    yield plan_manifest(published, catalogue, site, records=records)
    opml = Opml(f"Nguồn tin của {site.name}", site.owner.name, tuple(feeds))
    yield Output(paths.OPML.removeprefix("/"), opml, make_opml, "OPML")


def _selections(published: list[Item], site: Site) -> Iterator[tuple[str, str, str, list[Item]]]:
    """Yield title, selection, page and items of each feed."""
    yield site.name, paths.FEED_OF_ALL, paths.HOME, published
    kinds, topics = defaultdict(list), defaultdict(list)
    for item in published:
        kinds[item.kind].append(item)
        topics[item.topic].append(item)
    for kind in ITEM_KINDS:
        yield f"{site.name} – {KIND_NAMES[kind]}", kind.value, paths.KIND_LISTS[kind], kinds[kind]
    for topic in site.topics:
        yield f"{site.name} – {topic.name}", paths.topic_feed(topic.slug), paths.topic(topic.slug), topics[topic.slug]


def _withdrawn(catalogue: Catalogue, selection: str) -> tuple[tuple[str, datetime], ...]:
    """Return the newest of what was withdrawn from a feed."""
    kind, _, topic = selection.partition("/")
    found = (
        item
        for item in catalogue.withdrawn
        if selection == paths.FEED_OF_ALL or item.kind.value == kind or (topic and item.topic == topic)
    )
    return tuple(_tombstone(item) for item in islice(found, NEWEST))


def _tombstone(item: Item) -> tuple[str, datetime]:
    """Return the id of what was withdrawn, and when at the latest: content names no instant for it."""
    return item.id, max(item.date, item.modified or item.date)


def _archive(site: Site, selection: str, number: int) -> str | None:
    """Return the address of a page of the archive, which only the feed of everything has."""
    return site.absolute(paths.feed_archive(number)) if number > 0 and selection == paths.FEED_OF_ALL else None


def _archives(published: Sequence[Item], entry: EntryOf, catalogue: Catalogue, site: Site) -> Iterator[Output]:
    """Plan the archive of all that was ever published (RFC 5005, 4): full pages, counted from the oldest, so that none changes any more.

    What was withdrawn keeps its place in its page, so that it moves nothing else.
    """
    oldest = sorted((*published, *catalogue.withdrawn), key=newest_first, reverse=True)
    current = site.absolute(paths.feed(paths.FEED_OF_ALL, "atom.xml"))
    for number in range(1, len(oldest) // NEWEST + 1):
        page = oldest[(number - 1) * NEWEST : number * NEWEST][::-1]
        shown = tuple(entry(item) for item in page if item.state is State.PUBLISHED)
        written = replace(
            _feed(site, site.name, paths.FEED_OF_ALL, paths.HOME, shown),
            address=site.absolute(paths.feed_archive(number)),
            withdrawn=tuple(_tombstone(item) for item in page if item.state is State.WITHDRAWN),
            current=current,
            older=_archive(site, paths.FEED_OF_ALL, number - 1),
        )
        path = paths.feed_archive(number).removeprefix("/")
        yield Output(path, written, make_atom, f"kho tin {number} (Atom)", written.bodies, _pictures(written), weight=20)


def _feed(site: Site, title: str, selection: str, page: str, found: tuple[Listed, ...]) -> Feed:
    beginning = datetime(int(site.feed_authority.partition(",")[2][:4]), 1, 1, tzinfo=UTC)  # of a feed without entries
    return Feed(
        site=site,
        id=site.permanent_id(f"/feeds/{selection}/"),
        title=title,
        description=site.tagline or title,
        language=site.language,
        page=site.absolute(page),
        address="",
        owner=site.owner.name,
        icon=site.absolute("/icons/icon-192.png"),
        updated=max((one.item.updated for one in found), default=beginning),
        listed=found,
    )


def _pictures(feed: Feed) -> tuple[str, ...]:
    """Return the files whose sizes a feed tells."""
    covers = (cover_of(one.item, feed.site) for one in feed.listed)
    return tuple(dict.fromkeys(cover.file for cover in covers if cover))


def for_zalo(catalogue: Catalogue) -> list[Item]:
    """Return the items that the Zalo channel shows, the newest first."""
    return [item for item in catalogue.items if item.state is State.PUBLISHED and not item.zalo.exclude][:NEWEST]


def _zalo(catalogue: Catalogue, entry: EntryOf, site: Site, zalo_cover_of: CoverOf) -> Iterator[Output]:
    items = for_zalo(catalogue)
    feed = _feed(site, site.name, "zalo", paths.HOME, tuple(map(entry, items)))
    covers = tuple(_cover(zalo_cover_of(item), site) for item in items)
    needed = tuple(dict.fromkeys(cover.file for cover in covers if cover))
    address = paths.ZALO_FEED
    zalo = ZaloFeed(replace(feed, address=site.absolute(address)), covers)
    yield Output(address.removeprefix("/"), zalo, make_zalo, "Zalo", feed.bodies, needed)
    yield from plan_articles(catalogue, site, items, zalo_cover_of)


def _cover(path: str | None, site: Site) -> Medium | None:
    return Medium(site.absolute(path), "image/jpeg", path.removeprefix("/"), None) if path else None
