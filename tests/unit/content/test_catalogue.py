"""Checked files become items, pages and notices."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from checked_files import AS_OF, MEDIA, article, listed, resolved, value_of
from made_items import ZONE, file, picture

from chuyendoiso.model.content_types.document import Attachment, Signatory
from chuyendoiso.model.content_types.news import News
from chuyendoiso.model.content_types.training import AgendaEntry, Attendance, Material, MeetingPoint, Session, Stream
from chuyendoiso.model.items import BodyRef, ChannelWords, Correction, Cover, LinkTo, Origin, Related
from chuyendoiso.model.vocabulary import Kind, PublicationState, Validity

GONE = "status: withdrawn\nwithdrawn_reason: Nhầm."


# ── which files are shown, and in which order ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("preview", "items", "pages", "withdrawn"),
    [
        (False, ["dang", "dung-gio"], ["trang-dang", "trang-go"], ["go"]),
        (True, ["hen", "dang", "dung-gio", "nhap"], ["trang-dang", "trang-go", "trang-nhap"], ["go"]),
    ],
)
def test_readers_see_what_is_published_and_a_preview_shows_drafts_too(preview, items, pages, withdrawn):
    result = resolved(
        article("nhap", "date: 2026-11-01\nstatus: draft"),
        article("hen", "date: 2026-11-24 12:01"),
        article("dung-gio", "date: 2026-11-24 12:00"),
        article("dang", "date: 2026-11-24 12:00"),
        article("go", GONE),
        listed("trang/trang-nhap.md", "title: Trang nháp\nstatus: draft"),
        listed("trang/trang-go.md", f"title: Trang gỡ\n{GONE}"),
        listed("trang/trang-dang.md", "title: Trang đăng"),
        preview=preview,
    )
    names = [
        [value.path.strip("/").rpartition("/")[2] for value in values]
        for values in (result.catalogue.items, result.catalogue.pages, result.catalogue.withdrawn)
    ]
    assert [items, pages, withdrawn] == names
    assert {name.rpartition("/")[2].removesuffix(".md"): state for name, state in result.states.items()} == {
        "nhap": PublicationState.DRAFT, "hen": PublicationState.SCHEDULED, "dung-gio": PublicationState.PUBLISHED, "dang": PublicationState.PUBLISHED, "go": PublicationState.WITHDRAWN,
        "trang-nhap": PublicationState.DRAFT, "trang-go": PublicationState.WITHDRAWN, "trang-dang": PublicationState.PUBLISHED,
    }  # fmt: skip


def test_items_are_newest_first_and_pages_are_in_vietnamese_order():
    result = resolved(
        article("b"),
        article("a"),
        article("moi", "date: 2026-11-20 00:01"),
        listed("van-ban/c.md", "issued_on: 2026-11-18"),
        listed("van-ban/d.md", "issued_on: 2026-11-19\ndocument_number: 2/QĐ-UBND"),
        article("go", f"date: 2026-11-01\n{GONE}"),
        article("go-sau", f"tags: [số hóa, Zalo]\n{GONE}"),
        article("the", "date: 2026-11-02\ntags: [Số hóa, Số hóa, ZALO]"),
        article("the-sau", "date: 2026-11-01\ntags: [Số hóa, Zalo]"),
        *(listed(f"trang/{number}.md", f"title: {title}") for number, title in enumerate(("Đê", "Dữ", "Ân", "Ăn", "An"))),
    )
    catalogue = result.catalogue
    paths = ["/tin-tuc/2026/moi/", "/van-ban/d/", "/van-ban/c/", "/tin-tuc/2026/a/", "/tin-tuc/2026/b/"]
    assert [*paths, "/tin-tuc/2026/the/", "/tin-tuc/2026/the-sau/"] == [item.path for item in catalogue.items]
    assert [item.path for item in catalogue.withdrawn] == ["/tin-tuc/2026/go-sau/", "/tin-tuc/2026/go/"]
    assert [page.title for page in catalogue.pages] == ["An", "Ăn", "Ân", "Dữ", "Đê"]
    assert catalogue.tag_names == {"so-hoa": "Số hóa", "zalo": "Zalo"}


# ── the value of a file ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_article_has_all_that_its_fields_say():
    change = """\
