"""What the pages of documents and trainings add: record, files, session."""

from datetime import UTC, date, datetime

import pytest
from made_items import at, document, file, training
from rich_site import CONTEXT

from chuyendoiso.model.broadcasts import BroadcastFrame
from chuyendoiso.model.content_types.document import Attachment, Signatory
from chuyendoiso.model.content_types.training import AgendaEntry, Attendance, Material, MeetingPoint, Session
from chuyendoiso.model.content_types.training import Stream as StreamOf
from chuyendoiso.model.items import Body, FirstPage, FrameIn, Related
from chuyendoiso.model.vocabulary import Validity
from chuyendoiso.outputs.pages.articles import RelatedContent, article
from chuyendoiso.outputs.pages.views import (
    Anchor,
    Badge,
    Fact,
    FileView,
    FirstPageView,
    RelationGroup,
    SessionBrief,
    SessionView,
    StreamLink,
)

PDF = file("a")._replace(pages=12, first_page=FirstPage(360, 509), size=1_240_000)
PICTURE = FirstPageView(f"/cds/media/trang-dau/{'a' * 20}v2.webp", 360, 509)


def page(item):
    return article(CONTEXT, item, Body((), "", ()), RelatedContent(), None)


# ── documents ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_document_is_called_by_its_subject_under_its_type_and_number():
    view = page(document(title="Tên khác"))
    assert (
        view.title,
        view.overline,
        view.head.title,
        view.head.sheet,
    ) == ("Về việc", "Quyết định 1/QĐ-UBND", "1/QĐ-UBND: Về việc", "document")
    assert view.head.dublin_core[0] == ("title", "Về việc")


def test_the_record_of_a_document_has_each_day_that_is_known():
    view = page(
        document(
            effective_on=date(2024, 2, 1), suspended_on=date(2025, 3, 2), expires_on=date(2026, 4, 3), issuing_body="hdnd",
            signatory=Signatory("Lê Đạt", "Giám đốc"), source_url="https://nguon.vn/a", validity=Validity.SUSPENDED,
        )
    )  # fmt: skip
    assert view.badge == Badge("suspended", "Ngưng hiệu lực")
    assert view.facts == (
        Fact("Số, ký hiệu", "1/QĐ-UBND"),
        Fact("Loại văn bản", "Quyết định"),
        Fact("Cơ quan ban hành", "Hội đồng nhân dân", "/cds/van-ban/co-quan/hdnd/"),
        Fact("Ngày ban hành", "05/01/2024"),
        Fact("Người ký", "Lê Đạt, Giám đốc"),
        Fact("Ngày có hiệu lực", "01/02/2024"),
        Fact("Ngày ngưng hiệu lực", "02/03/2025"),
        Fact("Ngày hết hiệu lực", "03/04/2026"),
        Fact("Nơi có bản gốc", "https://nguon.vn/a", "https://nguon.vn/a"),
        Fact("Khi trích dẫn, ghi", "Quyết định số 1/QĐ-UBND ngày 05 tháng 01 năm 2024 của Hội đồng nhân dân về việc", copied=True),
    )


@pytest.mark.parametrize(("position", "expected"), [("Giám đốc", "Lê Đạt, Giám đốc"), (None, "Lê Đạt")])
def test_a_signatory_may_have_no_position(position, expected):
    facts = page(document(signatory=Signatory("Lê Đạt", position))).facts
    assert [Fact("Người ký", expected)] == [fact for fact in facts if fact.term == "Người ký"]


def test_relations_have_both_sides_in_groups():
    known, unknown = Related("2/QĐ-UBND", "/van-ban/hai/", "Văn bản hai"), Related("3/QĐ-UBND", None, None)
    names = ("amends", "replaces", "repeals", "amended_by", "replaced_by", "repealed_by")
    titles = (
        "Sửa đổi, bổ sung", "Thay thế", "Bãi bỏ", "Được sửa đổi, bổ sung bởi", "Bị thay thế bởi", "Bị bãi bỏ bởi",
    )  # fmt: skip
    for name, title in zip(names, titles, strict=True):
        view = page(document(**{name: (known, unknown)}))
        assert view.relations == (
            RelationGroup(title, (Fact("2/QĐ-UBND", "Văn bản hai", "/cds/van-ban/hai/"), Fact("3/QĐ-UBND", ""))),
        )
    groups = page(document(**dict.fromkeys(names, (known,)))).relations
    assert titles == tuple(group.title for group in groups)


def test_attachments_have_their_facts_their_digest_and_their_first_page():
    item = document(attachments=(Attachment(PDF, "Bản gốc"), Attachment(file("b", size=900), "Phụ lục")))
    assert page(item).files == (
        FileView("Bản gốc", "/cds/media/a.pdf", "PDF, 12 trang, 1,2 MB", here=True, digest="a" * 64, picture=PICTURE),
        FileView("Phụ lục", "/cds/media/b.pdf", "PDF, 900 byte", here=True, digest="b" * 64),
    )


