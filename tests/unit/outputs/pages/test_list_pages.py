"""Lists of news, topics, tags and documents: items and filters."""

from datetime import UTC, date, datetime

import pytest
from made_items import at, catalogue, document, news, training
from rich_site import CONTEXT, view_of

from chuyendoiso.outputs.pages.item_lists import library_lists, month_links, news_lists, tag_lists, topic_lists
from chuyendoiso.outputs.pages.lists import PAGE_SIZE
from chuyendoiso.outputs.pages.views import Anchor, LibraryPage, LinkGroup, ListPage

TOPICS = (Anchor("Xã hội số", "/cds/chu-de/xa-hoi-so/"), Anchor("Kinh tế số", "/cds/chu-de/kinh-te-so/"))


def pages(plan, *items, **options):
    """Return the pages that a plan yields, by address; no address occurs twice."""
    planned = list(plan(catalogue(*items, **options), CONTEXT))
    views = {path: view_of(call) for path, call in planned}
    assert len(planned) == len(views)
    return views


def content(views):
    """Return title and items of each list, by address."""
    return {path: (view.title, [item.href.split("/")[-2] for item in view.teasers]) for path, view in views.items()}


# ── news ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_news_have_a_list_of_the_newest_and_one_for_each_month_of_the_zone():
    views = pages(
        news_lists,
        news("ba", date=datetime(2026, 11, 30, 16, 59, tzinfo=UTC)),
        news("bon", date=datetime(2026, 11, 30, 17, 0, tzinfo=UTC)),
        news("hai", date=datetime(2026, 10, 31, 17, 0, tzinfo=UTC)),
        news("mot", date=datetime(2025, 11, 2, tzinfo=UTC)),
        document("khac"),
    )
    assert content(views) == {
        "/tin-tuc/": ("Tin tức", ["bon", "ba", "hai", "mot"]),
        "/tin-tuc/2026/thang-12/": ("Tin tháng 12/2026", ["bon"]),
        "/tin-tuc/2026/thang-11/": ("Tin tháng 11/2026", ["ba", "hai"]),
        "/tin-tuc/2025/thang-11/": ("Tin tháng 11/2025", ["mot"]),
    }
    months = (
        Anchor("Tháng 12/2026", "/cds/tin-tuc/2026/thang-12/"),
        Anchor("Tháng 11/2026", "/cds/tin-tuc/2026/thang-11/"),
        Anchor("Tháng 11/2025", "/cds/tin-tuc/2025/thang-11/"),
    )
    assert views["/tin-tuc/"].filters == (LinkGroup("Theo chủ đề", TOPICS, None), LinkGroup("Theo tháng", months, None))
    assert views["/tin-tuc/2025/thang-11/"].crumbs == (Anchor("Trang chủ", "/cds/"), Anchor("Tin tức", "/cds/tin-tuc/"))
    assert months == month_links(
        catalogue(
            *(news(str(month), date=at(1).replace(month=month, year=year)) for year, month in ((2026, 12), (2026, 11), (2025, 11)))
        ),
        CONTEXT,
    )


