"""The feed of the Zalo channel: the RSS profile whose entries fit the limits of Zalo's article interface.

The limits come from a third party's documentation of the interface; they stand here once, so that they can be corrected.
"""

from dataclasses import dataclass, replace

from chuyendoiso.domain.model import Item
from chuyendoiso.domain.output import Given
from chuyendoiso.domain.vietnamese import shorten
from chuyendoiso.feeds.entries import Entry, Medium
from chuyendoiso.feeds.xml import Feed, write_rss

TITLE, AUTHOR, DESCRIPTION = 150, 50, 300  # characters
COVER_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class ZaloFeed:
    """A feed, and for each of its entries the covers to choose from, the best first, the surest last."""

    feed: Feed
    covers: tuple[tuple[Medium, ...], ...]


def zalo_entry(entry: Entry, item: Item) -> Entry:
    """Return an entry in the words for Zalo, cut to its limits."""
    return replace(
        entry,
        title=shorten(item.zalo.title or item.title, TITLE),
        summary=shorten(item.zalo.summary or item.summary, DESCRIPTION),
        authors=tuple(shorten(author, AUTHOR) for author in entry.authors[:1]),
        cover=None,
        attachment=None,
    )


def make_zalo(zalo: ZaloFeed, given: Given) -> bytes:
    """Return the feed, each entry with the first of its covers that is small enough, if any is; the share card always is."""
    entries = []
    for source, entry, covers in zip(zalo.feed.listed, zalo.feed.entries(given), zalo.covers, strict=True):
        fitting = next((cover for cover in covers if given.sizes[cover.file] <= COVER_BYTES), None)
        entries.append(replace(zalo_entry(entry, source.item), cover=fitting))
    return write_rss(zalo.feed, entries, given.sizes)
