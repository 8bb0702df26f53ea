"""What pages say to machines: JSON-LD and Dublin Core."""

from datetime import date, datetime

import pytest
from made_items import SITE, at, document, file, news, training
from rich_site import HOME, RICH_SITE

from chuyendoiso.model.content_types.document import Attachment
from chuyendoiso.model.content_types.training import MeetingPoint, Session, Stream
from chuyendoiso.model.items import Related
from chuyendoiso.model.vocabulary import Validity
from chuyendoiso.outputs.content_types import outputs_of
from chuyendoiso.outputs.pages.structured_data import item_data, site_data
from chuyendoiso.outputs.pages.views import Anchor

OWNER = {"@type": "Organization", "name": "Sở Khoa học và Công nghệ", "url": f"{HOME}/"}
WAY = (Anchor("Trang chủ", "/cds/"), Anchor("Tin tức", "/cds/tin-tuc/"))
COMMON = {
    "description": "Tóm tắt bài.",
    "inLanguage": "vi",
    "datePublished": at(1).isoformat(),
    "dateModified": at(1).isoformat(),
    "publisher": OWNER,
}


def data_of(item, image=None, way=WAY):
    return item_data(RICH_SITE, item, image, way)


def node(item, **options):
    """Return what the page says of the item itself."""
    return data_of(item, **options)["@graph"][0]


def trail(*steps):
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": address}
            for place, (name, address) in enumerate(steps, 1)
        ],
    }


@pytest.mark.parametrize(
    ("site", "contact"),
    [
        (RICH_SITE, {"address": "Số 1, phố Mẫu", "telephone": "0123", "email": "so@tinh.gov.vn"}),
        (SITE, {}),
    ],
)
def test_the_home_page_names_the_site_its_search_and_its_owner(site, contact):
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{HOME}/tim-kiem/?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    website = {
        "@type": "WebSite", "url": f"{HOME}/", "name": "Chuyển đổi số", "inLanguage": "vi", "publisher": OWNER, "potentialAction": search,
    }  # fmt: skip
    owner = {**OWNER, "logo": f"{HOME}/icons/icon-512.png", **contact}
    assert {"@context": "https://schema.org", "@graph": [website, owner]} == site_data(site)


def test_an_article_has_its_authors_its_dates_and_the_way_to_it():
    item = news(authors=("Lê Đạt", "Bùi Vũ"), modified=at(5), change_note="Sửa.", lang="en")
    article = {
        "@type": "NewsArticle", "headline": "Tên bài", "articleSection": "Xã hội số",
        "author": [{"@type": "Person", "name": "Lê Đạt"}, {"@type": "Person", "name": "Bùi Vũ"}],
        **COMMON, "inLanguage": "en", "dateModified": at(5).isoformat(), "image": f"{HOME}/a.jpg",
        "url": f"{HOME}/tin-tuc/2026/bai/", "mainEntityOfPage": f"{HOME}/tin-tuc/2026/bai/",
    }  # fmt: skip
    steps = trail(("Trang chủ", f"{HOME}/"), ("Tin tức", f"{HOME}/tin-tuc/"), ("Tên bài", f"{HOME}/tin-tuc/2026/bai/"))
    assert {"@context": "https://schema.org", "@graph": [article, steps]} == data_of(item, image=f"{HOME}/a.jpg")


def test_an_article_without_authors_is_of_the_owner():
    assert node(news()) == {
        "@type": "NewsArticle", "headline": "Tên bài", "articleSection": "Xã hội số", "author": OWNER, **COMMON,
        "url": f"{HOME}/tin-tuc/2026/bai/", "mainEntityOfPage": f"{HOME}/tin-tuc/2026/bai/",
    }  # fmt: skip