tags: [Số hóa, Zalo, số hoá]
authors: [Lê Đạt]
cover: {image: /media/anh.jpg, alt: Hội trường, caption: Chú thích, credit: Văn phòng}
modified: 2026-11-22 09:00
change_note: Thêm số liệu.
corrections: [{date: 2026-11-21, note: Sửa tên.}]
source: {name: Báo Mẫu, url: "https://bao.vn/a"}
pinned_until: 2026-11-30
aliases: [/tin-tuc/2025/cu/, /tin-tuc/2024/cu/]
zalo: {title: Tên ngắn, exclude: "true"}
lang: en"""
    file_ = article("bai", change, "Chữ [x](/media/tep.pdf).")
    assert value_of(file_) == News(
        kind=Kind.NEWS, source="tin-tuc/2026/bai.md", path="/tin-tuc/2026/bai/", id="tag:tinh.gov.vn,2026:/tin-tuc/2025/cu/",
        state=PublicationState.PUBLISHED, title="Bài", date=datetime(2026, 11, 20, tzinfo=ZONE), summary="Tóm tắt.", topic="xa-hoi-so",
        tags=("so-hoa", "zalo"), authors=("Lê Đạt",),
        cover=Cover(picture=picture("anh"), alt="Hội trường", caption="Chú thích", credit="Văn phòng"),
        modified=datetime(2026, 11, 22, 9, tzinfo=ZONE), change_note="Thêm số liệu.",
        corrections=(Correction(date(2026, 11, 21), "Sửa tên.", datetime(2026, 11, 21, tzinfo=ZONE)),),
        origin=Origin(name="Báo Mẫu", url="https://bao.vn/a"), pinned=True,
        aliases=("/tin-tuc/2025/cu/", "/tin-tuc/2024/cu/"), withdrawn_reason=None,
        zalo=ChannelWords(title="Tên ngắn", summary=None, exclude=True), lang="en",
        body=BodyRef(file_.summary.body, (LinkTo("/media/tep.pdf", external=False),)),
    )  # fmt: skip


PLAIN = {"modified": None, "corrections": (), "pinned": False, "cover": None, "withdrawn_reason": None}
NOTE = Correction(date(2026, 11, 24), "Sửa.", datetime(2026, 11, 24, tzinfo=ZONE))


@pytest.mark.parametrize(
    ("change", "as_of", "expected"),
    [
        ("", AS_OF, {}),
        ("modified: 2026-11-24 12:00", AS_OF, {"modified": AS_OF}),
        ("modified: 2026-11-24 12:01", AS_OF, {}),
        ("corrections: [{date: 2026-11-24, note: Sửa.}, {date: 2026-11-25, note: Mai.}]", AS_OF, {"corrections": (NOTE,)}),
        ("pinned_until: 2026-11-24", datetime(2026, 11, 24, 23, 59, tzinfo=ZONE), {"pinned": True}),
        ("pinned_until: 2026-11-24", datetime(2026, 11, 25, tzinfo=ZONE), {}),
        ("cover: {image: /media/hong.jpg, alt: A}", AS_OF, {}),
        (GONE, AS_OF, {"withdrawn_reason": "Nhầm."}),
        ("status: draft\nwithdrawn_reason: Nhầm.", AS_OF, {}),
    ],
)
def test_what_is_yet_to_come_or_cannot_be_shown_is_left_out(change, as_of, expected):
    media = replace(MEDIA, names=MEDIA.names | {"media/hong.jpg"})
    item = value_of(article("a", change), as_of=as_of, media=media)
    assert {**PLAIN, **expected} == {name: getattr(item, name) for name in PLAIN}


def test_a_document_has_its_record_its_files_and_its_relations():
    change = """\
