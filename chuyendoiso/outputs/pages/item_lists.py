"""The lists of news and documents, and of items of every kind: topics, tags."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import DOCUMENT, ITEM_TYPES, NEWS
from chuyendoiso.model.content_types.document import Document
from chuyendoiso.model.content_types.news import News
from chuyendoiso.model.items import Catalogue, Item
from chuyendoiso.model.vietnamese import lower_first, slugify
from chuyendoiso.model.vocabulary import DOCUMENT_TYPES, Kind
from chuyendoiso.outputs.pages.lists import PAGE_SIZE, ListSpec, Paged, filters_of, grouped_listings, listings
from chuyendoiso.outputs.pages.render_context import RenderContext, kind_step
from chuyendoiso.outputs.pages.views import Anchor, LibraryPage, LinkGroup


def news_lists(catalogue: Catalogue, context: RenderContext) -> Iterator[Paged]:
    """Yield the page of the newest news and a list a month."""
    news = catalogue.of(News)
    months: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for item in news:
        months[_month_of(context, item)].append(item)
    newest = ListSpec(
        path=urls.NEWS, title=NEWS.label, intro="Tin mới nhất đứng trước. Tin cũ hơn xếp theo tháng.",
        empty="Chưa có tin nào.", section=urls.NEWS, feeds=((NEWS.label, NEWS.kind.value),),
    )  # fmt: skip
    filters = (_topic_filter(context), LinkGroup("Theo tháng", tuple(_month_link(context, *month) for month in months)))
    yield from (page for page in listings(context, newest, news[: 2 * PAGE_SIZE - 1], filters) if page[0] == urls.NEWS)
    for (year, month), items in months.items():
        spec = ListSpec(
            path=urls.month(datetime(year, month, 1)), title=f"Tin tháng {month}/{year}", empty="Chưa có tin nào.",
            steps=(kind_step(NEWS.kind),), section=urls.NEWS,
        )  # fmt: skip
        yield from listings(context, spec, items)


def month_links(catalogue: Catalogue, context: RenderContext) -> tuple[Anchor, ...]:
    """Return the links to the news of each month, the newest first."""
    months = dict.fromkeys(_month_of(context, item) for item in catalogue.of(News))
    return tuple(_month_link(context, *month) for month in months)


def _month_of(context: RenderContext, item: Item) -> tuple[int, int]:
    day = context.local(item.date)
    return day.year, day.month


def _month_link(context: RenderContext, year: int, month: int) -> Anchor:
    return Anchor(f"Tháng {month}/{year}", context.site.href(urls.month(datetime(year, month, 1))))


def library_lists(catalogue: Catalogue, context: RenderContext) -> Iterator[Paged]:
    """Yield the document library, the newest issue first: all, by type, body, year."""
    by_type, by_issuer, by_year = (defaultdict[str, list[Document]](list) for _ in range(3))
    documents = sorted(catalogue.of(Document), key=lambda document: document.issued_on, reverse=True)
    for document in documents:
        by_type[document.document_type].append(document)
        by_issuer[document.issuing_body].append(document)
        by_year[str(document.issued_on.year)].append(document)
    types = sorted(by_type, key=list(DOCUMENT_TYPES).index)
    issuers = [issuer for issuer in context.site.issuers if issuer.id in by_issuer]
    years = sorted(by_year, reverse=True)
    groups = {
        "Loại văn bản": [(name, urls.document_type(slugify(name)), name, by_type[name]) for name in types],
        "Cơ quan ban hành": [(issuer.name, urls.issuer(issuer.id), issuer.name, by_issuer[issuer.id]) for issuer in issuers],
        "Năm ban hành": [(year, urls.year(int(year)), f"Văn bản ban hành năm {year}", by_year[year]) for year in years],
    }
    spec = ListSpec(
        path=urls.DOCUMENTS, title="Thư viện văn bản", intro="Văn bản về chuyển đổi số: số, ký hiệu, ngày ban hành, hiệu lực.",
        empty="Chưa có văn bản nào.", section=urls.DOCUMENTS, feeds=((DOCUMENT.label, DOCUMENT.kind.value),),
    )  # fmt: skip
    yield from listings(context, spec, documents, filters_of(context, groups), view=LibraryPage)
    yield from grouped_listings(context, groups, kind_step(DOCUMENT.kind), spec.empty, view=LibraryPage)


def kind_list(kind: Kind, catalogue: Catalogue, context: RenderContext) -> Iterator[Paged]:
    """Yield the list of all items of a kind."""
    content_type = ITEM_TYPES[kind]
    spec = ListSpec(
        path=content_type.section, title=content_type.label, empty=f"Chưa có {content_type.singular} nào.", section=content_type.section,
        feeds=((content_type.label, kind.value),),
    )  # fmt: skip
    yield from listings(context, spec, catalogue.of(content_type.item), (_topic_filter(context),))


# ── items of every kind ─────────────────────────────────────────────────────────────────────────────────────────────────


def _topic_filter(context: RenderContext, current: str | None = None) -> LinkGroup:
    links = tuple(Anchor(topic.name, context.site.href(urls.topic(topic.slug))) for topic in context.site.topics)
    return LinkGroup("Theo chủ đề", links, context.site.href(current) if current else None)


def topic_lists(catalogue: Catalogue, context: RenderContext) -> Iterator[Paged]:
    """Yield the lists of all topics, of items of every kind."""
    for topic in context.site.topics:
        path = urls.topic(topic.slug)
        spec = ListSpec(
            path=path, title=topic.name, intro=f"Tin tức, văn bản và tài liệu về {lower_first(topic.name)}.",
            empty="Chưa có bài nào về chủ đề này.", steps=(("Chủ đề", urls.TOPICS),), section=urls.TOPICS,
            feeds=((topic.name, urls.topic_feed(topic.slug)),),
        )  # fmt: skip
        items = [item for item in catalogue.items if item.topic == topic.slug]
        yield from listings(context, spec, items, (_topic_filter(context, path),))


def tag_lists(catalogue: Catalogue, context: RenderContext) -> Iterator[Paged]:
    """Yield the lists of all tags that a published item has."""
    by_tag: dict[str, list[Item]] = defaultdict(list)
    for item in catalogue.items:
        for tag in item.tags:
            by_tag[tag].append(item)
    for tag, items in sorted(by_tag.items()):
        spec = ListSpec(
            path=urls.tag(tag), title=f"Từ khóa: {catalogue.tag_names[tag]}", empty="Chưa có bài nào.",
            steps=(("Từ khóa", urls.TAGS),), section=urls.TOPICS,
        )  # fmt: skip
        yield from listings(context, spec, items)