def test_a_document_has_its_record_its_relations_and_its_files():
    item = document(
        issuing_body="hdnd",
        effective_on=date(2024, 2, 1),
        validity=Validity.PARTLY_LAPSED,
        attachments=(Attachment(file=file("a"), label="Bản gốc"),),
        amends=(Related("2/QĐ-UBND", "/van-ban/hai/", "Văn bản hai"),),
        replaces=(Related("3/QĐ-UBND", None, "Văn bản ba"),),
        repeals=(Related("4/QĐ-UBND", "/van-ban/bon/", None),),
        amended_by=(Related("5/QĐ-UBND", "/van-ban/nam/", None),),
    )
    assert node(item) == {
        "@type": "Legislation", "name": "Về việc", "legislationIdentifier": "1/QĐ-UBND", "legislationType": "Quyết định",
        "legislationDate": "2024-01-05", "legislationPassedBy": {"@type": "GovernmentOrganization", "name": "Hội đồng nhân dân"},
        "legislationDateOfApplicability": "2024-02-01", "legislationLegalForce": "https://schema.org/PartiallyInForce",
        "encoding": [
            {"@type": "MediaObject", "contentUrl": f"{HOME}/media/a.pdf", "encodingFormat": "application/pdf", "name": "Bản gốc"}
        ],
        "legislationAmends": [{"@type": "Legislation", "legislationIdentifier": "2/QĐ-UBND", "url": f"{HOME}/van-ban/hai/"}],
        "legislationRepeals": [
            {"@type": "Legislation", "legislationIdentifier": "3/QĐ-UBND"},
            {"@type": "Legislation", "legislationIdentifier": "4/QĐ-UBND", "url": f"{HOME}/van-ban/bon/"},
        ],
        **COMMON, "url": f"{HOME}/van-ban/van-ban/",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("validity", "force"),
    [
        (Validity.IN_FORCE, "InForce"),
        (Validity.PARTLY_LAPSED, "PartiallyInForce"),
        (Validity.LAPSED, "NotInForce"),
        (Validity.SUSPENDED, "NotInForce"),
        (Validity.NOT_YET, "NotInForce"),
        (Validity.UNVERIFIED, None),
        (None, None),
    ],
)
def test_a_document_has_a_legal_force_where_schema_org_has_a_word(validity, force):
    expected = {
        "@type": "Legislation", "name": "Về việc", "legislationIdentifier": "1/QĐ-UBND", "legislationType": "Quyết định",
        "legislationDate": "2024-01-05", "legislationPassedBy": {"@type": "GovernmentOrganization", "name": "Ủy ban nhân dân"},
        **({"legislationLegalForce": f"https://schema.org/{force}"} if force else {}), **COMMON, "url": f"{HOME}/van-ban/van-ban/",
    }  # fmt: skip
    assert expected == node(document(validity=validity))


SESSION = Session(
    starts_at=datetime.fromisoformat("2026-12-10T14:00+07:00"), ends_at=datetime.fromisoformat("2026-12-10T16:30+07:00"),
    organizer=None, venue=None, meeting_points=(), streams=(), agenda=(), recording=None, attendance=None, phase="before",
)  # fmt: skip
POINTS = (
    MeetingPoint("Nhà văn hóa", "Xã Mẫu", None),
    MeetingPoint("Trường học", "Xã Mẫu", "Thôn 1"),
    MeetingPoint("Chợ", None, None),
)
STREAMS = (Stream("kenh-mot", "https://phat.vn/a"),)
ONLINE = {"@type": "VirtualLocation", "url": "https://phat.vn/a"}


def place(name, address):
    return {"@type": "Place", "name": name, "address": address}


PLACES = [place("Nhà văn hóa", "Xã Mẫu"), place("Trường học", "Thôn 1"), place("Chợ", "Chợ")]


@pytest.mark.parametrize(
    ("changes", "location", "mode"),
    [
        ({}, {"@type": "VirtualLocation", "url": f"{HOME}/tap-huan/tap-huan/"}, "Online"),
        ({"streams": STREAMS}, [ONLINE], "Online"),
        ({"venue": "Hội trường"}, [place("Hội trường", "Hội trường")], "Offline"),
        ({"meeting_points": POINTS}, PLACES, "Offline"),
        ({"venue": "Hội trường", "meeting_points": POINTS, "streams": STREAMS}, [place("Hội trường", "Hội trường"), *PLACES, ONLINE], "Mixed"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("organizer", "by"), [(None, OWNER), ("Phòng Mẫu", {"@type": "Organization", "name": "Phòng Mẫu"})])
def test_a_session_is_an_event_with_its_places(changes, location, mode, organizer, by):
    item = training(session=SESSION._replace(organizer=organizer, **changes))
    assert node(item, image=f"{HOME}/a.jpg") == {
        "@type": "EducationEvent", "name": "Tên bài", "startDate": "2026-12-10T14:00:00+07:00", "endDate": "2026-12-10T16:30:00+07:00",
        "eventStatus": "https://schema.org/EventScheduled", "organizer": by, "location": location,
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode", "url": f"{HOME}/tap-huan/tap-huan/",
        "description": "Tóm tắt bài.", "inLanguage": "vi", "image": f"{HOME}/a.jpg",
    }  # fmt: skip


def test_material_without_a_session_is_to_learn_from():
    assert node(training()) == {"@type": "LearningResource", "name": "Tên bài", **COMMON, "url": f"{HOME}/tap-huan/tap-huan/"}


def test_dublin_core_of_a_document():
    item = document(issuing_body="hdnd", lang="en")
    assert outputs_of(item).dublin_core(RICH_SITE, item) == (
        ("title", "Về việc"),
        ("identifier", "1/QĐ-UBND"),
        ("type", "Quyết định"),
        ("creator", "Hội đồng nhân dân"),
        ("publisher", "Sở Khoa học và Công nghệ"),
        ("date", "2024-01-05"),
        ("language", "en"),
    )
