"""The lists of news and of items of every kind: the newest, months, topics, tags."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import NEWS
from chuyendoiso.model.content_types.news import News
from chuyendoiso.model.items import Catalogue, Item
from chuyendoiso.model.vietnamese import lower_first
from chuyendoiso.outputs.pages.lists import PAGE_SIZE, ListSpec, Paged, listings
from chuyendoiso.outputs.pages.render_context import RenderContext, kind_step
from chuyendoiso.outputs.pages.views import Anchor, FilterGroup


def news_lists(catalogue: Catalogue, context: RenderContext) -> Iterator[Paged]:
    """Yield the page of the newest news and a list a month."""
    news = catalogue.of(News)
    step = kind_step(NEWS.kind)
    months: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for item in news:
        months[_month_of(context, item)].append(item)
    newest = ListSpec(
        path=urls.NEWS, title=NEWS.label, intro="Tin mới nhất đứng trước. Tin cũ hơn xếp theo tháng.",
        empty="Chưa có tin nào.", steps=(), section=urls.NEWS, feeds=((NEWS.label, NEWS.kind.value),),
    )  # fmt: skip
    filters = (
        _topic_filter(context),
        FilterGroup(title="Theo tháng", links=tuple(_month_link(context, *key) for key in months), current=None),
    )
    for path, view in listings(context, newest, news[: 2 * PAGE_SIZE - 1], filters):
        if path == urls.NEWS:
            yield path, view
    for (year, month), found in months.items():
        selection = ListSpec(
            path=urls.month(datetime(year, month, 1)), title=f"Tin tháng {month}/{year}", intro=None, empty="Chưa có tin nào.",
            steps=(step,), section=urls.NEWS,
        )  # fmt: skip
        yield from listings(context, selection, found)


def month_links(catalogue: Catalogue, context: RenderContext) -> tuple[Anchor, ...]:
    """Return the links to the news of each month, the newest first."""
    return tuple(_month_link(context, *key) for key in dict.fromkeys(_month_of(context, item) for item in catalogue.of(News)))


def _month_of(context: RenderContext, item: Item) -> tuple[int, int]:
    day = context.local(item.date)
    return day.year, day.month


def _month_link(context: RenderContext, year: int, month: int) -> Anchor:
    return Anchor(f"Tháng {month}/{year}", context.site.href(urls.month(datetime(year, month, 1))))


def _topic_filter(context: RenderContext, current: str | None = None) -> FilterGroup:
    links = tuple(Anchor(topic.name, context.site.href(urls.topic(topic.slug))) for topic in context.site.topics)
    return FilterGroup(title="Theo chủ đề", links=links, current=context.site.href(current) if current else None)


def topic_lists(catalogue: Catalogue, context: RenderContext) -> Iterator[Paged]:
    """Yield the lists of all topics, of items of every kind."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in catalogue.items:
        found[item.topic].append(item)
    for topic in context.site.topics:
        path = urls.topic(topic.slug)
        selection = ListSpec(
            path=path, title=topic.name, intro=f"Tin tức, văn bản và tài liệu về {lower_first(topic.name)}.",
            empty="Chưa có bài nào về chủ đề này.", steps=(("Chủ đề", urls.TOPICS),), section=urls.TOPICS,
            feeds=((topic.name, urls.topic_feed(topic.slug)),),
        )  # fmt: skip
        yield from listings(context, selection, found[topic.slug], (_topic_filter(context, path),))


def tag_lists(catalogue: Catalogue, context: RenderContext) -> Iterator[Paged]:
    """Yield the lists of all tags that a published item has."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in catalogue.items:
        for tag in item.tags:
            found[tag].append(item)
    for tag, items in sorted(found.items()):
        name = catalogue.tag_names[tag]
        selection = ListSpec(
            path=urls.tag(tag), title=f"Từ khóa: {name}", intro=None, empty="Chưa có bài nào.",
            steps=(("Từ khóa", urls.TAGS),), section=urls.TOPICS,
        )  # fmt: skip
        yield from listings(context, selection, items)