def test_the_newest_news_are_one_page_and_a_month_has_as_many_as_it_needs():
    views = pages(
        news_lists, *(news(f"bai-{number:02}", date=at(1 + number // 24, number % 24)) for number in range(3 * PAGE_SIZE))
    )
    assert {path: (len(view.teasers), view.pager is not None) for path, view in views.items()} == {
        "/tin-tuc/": (2 * PAGE_SIZE - 1, False),
        "/tin-tuc/2026/thang-11/": (PAGE_SIZE, True),
        "/tin-tuc/2026/thang-11/trang-2/": (PAGE_SIZE, True),
        "/tin-tuc/2026/thang-11/trang-1/": (PAGE_SIZE, True),
    }


@pytest.mark.parametrize("plan", [news_lists, topic_lists, tag_lists, library_lists])
def test_a_list_without_items_says_so(plan):
    empty = {path: (view.teasers, view.empty) for path, view in pages(plan).items()}
    assert (
        empty
        == {
            news_lists: {"/tin-tuc/": ((), "Chưa có tin nào.")},
            topic_lists: {f"/chu-de/{slug}/": ((), "Chưa có bài nào về chủ đề này.") for slug in ("xa-hoi-so", "kinh-te-so")},
            tag_lists: {},
            library_lists: {"/van-ban/": ((), "Chưa có văn bản nào.")},
        }[plan]
    )


# ── topics and tags ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_topic_lists_items_of_all_kinds_newest_first():
    views = pages(topic_lists, news("mot", date=at(3)), document("hai", date=at(4)), training("ba", date=at(2), topic="kinh-te-so"))
    assert content(views) == {
        "/chu-de/xa-hoi-so/": ("Xã hội số", ["hai", "mot"]),
        "/chu-de/kinh-te-so/": ("Kinh tế số", ["ba"]),
    }
    view = views["/chu-de/kinh-te-so/"]
    assert ("Tin tức, văn bản và tài liệu về kinh tế số.", (LinkGroup("Theo chủ đề", TOPICS, TOPICS[1].href),)) == (
        view.intro,
        view.filters,
    )
    assert [feed.href for feed in view.feeds if feed.href.endswith("rss.xml")] == ["/cds/feeds/chu-de/kinh-te-so/rss.xml"]


def test_each_tag_lists_its_items_by_the_name_of_the_tag():
    tags = [("zalo", "Zalo"), ("so-hoa", "Số hóa"), ("cu", "Cũ")]
    views = pages(
        tag_lists, news("mot", date=at(3), tags=("zalo", "so-hoa")), document("hai", date=at(4), tags=("zalo",)), tags=tags
    )
    assert content(views) == {
        "/tu-khoa/so-hoa/": ("Từ khóa: Số hóa", ["mot"]),
        "/tu-khoa/zalo/": ("Từ khóa: Zalo", ["hai", "mot"]),
    }
    assert list(views) == ["/tu-khoa/so-hoa/", "/tu-khoa/zalo/"]


# ── documents ───────────────────────────────────────────────────────────────────────────────────────────────────────────

DOCUMENTS = (
    document("mot", date=at(1), document_type="Kế hoạch", issuing_body="hdnd", issued_on=date(2024, 5, 1)),
    document("hai", date=at(2), document_type="Quyết định", issuing_body="ubnd", issued_on=date(2026, 5, 1)),
    document("ba", date=at(3), document_type="Nghị quyết", issuing_body="hdnd", issued_on=date(2024, 1, 1)),
)
TYPES = tuple(
    Anchor(name, f"/cds/van-ban/loai/{slug}/")
    for name, slug in (("Nghị quyết", "nghi-quyet"), ("Quyết định", "quyet-dinh"), ("Kế hoạch", "ke-hoach"))
)
ISSUERS = (Anchor("Ủy ban nhân dân", "/cds/van-ban/co-quan/ubnd/"), Anchor("Hội đồng nhân dân", "/cds/van-ban/co-quan/hdnd/"))
YEARS = (Anchor("2026", "/cds/van-ban/nam/2026/"), Anchor("2024", "/cds/van-ban/nam/2024/"))


def filters(current=None):
    """Return the filters of the library, the current address marked in its group."""
    groups = (("Loại văn bản", TYPES), ("Cơ quan ban hành", ISSUERS), ("Năm ban hành", YEARS))
    return tuple(LinkGroup(title, links, current if current in {link.href for link in links} else None) for title, links in groups)


def test_documents_are_listed_by_type_issuer_and_year():
    views = pages(library_lists, *DOCUMENTS, news("khac"))
    assert content(views) == {
        "/van-ban/": ("Thư viện văn bản", ["hai", "mot", "ba"]),
        "/van-ban/loai/nghi-quyet/": ("Nghị quyết", ["ba"]),
        "/van-ban/loai/quyet-dinh/": ("Quyết định", ["hai"]),
        "/van-ban/loai/ke-hoach/": ("Kế hoạch", ["mot"]),
        "/van-ban/co-quan/ubnd/": ("Ủy ban nhân dân", ["hai"]),
        "/van-ban/co-quan/hdnd/": ("Hội đồng nhân dân", ["mot", "ba"]),
        "/van-ban/nam/2026/": ("Văn bản ban hành năm 2026", ["hai"]),
        "/van-ban/nam/2024/": ("Văn bản ban hành năm 2024", ["mot", "ba"]),
    }
    assert {path: filters(f"/cds{path}") for path in views} == {path: view.filters for path, view in views.items()}
    assert {LibraryPage} == set(map(type, views.values()))


def test_other_lists_are_plain_ones():
    assert {ListPage} == {type(view) for plan in (news_lists, topic_lists) for view in pages(plan, news()).values()}
