"""Write RSS 2.0 and Atom 1.0 (RFC 4287) by feedgen, completed on its tree.

feedgen's traps, each with a test: links of Atom entries lose rel, type and length; `lastBuildDate` and `updated` default to now; authors
without an e-mail vanish from RSS; entries are prepended; the RSS channel's link is the last `link()` call.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from itertools import accumulate
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from chuyendoiso.model import urls
from chuyendoiso.model.feed_fields import NAMESPACE
from chuyendoiso.model.feed_formats import ATOM, RSS
from chuyendoiso.model.items import BodyRef
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Dependencies
from chuyendoiso.outputs.feeds.entries import Entry, FeedItem, Medium, Sizes, entry_of, link_only, without_text

MEDIA = "http://search.yahoo.com/mrss/"
HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721
ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
TERMS = "http://purl.org/dc/terms/"
NAMESPACES = {"media": MEDIA, "dcterms": TERMS, "fh": HISTORY, "at": TOMBSTONES, "cds": NAMESPACE}
MOST_BYTES = 200_000  # of a feed of the newest
TEXT_BYTES = 120_000  # of the texts of its entries, to begin with


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed in one format; its entries are rendered with it."""

    site: Site
    id: str
    title: str
    page: str  # absolute address of the page that lists the same items
    address: str  # its own
    updated: datetime
    items: tuple[FeedItem, ...]
    withdrawn: tuple[tuple[str, datetime], ...] = ()  # ids of withdrawn items, and when
    older: str | None = None  # the address of the page of the archive before this feed
    current: str | None = None  # of a page of the archive: the address of the current feed

    @property
    def bodies(self) -> tuple[BodyRef, ...]:
        """Return the bodies of its entries."""
        return tuple(source.body for source in self.items)

    def entries(self, dependencies: Dependencies) -> tuple[Entry, ...]:
        """Return the entries of its items."""
        return tuple(entry_of(source, dependencies.bodies[source.body.digest], self.site) for source in self.items)

    @property
    def description(self) -> str:
        """Return the site's tagline, else the title."""
        return self.site.tagline or self.title

    @property
    def icon(self) -> str:
        """Return the absolute address of its icon."""
        return self.site.absolute("/icons/icon-192.png")


