"""The feeds of everything, each kind and each topic: RSS, Atom, JSON, and OPML."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import ITEM_TYPES
from chuyendoiso.model.feed_formats import ATOM, FEED_FORMATS, JSON, RSS
from chuyendoiso.model.history import Timeline
from chuyendoiso.model.items import Catalogue, Item, newest_first
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Target
from chuyendoiso.model.vocabulary import PublicationState
from chuyendoiso.outputs.feeds.entries import FeedItem, cover_of, feed_item
from chuyendoiso.outputs.feeds.json import make_json
from chuyendoiso.outputs.feeds.json_api import plan_manifest, plan_records
from chuyendoiso.outputs.feeds.json_api_schemas import plan_schemas
from chuyendoiso.outputs.feeds.opml import Opml, make_opml
from chuyendoiso.outputs.feeds.xml import Feed, make_atom, make_rss

NEWEST = 50  # entries in a feed
ARCHIVED = 25  # entries in a page of the archive: fewer, so that the newest have room for old items that changed

EntryOf = Callable[[Item], FeedItem]
_MAKERS = {RSS: make_rss, ATOM: make_atom, JSON: make_json}
if missing := set(FEED_FORMATS) - _MAKERS.keys():
    raise AssertionError(f"feed formats that nothing makes: {sorted(missing)}")


def plan_feeds(catalogue: Catalogue, site: Site, timeline: Timeline, *, records: bool = True) -> Iterator[Target]:
    """Plan all feeds of published items, and the list of feeds.

    With `records`, plan the files for mirrors, too: each item as JSON, and the archive of the feed of everything.
    """
    published = [item for item in catalogue.items if item.state is PublicationState.PUBLISHED]
    archive = _in_order_of_arrival((*published, *catalogue.withdrawn), timeline)
    full = len(archive) // ARCHIVED if records else 0
    unarchived = frozenset(item.path for item in archive[full * ARCHIVED :])
    entries: dict[str, FeedItem] = {}

    def entry(item: Item) -> FeedItem:
        if item.path not in entries:
            entries[item.path] = feed_item(item, catalogue, site, timeline.of(item))
        return entries[item.path]

    feeds = []
    for title, selection, page, items in _selections(published, site):
        of_all = selection == urls.FEED_OF_ALL
        newest = tuple(map(entry, select_newest(items, timeline, unarchived if of_all else ())))
        withdrawn = _withdrawn(catalogue, selection, timeline)
        feed = make_feed(site, title, selection, page, newest, last_change(newest, withdrawn, timeline, selection))
        older = _archive(site, full) if of_all else None  # Atom alone links to the archive
        for form, make in _MAKERS.items():
            address = urls.feed(selection, form.file)
            feed = replace(feed, address=site.absolute(address), withdrawn=withdrawn, older=older if form is ATOM else None)
            yield _target(address, feed, make, f"{title} ({form.name})")
        if items or selection not in ITEM_TYPES:  # nothing links to an empty section
            feeds.append((title, site.absolute(urls.feed(selection, RSS.file)), site.absolute(page)))
    for number in range(1, full + 1):
        yield _plan_archive_page(archive[(number - 1) * ARCHIVED : number * ARCHIVED], number, entry, site, timeline)
    if records:
        yield from plan_records(map(entry, published), site)
    yield plan_manifest(published, catalogue, site, timeline, records=records)
    yield from plan_schemas(site)
    opml = Opml(f"Nguồn tin của {site.name}", site.owner.name, tuple(feeds))
    yield Target(urls.OPML.removeprefix("/"), opml, make_opml, "OPML")


def _target(path: str, feed: Feed, make: Callable[..., bytes], origin: str, cost: int = 1) -> Target:
    covers = (cover_of(source.item, feed.site) for source in feed.items)
    pictures = tuple(dict.fromkeys(cover.file for cover in covers if cover))  # the feed states their sizes
    return Target(path.removeprefix("/"), feed, make, origin, feed.bodies, pictures, cost)


def _selections(published: list[Item], site: Site) -> Iterator[tuple[str, str, str, list[Item]]]:
    """Yield title, selection, page and items of each feed."""
    yield site.name, urls.FEED_OF_ALL, urls.HOME, published
    kinds, topics = defaultdict(list), defaultdict(list)
    for item in published:
        kinds[item.kind].append(item)
        topics[item.topic].append(item)
    for kind, content_type in ITEM_TYPES.items():
        yield f"{site.name} – {content_type.label}", kind.value, content_type.section, kinds[kind]
    for topic in site.topics:
        yield f"{site.name} – {topic.name}", urls.topic_feed(topic.slug), urls.topic(topic.slug), topics[topic.slug]


def select_newest(items: Sequence[Item], timeline: Timeline, required: Collection[str] = ()) -> list[Item]:
    """Return the items that arrived or had a major change last, the newest first.

    So a backdated, corrected or restored item reaches subscribers. Items at `required` paths are always included.
    """

    def priority(item: Item) -> tuple[bool, datetime]:
        dates = timeline.of(item)
        return item.path in required, max(dates.arrived[0], dates.updated)

    chosen = sorted(items, key=priority, reverse=True)[:NEWEST]
    return sorted(chosen, key=newest_first)


def _withdrawn(catalogue: Catalogue, selection: str, timeline: Timeline) -> tuple[tuple[str, datetime], ...]:
    """Return the newest withdrawals from a feed, the latest first."""
    kind, _, topic = selection.partition("/")
    withdrawn = (
        item
        for item in catalogue.withdrawn
        if selection == urls.FEED_OF_ALL or item.kind.value == kind or (topic and item.topic == topic)
    )
    newest = sorted(withdrawn, key=lambda item: (timeline.of(item).withdrawn, item.path), reverse=True)[:NEWEST]
    return tuple(tombstone(item, timeline) for item in newest)


def tombstone(item: Item, timeline: Timeline) -> tuple[str, datetime]:
    """Return the id of a withdrawn item, and when it was withdrawn."""
    return item.id, timeline.of(item).withdrawn


def last_change(
    entries: Sequence[FeedItem], withdrawn: Sequence[tuple[str, datetime]], timeline: Timeline, selection: str = ""
) -> datetime | None:
    """Return when a feed last changed: by an entry, a withdrawal or a departure.

    A departure is an item that leaves the selection without a notice.
    """
    departures = [timeline.departures[selection]] if selection in timeline.departures else []
    return max((*(source.changed for source in entries), *(when for _, when in withdrawn), *departures), default=None)


def _archive(site: Site, number: int) -> str | None:
    """Return the address of a page of the archive; None before the first."""
    return site.absolute(urls.feed_archive(number)) if number > 0 else None


def _in_order_of_arrival(items: Iterable[Item], timeline: Timeline) -> list[Item]:
    return sorted(sorted(items, key=newest_first, reverse=True), key=lambda item: timeline.of(item).arrived)


def _plan_archive_page(page: Sequence[Item], number: int, entry: EntryOf, site: Site, timeline: Timeline) -> Target:
    """Plan a full page of the archive; 1 has the oldest items (RFC 5005, 4).

    Only changes of its own items change it. A withdrawn item stays in its page, so that no other item moves.
    """
    entries = tuple(entry(item) for item in reversed(page) if item.state is PublicationState.PUBLISHED)
    withdrawn = tuple(tombstone(item, timeline) for item in reversed(page) if item.state is PublicationState.WITHDRAWN)
    feed = replace(
        make_feed(site, site.name, urls.FEED_OF_ALL, urls.HOME, entries, last_change(entries, withdrawn, timeline)),
        address=site.absolute(urls.feed_archive(number)),
        withdrawn=withdrawn,
        current=site.absolute(urls.feed(urls.FEED_OF_ALL, ATOM.file)),
        older=_archive(site, number - 1),
    )
    return _target(urls.feed_archive(number), feed, make_atom, f"kho tin {number} (Atom)", cost=20)


def make_feed(site: Site, title: str, selection: str, page: str, entries: tuple[FeedItem, ...], changed: datetime | None) -> Feed:
    """Return a feed of some entries, without its own address."""
    beginning = datetime(int(site.feed_authority.partition(",")[2][:4]), 1, 1, tzinfo=UTC)  # of a feed without entries
    return Feed(
        site=site,
        id=site.permanent_id(f"/feeds/{selection}/"),
        title=title,
        page=site.absolute(page),
        address="",
        updated=changed or beginning,
        items=entries,
    )
