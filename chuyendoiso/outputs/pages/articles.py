"""The page of an item: the parts that all content types share."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import ITEM_TYPES
from chuyendoiso.model.content_types.document import Document
from chuyendoiso.model.items import Body, Catalogue, Item
from chuyendoiso.model.target import Deferred
from chuyendoiso.model.vietnamese import shorten
from chuyendoiso.model.vocabulary import Kind, PublicationState
from chuyendoiso.outputs.content_types import outputs_of
from chuyendoiso.outputs.pages.components import (
    body_view,
    day,
    mark_of,
    modules_of,
    picture_view,
    topic_anchor,
    weekday,
)
from chuyendoiso.outputs.pages.glossary import explain, glossary_of
from chuyendoiso.outputs.pages.render_context import QR, RenderContext, crumbs, feed_links, kind_step
from chuyendoiso.outputs.pages.structured_data import item_data
from chuyendoiso.outputs.pages.views import Anchor, ArticlePage, Brief, BriefGroup, DatedNote, Fact, Head, PictureView, ShareCard

RELATED = 3
READING = 200  # syllables read in a minute
SHARED = 300  # characters of the text to share
BESIDE = 4  # related and cited items on a page
CITED, CITING = 3, 10  # documents that an item links to, and the newest items that link to a document
LONG_BODY = 4  # headings of the second level from which a list of contents helps


class RelatedContent(NamedTuple):
    """The links of an item's page to other items."""

    newer: Anchor | None = None
    older: Anchor | None = None
    related: tuple[Item, ...] = ()
    cited: tuple[Document, ...] = ()  # documents that the body links to
    citing: tuple[Item, ...] = ()  # the items whose bodies link to this document
    listed: tuple[tuple[str, tuple[Item, ...]], ...] = ()  # items of other kinds that concern it, by the title of their list
    tags: tuple[Anchor, ...] = ()
    card: str | None = None  # the path of its share card


def plan_articles(
    catalogue: Catalogue, context: RenderContext, card_of: Callable[[Item], str | None]
) -> Iterator[tuple[Item, Deferred]]:
    """Yield each item with its page; `card_of` gives the path of its share card."""
    href, by_path = context.site.href, catalogue.by_path
    related, citing, listed = _related_items(catalogue), _citing(catalogue), _listed(catalogue)
    glossary = glossary_of(catalogue)
    tags = {slug: Anchor(name, href(urls.tag(slug))) for slug, name in catalogue.tag_names.items()}
    for content_type in ITEM_TYPES.values():
        items = catalogue.of(content_type.item)
        anchors = [None, *(Anchor(item.title, href(item.path)) for item in items), None]
        for number, item in enumerate(items):
            targets = (by_path.get(path) for path in item.body.targets)
            cited = tuple(islice((doc for doc in targets if isinstance(doc, Document) and doc is not item), CITED))
            related_content = RelatedContent(
                newer=anchors[number], older=anchors[number + 2], related=related[item.path][: BESIDE - len(cited)], cited=cited,
                citing=tuple(citing.get(item.path, [])[:CITING]),
                listed=tuple((title, tuple(items[:CITING])) for title, items in listed.get(item.path, {}).items()),
                tags=tuple([tags[tag] for tag in item.tags]), card=card_of(item),
            )  # fmt: skip
            yield item, Deferred(article, (context, item, item.body, related_content, glossary))
    for item in catalogue.withdrawn:
        yield item, Deferred(withdrawn, (context, item))


def _related_items(catalogue: Catalogue) -> dict[str, tuple[Item, ...]]:
    """Return the related items of each item, of its kind and topic, by path.

    These are the next older items, so that a new item changes no other page; the oldest items get newer ones, too.
    """
    related = {}
    groups: dict[tuple[Kind, str], list[Item]] = defaultdict(list)
    for item in catalogue.items:
        groups[item.kind, item.topic].append(item)
    for group in groups.values():
        oldest = group[-RELATED - 1 :]
        for index, item in enumerate(group):
            older = group[index + 1 : index + 1 + RELATED]
            related[item.path] = tuple(
                older if len(older) == RELATED else [other for other in oldest if other is not item][:RELATED]
            )
    return related


def _citing(catalogue: Catalogue) -> dict[str, list[Item]]:
    citing: dict[str, list[Item]] = defaultdict(list)
    for item in catalogue.items:
        for path in item.body.targets:
            if path != item.path:
                citing[path].append(item)
    return citing


def _listed(catalogue: Catalogue) -> dict[str, dict[str, list[Item]]]:
    """Return the items of other kinds that each page lists, by path and title."""
    listed: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in catalogue.items:
        outputs = outputs_of(item)
        for path in outputs.listed_on(item):
            if on := catalogue.by_path.get(path):
                listed[path][outputs.list_title(item, on)].append(item)
    return listed


