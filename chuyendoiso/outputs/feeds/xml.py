"""Write RSS 2.0 and Atom 1.0 (RFC 4287) by feedgen, completed on its tree.

feedgen's traps, each with a test: links of Atom entries lose rel, type and length; `lastBuildDate` and `updated` default to now; authors
without an e-mail vanish from RSS; entries are prepended; the RSS channel's link is the last `link()` call.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from chuyendoiso.model.items import BodyRef
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Dependencies, FileFacts
from chuyendoiso.outputs.feeds.entries import Entry, FeedItem, Medium, bare, entry_of, without_text

MEDIA = "http://search.yahoo.com/mrss/"
HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721
OFFICIAL = NAMESPACE
ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
TERMS = "http://purl.org/dc/terms/"
NAMESPACES = {"media": MEDIA, "dcterms": TERMS, "fh": HISTORY, "at": TOMBSTONES, "cds": OFFICIAL}
MOST_BYTES = 200_000  # of a feed of the newest
TEXT_BYTES = 120_000  # of the texts of its entries, to begin with
GENERATOR = "chuyendoiso"
RSS, ATOM = urls.RSS.media_type, urls.ATOM.media_type

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
    listed: tuple[FeedItem, ...]
    withdrawn: tuple[tuple[str, datetime], ...] = ()  # ids of what was withdrawn, and when at the latest
    older: str | None = None  # the address of the page of the archive before this feed
    current: str | None = None  # of an archive's page: the feed that it is the archive of

    @property
    def bodies(self) -> tuple[BodyRef, ...]:
        """Return the bodies that its entries hold."""
        return tuple(one.body for one in self.listed)

    def entries(self, dependencies: Dependencies) -> tuple[Entry, ...]:
        """Make its entries."""
        return tuple(entry_of(one, dependencies.bodies[one.body.digest], self.site) for one in self.listed)


def fit(feed: Feed, entries: Sequence[Entry], write: Callable[[Sequence[Entry]], bytes]) -> bytes:
    """Write a feed so that the file has at most `MOST_BYTES`.

    The last entries lose their text, then all but their names.

    A page of the archive has every word.
    """
    if feed.current:
        return write(entries)
    texts = _count_of_texts(entries)
    names = len(entries)  # of the first entries, that have more than their names
    while True:
        shown = [one if at < texts else without_text(one) if at < names else bare(one) for at, one in enumerate(entries)]
        data = write(shown)
        if len(data) <= MOST_BYTES or not names:
            return data
        texts, names = (texts * 3 // 4, names) if texts else (0, names * 3 // 4)


def _count_of_texts(entries: Sequence[Entry]) -> int:
    """Return how many of the first entries probably fit with their text, at least 1."""
    sizes = accumulate(len(escape(entry.html).encode()) for entry in entries)
    return max(1, sum(size <= TEXT_BYTES for size in sizes))


class _Feed(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Writes a feed's own elements that feedgen lacks: archive links, withdrawn items."""

    def __init__(self) -> None:
        self.feed: Feed | None = None

    def extend_ns(self) -> dict[str, str]:
        return NAMESPACES

    def extend_atom(self, root: Any) -> Any:
        assert self.feed is not None
        for attributes in _links(self.feed):
            root.insert(0, etree.Element("link", attributes))
        if self.feed.current:
            root.insert(0, etree.Element(f"{{{HISTORY}}}archive"))
        for id_, when in self.feed.withdrawn:
            etree.SubElement(root, f"{{{TOMBSTONES}}}deleted-entry", ref=id_, when=when.isoformat())
        return root

    def extend_rss(self, root: Any) -> Any:
        assert self.feed is not None
        channel = root.find("channel")
        for id_, _ in self.feed.withdrawn:
            etree.SubElement(channel, f"{{{OFFICIAL}}}withdrawn").text = id_
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
            yield {"rel": rel, "href": address, "type": ATOM}


