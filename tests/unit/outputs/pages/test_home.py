"""The home page, plain pages, pages of feeds, topics and tags."""

from dataclasses import replace

import pytest
from made_items import BODIES, SITE, at, body, catalogue, document, news, training
from rich_site import CONTEXT, HOME, PREVIEW, RICH_SITE, view_of

from chuyendoiso.model.content_types.training import Session
from chuyendoiso.model.items import FrameIn, Page
from chuyendoiso.model.vocabulary import EditorStatus, Kind
from chuyendoiso.outputs.pages.components import body_view
from chuyendoiso.outputs.pages.home import index_pages, not_found, plain_pages, plan_home
from chuyendoiso.outputs.pages.lists import teaser
from chuyendoiso.outputs.pages.render_context import feed_links
from chuyendoiso.outputs.pages.structured_data import site_data
from chuyendoiso.outputs.pages.views import Anchor, EmbedView, Head, HomePage, LinkGroup, PlainPage


def session(day, phase):
    plain = Session(
        starts_at=at(day, 14), ends_at=at(day, 16), organizer=None, venue=None, meeting_points=(), streams=(), agenda=(),
        recording=None, attendance=None, phase=phase,
    )  # fmt: skip
    return training(f"hop-{day}", date=at(day), session=plain)


def home(*items, context=CONTEXT):
    return view_of(plan_home(catalogue(*items), context))


def names(teasers):
    return [item.href.split("/")[-2] for item in teasers]


# ── the home page ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_home_page():
    newest, record, material = news("moi", date=at(9)), document(), training()
    assert home(news(), newest, record, material) == HomePage(
        head=Head(
            title="Chuyển đổi số", description="Tin của tỉnh", canonical=f"{HOME}/", indexed=True,
            feeds=feed_links(CONTEXT, ("Tất cả", "tat-ca")), section="/cds/", data=site_data(RICH_SITE),
        ),
        lead=teaser(CONTEXT, newest, picture=True, lazy=False), news=(teaser(CONTEXT, news()),), training_title="Tài liệu tập huấn mới",
        trainings=(teaser(CONTEXT, material),), documents=(teaser(CONTEXT, record),),
        drafts=(), more_drafts=Anchor("Mọi dự thảo lấy ý kiến", "/cds/lay-y-kien/"),
        more_news=Anchor("Tất cả tin tức", "/cds/tin-tuc/"), more_trainings=Anchor("Tất cả tập huấn và tài liệu", "/cds/tap-huan/"),
        more_documents=Anchor("Thư viện văn bản", "/cds/van-ban/"),
        follow=(Anchor("Theo dõi trên Kênh Một", "https://kenh.vn/mot"), Anchor("Theo dõi qua RSS", "/cds/nguon-tin/")),
    )  # fmt: skip


def test_an_empty_site_has_a_home_page():
    empty = home(context=replace(CONTEXT, site=replace(SITE, tagline=None)))
    assert (
        None,
        (),
        (),
        (),
        "Tin tức, văn bản và tài liệu tập huấn của Chuyển đổi số.",
        (Anchor("Theo dõi qua RSS", "/cds/nguon-tin/"),),
    ) == (
        empty.lead,
        empty.news,
        empty.trainings,
        empty.documents,
        empty.head.description,
        empty.follow,
    )