def write_within_limit(feed: Feed, entries: Sequence[Entry], write: Callable[[Sequence[Entry]], bytes]) -> bytes:
    """Write a feed of at most `MOST_BYTES`; a page of the archive may be larger.

    If it is larger, the last entries lose their text, then all but their titles.
    """
    if feed.current:
        return write(entries)
    sizes = accumulate(len(escape(entry.html).encode()) for entry in entries)
    texts = max(1, sum(size <= TEXT_BYTES for size in sizes))  # number of first entries with their text
    summaries = len(entries)  # number of first entries with their text or summary
    while True:
        data = write([*entries[:texts], *map(without_text, entries[texts:summaries]), *map(link_only, entries[summaries:])])
        if len(data) <= MOST_BYTES or not summaries:
            return data
        texts, summaries = (texts * 3 // 4, summaries) if texts else (0, summaries * 3 // 4)


class _Feed(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Writes a feed's own elements that feedgen lacks: archive links, withdrawn items."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        return NAMESPACES

    def extend_atom(self, root: Any) -> Any:
        for attributes in _links(self.feed):
            root.insert(0, etree.Element("link", attributes))
        if self.feed.current:
            root.insert(0, etree.Element(f"{{{HISTORY}}}archive"))
        for id_, when in self.feed.withdrawn:
            etree.SubElement(root, f"{{{TOMBSTONES}}}deleted-entry", ref=id_, when=when.isoformat())
        return root

    def extend_rss(self, root: Any) -> Any:
        channel = root.find("channel")
        for id_, _ in self.feed.withdrawn:
            etree.SubElement(channel, f"{{{NAMESPACE}}}withdrawn").text = id_
        for attributes in _links(replace(self.feed, current=None, older=None)):  # feedgen writes no other links in RSS
            etree.SubElement(channel, f"{{{ATOM_NAMESPACE}}}link", attributes)
        return root


def _links(feed: Feed) -> Iterator[dict[str, str]]:
    """Yield the links that feedgen does not write.

    RFC 5005's, WebSub's hub, and the page that explains our fields.
    """
    yield {"rel": "describedby", "href": feed.site.absolute(urls.NAMESPACE_PAGE), "type": "text/html"}
    if feed.site.hub and not feed.current:
        yield {"rel": "hub", "href": feed.site.hub}
    for rel, address in (("current", feed.current), ("prev-archive", feed.older)):
        if address:
            yield {"rel": rel, "href": address, "type": ATOM.media_type}


class _Entry(BaseEntryExtension):  # type: ignore[misc]
    """Writes an entry's links and files: Atom links, RSS enclosure, Media RSS."""

    entry: Entry
    media: list[tuple[Medium, int]]  # with sizes in bytes

    def extend_ns(self) -> dict[str, str]:
        return NAMESPACES

    def extend_atom(self, entry: Any) -> Any:
        # feedgen writes Atom's names without a namespace and declares it as an attribute: so must these be written
        alternate = entry.find("link")
        alternate.attrib.update({"rel": "alternate", "type": "text/html"})
        for medium, size in self.media:
            etree.SubElement(entry, "link", rel="enclosure", href=medium.url, type=medium.media_type, length=str(size))
        for words, address in self.entry.links:
            etree.SubElement(entry, "link", rel="related", href=address, title=words)
        self.official(entry)
        return entry

    def extend_rss(self, item: Any) -> Any:
        for medium, size in self.media[:1]:  # RSS 2.0 has room for one
            etree.SubElement(item, "enclosure", url=medium.url, length=str(size), type=medium.media_type)
        for medium, size in (pair for pair in self.media if pair[0].width is not None):
            facts = {"url": medium.url, "type": medium.media_type, "medium": "image", "fileSize": str(size)}
            facts |= {"width": str(medium.width), "height": str(medium.height)}
            content = etree.SubElement(item, f"{{{MEDIA}}}content", facts)
            etree.SubElement(content, f"{{{MEDIA}}}description", type="plain").text = medium.alt
        if self.entry.updated != self.entry.published:  # RSS 2.0 has no date for it
            etree.SubElement(item, f"{{{TERMS}}}modified").text = self.entry.updated.isoformat()
        for words, address in self.entry.links:
            etree.SubElement(item, f"{{{NAMESPACE}}}link", href=address, title=words)
        self.official(item)
        return item

    def official(self, element: Any) -> None:
        for name, value in self.entry.official:
            etree.SubElement(element, f"{{{NAMESPACE}}}{name}").text = value


def make_rss(feed: Feed, dependencies: Dependencies) -> bytes:
    """Return a feed as RSS 2.0."""
    return write_rss(feed, feed.entries(dependencies), dependencies.files)


def write_rss(feed: Feed, entries: Sequence[Entry], sizes: Sizes) -> bytes:
    """Return RSS 2.0 of entries; `sizes` gives the bytes of each picture."""
    return write_within_limit(
        feed, entries, lambda chosen: _with_hex_references(_generator(feed, chosen, sizes, RSS.media_type).rss_str(pretty=True))
    )


_PLAIN = re.compile(rb"<(title|category|copyright|dc:creator)(?: [^>]*)?>[^<]*</\1>")


def _with_hex_references(rss: bytes) -> bytes:
    """Return RSS in which plain text has `&` and `<` as hexadecimal references.

    Readers that decode twice take neither for markup: https://www.rssboard.org/rss-profile#data-types-characterdata.
    """
    return _PLAIN.sub(lambda match: match[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;"), rss)


def make_atom(feed: Feed, dependencies: Dependencies) -> bytes:
    """Return a feed as Atom 1.0."""

    def write(entries: Sequence[Entry]) -> bytes:
        generator = _generator(feed, entries, dependencies.files, ATOM.media_type)
        generator.icon(feed.icon)
        return bytes(generator.atom_str(pretty=True))

    return write_within_limit(feed, feed.entries(dependencies), write)


def _generator(feed: Feed, entries: Iterable[Entry], sizes: Sizes, media_type: str) -> FeedGenerator:
    generator, site = FeedGenerator(), feed.site
    generator.load_extension("dc", atom=True, rss=True)
    generator.register_extension("cds", _Feed, _Entry)
    generator.cds.feed = feed
    generator.id(feed.id)
    generator.title(feed.title)
    generator.description(escape(feed.description, quote=False) if media_type == RSS.media_type else feed.description)
    generator.language(site.language)
    generator.author(name=site.owner.name, email=site.owner.email)
    if site.rights:
        generator.rights(site.rights)
    if site.technical_contact:
        generator.webMaster(f"{site.technical_contact} ({site.owner.name})")
        generator.contributor(name="Liên hệ kỹ thuật", email=site.technical_contact)
    generator.generator("chuyendoiso")
    generator.link(href=feed.address, rel="self", type=media_type)
    generator.link(href=feed.page, rel="alternate", type="text/html")  # last: RSS takes it as the channel's
    generator.updated(feed.updated)
    for entry in entries:
        _fill_entry(generator.add_entry(order="append"), entry, sizes, media_type)
    return generator


def _fill_entry(target: FeedEntry, entry: Entry, sizes: Sizes, media_type: str) -> None:
    target.id(entry.id)
    target.guid(entry.id, permalink=False)
    target.title(entry.title)
    target.link(href=entry.url, rel="alternate")
    target.published(entry.published)
    target.updated(entry.updated)
    target.summary(entry.description if media_type == RSS.media_type else entry.summary)
    target.content(entry.html, type="html")
    for author in entry.authors:
        target.author(name=author)
        if media_type == RSS.media_type:  # feedgen drops an author without an e-mail address there
            target.dc.dc_creator(author)
    for term, label in entry.categories:
        target.category(term=term, label=label)
    target.cds.entry, target.cds.media = entry, [*entry.media(sizes)]
    official = dict(entry.official)
    if number := official.get("document_number"):  # Dublin Core, for libraries
        target.dc.dc_identifier(number)
        target.dc.dc_type(official["document_type"])
        target.dc.dc_publisher(official["issuing_body"])