document_type: Quyết định
effective_on: 2026-11-24
attachments: [{file: /media/hong.pdf, label: Hỏng}, {file: /media/tep.pdf, label: Bản gốc}]
signatory: {name: Lê Đạt, position: Giám đốc}
source_url: "https://nguon.vn/a\""""
    later = "document_number: 2/QĐ-UBND\ntitle: Văn bản mới\neffective_on: 2026-11-24\namends: [1/QĐ-UBND]"
    item = value_of(listed("van-ban/a.md", change), listed("van-ban/b.md", later))
    names = (
        "document_number document_type issuing_body issued_on subject effective_on expires_on suspended_on signatory attachments"
    )
    assert (
        "1/QĐ-UBND", "Quyết định", "ubnd", date(2026, 11, 19), "Trích yếu.", date(2026, 11, 24), None, None,
        Signatory(name="Lê Đạt", position="Giám đốc"), (Attachment(file=file("tep"), label="Bản gốc"),),
    ) == tuple(getattr(item, name) for name in names.split())  # fmt: skip
    assert (Validity.PARTLY_LAPSED, (), (Related(number="2/QĐ-UBND", path="/van-ban/b/", title="Văn bản mới"),)) == (
        item.validity,
        item.amends,
        item.amended_by,
    )
    assert item.source_url == "https://nguon.vn/a"


def test_a_training_has_the_materials_that_exist_and_its_session():
    change = """\
audience: [can-bo, nguoi-dan]
materials:
  - {file: /media/tep.pdf, label: Sổ tay, duration: 45m}
  - {file: /media/hong.pdf, label: Hỏng}
  - {url: "https://a.vn/", label: Bản ghi, format: video}
session:
  starts_at: 2026-12-10 14:00
  ends_at: 2026-12-10 16:30
  venue: Hội trường
  meeting_points: [{name: Nhà văn hóa, locality: Xã Mẫu}]
  streams: [{channel: kenh-hai, url: "https://phat.vn/b"}, {channel: kenh-mot, url: "https://phat.vn/a"}]
  agenda: [{at: "14:00", what: Khai mạc}]
  attendance: {online: 30}"""
    item = value_of(listed("tap-huan/a.md", change))
    assert (
        ("can-bo", "nguoi-dan"),
        (
            Material(file=file("tep"), url=None, label="Sổ tay", format=None, minutes=45),
            Material(file=None, url="https://a.vn/", label="Bản ghi", format="video", minutes=None),
        ),
        Session(
            starts_at=datetime(2026, 12, 10, 14, tzinfo=ZONE), ends_at=datetime(2026, 12, 10, 16, 30, tzinfo=ZONE), organizer=None,
            venue="Hội trường", meeting_points=(MeetingPoint(name="Nhà văn hóa", locality="Xã Mẫu", address=None),),
            streams=(Stream(channel="kenh-mot", url="https://phat.vn/a"), Stream("kenh-hai", "https://phat.vn/b")),
            agenda=(AgendaEntry(at="14:00", what="Khai mạc"),), recording=None,
            attendance=Attendance(meeting_points=None, online=30), phase="before",
        ),
    ) == (item.audience, item.materials, item.session)  # fmt: skip


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([listed("van-ban/b.md")], "/van-ban/b/"),
        ([listed("van-ban/b.md", "document_number: 1/qđ-UBND")], "/van-ban/b/"),
        ([listed("van-ban/b.md"), listed("van-ban/c.md", "issuing_body: hdnd")], None),
        ([listed("van-ban/b.md"), listed("van-ban/c.md", f"issuing_body: hdnd\n{GONE}")], "/van-ban/b/"),
        ([listed("van-ban/b.md", GONE)], None),
        ([listed("van-ban/b.md", "status: draft")], None),
        ([], None),
    ],
)
def test_a_number_in_the_words_links_to_the_only_document_that_has_it(others, expected):
    assert value_of(article("a", "", "Theo 1/QĐ-UBND."), *others).body.replacements == (LinkTo(expected, external=False),)