@pytest.mark.parametrize(
    ("pinned", "expected"),
    [
        ((), [60, 59, 58, 57, 56, 55, 54]),
        ((58,), [58, 60, 59, 57, 56, 55, 54]),
        ((20, 58), [58, 20, 60, 59, 57, 56, 55]),
        ((2,), [2, 60, 59, 58, 57, 56, 55]),
        (range(50, 61), [60, 59, 58, 57, 56, 55, 54]),
    ],
)
def test_the_newest_pinned_article_comes_first_then_the_six_next(pinned, expected):
    items = [news(f"bai-{number}", date=at(1 + number // 24, number % 24), pinned=number in pinned) for number in range(1, 61)]
    view = home(*items)
    assert expected == [int(name[4:]) for name in names([view.lead, *view.news])]


@pytest.mark.parametrize(
    ("items", "title", "expected"),
    [
        ([session(5, "before"), session(4, "during"), training("moi", date=at(9))], "Tập huấn sắp tới", ["hop-4", "hop-5"]),
        ([session(day, "before") for day in (8, 6, 5, 7)], "Tập huấn sắp tới", ["hop-5", "hop-6", "hop-7"]),
        ([session(5, "after"), *(training(f"bai-{day}", date=at(day)) for day in (4, 6, 7))], "Tài liệu tập huấn mới", ["bai-7", "bai-6", "hop-5"]),
        ([*(session(day, "before") for day in (5, 6, 7)), training("ghim", date=at(1), pinned=True)], "Tập huấn và tài liệu", ["ghim", "hop-5", "hop-6"]),
        ([*(training(f"bai-{day}", date=at(day), pinned=day == 4) for day in (4, 6, 7, 8))], "Tài liệu tập huấn mới", ["bai-4", "bai-8", "bai-7"]),
    ],
)  # fmt: skip
def test_the_home_page_has_the_next_sessions_or_the_newest_materials(items, title, expected):
    view = home(*items)
    assert (title, expected) == (view.training_title, names(view.trainings))


@pytest.mark.parametrize(("pinned", "expected"), [((), [7, 6, 5, 4, 3]), ((1, 2), [2, 1, 7, 6, 5])])
def test_the_home_page_has_the_five_newest_documents_the_pinned_first(pinned, expected):
    documents = (document(f"vb-{day}", date=at(day), pinned=day in pinned) for day in range(1, 8))
    assert names(home(*documents).documents) == [f"vb-{day}" for day in expected]


# ── plain pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def make_page(path="/gioi-thieu/", status=EditorStatus.PUBLISHED, **changes):
    plain = {"source": "trang/a.md", "title": "Giới thiệu", "summary": "Về trang.", "withdrawn_reason": None, "body": body()}
    return Page(path=path, status=status, **{**plain, **changes})


def plain_views(*pages, context=CONTEXT):
    gathered = replace(catalogue(), pages=pages)
    return {path: (view_of(call), origin) for path, call, origin in plain_pages(gathered, context)}


PAGE = PlainPage(
    head=Head(
        title="Giới thiệu", description="Về trang.", canonical=f"{HOME}/gioi-thieu/", indexed=True, sheet="news",
        section="/cds/gioi-thieu/",
    ),
    crumbs=(Anchor("Trang chủ", "/cds/"),), title="Giới thiệu", summary="Về trang.", mark=None, withdrawn_reason=None,
    body=body_view(CONTEXT, BODIES[body().digest]),
)  # fmt: skip
BROADCAST = body(FrameIn("https://phat.vn/a", "Buổi phát", "phat.vn"))


@pytest.mark.parametrize(
    ("page", "context", "expected"),
    [
        (make_page(), CONTEXT, PAGE),
        (make_page(), PREVIEW, replace(PAGE, head=PAGE.head._replace(indexed=False))),
        (make_page(status=EditorStatus.DRAFT), PREVIEW, replace(PAGE, head=PAGE.head._replace(indexed=False), mark="Bản nháp, chưa đăng")),
        (
            make_page(status=EditorStatus.WITHDRAWN, withdrawn_reason="Nhầm."),
            CONTEXT,
            replace(PAGE, head=PAGE.head._replace(indexed=False), withdrawn_reason="Nhầm.", body=()),
        ),
        (make_page(withdrawn_reason="Cũ."), CONTEXT, PAGE),
        (
            make_page(body=BROADCAST),
            CONTEXT,
            replace(
    PAGE,
                head=PAGE.head._replace(modules=("/cds/js/embed.js",)), body=(EmbedView("Buổi phát", "https://phat.vn/a", "phat.vn"),)
            ),
        ),
        (
            make_page("/kenh-chinh-thuc/"),
            CONTEXT,
            replace(
    PAGE,
                head=PAGE.head._replace(canonical=f"{HOME}/kenh-chinh-thuc/", section="/cds/kenh-chinh-thuc/"),
                channels=(Anchor("Kênh Một", "https://kenh.vn/mot"),),
            ),
        ),
    ],
)  # fmt: skip
def test_a_plain_page(page, context, expected):
    views = plain_views(page, context=context)
    assert [(page.path, (expected, "trang/a.md"))] == list(views.items())[:1]
    assert [page.path, "/nguon-tin/"] == list(views)


SELECTIONS = (
    ("Tất cả", "tat-ca"), ("Tin tức", "tin-tuc"), ("Văn bản", "van-ban"), ("Tập huấn và tài liệu", "tap-huan"),
    ("Hỏi đáp", "hoi-dap"), ("Lấy ý kiến dự thảo", "lay-y-kien"), ("Xã hội số", "chu-de/xa-hoi-so"), ("Kinh tế số", "chu-de/kinh-te-so"),
)  # fmt: skip


def row(title, selection):
    formats = (("RSS", "rss.xml"), ("Atom", "atom.xml"), ("JSON", "feed.json"))
    return LinkGroup(title, tuple(Anchor(name, f"/cds/feeds/{selection}/{file}") for name, file in formats))


@pytest.mark.parametrize(
    ("pages", "title", "origin"),
    [((), "Nguồn tin", "/nguon-tin/"), ((make_page("/nguon-tin/"),), "Giới thiệu", "trang/a.md")],
)
def test_the_page_of_feeds_lists_them_all_whether_content_describes_it_or_not(pages, title, origin):
    ((path, (view, from_)),) = plain_views(*pages).items()
    assert ("/nguon-tin/", title, origin, feed_links(CONTEXT, *SELECTIONS)) == (path, view.title, from_, view.head.feeds)
    assert view.feeds == (
        *(row(*selection) for selection in SELECTIONS),
        LinkGroup("Dành cho kênh Zalo", (Anchor("RSS", "/cds/feeds/zalo.rss.xml"),)),
    )
    assert view.opml == Anchor("Tải danh sách mọi nguồn tin (OPML)", "/cds/feeds/nguon-tin.opml")


def test_topics_are_in_the_order_of_the_settings_and_tags_in_vietnamese_order():
    tags = [("dat", "Đất"), ("dan", "Dân"), ("an", "Ăn"), ("am", "Ấm"), ("cu", "Cũ")]
    gathered = catalogue(news(tags=("dat", "dan")), document(tags=("am", "an", "dan")), tags=tags)
    views = {path: (view_of(call).title, view_of(call).links, origin) for path, call, origin in index_pages(gathered, CONTEXT)}
    names = (("Ăn", "an"), ("Ấm", "am"), ("Dân", "dan"), ("Đất", "dat"))
    topics = (Anchor("Xã hội số", "/cds/chu-de/xa-hoi-so/"), Anchor("Kinh tế số", "/cds/chu-de/kinh-te-so/"))
    assert views == {
        "/chu-de/": ("Chủ đề", topics, "/chu-de/"),
        "/tu-khoa/": ("Từ khóa", tuple(Anchor(name, f"/cds/tu-khoa/{slug}/") for name, slug in names), "/tu-khoa/"),
    }


def test_an_unknown_address_has_links_to_the_lists_and_is_not_indexed():
    view = not_found(replace(CONTEXT, kinds=(Kind.NEWS, Kind.DOCUMENT, Kind.TRAINING)))
    links = (
        Anchor("Tin tức", "/cds/tin-tuc/"),
        Anchor("Văn bản", "/cds/van-ban/"),
        Anchor("Tập huấn và tài liệu", "/cds/tap-huan/"),
    )
    assert ("Không tìm thấy trang", False, links, ()) == (view.title, view.head.indexed, view.links, view.feeds)
