"""The page of an item: what all kinds have, and withdrawn items."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from made_items import at, cover, document, news, training
from rich_site import CONTEXT, HOME, PREVIEW, RICH_SITE

from chuyendoiso.model.content_types.training import Session
from chuyendoiso.model.items import Body, Correction, FrameIn, LinkTo, Origin
from chuyendoiso.model.vocabulary import PublicationState, Validity
from chuyendoiso.outputs.pages.articles import RelatedContent, article, withdrawn
from chuyendoiso.outputs.pages.render_context import Assets
from chuyendoiso.outputs.pages.structured_data import item_data
from chuyendoiso.outputs.pages.views import (
    Anchor,
    ArticlePage,
    Badge,
    BodyText,
    DatedNote,
    EmbedView,
    Fact,
    FeedLink,
    Head,
    PictureView,
    ShareCard,
    Term,
    When,
)

BODY = Body(("<p>Xem <a", LinkTo("/van-ban/a/", external=False), ">x</a>.</p>"), "Xem x.", ())
ALONE = RelatedContent()
ADDRESS = f"{HOME}/tin-tuc/2026/bai/"
WAY = (Anchor("Trang chủ", "/cds/"), Anchor("Tin tức", "/cds/tin-tuc/"))
HEAD = Head(
    title="Tên bài", description="Tóm tắt bài.", canonical=ADDRESS, indexed=True, kind="article",
    feeds=(
        FeedLink("Tin tức (RSS)", "/cds/feeds/tin-tuc/rss.xml", "application/rss+xml"),
        FeedLink("Tin tức (Atom)", "/cds/feeds/tin-tuc/atom.xml", "application/atom+xml"),
        FeedLink("Tin tức (JSON)", "/cds/feeds/tin-tuc/feed.json", "application/feed+json"),
    ),
    sheet="news", section="/cds/tin-tuc/", data=item_data(RICH_SITE, news(), None, WAY), modules=("/cds/js/share.js",),
)  # fmt: skip
PAGE = ArticlePage(
    head=HEAD, crumbs=WAY, kind="tin-tuc", title="Tên bài", overline=None, mark=None, withdrawn_reason=None, lang=None,
    topic=Anchor("Xã hội số", "/cds/chu-de/xa-hoi-so/"), date=When("2026-11-01T08:00:00+07:00", "Chủ Nhật, 01/11/2026, 08:00"),
    modified=None, change_note=None, authors=(), summary="Tóm tắt bài.", cover=None,
    body=(BodyText('<p>Xem <a href="/cds/van-ban/a/">x</a>.</p>'),), contents=(), terms=(), glossary=None, origin=None, corrections=(),
    tags=(), cited=(), citing=(), related=(), newer=None, older=None, address=ADDRESS, words=f"Tên bài\n{ADDRESS}", reading=None,
    qr="/cds/js/lean-qr.js", listed=(),
)  # fmt: skip


def page(item, body=BODY, context=CONTEXT, around=ALONE, glossary=None):
    return article(context, item, body, around, glossary)


def changed(item, **changes):
    """Return the plain page with some changes; its data for machines are those of the item."""
    return replace(PAGE, head=HEAD._replace(data=item_data(RICH_SITE, item, None, WAY)), **changes)


def test_the_page_of_a_plain_article():
    assert page(news()) == PAGE


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"date": at(1, 0)}, {"date": When("2026-11-01T00:00:00+07:00", "Chủ Nhật, 01/11/2026")}),
        ({"date": datetime(2026, 10, 31, 17, tzinfo=UTC)}, {"date": When("2026-11-01T00:00:00+07:00", "Chủ Nhật, 01/11/2026")}),
        ({"date": datetime(2026, 11, 1, 17, 5, tzinfo=UTC)}, {"date": When("2026-11-02T00:05:00+07:00", "Thứ Hai, 02/11/2026, 00:05")}),
        ({"lang": "en"}, {"lang": "en"}),
        ({"authors": ("Lê Đạt",)}, {"authors": ("Lê Đạt",)}),
        ({"modified": at(5)}, {"modified": When("2026-11-05T08:00:00+07:00", "Thứ Năm, 05/11/2026")}),
        (
            {"modified": at(5), "change_note": "Sửa."},
            {"modified": When("2026-11-05T08:00:00+07:00", "Thứ Năm, 05/11/2026"), "change_note": "Sửa."},
        ),
        ({"change_note": "Sửa."}, {}),
        ({"origin": Origin("Báo Mẫu", "https://bao.vn/a")}, {"origin": Fact("Nguồn", "Báo Mẫu", "https://bao.vn/a")}),
        (
            {"corrections": (Correction(date(2026, 11, 3), "Sửa tên."),)},
            {"corrections": (DatedNote(When("2026-11-03", "03/11/2026"), "Sửa tên."),)},
        ),
    ],
)  # fmt: skip
def test_a_page_shows_what_its_article_has(item, expected):
    view = news(**item)
    assert changed(view, **expected) == page(view)


def test_the_cover_of_an_article_is_a_figure_that_loads_at_once():
    item = news(cover=cover("a", width=600, height=300)._replace(caption="Chú thích", credit="Văn phòng"))
    files = [f"/cds/media/anh/{'a' * 20}v2-{width}" for width in (480, 600)]
    webp, jpeg = (", ".join(f"{file}.{ending} {file[-3:]}w" for file in files) for ending in ("webp", "jpg"))
    assert page(item).cover == PictureView(
        webp=webp, jpeg=jpeg, src=f"{files[1]}.jpg", width=600, height=300, alt="Hội trường", lazy=False,
        sizes="(min-width: 48rem) 42rem, 92vw", caption="Chú thích", credit="Văn phòng", figure=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        (PublicationState.DRAFT, "Bản nháp, chưa đăng"),
        (PublicationState.SCHEDULED, "Hẹn đăng Chủ Nhật, 01/11/2026, 08:00"),
        (PublicationState.PUBLISHED, None),
    ],
)
def test_a_preview_marks_what_readers_do_not_see_and_is_not_indexed(state, mark):
    expected = replace(PAGE, mark=mark, head=HEAD._replace(indexed=False, data=None))
    assert expected == page(news(state=state), context=PREVIEW)


def test_a_share_card_is_the_picture_of_the_page():
    head = page(news(), around=RelatedContent(card="/media/the/a.png")).head
    card = f"{HOME}/media/the/a.png"
    assert HEAD._replace(card=ShareCard(card, "Tên bài – Chuyển đổi số"), data=item_data(RICH_SITE, news(), card, WAY)) == head


def test_a_broadcast_and_a_term_have_their_scripts():
    body = Body(("<p>Mã OTP.</p>", FrameIn("https://phat.vn/a", "", "phat.vn")), "Mã OTP.", ())
    glossary = Body(("<dl><dt>OTP</dt><dd>Mã dùng một lần.</dd></dl>",), "", ())
    view = page(news(), body, glossary=glossary)
    assert view == replace(
        PAGE,
        head=HEAD._replace(modules=("/cds/js/embed.js", "/cds/js/terms.js", "/cds/js/share.js")),
        body=(
            BodyText('<p>Mã <a class="cds-term" id="cds--word-1" href="#cds--term-1">OTP</a>.</p>'),
            EmbedView("Nội dung từ phat.vn", "https://phat.vn/a", "phat.vn"),
        ),
        terms=(Term("cds--term-1", "cds--word-1", "OTP", "Mã dùng một lần."),),
        glossary="/cds/thuat-ngu/",
    )


@pytest.mark.parametrize(
    ("count", "expected"),
    [(3, ()), (4, tuple(Anchor(f"Mục {number}", f"#muc-{number}") for number in range(4)))],
)
def test_a_long_body_has_a_list_of_contents(count, expected):
    headings = tuple((f"muc-{number}", f"Mục {number}") for number in range(count))
    assert page(news(), Body((), "", headings)).contents == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [(0, None), (299, None), (300, "Đọc khoảng 2 phút"), (499, "Đọc khoảng 2 phút"), (501, "Đọc khoảng 3 phút")],
)
def test_a_long_body_has_its_time_to_read(words, expected):
    assert expected == page(news(), Body((), "chữ " * words, ())).reading


# ── words to pass on ───────────────────────────────────────────────────────────────────────────────────────────────────────

SESSION = Session(
    starts_at=at(10, 14), ends_at=at(10, 16), organizer=None, venue="Hội trường", meeting_points=(), streams=(), agenda=(),
    recording=None, attendance=None, phase="before",
)  # fmt: skip
TRAINING = f"{HOME}/tap-huan/tap-huan/"
TIME = "14:00–16:00, Thứ Ba, 10/11/2026"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (document(), f"Quyết định 1/QĐ-UBND: Về việc\n{HOME}/van-ban/van-ban/"),
        (training(), f"Tên bài\n{TRAINING}"),
        (training(session=SESSION), f"Mời bà con dự: Tên bài\n{TIME}, Hội trường.\nXem tại: {TRAINING}"),
        (training(session=SESSION._replace(phase="during", venue=None)), f"Mời bà con dự: Tên bài\n{TIME}.\nXem tại: {TRAINING}"),
        (training(session=SESSION._replace(venue="A" * 61)), f"Mời bà con dự: Tên bài\n{TIME}.\nXem tại: {TRAINING}"),
        (training(session=SESSION._replace(venue="A" * 60)), f"Mời bà con dự: Tên bài\n{TIME}, {'A' * 60}.\nXem tại: {TRAINING}"),
        (training(session=SESSION._replace(phase="after")), f"Tên bài\n{TRAINING}"),
    ],
)
def test_the_words_to_pass_on(item, expected):
    assert expected == page(item).words


@pytest.mark.parametrize(
    ("item", "ending"),
    [(news(title="Chữ dài " * 50), f"\n{ADDRESS}"), (training(title="Chữ dài " * 50, session=SESSION), f"\nXem tại: {TRAINING}")],
)
def test_the_words_to_pass_on_are_cut_to_300_characters(item, ending):
    words = page(item).words
    assert (True, ending) == (290 < len(words) <= 300, words[-len(ending) :])


# ── withdrawn items ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_withdrawn_article_has_its_title_its_dates_and_why():
    item = news(
        state=PublicationState.WITHDRAWN, withdrawn_reason="Nhầm.", cover=cover("a"), authors=("Lê Đạt",), modified=at(5), change_note="Sửa.",
        tags=("a",),
    )  # fmt: skip
    assert withdrawn(CONTEXT, item) == replace(
        PAGE,
        head=HEAD._replace(indexed=False, data=None, modules=()),
        withdrawn_reason="Nhầm.",
        modified=When("2026-11-05T08:00:00+07:00", "Thứ Năm, 05/11/2026"),
        change_note="Sửa.",
        body=(),
    )


def test_a_withdrawn_document_has_its_record_without_a_link_to_its_issuer():
    item = document(state=PublicationState.WITHDRAWN, withdrawn_reason="Nhầm.", validity=Validity.LAPSED)
    view = withdrawn(CONTEXT, item)
    assert (Badge("lapsed", "Hết hiệu lực"), (), ()) == (view.badge, view.files, view.relations)
    assert view.facts == (
        Fact("Số, ký hiệu", "1/QĐ-UBND"),
        Fact("Loại văn bản", "Quyết định"),
        Fact("Cơ quan ban hành", "Ủy ban nhân dân"),
        Fact("Ngày ban hành", "05/01/2024"),
        Fact("Khi trích dẫn, ghi", "Quyết định số 1/QĐ-UBND ngày 05 tháng 01 năm 2024 của Ủy ban nhân dân về việc", copied=True),
    )


def test_a_theme_without_scripts_has_no_modules():
    view = page(news(), context=replace(CONTEXT, assets=Assets({}, "", {})))
    assert replace(PAGE, head=HEAD._replace(modules=()), qr=None) == view
