"""Feed entries for every format: permanent ids, absolute links, full text."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from html import escape
from typing import Any, NamedTuple

from lxml import html

from chuyendoiso.model.history import Dates
from chuyendoiso.model.items import Body, BodyRef, Catalogue, FrameIn, Item, LinkTo, LinkToPicture, PictureIn
from chuyendoiso.model.renditions import largest_jpeg
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import FileFacts
from chuyendoiso.model.vietnamese import format_date, shorten
from chuyendoiso.outputs.content_types import outputs_of


class Medium(NamedTuple):
    """A file of an entry; `size` in bytes is None until `file` is rendered."""

    url: str
    media_type: str
    file: str  # its path in the release
    size: int | None
    alt: str | None = None
    width: int | None = None
    height: int | None = None


Sizes = Mapping[str, FileFacts]  # of files of the release, by path


class Entry(NamedTuple):
    """An item in a feed; all text is plain but `html`."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    authors: tuple[str, ...]
    categories: tuple[tuple[str, str], ...]  # (term, label): the topic first, then tags
    language: str
    cover: Medium | None
    attachment: Medium | None  # a document's first
    official: tuple[tuple[str, str], ...] = ()  # a document's and a session's own fields, by name
    links: tuple[tuple[str, str], ...] = ()  # of a session: words and address
    states: tuple[tuple[str, str], ...] = ()  # before the text: a word and the state of a document, an answer, a draft
    notes: tuple[tuple[str, str], ...] = ()  # after those: a word and what changed

    @property
    def description(self) -> str:
        """Return the summary and the state as HTML: RSS readers take it for HTML."""
        states = (f"<p>{escape(word)}: {escape(note)}</p>" for word, note in self.states)
        return "".join([escape(self.summary, quote=False), *states])

    def media(self, sizes: Sizes) -> Iterator[tuple[Medium, int]]:
        """Yield attachment and cover with their sizes in bytes."""
        for medium in filter(None, (self.attachment, self.cover)):
            yield medium, medium.size if medium.size is not None else sizes[medium.file].size


class FeedItem(NamedTuple):
    """An item of a feed, with its body, categories and dates."""

    item: Item
    body: BodyRef
    categories: tuple[tuple[str, str], ...]  # (term, label): the topic first, then tags
    updated: datetime
    changed: datetime


def feed_item(item: Item, catalogue: Catalogue, site: Site, dates: Dates) -> FeedItem:
    """Return the inputs of an item's entry."""
    topic = site.topic(item.topic)
    tags = tuple((tag, catalogue.tag_names[tag]) for tag in item.tags if tag != topic.slug)
    return FeedItem(item, item.body, ((topic.slug, topic.name), *tags), dates.updated, dates.changed)


def entry_of(source: FeedItem, body: Body, site: Site) -> Entry:
    """Return an item's entry, with the full text of `body`."""
    item, outputs = source.item, outputs_of(source.item)
    states, notes = tuple(outputs.feed_notes(item)), tuple(change_notes(item, site))
    file = outputs.enclosure(item)
    return Entry(
        id=item.id,
        url=site.absolute(item.path),
        title=item.title,
        summary=item.summary,
        html=notes_html((*states, *notes)) + (feed_html(body, site) or f"<p>{escape(item.summary)}</p>"),
        published=item.date,
        updated=source.updated,
        authors=item.authors,
        categories=source.categories,
        language=item.lang,
        cover=cover_of(item, site),
        attachment=Medium(site.absolute(file.path), file.media_type, file.path.removeprefix("/"), file.size) if file else None,
        official=tuple((name, value) for name, value in outputs.feed_fields(item, site).items() if value),
        links=tuple(outputs.feed_links(item, site)),
        states=states,
        notes=notes,
    )


NOTE = 300  # characters of a note in an entry without text


def change_notes(item: Item, site: Site) -> Iterator[tuple[str, str]]:
    """Yield title and note of the last major change and of each correction."""
    if item.change_note and item.modified:
        yield f"Cập nhật {format_date(item.modified.astimezone(site.zone))}", item.change_note
    yield from ((f"Đính chính {format_date(correction.date)}", correction.note) for correction in item.corrections)


def notes_html(notes: tuple[tuple[str, str], ...]) -> str:
    """Return notes as paragraphs."""
    return "".join(f"<p><strong>{escape(word)}:</strong> {escape(note)}</p>" for word, note in notes)


def without_text(entry: Entry) -> Entry:
    """Return an entry with its summary and a link to its page in place of its text."""
    last = [(word, shorten(note, NOTE)) for word, note in entry.notes][-1:]
    link = f'<p><a href="{escape(entry.url)}">Đọc cả bài trên trang</a></p>'
    return entry._replace(html=f"{notes_html((*entry.states, *last))}<p>{escape(entry.summary)}</p>{link}")


def link_only(entry: Entry) -> Entry:
    """Return an entry without summary, notes and files; its text is a link."""
    link = f'<p><a href="{escape(entry.url)}">Đọc bài trên trang</a></p>'
    empty: dict[str, Any] = {"authors": (), "categories": (), "official": (), "links": (), "states": (), "notes": ()}
    return entry._replace(html=link, summary="", cover=None, attachment=None, **empty)


def cover_of(item: Item, site: Site) -> Medium | None:
    """Return an item's cover as a JPEG; its size in bytes is not known yet."""
    if item.cover is None:
        return None
    jpeg = largest_jpeg(item.cover.picture)
    file = jpeg.path.removeprefix("/")
    return Medium(site.absolute(jpeg.path), "image/jpeg", file, None, item.cover.alt, jpeg.width, jpeg.height)


_BARE_LINK = re.compile(r"<a(?! href=)[ >]")


def feed_html(body: Body, site: Site) -> str:
    """Return a body for feed readers: absolute links, JPEG, broadcasts as links."""
    parts = []
    for part in body.parts:
        match part:
            case str():
                parts.append(part)
            case LinkTo(target=str(target), external=external) if not target.startswith("#"):  # a reader shows no other part
                parts.append(f' href="{escape(target if external else site.absolute(target))}"')
            case LinkToPicture(picture=picture):
                parts.append(f' href="{escape(site.absolute(largest_jpeg(picture).path))}"')
            case PictureIn():
                parts.append(_img(part, site))
            case FrameIn(src=src, title=title, host=host):
                # a feed reader would load the frame unasked, or drop it silently
                parts.append(f'<p><a href="{escape(src)}">{escape(title or f"Xem trên {host}")}</a></p>')
    return _without_bare_links("".join(parts).strip())


def _without_bare_links(text: str) -> str:
    """Replace links without an address by their words."""
    if not _BARE_LINK.search(text):
        return text
    tree = html.fragment_fromstring(text, create_parent="div")
    for link in tree.xpath(".//a[not(@href)]"):
        link.drop_tag()
    markup: str = html.tostring(tree, encoding="unicode")
    return markup.removeprefix("<div>").removesuffix("</div>")


def _img(picture: PictureIn, site: Site) -> str:
    jpeg = largest_jpeg(picture.picture)
    image = (
        f'<img src="{escape(site.absolute(jpeg.path))}" width="{jpeg.width}" height="{jpeg.height}" alt="{escape(picture.alt)}">'
    )
    return f"<figure>{image}<figcaption>{escape(picture.caption)}</figcaption></figure>" if picture.caption else image
