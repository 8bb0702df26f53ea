"""The Zalo channel's RSS feed and the articles for its interface.

The limits of site.yml (`model.limits`) come from a third party's documentation. docs/ket-noi-kenh.md describes the files;
`invoke zalo-sync` sends them.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any, NamedTuple

from chuyendoiso.model import urls
from chuyendoiso.model.items import Body, BodyRef, Catalogue, Item
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Dependencies, Target
from chuyendoiso.model.vietnamese import shorten
from chuyendoiso.outputs.channels.zalo.article_blocks import Block, blocks
from chuyendoiso.outputs.content_types import outputs_of
from chuyendoiso.outputs.content_types.item_outputs import link
from chuyendoiso.outputs.feeds.entries import Entry, Medium, change_notes
from chuyendoiso.outputs.feeds.xml import Feed, write_rss

ID = "zalo"
VERSION = 1

CoverOf = Callable[[Item], str | None]  # the path of an item's cover for the channel, or None


def title_of(item: Item, limits: Limits) -> str:
    """Return an item's title on the channel, cut to its limit."""
    return shorten(item.zalo.title or item.title, limits.zalo_title)


def summary_of(item: Item, limits: Limits) -> str:
    """Return an item's summary on the channel, cut to its limit."""
    return shorten(item.zalo.summary or item.summary, limits.zalo_description)


# ── the feed ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def zalo_entry(entry: Entry, item: Item, limits: Limits) -> Entry:
    """Return an entry in the words for Zalo, cut to its limits."""
    authors = tuple(shorten(author, limits.zalo_author) for author in entry.authors[:1])
    return entry._replace(
        title=title_of(item, limits), summary=summary_of(item, limits), authors=authors, cover=None, attachment=None
    )


def make_zalo(inputs: tuple[Feed, tuple[Medium | None, ...]], dependencies: Dependencies) -> bytes:
    """Return the feed. Inputs: the feed, and the cover of each of its entries."""
    feed, covers = inputs
    rows = zip(feed.items, feed.entries(dependencies), covers, strict=True)
    entries = [zalo_entry(entry, source.item, feed.site.limits)._replace(cover=cover) for source, entry, cover in rows]
    return write_rss(feed, entries, dependencies.files)


# ── the articles that the interface is sent ─────────────────────────────────────────────────────────────────────────────


class ZaloArticle(NamedTuple):
    """An item on a site, the path of its cover, and its body."""

    item: Item
    site: Site
    cover: str | None
    body: BodyRef


class ArticleList(NamedTuple):
    """The items of the channel, the newest first, and ids that must not be on it."""

    site: Site
    items: tuple[dict[str, Any], ...]
    files: tuple[str, ...]  # paths of their articles in the release
    removed: tuple[str, ...]


def plan_articles(catalogue: Catalogue, site: Site, items: Sequence[Item], cover_of: CoverOf) -> Iterator[Target]:
    """Plan the article of each of some items, and the list of them."""
    files = tuple(urls.channel_item(ID, item.path).removeprefix("/") for item in items)
    for item, file in zip(items, files, strict=True):
        yield Target(file, ZaloArticle(item, site, cover_of(item), item.body), make_article, item.source, (item.body,))
    excluded = (item.id for item in catalogue.items if item.zalo.exclude)
    removed = tuple(sorted({*excluded, *(item.id for item in catalogue.withdrawn)}))
    inputs = ArticleList(site, tuple(_channel_item(item, site) for item in items), files, removed)
    yield Target(urls.channel_list(ID).removeprefix("/"), inputs, make_articles, "Zalo", depends_on=files)


def _channel_item(item: Item, site: Site) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind.value,
        "title": title_of(item, site.limits),
        "url": site.absolute(item.path),
        "former": [site.absolute(alias) for alias in item.aliases],
        "article": site.absolute(urls.channel_item(ID, item.path)),
    }


def make_articles(articles: ArticleList, dependencies: Dependencies) -> bytes:
    """Return the list; `sha256` of an article's file reveals an incomplete download."""
    site, facts = articles.site, [dependencies.files[file] for file in articles.files]
    items = [{**item, "sha256": file.digest} for item, file in zip(articles.items, facts, strict=True)]
    document = {"version": VERSION, "site": site.name, "url": site.absolute("/"), "items": items, "removed": articles.removed}
    return (json.dumps(document, ensure_ascii=False) + "\n").encode()


def make_article(article: ZaloArticle, dependencies: Dependencies) -> bytes:
    """Return the request that creates an article; an update has `id`, but no `status`."""
    item, site, limits = article.item, article.site, article.site.limits
    members: dict[str, Any] = {
        "type": "normal",
        "title": title_of(item, limits),
        "author": shorten(item.authors[0] if item.authors else site.owner.name, limits.zalo_author),
        "description": summary_of(item, limits),
        "body": [*body_blocks(item, dependencies.bodies[article.body.digest], site)],
        "status": "show",
        "comment": "hide",
    }
    if article.cover:
        members["cover"] = {"cover_type": "photo", "photo_url": site.absolute(article.cover), "status": "show"}
    document = {"version": VERSION, "id": item.id, "url": site.absolute(item.path), "article": members}
    return (json.dumps(document, ensure_ascii=False) + "\n").encode()


def body_blocks(item: Item, body: Body, site: Site) -> Iterator[Block]:
    """Yield an item's blocks: changes, fields, body, files, the link to its page.

    `invoke zalo-sync` recognizes an article by that link, the last of the body.
    """
    if notes := [f"<b>{word}:</b> {escape(note)}" for word, note in change_notes(item, site)]:
        yield _text(*notes)
    if lines := [*outputs_of(item).channel_lines(item, site)]:
        yield _text(*lines)
    yield from blocks(body, site)
    if files := [link(offer.label, site.absolute(offer.file.path) if offer.file else offer.url or "") for offer in item.offers]:
        yield _text("<b>Tệp kèm theo:</b>", *files)
    address = escape(site.absolute(item.path))
    yield _text(f'Xem bài trên {escape(site.name)}: <a href="{address}">{address}</a>')


def _text(*paragraphs: str) -> Block:
    return {"type": "text", "content": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)}
