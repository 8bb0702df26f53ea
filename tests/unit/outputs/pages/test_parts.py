"""What several views share: dates, bodies, pictures, items in lists."""

from datetime import UTC, date, datetime

import pytest
from made_items import at, cover, document, file, news, picture, training
from rich_site import CONTEXT, PREVIEW

from chuyendoiso.model.content_types.training import Material, Session, Stream
from chuyendoiso.model.items import Body, FrameIn, LinkTo, LinkToPicture, PictureIn
from chuyendoiso.model.vocabulary import PublicationState, Validity
from chuyendoiso.outputs.pages.components import (
    body_view,
    day,
    instant,
    link_attribute,
    mark_of,
    modules_of,
    picture_view,
    session_brief,
    weekday,
)
from chuyendoiso.outputs.pages.lists import teaser
from chuyendoiso.outputs.pages.views import Anchor, Badge, BodyText, EmbedView, PictureView, SessionBrief, Teaser, When

MOMENT = at(5, 14)


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (day(date(2026, 11, 5)), When("2026-11-05", "05/11/2026")),
        (day(MOMENT), When("2026-11-05T14:00:00+07:00", "05/11/2026")),
        (weekday(MOMENT), When("2026-11-05T14:00:00+07:00", "Thứ Năm, 05/11/2026")),
        (instant(MOMENT), When("2026-11-05T14:00:00+07:00", "Thứ Năm, 05/11/2026, 14:00")),
    ],
)
def test_dates_are_for_machines_and_for_people(view, expected):
    assert expected == view


# ── bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (LinkTo("/van-ban/a/?b=1&c=2#muc", external=False), ' href="/cds/van-ban/a/?b=1&amp;c=2#muc"'),
        (LinkTo("/media/Ảnh.pdf", external=False), ' href="/cds/media/%E1%BA%A2nh.pdf"'),
        (LinkTo("#muc", external=False), ' href="#muc"'),
        (LinkTo('https://a.vn/?b="1"&c=2', external=True), ' href="https://a.vn/?b=&quot;1&quot;&amp;c=2" rel="noopener"'),
        (LinkTo("#a", external=True), ' href="#a" rel="noopener"'),
        (LinkTo(None, external=False), ""),
        (LinkToPicture(picture("a", width=600)), f' href="/cds/media/anh/{"a" * 20}v2-600.jpg"'),
    ],
)
def test_a_link_is_an_attribute_of_its_element(link, expected):
    assert expected == link_attribute(CONTEXT, link)


def view_of_picture(name, alt, **others):
    """Return a picture of 500 × 250 as a body shows it."""
    files = [f"/cds/media/anh/{name * 20}v2-{width}" for width in (480, 500)]
    webp, jpeg = (", ".join(f"{address}.{ending} {address[-3:]}w" for address in files) for ending in ("webp", "jpg"))
    plain = {"lazy": True, "sizes": "(min-width: 48rem) 42rem, 92vw"}
    return PictureView(webp=webp, jpeg=jpeg, src=f"{files[1]}.jpg", width=500, height=250, alt=alt, **{**plain, **others})


A, B = (picture(name, width=500, height=250) for name in "ab")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((), ()),
        (("<p>A</p>",), (BodyText("<p>A</p>"),)),
        (("<p><a", LinkTo("/a/", external=False), ">x</a></p>"), (BodyText('<p><a href="/cds/a/">x</a></p>'),)),
        ((PictureIn(A, "Hình", None),), (view_of_picture("a", "Hình"),)),
        (
            ("<p>A</p>", PictureIn(A, "Hình", "Chú thích"), PictureIn(B, "", None), "<p>B</p>"),
            (
                BodyText("<p>A</p>"),
                view_of_picture("a", "Hình", caption="Chú thích", figure=True),
                view_of_picture("b", ""),
                BodyText("<p>B</p>"),
            ),
        ),
        (
            (FrameIn("https://phat.vn/a", "Buổi phát", "phat.vn"), FrameIn("https://phat.vn/b", "", "phat.vn")),
            (
                EmbedView("Buổi phát", "https://phat.vn/a", "phat.vn"),
                EmbedView("Nội dung từ phat.vn", "https://phat.vn/b", "phat.vn"),
            ),
        ),
    ],
)
def test_a_body_is_text_between_pictures_and_broadcasts(parts, expected):
    assert expected == body_view(CONTEXT, Body(parts, "", ()))


@pytest.mark.parametrize(
    ("parts", "expected"), [(("<p>A</p>", PictureIn(A, "", None)), ()), (("<p>A</p>", FrameIn("https://phat.vn/a", "", "phat.vn")), ("/cds/js/embed.js",))]
)  # fmt: skip
def test_only_a_broadcast_needs_a_script(parts, expected):
    assert expected == modules_of(CONTEXT, Body(parts, "", ()))


