"""Entries → RSS 2.0 and Atom 1.0 (RFC 4287), through feedgen; what feedgen cannot write is added here, on its tree.

Its traps, each with a test: links of Atom entries lose rel, type and length; `lastBuildDate` and `updated` default to now; authors
without an e-mail vanish from RSS; entries are prepended; the RSS channel's link is the last `link()` call.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from chuyendoiso.domain.model import BodyRef
from chuyendoiso.domain.output import FileFacts, Given
from chuyendoiso.domain.site import Site
from chuyendoiso.feeds.entries import Entry, Listed, Medium, entry_of

MEDIA = "http://search.yahoo.com/mrss/"
GENERATOR = "chuyendoiso"

Sizes = Mapping[str, FileFacts]


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed in one format; its entries are made when it is."""

    site: Site

    id: str
    title: str
    description: str
    language: str
    page: str  # absolute address of the page that the feed is of
    address: str  # its own
    owner: str
    icon: str
    updated: datetime
    listed: tuple[Listed, ...]

    @property
    def bodies(self) -> tuple[BodyRef, ...]:
        """Return the bodies that its entries hold."""
        return tuple(one.body for one in self.listed)

    def entries(self, given: Given) -> tuple[Entry, ...]:
        """Make its entries."""
        return tuple(entry_of(one, given.bodies[one.body.digest], self.site) for one in self.listed)


class _MediaFeed(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    def extend_ns(self) -> dict[str, str]:
        return {"media": MEDIA}


class _MediaEntry(BaseEntryExtension):  # type: ignore[misc]
    """Writes the links and files of an entry: all in Atom; in RSS the first as enclosure, and pictures as Media RSS has them."""

    def __init__(self) -> None:
        self.media: list[tuple[Medium, int]] = []

    def extend_ns(self) -> dict[str, str]:
        return {"media": MEDIA}

    def extend_atom(self, entry: Any) -> Any:
        # feedgen writes Atom's names without a namespace and declares it as an attribute: so must these be written
        alternate = entry.find("link")
        alternate.set("rel", "alternate")
        alternate.set("type", "text/html")
        for medium, size in self.media:
            etree.SubElement(entry, "link", rel="enclosure", href=medium.url, type=medium.media_type, length=str(size))
        return entry

    def extend_rss(self, item: Any) -> Any:
        for medium, size in self.media[:1]:  # RSS 2.0 has room for one
            etree.SubElement(item, "enclosure", url=medium.url, length=str(size), type=medium.media_type)
        for medium, size in self.media:
            if medium.width is None:
                continue
            facts = {"url": medium.url, "type": medium.media_type, "medium": "image", "fileSize": str(size)}
            content = etree.SubElement(
                item, f"{{{MEDIA}}}content", {**facts, "width": str(medium.width), "height": str(medium.height)}
            )
            etree.SubElement(content, f"{{{MEDIA}}}description", type="plain").text = medium.alt
        return item


def make_rss(feed: Feed, given: Given) -> bytes:
    """Return a feed as RSS 2.0."""
    return write_rss(feed, feed.entries(given), given.files)


def write_rss(feed: Feed, entries: Iterable[Entry], sizes: Sizes) -> bytes:
    """Return RSS 2.0 of entries; `sizes` gives the bytes of each picture."""
    return bytes(_generator(feed, entries, sizes, "application/rss+xml").rss_str(pretty=True))


def make_atom(feed: Feed, given: Given) -> bytes:
    """Return a feed as Atom 1.0."""
    generator = _generator(feed, feed.entries(given), given.files, "application/atom+xml")
    generator.icon(feed.icon)
    return bytes(generator.atom_str(pretty=True))


def _generator(feed: Feed, entries: Iterable[Entry], sizes: Sizes, media_type: str) -> FeedGenerator:
    generator = FeedGenerator()
    generator.load_extension("dc", atom=False, rss=True)
    generator.register_extension("cds", _MediaFeed, _MediaEntry)
    generator.id(feed.id)
    generator.title(feed.title)
    generator.description(feed.description)
    generator.language(feed.language)
    generator.author(name=feed.owner)
    generator.generator(GENERATOR)
    generator.link(href=feed.address, rel="self", type=media_type)
    generator.link(href=feed.page, rel="alternate", type="text/html")  # last: RSS takes it as the channel's
    generator.updated(feed.updated)
    for entry in entries:
        _add(generator.add_entry(order="append"), entry, sizes)
    return generator


def _add(written: FeedEntry, entry: Entry, sizes: Sizes) -> None:
    written.id(entry.id)
    written.guid(entry.id, permalink=False)
    written.title(entry.title)
    written.link(href=entry.url, rel="alternate")
    written.published(entry.published)
    written.updated(entry.updated)
    written.summary(entry.summary)
    written.content(entry.html, type="html")
    for author in entry.authors:
        written.author(name=author)
        written.dc.dc_creator(author)
    for term, label in entry.categories:
        written.category(term=term, label=label)
    media = [
        (medium, medium.size if medium.size is not None else sizes[medium.file].size)
        for medium in (entry.attachment, entry.cover)
        if medium
    ]
    written.cds.media = media