class _Entry(BaseEntryExtension):  # type: ignore[misc]
    """Writes an entry's links and files: Atom links, RSS enclosure, Media RSS."""

    def __init__(self) -> None:
        self.media: list[tuple[Medium, int]] = []
        self.entry: Entry | None = None

    def extend_ns(self) -> dict[str, str]:
        return NAMESPACES

    def extend_atom(self, entry: Any) -> Any:
        # feedgen writes Atom's names without a namespace and declares it as an attribute: so must these be written
        alternate = entry.find("link")
        alternate.set("rel", "alternate")
        alternate.set("type", "text/html")
        for medium, size in self.media:
            etree.SubElement(entry, "link", rel="enclosure", href=medium.url, type=medium.media_type, length=str(size))
        for words, address in self.entry.links if self.entry else ():
            etree.SubElement(entry, "link", rel="related", href=address, title=words)
        self.official(entry)
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
        if self.entry and self.entry.updated != self.entry.published:  # RSS 2.0 has no date for it
            etree.SubElement(item, f"{{{TERMS}}}modified").text = self.entry.updated.isoformat()
        for words, address in self.entry.links if self.entry else ():
            etree.SubElement(item, f"{{{OFFICIAL}}}link", href=address, title=words)
        self.official(item)
        return item

    def official(self, written: Any) -> None:
        for name, value in self.entry.official if self.entry else ():
            etree.SubElement(written, f"{{{OFFICIAL}}}{name}").text = value


def make_rss(feed: Feed, dependencies: Dependencies) -> bytes:
    """Return a feed as RSS 2.0."""
    return write_rss(feed, feed.entries(dependencies), dependencies.files)


def write_rss(feed: Feed, entries: Sequence[Entry], sizes: Sizes) -> bytes:
    """Return RSS 2.0 of entries; `sizes` gives the bytes of each picture."""
    return fit(feed, entries, lambda shown: _with_hex_references(_generator(feed, shown, sizes, RSS).rss_str(pretty=True)))


_PLAIN = re.compile(rb"<(title|category|copyright|dc:creator)(?: [^>]*)?>[^<]*</\1>")


def _with_hex_references(rss: bytes) -> bytes:
    """Return RSS in which plain text has `&` and `<` as hexadecimal references.

    So the RSS Advisory Board's profile has it.

    https://www.rssboard.org/rss-profile#data-types-characterdata: readers that decode twice take neither for markup.
    """
    return _PLAIN.sub(lambda found: found[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;"), rss)


def make_atom(feed: Feed, dependencies: Dependencies) -> bytes:
    """Return a feed as Atom 1.0."""

    def write(entries: Sequence[Entry]) -> bytes:
        generator = _generator(feed, entries, dependencies.files, ATOM)
        generator.icon(feed.icon)
        return bytes(generator.atom_str(pretty=True))

    return fit(feed, feed.entries(dependencies), write)


def _generator(feed: Feed, entries: Iterable[Entry], sizes: Sizes, media_type: str) -> FeedGenerator:
    generator = FeedGenerator()
    generator.load_extension("dc", atom=True, rss=True)
    generator.register_extension("cds", _Feed, _Entry)
    generator.cds.feed = feed
    generator.id(feed.id)
    generator.title(feed.title)
    generator.description(escape(feed.description, quote=False) if media_type == RSS else feed.description)
    generator.language(feed.language)
    site = feed.site
    generator.author(name=feed.owner, email=site.owner.email)
    if site.rights:
        generator.rights(site.rights)
    if site.technical_contact:
        generator.webMaster(f"{site.technical_contact} ({feed.owner})")
        generator.contributor(name="Liên hệ kỹ thuật", email=site.technical_contact)
    generator.generator(GENERATOR)
    generator.link(href=feed.address, rel="self", type=media_type)
    generator.link(href=feed.page, rel="alternate", type="text/html")  # last: RSS takes it as the channel's
    generator.updated(feed.updated)
    for entry in entries:
        _add(generator.add_entry(order="append"), entry, sizes, media_type)
    return generator


def _add(written: FeedEntry, entry: Entry, sizes: Sizes, media_type: str) -> None:
    written.id(entry.id)
    written.guid(entry.id, permalink=False)
    written.title(entry.title)
    written.link(href=entry.url, rel="alternate")
    written.published(entry.published)
    written.updated(entry.updated)
    written.summary(entry.description if media_type == RSS else entry.summary)
    written.content(entry.html, type="html")
    for author in entry.authors:
        written.author(name=author)
        if media_type == RSS:  # feedgen drops an author without an e-mail address there
            written.dc.dc_creator(author)
    for term, label in entry.categories:
        written.category(term=term, label=label)
    media = [
        (medium, medium.size if medium.size is not None else sizes[medium.file].size)
        for medium in (entry.attachment, entry.cover)
        if medium
    ]
    written.cds.media, written.cds.entry = media, entry
    official = dict(entry.official)
    if number := official.get("document_number"):  # Dublin Core: what a document is, in the words of libraries
        written.dc.dc_identifier(number)
        written.dc.dc_type(official["document_type"])
        written.dc.dc_publisher(official["issuing_body"])
