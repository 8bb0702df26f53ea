"""Pages of lists: what the first page has, what numbered pages leave out."""

from dataclasses import replace

import pytest
from made_items import at, cover, document, news
from rich_site import CONTEXT, HOME, PREVIEW, view_of

from chuyendoiso.outputs.pages.lists import PAGE_SIZE, ListSpec, listings, teaser
from chuyendoiso.outputs.pages.views import Anchor, FeedLink, Head, LibraryPage, LinkGroup, ListPage, Pager

SELECTION = ListSpec(
    path="/chu-de/xa-hoi-so/", title="Xã hội số", intro="Tin tức về xã hội số.", empty="Chưa có bài nào.", steps=(("Chủ đề", "/chu-de/"),),
    section="/chu-de/", feeds=(("Xã hội số", "chu-de/xa-hoi-so"),),
)  # fmt: skip
FILTERS = (LinkGroup(title="Theo chủ đề", links=(Anchor("Xã hội số", "/cds/chu-de/xa-hoi-so/"),), current=None),)
FEEDS = tuple(
    FeedLink(f"Xã hội số ({name})", f"/cds/feeds/chu-de/xa-hoi-so/{file}", f"application/{kind}+{ending}")
    for name, file, kind, ending in (("RSS", "rss.xml", "rss", "xml"), ("Atom", "atom.xml", "atom", "xml"), ("JSON", "feed.json", "feed", "json"))
)  # fmt: skip


def items(count):
    return [news(f"bai-{number:02}", date=at(1, number % 24), cover=cover("a")) for number in range(count, 0, -1)]


def pages(count, selection=SELECTION, context=CONTEXT, filters=FILTERS, **options):
    """Return the pages of a list by address."""
    return {path: view_of(call) for path, call in listings(context, selection, items(count), filters, **options)}


def test_a_short_list_is_one_page_with_intro_filters_and_feeds():
    (view,) = pages(1).values()
    assert view == ListPage(
        head=Head(
            title="Xã hội số", description="Tin tức về xã hội số.", canonical=f"{HOME}/chu-de/xa-hoi-so/", indexed=True, feeds=FEEDS,
            section="/cds/chu-de/", modules=("/cds/js/filters.js",),
        ),
        crumbs=(Anchor("Trang chủ", "/cds/"), Anchor("Chủ đề", "/cds/chu-de/")),
        title="Xã hội số", intro="Tin tức về xã hội số.", teasers=(teaser(CONTEXT, items(1)[0], picture=True),),
        empty="Chưa có bài nào.", filters=FILTERS, pager=None, feeds=FEEDS,
    )  # fmt: skip


def test_a_numbered_page_has_neither_intro_nor_filters_nor_feeds_nor_pictures():
    view = pages(3 * PAGE_SIZE)["/chu-de/xa-hoi-so/trang-2/"]
    assert view == ListPage(
        head=Head(
            title="Xã hội số – trang 2", description="Tin tức về xã hội số.", canonical=f"{HOME}/chu-de/xa-hoi-so/trang-2/", indexed=True,
            feeds=FEEDS, section="/cds/chu-de/", modules=(),
        ),
        crumbs=(Anchor("Trang chủ", "/cds/"), Anchor("Chủ đề", "/cds/chu-de/")),
        title="Xã hội số", intro=None, teasers=tuple(teaser(CONTEXT, item) for item in items(3 * PAGE_SIZE)[PAGE_SIZE : 2 * PAGE_SIZE]),
        empty="Chưa có bài nào.", filters=(),
        pager=Pager(newer="/cds/chu-de/xa-hoi-so/", older="/cds/chu-de/xa-hoi-so/trang-1/", here="Trang 2"), feeds=(),
    )  # fmt: skip


FIRST, SECOND, THIRD = "/cds/chu-de/xa-hoi-so/", "/cds/chu-de/xa-hoi-so/trang-2/", "/cds/chu-de/xa-hoi-so/trang-1/"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, [None]),
        (2 * PAGE_SIZE - 1, [None]),
        (2 * PAGE_SIZE, [Pager(None, THIRD, "Mới nhất"), Pager(FIRST, None, "Trang 1")]),
        (
            3 * PAGE_SIZE + 5,
            [Pager(None, SECOND, "Mới nhất"), Pager(FIRST, THIRD, "Trang 2"), Pager(SECOND, None, "Trang 1")],
        ),
    ],
)
def test_pages_link_to_their_neighbours(count, expected):
    assert expected == [view.pager for view in pages(count).values()]


def test_the_library_shows_no_pictures():
    documents = [document("a", cover=cover("a"))]
    ((_, call),) = listings(CONTEXT, SELECTION, documents, view=LibraryPage)
    view = view_of(call)
    assert (LibraryPage, (teaser(CONTEXT, documents[0]),), ()) == (type(view), view.teasers, view.head.modules)


@pytest.mark.parametrize(
    ("selection", "context", "expected"),
    [
        (SELECTION, CONTEXT, ("Tin tức về xã hội số.", True)),
        (replace(SELECTION, intro=None), CONTEXT, ("Xã hội số – Chuyển đổi số", True)),
        (SELECTION, PREVIEW, ("Tin tức về xã hội số.", False)),
        (SELECTION, replace(CONTEXT, notice="Dữ liệu minh họa."), ("Tin tức về xã hội số.", False)),
    ],
)
def test_the_head_describes_the_list_and_is_indexed_on_a_real_site_only(selection, context, expected):
    (view,) = pages(1, selection, context).values()
    assert expected == (view.head.description, view.head.indexed)


def test_numbered_pages_without_intro_are_described_by_their_number():
    view = pages(2 * PAGE_SIZE, replace(SELECTION, intro=None))["/chu-de/xa-hoi-so/trang-1/"]
    assert view.head.description == "Xã hội số – trang 1 – Chuyển đổi số"