# ── trainings ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_materials_are_files_without_a_digest_or_links_elsewhere():
    materials = (
        Material(file=PDF, url=None, label="Sổ tay", format=None, minutes=None),
        Material(file=None, url="https://a.vn/", label="Bản ghi", format="video", minutes=45),
    )
    view = page(training(audience=("can-bo", "nguoi-dan"), materials=materials))
    assert view.files == (
        FileView("Sổ tay", "/cds/media/a.pdf", "PDF, 12 trang, 1,2 MB", here=True, digest=None, picture=PICTURE),
        FileView("Bản ghi", "https://a.vn/", "Video, 45 phút", here=False, digest=None),
    )
    assert (
        None,
        (Anchor("Cán bộ", "/cds/tap-huan/doi-tuong/can-bo/"), Anchor("Người dân", "/cds/tap-huan/doi-tuong/nguoi-dan/")),
    ) == (
        view.session,
        view.audiences,
    )


SESSION = Session(
    starts_at=at(10, 14), ends_at=at(10, 16), organizer="Phòng Mẫu", venue="Hội trường",
    meeting_points=(MeetingPoint("Nhà văn hóa", "Xã Mẫu", "Thôn 1"), MeetingPoint("Chợ", None, None)),
    streams=(StreamOf("kenh-mot", "https://phat.vn/a"), StreamOf("kenh-hai", "https://khac.vn/b")),
    agenda=(AgendaEntry("14:00", "Khai mạc"),), recording="https://a.vn/xem", attendance=Attendance(1200, None), phase="before",
)  # fmt: skip
VIEW = SessionView(
    brief=SessionBrief(
        day="10", month="Tháng 11", year="2026", weekday="Thứ Ba", time="14:00–16:00", phase=Badge("before", "Sắp diễn ra"),
        venue="Hội trường", starts_iso="2026-11-10T14:00:00+07:00", join=Anchor("Xem trực tiếp trên Kênh Một", "https://phat.vn/a"),
    ),
    ends_iso="2026-11-10T16:00:00+07:00", begins="14:00, Thứ Ba, 10/11/2026",
    phases=(Badge("before", "Sắp diễn ra"), Badge("during", "Đang diễn ra"), Badge("after", "Đã kết thúc")),
    facts=(
        Fact("Thời gian", "14:00–16:00, Thứ Ba, 10/11/2026"), Fact("Đơn vị tổ chức", "Phòng Mẫu"), Fact("Hội trường chính", "Hội trường"),
    ),
    streams=(
        StreamLink("Xem trực tiếp trên Kênh Một", "https://phat.vn/a", BroadcastFrame("https://phat.vn/a", "phat.vn")),
        StreamLink("Xem trực tiếp trên Kênh Hai", "https://khac.vn/b"),
    ),
    recording=StreamLink("Xem lại bản ghi", "https://a.vn/xem"), calendar=Anchor("Thêm vào lịch", "/cds/lich/tap-huan-tap-huan.ics"),
    leaflet=Anchor("In tờ rơi", "/cds/tap-huan/tap-huan/to-roi/"),
    meeting_points=(Fact("Nhà văn hóa", "Thôn 1, Xã Mẫu"), Fact("Chợ", "")), agenda=(Fact("14:00", "Khai mạc"),),
    attendance=(Fact("Người dự tại các điểm cầu", "1.200 người"),),
)  # fmt: skip


def brief(**changes):
    return {"brief": VIEW.brief._replace(**changes)}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"phase": "during"}, brief(phase=Badge("during", "Đang diễn ra"))),
        (
            {"phase": "after"},
            {**brief(phase=Badge("after", "Đã kết thúc"), join=None), "calendar": None, "leaflet": None},
        ),
        ({"organizer": None, "venue": None}, {**brief(venue=None), "facts": VIEW.facts[:1]}),
        ({"streams": ()}, {**brief(join=None), "streams": ()}),
        ({"recording": None, "attendance": None}, {"recording": None, "attendance": ()}),
        (
            {"attendance": Attendance(None, 0)},
            {"attendance": (Fact("Lượt theo dõi trực tuyến", "0 lượt"),)},
        ),
        (
            {"starts_at": datetime(2026, 11, 10, 7, tzinfo=UTC), "ends_at": datetime(2026, 11, 10, 9, tzinfo=UTC)},
            {},
        ),
    ],
)  # fmt: skip
def test_the_session_of_a_training(changes, expected):
    assert VIEW._replace(**expected) == page(training(session=SESSION._replace(**changes))).session


@pytest.mark.parametrize(("session", "modules"), [(SESSION, ("embed", "share", "session")), (None, ("share",))])
def test_only_a_session_needs_the_script_of_sessions(session, modules):
    assert tuple(f"/cds/js/{name}.js" for name in modules) == page(training(session=session)).head.modules


@pytest.mark.parametrize(
    ("changes", "body", "scripts"),
    [
        ({}, Body((), "", ()), ["embed", "share", "session"]),
        ({"streams": ()}, Body((), "", ()), ["share", "session"]),
        ({"streams": (), "recording": "https://phat.vn/xem"}, Body((), "", ()), ["embed", "share", "session"]),
        ({"streams": (StreamOf("kenh-mot", "http://phat.vn/a"),)}, Body((), "", ()), ["share", "session"]),
        ({}, Body((FrameIn("https://phat.vn/a", "", "phat.vn"),), "", ()), ["embed", "share", "session"]),
    ],
)
def test_a_session_that_plays_on_its_page_has_the_script_for_it_once(changes, body, scripts):
    item = training(session=SESSION._replace(**changes))
    assert list(article(CONTEXT, item, body, RelatedContent(), None).head.modules) == [f"/cds/js/{name}.js" for name in scripts]
