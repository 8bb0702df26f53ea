"""The home page and plain pages: content pages, feeds, channels, topics, tags."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import chain, islice
from typing import TypeVar

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import CONSULTATION
from chuyendoiso.model.content_types.consultation import Consultation
from chuyendoiso.model.content_types.document import Document
from chuyendoiso.model.content_types.news import News
from chuyendoiso.model.content_types.training import Training
from chuyendoiso.model.feed_fields import FEED_FIELDS, NAMESPACE
from chuyendoiso.model.feed_formats import FEED_FORMATS, RSS
from chuyendoiso.model.items import Body, Catalogue, Item
from chuyendoiso.model.target import Deferred
from chuyendoiso.model.vietnamese import sort_key
from chuyendoiso.model.vocabulary import ConsultationState, EditorStatus
from chuyendoiso.outputs.channels import CHANNELS
from chuyendoiso.outputs.pages.components import body_view, modules_of
from chuyendoiso.outputs.pages.lists import teaser
from chuyendoiso.outputs.pages.render_context import RenderContext, crumbs, feed_links
from chuyendoiso.outputs.pages.structured_data import site_data
from chuyendoiso.outputs.pages.trainings import upcoming
from chuyendoiso.outputs.pages.views import Anchor, Head, HomePage, LinkGroup, PlainPage

HOME_NEWS, HOME_DOCUMENTS, HOME_TRAININGS = 6, 5, 3


def plan_home(catalogue: Catalogue, context: RenderContext) -> Deferred:
    """Plan the home page: newest news, next sessions or materials, newest documents.

    Pinned items come first in their section.
    """
    news = _pinned_first(catalogue.of(News), catalogue.of(News), HOME_NEWS + 1)
    documents = _pinned_first(catalogue.of(Document), catalogue.of(Document), HOME_DOCUMENTS)
    sessions = upcoming(catalogue)
    trainings = _pinned_first(catalogue.of(Training), sessions or catalogue.of(Training), HOME_TRAININGS)
    title = "Tài liệu tập huấn mới"
    if sessions:
        title = "Tập huấn sắp tới" if set(trainings) <= set(sessions) else "Tập huấn và tài liệu"
    drafts = (draft for draft in catalogue.of(Consultation) if draft.stage is ConsultationState.OPEN)
    open_drafts = tuple(sorted(drafts, key=lambda draft: (draft.closes_on, draft.path)))
    return Deferred(home, (context, news, trainings, title, documents, open_drafts))


T = TypeVar("T", bound=Item)


def _pinned_first(items: Iterable[T], others: Iterable[T], count: int) -> tuple[T, ...]:
    """Return pinned items, then the others, up to a number."""
    pinned = (item for item in items if item.pinned)
    return tuple(islice(chain(pinned, (item for item in others if not item.pinned)), count))


def home(
    context: RenderContext,
    news: tuple[Item, ...],
    trainings: tuple[Training, ...],
    training_title: str,
    documents: tuple[Document, ...],
    drafts: tuple[Consultation, ...],
) -> HomePage:
    """Return the home page; the first news item is its lead story."""
    site = context.site
    return HomePage(
        head=Head(
            title=site.name,
            description=site.tagline or f"Tin tức, văn bản và tài liệu tập huấn của {site.name}.",
            canonical=site.absolute(urls.HOME),
            indexed=context.indexed,
            feeds=feed_links(context, ("Tất cả", urls.FEED_OF_ALL)),
            section=site.href(urls.HOME),
            data=site_data(site),
        ),
        lead=teaser(context, news[0], picture=True, lazy=False) if news else None,
        news=tuple(teaser(context, item) for item in news[1:]),
        training_title=training_title,
        trainings=tuple(teaser(context, item) for item in trainings),
        documents=tuple(teaser(context, item) for item in documents),
        drafts=tuple(teaser(context, item) for item in drafts),
        more_drafts=Anchor("Mọi dự thảo lấy ý kiến", site.href(CONSULTATION.section)),
        more_news=Anchor("Tất cả tin tức", site.href(urls.NEWS)),
        more_trainings=Anchor("Tất cả tập huấn và tài liệu", site.href(urls.TRAININGS)),
        more_documents=Anchor("Thư viện văn bản", site.href(urls.DOCUMENTS)),
        follow=(
            *(Anchor(f"Theo dõi trên {channel.name}", channel.url) for channel in site.open_channels if channel.url),
            Anchor("Theo dõi qua RSS", site.href(urls.FEEDS_PAGE)),
        ),
    )


@dataclass(frozen=True, slots=True)
class Words:
    """Address, title and summary of a plain page; marks of a preview and a notice."""

    path: str
    title: str
    summary: str
    mark: str | None = None
    withdrawn_reason: str | None = None


def plain_pages(catalogue: Catalogue, context: RenderContext) -> Iterator[tuple[str, Deferred, str]]:
    """Yield path, view and origin of content pages, and of the feeds page.

    The feeds page exists even if content has no file for it.
    """
    for page in catalogue.pages:
        withdrawn = page.status is EditorStatus.WITHDRAWN
        mark = "Bản nháp, chưa đăng" if page.status is EditorStatus.DRAFT else None
        words = Words(page.path, page.title, page.summary, mark, page.withdrawn_reason if withdrawn else None)
        yield page.path, Deferred(plain, (context, words, None if withdrawn else page.body, ())), page.source
    if all(page.path != urls.FEEDS_PAGE for page in catalogue.pages):
        words = Words(urls.FEEDS_PAGE, "Nguồn tin", "Các nguồn tin RSS, Atom và JSON của trang, và cách theo dõi.")
        yield urls.FEEDS_PAGE, Deferred(plain, (context, words, None, ())), urls.FEEDS_PAGE


def plain(context: RenderContext, words: Words, body: Body | None, links: tuple[Anchor, ...]) -> PlainPage:
    """Return a plain page."""
    site, path = context.site, words.path
    feeds_page, channels_page = path == urls.FEEDS_PAGE, path == urls.CHANNELS_PAGE
    return PlainPage(
        head=Head(
            title=words.title,
            description=words.summary,
            canonical=site.absolute(path),
            indexed=context.indexed and path != urls.NOT_FOUND and not words.withdrawn_reason,
            feeds=feed_links(context, *feed_selections(context)) if feeds_page else (),
            sheet="news",
            section=site.href(path),
            modules=modules_of(context, body) if body else (),
        ),
        crumbs=crumbs(context),
        title=words.title,
        summary=words.summary,
        mark=words.mark,
        withdrawn_reason=words.withdrawn_reason,
        body=body_view(context, body) if body else (),
        feeds=_feed_rows(context) if feeds_page else (),
        opml=Anchor("Tải danh sách mọi nguồn tin (OPML)", site.href(urls.OPML)) if feeds_page else None,
        namespace=Anchor("Trường riêng trong nguồn tin (cho người viết phần mềm)", site.href(urls.NAMESPACE_PAGE))
        if feeds_page
        else None,
        channels=tuple(Anchor(channel.name, channel.url) for channel in site.open_channels if channel.url) if channels_page else (),
        links=links,
    )


def feed_selections(context: RenderContext) -> tuple[tuple[str, str], ...]:
    """Return title and selection of each feed: all, each kind, each topic."""
    kinds = tuple((content_type.label, content_type.kind.value) for content_type in context.content_types)
    topics = tuple((topic.name, urls.topic_feed(topic.slug)) for topic in context.site.topics)
    return (("Tất cả", urls.FEED_OF_ALL), *kinds, *topics)


def _feed_rows(context: RenderContext) -> tuple[LinkGroup, ...]:
    rows = [
        (title, [(name, urls.feed(selection, file)) for name, file, _ in FEED_FORMATS])
        for title, selection in feed_selections(context)
    ]
    rows += [(f"Dành cho kênh {channel.name}", [(RSS.name, urls.channel_feed(channel.id))]) for channel in CHANNELS]
    return tuple(LinkGroup(title, tuple(Anchor(name, context.site.href(path)) for name, path in feeds)) for title, feeds in rows)


def index_pages(catalogue: Catalogue, context: RenderContext) -> Iterator[tuple[str, Deferred, str]]:
    """Yield path, view and origin of the pages that list topics and tags."""
    topics = tuple(Anchor(topic.name, context.site.href(urls.topic(topic.slug))) for topic in context.site.topics)
    words = Words(urls.TOPICS, "Chủ đề", "Các chủ đề của trang; mỗi chủ đề có tin tức, văn bản, tài liệu.")
    yield urls.TOPICS, Deferred(plain, (context, words, None, topics)), urls.TOPICS
    used = {tag for item in catalogue.items for tag in item.tags}
    names = sorted(((catalogue.tag_names[tag], tag) for tag in used), key=lambda pair: sort_key(pair[0]))
    tags = tuple(Anchor(name, context.site.href(urls.tag(tag))) for name, tag in names)
    words = Words(urls.TAGS, "Từ khóa", "Mọi từ khóa của trang, theo thứ tự chữ cái.")
    yield urls.TAGS, Deferred(plain, (context, words, None, tags)), urls.TAGS


def not_found(context: RenderContext) -> PlainPage:
    """Return the page that a web server shows for an unknown address."""
    summary = "Địa chỉ này không có trên trang. Có thể bài đã đổi địa chỉ, hoặc đường link bị gõ sai."
    links = tuple(Anchor(content_type.label, context.site.href(content_type.section)) for content_type in context.content_types)
    return plain(context, Words(urls.NOT_FOUND, "Không tìm thấy trang", summary), None, links)


def namespace(context: RenderContext) -> PlainPage:
    """Return the page that explains our own fields in feeds, for programmers."""
    summary = "Những gì nguồn tin của trang ghi thêm ngoài RSS, Atom và JSON Feed, dành cho người viết phần mềm."
    words = Words(urls.NAMESPACE_PAGE, "Trường riêng trong nguồn tin", summary)
    return plain(context, words, Body((_fields(context),), "", ()), ())


def _fields(context: RenderContext) -> str:
    schemas = (("Lược đồ của danh mục", urls.MANIFEST_SCHEMA), ("Lược đồ của một mục", urls.RECORD_SCHEMA))
    links = "".join(f'<li><a href="{escape(context.site.href(path))}">{words} (JSON Schema)</a></li>' for words, path in schemas)
    return (
        f"<p>Trong RSS và Atom, không gian tên là <code>{NAMESPACE}</code> (tiền tố <code>cds</code>); trong JSON Feed, "
        "các trường nằm trong đối tượng <code>_chuyendoiso</code>. Tên và nghĩa của các trường không đổi; trường mới có thể thêm vào.</p>"
        f"{''.join(map(_section, dict.fromkeys(field.owner for field in FEED_FIELDS)))}"
        "<h2>Danh mục và lược đồ</h2><p>Trang còn có danh mục mọi mục và một tệp JSON cạnh mỗi mục:</p>"
        f"<ul>{links}</ul>"
    )


def _section(owner: str) -> str:
    """Return the fields of a kind of item as a list, which fits a phone."""
    terms = (
        f"<dt><code>{escape(field.name)}</code></dt><dd>{escape(field.meaning)}</dd>"
        for field in FEED_FIELDS
        if field.owner == owner
    )
    return f"<h2>Của {owner}</h2><dl>{''.join(terms)}</dl>"
