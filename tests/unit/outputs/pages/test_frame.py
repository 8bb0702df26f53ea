"""What is around every page: navigation, contact, theme files."""

from dataclasses import replace

import pytest
from made_items import SITE, body, catalogue, document, news, training
from rich_site import CONTEXT, HOME, PREVIEW

from chuyendoiso.model.content_types import ITEM_TYPES
from chuyendoiso.model.items import Page
from chuyendoiso.model.vocabulary import EditorStatus, Kind
from chuyendoiso.outputs.pages.render_context import crumbs, feed_links, kind_step, site_layout
from chuyendoiso.outputs.pages.views import Anchor, Contact, FeedLink, Routes, ShareCard, SiteLayout


def page(path, title, status=EditorStatus.PUBLISHED):
    return Page(source="trang/a.md", path=path, title=title, summary="", status=status, withdrawn_reason=None, body=body())


ROUTES = Routes(Anchor("0123", "tel:0123"), None, "so@tinh.gov.vn", Anchor("In phiếu hỏi, góp ý", "/cds/phieu-hoi/"), None, None)
STATISTICS = Anchor("Thống kê", "/cds/thong-ke/")
CHROME = SiteLayout(
    lang="vi", site_name="Chuyển đổi số", tagline="Tin của tỉnh", owner_name="Sở Khoa học và Công nghệ",
    contact=Contact("Số 1, phố Mẫu", Anchor("0123", "tel:0123"), "so@tinh.gov.vn"), home="/cds/",
    sections=(
        Anchor("Tin tức", "/cds/tin-tuc/"), Anchor("Văn bản", "/cds/van-ban/"), Anchor("Tập huấn và tài liệu", "/cds/tap-huan/"),
        Anchor("Hỏi đáp", "/cds/hoi-dap/"), Anchor("Lấy ý kiến dự thảo", "/cds/lay-y-kien/"),
        Anchor("Chủ đề", "/cds/chu-de/"), Anchor("Nguồn tin", "/cds/nguon-tin/"),
    ),
    footer=(STATISTICS,), channels=(Anchor("Kênh Một", "https://kenh.vn/mot"),), stylesheets={"news": "/cds/css/news.css"},
    card=None, font="/cds/fonts/a.woff2", icon="/cds/icons/favicon.svg", touch_icon="/cds/icons/apple-touch-icon.png",
    manifest="/cds/site.webmanifest", search="/cds/tim-kiem/", modules=("/cds/js/text-size.js",), notice=None, preview=False,
    routes=ROUTES,
)  # fmt: skip


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (CONTEXT, CHROME),
        (PREVIEW, CHROME._replace(preview=True)),
        (replace(CONTEXT, notice="Dữ liệu minh họa."), CHROME._replace(notice="Dữ liệu minh họa.")),
        (replace(CONTEXT, site=SITE), CHROME._replace(contact=Contact(None, None, None), channels=(), routes=None)),
        (
            replace(CONTEXT, assets=replace(CONTEXT.assets, card="/media/the/trang.png")),
            CHROME._replace(card=ShareCard(f"{HOME}/media/the/trang.png", "Chuyển đổi số – Sở Khoa học và Công nghệ")),
        ),
        (replace(CONTEXT, assets=replace(CONTEXT.assets, modules={})), CHROME._replace(modules=())),
    ],
)
def test_the_layout_of_every_page(context, expected):
    assert expected == site_layout(context, ())


def test_the_footer_has_the_plain_pages_but_the_withdrawn_and_that_of_feeds():
    pages = (
        page("/gioi-thieu/", "Giới thiệu"),
        page("/nguon-tin/", "Nguồn tin"),
        page("/cu/", "Trang cũ", EditorStatus.WITHDRAWN),
        page("/nhap/", "Trang nháp", EditorStatus.DRAFT),
    )
    footer = (Anchor("Giới thiệu", "/cds/gioi-thieu/"), Anchor("Trang nháp", "/cds/nhap/"), STATISTICS)
    assert CHROME._replace(footer=footer) == site_layout(CONTEXT, pages)


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (CONTEXT, True),
        (PREVIEW, False),
        (replace(CONTEXT, notice="Dữ liệu minh họa."), False),
        (replace(PREVIEW, notice="Dữ liệu minh họa."), False),
    ],
)
def test_only_a_real_site_is_for_search_engines(context, expected):
    assert expected == context.indexed


@pytest.mark.parametrize(
    ("names", "expected"),
    [((), ()), (("share", "session"), ("/cds/js/share.js", "/cds/js/session.js")), (("khong", "embed"), ("/cds/js/embed.js",))],
)
def test_scripts_are_those_that_the_theme_has(names, expected):
    assert expected == CONTEXT.scripts(*names)
    assert (CONTEXT.script("khong"), CONTEXT.script("embed")) == (None, "/cds/js/embed.js")


@pytest.mark.parametrize(
    ("kind", "step", "paths"),
    [
        (Kind.NEWS, ("Tin tức", "/tin-tuc/"), ["/tin-tuc/2026/bai/"]),
        (Kind.DOCUMENT, ("Văn bản", "/van-ban/"), ["/van-ban/van-ban/"]),
        (Kind.TRAINING, ("Tập huấn và tài liệu", "/tap-huan/"), ["/tap-huan/tap-huan/"]),
    ],
)
def test_each_kind_has_its_items_and_its_step_from_the_home_page(kind, step, paths):
    assert (paths, step) == (
        [item.path for item in catalogue(news(), document(), training()).of(ITEM_TYPES[kind].item)],
        kind_step(kind),
    )
    label, path = step
    assert crumbs(CONTEXT, step) == (Anchor("Trang chủ", "/cds/"), Anchor(label, f"/cds{path}"))


def test_each_selection_has_a_feed_in_each_format():
    assert feed_links(CONTEXT, ("Tất cả", "tat-ca"), ("Xã hội số", "chu-de/xa-hoi-so")) == tuple(
        FeedLink(f"{title} ({name})", f"/cds/feeds/{selection}/{file}", f"application/{media_type}")
        for title, selection in (("Tất cả", "tat-ca"), ("Xã hội số", "chu-de/xa-hoi-so"))
        for name, file, media_type in (("RSS", "rss.xml", "rss+xml"), ("Atom", "atom.xml", "atom+xml"), ("JSON", "feed.json", "feed+json"))
    )  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [{"preview": True}, {"notice": "A"}, {"site": SITE}, {"assets": replace(CONTEXT.assets, font="/b.woff2")}],
)
def test_the_name_of_a_frame_changes_with_all_that_it_holds(changes):
    assert repr(replace(CONTEXT)) == repr(CONTEXT) != repr(replace(CONTEXT, **changes))