@pytest.mark.parametrize(
    ("width", "height", "widths", "largest"),
    [(100, 50, (100,), (100, 50)), (480, 1, (480,), (480, 1)), (800, 600, (480, 800), (800, 600)), (4000, 3000, (480, 800, 1280), (1280, 960))],
)  # fmt: skip
def test_a_picture_has_sizes_up_to_its_own(width, height, widths, largest):
    view = picture_view(CONTEXT, picture("a", width=width, height=height), "A", lazy=False)
    sets = [", ".join(f"/cds/media/anh/{'a' * 20}v2-{size}.{ending} {size}w" for size in widths) for ending in ("webp", "jpg")]
    assert (*sets, *largest) == (view.webp, view.jpeg, view.width, view.height)


# ── items in lists ──────────────────────────────────────────────────────────────────────────────────────────────────────

SESSION = Session(
    starts_at=at(10, 14), ends_at=at(10, 16), organizer=None, venue="Hội trường", meeting_points=(),
    streams=(Stream("kenh-mot", "https://phat.vn/a"),), agenda=(), recording=None, attendance=None, phase="before",
)  # fmt: skip
PLAIN = Teaser(
    icon="news", title="Tên bài", href="/cds/tin-tuc/2026/bai/", date=When("2026-11-01T08:00:00+07:00", "01/11/2026"),
    summary="Tóm tắt bài.", topic=Anchor("Xã hội số", "/cds/chu-de/xa-hoi-so/"), picture=None, mark=None,
)  # fmt: skip
DOCUMENT = PLAIN._replace(
    icon="file", title="Về việc", href="/cds/van-ban/van-ban/", number="1/QĐ-UBND", document_type="Quyết định",
    issuer="Ủy ban nhân dân", issued=When("2024-01-05", "05/01/2024"), badge=Badge("in_force", "Còn hiệu lực"),
)  # fmt: skip
TRAINING = PLAIN._replace(icon="people", href="/cds/tap-huan/tap-huan/")
BRIEF = SessionBrief(
    day="10", month="Tháng 11", year="2026", weekday="Thứ Ba", time="14:00–16:00", phase=Badge("before", "Sắp diễn ra"),
    venue="Hội trường", starts_iso="2026-11-10T14:00:00+07:00", join=Anchor("Xem trực tiếp trên Kênh Một", "https://phat.vn/a"),
)  # fmt: skip
MATERIAL = Material(file=file("a"), url=None, label="Sổ tay", format=None, minutes=None)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (news(cover=cover("a")), PLAIN),
        (
            news(date=datetime(2026, 11, 1, 17, tzinfo=UTC)),
            PLAIN._replace(date=When("2026-11-02T00:00:00+07:00", "02/11/2026")),
        ),
        (document(validity=Validity.IN_FORCE), DOCUMENT),
        (document(validity=None), DOCUMENT._replace(badge=None)),
        (training(), TRAINING),
        (training(materials=(MATERIAL,)), TRAINING._replace(offers="PDF, 12 KB")),
        (training(session=SESSION), TRAINING._replace(session=BRIEF)),
    ],
)  # fmt: skip
def test_an_item_in_a_list(item, expected):
    assert expected == teaser(CONTEXT, item)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"ends_at": at(10, 23)}, {"time": "14:00–23:00"}),
        ({"ends_at": at(11, 9)}, {"time": "14:00–09:00 ngày 11/11/2026"}),
        ({"venue": None, "streams": ()}, {"venue": None, "join": None}),
        ({"phase": "during"}, {"phase": Badge("during", "Đang diễn ra")}),
        ({"phase": "after"}, {"phase": Badge("after", "Đã kết thúc"), "join": None}),
        ({"starts_at": at(10, 14).astimezone(UTC), "ends_at": at(10, 16).astimezone(UTC)}, {}),
    ],
)
def test_a_session_in_short(changes, expected):
    assert BRIEF._replace(**expected) == session_brief(CONTEXT, training(session=SESSION._replace(**changes)))


@pytest.mark.parametrize(("lazy", "sizes"), [(True, "(min-width: 48rem) 20rem, 92vw"), (False, "(min-width: 48rem) 42rem, 92vw")])
def test_an_item_with_its_picture(lazy, sizes):
    view = teaser(CONTEXT, news(cover=cover("a", width=500, height=250)), picture=True, lazy=lazy)
    assert PLAIN._replace(picture=view_of_picture("a", "Hội trường", lazy=lazy, sizes=sizes)) == view


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (PublicationState.PUBLISHED, None),
        (PublicationState.WITHDRAWN, None),
        (PublicationState.DRAFT, "Bản nháp, chưa đăng"),
        (PublicationState.SCHEDULED, "Hẹn đăng Thứ Hai, 02/11/2026, 00:00"),
    ],
)
def test_an_item_that_readers_do_not_see_yet_is_marked(state, expected):
    assert expected == mark_of(PREVIEW, news(state=state, date=datetime(2026, 11, 1, 17, tzinfo=UTC)))