def article(context: RenderContext, item: Item, body: Body, related_content: RelatedContent, glossary: Body | None) -> ArticlePage:
    """Return an item's page; terms of the glossary are explained."""
    return ArticlePage(**_common(context, item, body, related_content, glossary), **outputs_of(item).article(context, item))


def withdrawn(context: RenderContext, item: Item) -> ArticlePage:
    """Return the page of a withdrawn item: title, dates, reason, a document's facts."""
    common = _common(context, item, Body((), "", ()), RelatedContent())
    overrides = {"withdrawn_reason": item.withdrawn_reason, "cover": None, "authors": ()}
    return ArticlePage(**{**common, **overrides, **outputs_of(item).withdrawn(context, item)})


def _head(context: RenderContext, item: Item, body: Body, card: str | None, modules: tuple[str, ...]) -> Head:
    site, outputs = context.site, outputs_of(item)
    image = site.absolute(card) if card else None
    indexed = context.indexed and item.state is PublicationState.PUBLISHED
    title = outputs.title(item)
    own = context.scripts(*outputs.modules(context, item)) if item.state is not PublicationState.WITHDRAWN else ()
    return Head(
        title=title,
        description=item.summary,
        canonical=site.absolute(item.path),
        indexed=indexed,
        card=ShareCard(image, f"{title} – {site.name}") if image else None,
        kind="article",
        feeds=feed_links(context, (kind_step(item.kind)[0], item.kind.value)),
        sheet=ITEM_TYPES[item.kind].stylesheet,
        section=site.href(ITEM_TYPES[item.kind].section),
        data=item_data(site, item, image, crumbs(context, kind_step(item.kind))) if indexed else None,
        dublin_core=outputs.dublin_core(site, item),
        modules=tuple(dict.fromkeys((*modules_of(context, body), *modules, *own))),
    )


def _common(
    context: RenderContext, item: Item, body: Body, related_content: RelatedContent, glossary: Body | None = None
) -> dict[str, Any]:
    site = context.site
    body_with_terms, terms = explain(body_view(context, body), body.text, glossary)
    return {
        "head": _head(context, item, body, related_content.card, context.scripts("terms") if terms else ()),
        "crumbs": crumbs(context, kind_step(item.kind)),
        "kind": item.kind.value,
        "title": item.heading,
        "overline": item.overline,
        "mark": mark_of(context, item),
        "withdrawn_reason": None,
        "topic": topic_anchor(context, item.topic),
        "lang": item.lang if item.lang != site.language else None,
        "date": outputs_of(item).published(context, item),
        "modified": weekday(context.local(item.modified)) if item.modified else None,
        "change_note": item.change_note if item.modified else None,
        "authors": item.authors,
        "summary": item.summary,
        "cover": _cover(context, item),
        "body": body_with_terms,
        "contents": tuple(Anchor(text, f"#{id_}") for id_, text in body.headings) if len(body.headings) >= LONG_BODY else (),
        "terms": terms,
        "glossary": site.href(urls.GLOSSARY) if terms else None,
        "origin": Fact(term="Nguồn", text=item.origin.name, href=item.origin.url) if item.origin else None,
        "corrections": tuple(DatedNote(date=day(correction.date), text=correction.note) for correction in item.corrections),
        "tags": related_content.tags,
        "cited": _briefs(context, related_content.cited),
        "citing": _briefs(context, related_content.citing),
        "related": _briefs(context, related_content.related),
        "listed": tuple(BriefGroup(title, _briefs(context, items)) for title, items in related_content.listed),
        "newer": related_content.newer,
        "older": related_content.older,
        "address": site.absolute(item.path),
        "words": _words_to_share(context, item),
        "reading": f"Đọc khoảng {round(body.words / READING)} phút" if body.words >= 1.5 * READING else None,
        "qr": context.script(QR),
    }


def _cover(context: RenderContext, item: Item) -> PictureView | None:
    if item.cover is None:
        return None
    picture, alt, caption, credit = item.cover.picture, item.cover.alt, item.cover.caption, item.cover.credit
    return picture_view(context, picture, alt, lazy=False, caption=caption, credit=credit, figure=True)


def _words_to_share(context: RenderContext, item: Item) -> str:
    """Return the text to share, with a session's time, at most SHARED characters."""
    named = f"{item.overline}: {item.heading}" if item.overline else item.heading
    beginning, rest = outputs_of(item).invitation(context, item) or ("", f"\n{context.site.absolute(item.path)}")
    return f"{beginning}{shorten(named, max(40, SHARED - len(beginning) - len(rest)))}{rest}"


def _briefs(context: RenderContext, items: Sequence[Item]) -> tuple[Brief, ...]:
    return tuple(Brief(item.heading, context.site.href(item.path), outputs_of(item).note(context, item)) for item in items)
