"""Lists of items, cut into stable pages.

A list's head shows the newest; what no longer fits moves, `PAGE_SIZE` items at a time, to numbered pages that count from the oldest.
So a full page never changes its address or its content, and a new item changes the head alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import ITEM_TYPES
from chuyendoiso.model.items import Item
from chuyendoiso.model.target import Deferred
from chuyendoiso.outputs.content_types import outputs_of
from chuyendoiso.outputs.pages.components import COLUMN, THUMB, day, mark_of, picture_view, topic_anchor
from chuyendoiso.outputs.pages.render_context import RenderContext, crumbs, feed_links
from chuyendoiso.outputs.pages.views import Anchor, Head, LinkGroup, ListPage, Pager, Teaser

PAGE_SIZE = 12


class ListSheet(NamedTuple):
    """One page of a list."""

    path: str
    items: tuple[Item, ...]
    number: int | None  # None: the head
    newer: str | None
    older: str | None
    next: str | None = None  # of the head: the path of the next full page, which a list that became shorter once had


def sheets(head: str, items: Sequence[Item]) -> Iterator[ListSheet]:
    """Cut a list into a head of the newest items and full pages.

    The head has PAGE_SIZE to 2·PAGE_SIZE − 1 items. Page 1 holds the oldest items.
    """
    full = max(0, (len(items) - PAGE_SIZE) // PAGE_SIZE)
    cut = len(items) - full * PAGE_SIZE
    further = urls.older_page(head, full + 1) if cut >= PAGE_SIZE else None
    yield ListSheet(head, tuple(items[:cut]), None, None, urls.older_page(head, full) if full else None, further)
    for number in range(full, 0, -1):
        start = cut + (full - number) * PAGE_SIZE
        newer = head if number == full else urls.older_page(head, number + 1)
        older = urls.older_page(head, number - 1) if number > 1 else None
        yield ListSheet(urls.older_page(head, number), tuple(items[start : start + PAGE_SIZE]), number, newer, older)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """A list: its address, words and feeds."""

    path: str
    title: str
    intro: str | None = None
    empty: str
    steps: tuple[tuple[str, str], ...] = ()
    section: str
    feeds: tuple[tuple[str, str], ...] = ()


def _head(context: RenderContext, spec: ListSpec, sheet: ListSheet, *, filtered: bool) -> Head:
    title = spec.title if sheet.number is None else f"{spec.title} – trang {sheet.number}"
    return Head(
        title=title,
        description=spec.intro or f"{title} – {context.site.name}",
        canonical=context.site.absolute(sheet.path),
        indexed=context.indexed,
        feeds=feed_links(context, *spec.feeds),
        section=context.site.href(spec.section),
        modules=context.scripts("filters") if filtered else (),
    )


def _pager(context: RenderContext, sheet: ListSheet) -> Pager | None:
    if sheet.newer is None and sheet.older is None:
        return None
    return Pager(
        newer=context.site.href(sheet.newer) if sheet.newer else None,
        older=context.site.href(sheet.older) if sheet.older else None,
        here="Mới nhất" if sheet.number is None else f"Trang {sheet.number}",
    )


Paged = tuple[str, Deferred]
Selection = tuple[str, str, str, Sequence[Item]]  # the label of a list's link, its path, its title, its items


def listings(
    context: RenderContext,
    spec: ListSpec,
    items: Sequence[Item],
    filters: tuple[LinkGroup, ...] = (),
    *,
    view: type[ListPage] = ListPage,
) -> Iterator[Paged]:
    """Yield path and view of each page of a list.

    Filters and feeds are on the head alone, so numbered pages do not change.
    """
    for sheet in sheets(spec.path, items):
        yield sheet.path, Deferred(listing, (context, spec, sheet, filters if sheet.number is None else (), view))


def grouped_listings(
    context: RenderContext,
    groups: Mapping[str, Sequence[Selection]],
    step: tuple[str, str],
    empty: str,
    *,
    view: type[ListPage] = ListPage,
) -> Iterator[Paged]:
    """Yield path and view of each page of the lists of some groups."""
    for _, path, title, items in chain.from_iterable(groups.values()):
        spec = ListSpec(path=path, title=title, empty=empty, steps=(step,), section=step[1])
        yield from listings(context, spec, items, filters_of(context, groups, path), view=view)


def filters_of(
    context: RenderContext, groups: Mapping[str, Sequence[Selection]], current: str | None = None
) -> tuple[LinkGroup, ...]:
    """Return links to non-empty lists and to the list at `current`."""
    href, filters = context.site.href, []
    for title, group in groups.items():
        listed = [(label, path) for label, path, _, items in group if items or path == current]
        if listed:
            links = tuple(Anchor(label, href(path)) for label, path in listed)
            filters.append(LinkGroup(title, links, next((href(path) for _, path in listed if path == current), None)))
    return tuple(filters)


def next_pages(views: Iterable[Deferred]) -> Iterator[str]:
    """Yield the path of the next full page of each list."""
    list_sheets = (view.arguments[2] for view in views if view.function is listing)
    yield from (sheet.next for sheet in list_sheets if sheet.next)


def listing(
    context: RenderContext, spec: ListSpec, sheet: ListSheet, filters: tuple[LinkGroup, ...], view: type[ListPage]
) -> ListPage:
    """Return a page of a list."""
    head, first = _head(context, spec, sheet, filtered=bool(filters)), sheet.number is None
    return view(
        head=head,
        crumbs=crumbs(context, *spec.steps),
        title=spec.title,
        intro=spec.intro if first else None,
        teasers=tuple(teaser(context, item, picture=first and view is ListPage) for item in sheet.items),
        empty=spec.empty,
        filters=filters,
        pager=_pager(context, sheet),
        feeds=head.feeds if first else (),
    )


def teaser(context: RenderContext, item: Item, *, picture: bool = False, lazy: bool = True) -> Teaser:
    """Return the view of an item in a list."""
    cover = item.cover if picture else None
    return Teaser(
        icon=ITEM_TYPES[item.kind].icon,
        title=item.heading,
        href=context.site.href(item.path),
        date=day(context.local(item.date)),
        summary=item.summary,
        topic=topic_anchor(context, item.topic),
        picture=picture_view(context, cover.picture, cover.alt, lazy=lazy, sizes=THUMB if lazy else COLUMN) if cover else None,
        mark=mark_of(context, item),
        **outputs_of(item).teaser(context, item),
    )
