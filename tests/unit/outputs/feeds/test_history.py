"""What feeds tell beyond the newest: the archive, what was withdrawn, official fields, terms; and that none grows too heavy."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
from conftest import SOAK
from lxml import etree
from made_items import SITE, at, body, bytes_of, catalogue, document, feed_outputs, file, news, training

from chuyendoiso.model.content_types.training import Session, Stream
from chuyendoiso.model.history import FileHistory, History
from chuyendoiso.model.items import Correction
from chuyendoiso.model.site import OfficialChannel, Site
from chuyendoiso.model.vocabulary import PublicationState, Validity
from chuyendoiso.outputs.feeds import ARCHIVED, NEWEST

BASE = "https://so.tinh.gov.vn/cds"
NS = {
    "a": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0", "at": "http://purl.org/atompub/tombstones/1.0",
    "cds": "urn:x-chuyendoiso:feed:1", "dc": "http://purl.org/dc/elements/1.1/",
}  # fmt: skip
ALL = "feeds/tat-ca/atom.xml"


def site_with(**changes):
    return Site(**{**{name: getattr(SITE, name) for name in SITE.__dataclass_fields__}, **changes})


def many(count, start=0):
    return [
        news(f"bai-{number:03}", date=datetime(2026, 1, 1 + number // 24, number % 24, tzinfo=UTC))
        for number in range(start, count)
    ]


def make_feed_files(*items, site=SITE, withdrawn=()):
    """Return every file of feeds, by path."""
    files = {}
    for output in feed_outputs(catalogue(*items, withdrawn=withdrawn), site):
        files[output.path] = bytes_of(output, dict.fromkeys(output.depends_on or (), 1))
    return files


def entries(data):
    return [element.text for element in etree.fromstring(data).iterfind("a:entry/a:id", NS)]


def link(data, rel):
    element = etree.fromstring(data).find(f"a:link[@rel='{rel}']", NS)
    return None if element is None else element.get("href")


@pytest.mark.parametrize("count", [0, 1, NEWEST - 1, NEWEST, NEWEST + 1, 3 * NEWEST, 3 * NEWEST + 7])
def test_the_archive_links_lead_to_every_entry(count):
    items = many(count)
    files = make_feed_files(*items)
    seen, address = set(entries(files[ALL])), link(files[ALL], "prev-archive")
    assert len(seen) == min(count, NEWEST)
    pages = []
    while address:
        data = files[address.removeprefix(f"{BASE}/")]
        pages.append(address)
        assert etree.fromstring(data).find("fh:archive", NS) is not None and link(data, "current") == f"{BASE}/{ALL}"
        assert link(data, "self") == address
        assert len(entries(data)) == ARCHIVED
        seen |= set(entries(data))
        address = link(data, "prev-archive")
    assert seen == {item.id for item in items}
    assert pages == [f"{BASE}/feeds/tat-ca/kho-{number}.atom.xml" for number in range(count // ARCHIVED, 0, -1)]
    assert etree.fromstring(files[ALL]).find("fh:archive", NS) is None


def archives(files):
    return {path: data for path, data in files.items() if "/kho-" in path}


def test_a_full_page_of_the_archive_never_changes():
    before = archives(make_feed_files(*many(2 * NEWEST)))
    after = archives(make_feed_files(*many(3 * NEWEST + 1)))
    assert len(before) == 4 and before.items() <= after.items()


def test_a_withdrawal_changes_only_its_page_of_the_archive():
    items = many(3 * NEWEST)
    before = archives(make_feed_files(*items))
    gone = replace(items[60], state=PublicationState.WITHDRAWN, withdrawn_reason="Nhầm.")
    after = archives(make_feed_files(*items[:60], *items[61:], withdrawn=(gone,)))
    assert [path for path in before if before[path] != after.get(path)] == ["feeds/tat-ca/kho-3.atom.xml"]
    page = etree.fromstring(after["feeds/tat-ca/kho-3.atom.xml"])
    assert [element.get("ref") for element in page.iterfind("at:deleted-entry", NS)] == [gone.id]
    assert gone.id not in entries(after["feeds/tat-ca/kho-3.atom.xml"])


def test_a_withdrawn_item_has_a_tombstone():
    gone = news("mot", date=at(1), modified=at(5), withdrawn_reason="Nhầm.", state=PublicationState.WITHDRAWN)
    other = document("hai", state=PublicationState.WITHDRAWN, withdrawn_reason="Nhầm.", topic="kinh-te-so")
    files = make_feed_files(news("ba"), withdrawn=(gone, other))
    tombstones = {}
    for selection in ("tat-ca", "tin-tuc", "van-ban", "tap-huan", "chu-de/xa-hoi-so", "chu-de/kinh-te-so"):
        atom = [
            (element.get("ref"), element.get("when"))
            for element in etree.fromstring(files[f"feeds/{selection}/atom.xml"]).iterfind("at:deleted-entry", NS)
        ]
        rss = [
            element.text for element in etree.fromstring(files[f"feeds/{selection}/rss.xml"]).iterfind("channel/cds:withdrawn", NS)
        ]
        extension = json.loads(files[f"feeds/{selection}/feed.json"]).get("_chuyendoiso", {})
        assert [id_ for id_, _ in atom] == rss == extension.get("withdrawn", [])
        tombstones[selection] = atom
    element, two = (gone.id, at(5).isoformat()), (other.id, (at(1) + timedelta(seconds=1)).isoformat())
    assert tombstones == {
        "tat-ca": [element, two], "tin-tuc": [element], "van-ban": [two], "tap-huan": [], "chu-de/xa-hoi-so": [element], "chu-de/kinh-te-so": [two],
    }  # fmt: skip


def long_body(letters):
    return body("<p>" + "Đường số & <b>dữ liệu</b> " * (letters // 24) + "</p>")


@pytest.mark.soak
@pytest.mark.parametrize("letters", [0, 300, 3_000, 30_000, *([250_000] if SOAK else [])])
def test_the_newest_are_within_200_kilobytes(letters):
    items = [
        news(f"bai-{number:02}", date=at(1 + number // 24, number % 24), body=long_body(letters)) for number in range(NEWEST + 10)
    ]
    files = make_feed_files(*items)
    for name in ("rss.xml", "atom.xml", "feed.json"):
        data = files[f"feeds/tat-ca/{name}"]
        assert len(data) <= 200_000, (name, len(data))
        assert len(feedparser.parse(data).entries if name != "feed.json" else json.loads(data)["items"]) == NEWEST
    first, *_, last = json.loads(files["feeds/tat-ca/feed.json"])["items"]
    assert ("Đọc cả bài" in first["content_html"]) == (letters > 200_000)  # an article that is itself longer
    assert ("Đọc cả bài" in last["content_html"]) == (letters >= 3_000)
    if letters:
        archive = files["feeds/tat-ca/kho-1.atom.xml"].decode()
        assert "Đọc cả bài" not in archive, "the archive is complete"


def test_an_entry_has_the_official_fields_of_a_document():
    item = document("a", files=(file("f"),), effective_on=date(2024, 2, 1), validity=Validity.IN_FORCE)
    files = make_feed_files(item)
    expected = {
        "document_number": "1/QĐ-UBND", "document_type": "Quyết định", "subject": "Về việc", "issuing_body": "Ủy ban nhân dân tỉnh",
        "issued_on": "2024-01-05", "effective_on": "2024-02-01", "validity": "in_force",
    }  # fmt: skip
    for path, place in (("feeds/van-ban/rss.xml", "channel/item"), ("feeds/van-ban/atom.xml", "a:entry")):
        entry = etree.fromstring(files[path]).find(place, NS)
        actual = {element.tag.partition("}")[2]: element.text for element in entry if element.tag.startswith(f"{{{NS['cds']}}}")}
        core = {element.tag.partition("}")[2]: element.text for element in entry if element.tag.startswith(f"{{{NS['dc']}}}")}
        assert {**expected, "issuing_body": actual["issuing_body"]} == actual
        assert core == {"identifier": "1/QĐ-UBND", "type": "Quyết định", "publisher": actual["issuing_body"]}
    assert json.loads(files["feeds/van-ban/feed.json"])["items"][0]["_chuyendoiso"] == actual


def test_an_entry_has_time_place_and_streams_of_a_session():
    session = Session(
        starts_at=at(10, 14), ends_at=at(10, 16), organizer=None, venue="Hội trường", meeting_points=(), recording="https://a.vn/xem",
        streams=(Stream(channel="youtube", url="https://a.vn/phat"),), agenda=(), attendance=None, phase="before",
    )  # fmt: skip
    files = make_feed_files(
        training(session=session), site=site_with(channels=(OfficialChannel(id="youtube", name="YouTube", url=None),))
    )
    entry = etree.fromstring(files["feeds/tap-huan/atom.xml"]).find("a:entry", NS)
    actual = {element.tag.partition("}")[2]: element.text for element in entry if element.tag.startswith(f"{{{NS['cds']}}}")}
    assert actual == {"starts_at": at(10, 14).isoformat(), "ends_at": at(10, 16).isoformat(), "venue": "Hội trường"}
    links = [(element.get("title"), element.get("href")) for element in entry.iterfind("a:link[@rel='related']", NS)]
    assert links == [("YouTube", "https://a.vn/phat"), ("Bản ghi hình", "https://a.vn/xem")]
    item = etree.fromstring(files["feeds/tap-huan/rss.xml"]).find("channel/item")
    assert [(element.get("title"), element.get("href")) for element in item.iterfind("cds:link", NS)] == links


def test_each_feed_has_the_site_s_rights_and_contact():
    site = site_with(rights="Dùng lại khi ghi nguồn.", technical_contact="ky-thuat@tinh.gov.vn")
    files = make_feed_files(news(), site=site)
    rss, atom = (etree.fromstring(files[f"feeds/tat-ca/{name}"]) for name in ("rss.xml", "atom.xml"))
    assert (rss.findtext("channel/copyright"), atom.findtext("a:rights", namespaces=NS)) == (site.rights, site.rights)
    assert rss.findtext("channel/webMaster") == f"ky-thuat@tinh.gov.vn ({site.owner.name})"
    assert atom.findtext("a:contributor/a:email", namespaces=NS) == "ky-thuat@tinh.gov.vn"
    extension = json.loads(files["feeds/tat-ca/feed.json"])["_chuyendoiso"]
    about = f"{BASE}/nguon-tin/truong-rieng/"
    assert extension == {"about": about, "rights": site.rights, "technical_contact": site.technical_contact}
    bare = make_feed_files(news())
    assert all(
        "copyright" not in data.decode() and "webMaster" not in data.decode() for path, data in bare.items() if "rss" in path
    )


def test_identity_outlives_titles_dates_moves_and_addresses():
    item = news("mot", date=at(3))
    moved = news("khac", date=at(9), title="Tên khác", aliases=("/tin-tuc/2026/mot/",), id=item.id)
    elsewhere = site_with(url="https://moi.vn/", name="Tên mới")
    for name in ("rss.xml", "atom.xml", "feed.json"):
        ids = [
            {item.id in files[f"feeds/tat-ca/{name}"].decode()}
            for files in (make_feed_files(item), make_feed_files(moved), make_feed_files(moved, site=elsewhere))
        ]
        assert ids == [{True}] * 3
    assert SITE.permanent_id("/feeds/tat-ca/") in make_feed_files(item, site=elsewhere)["feeds/tat-ca/atom.xml"].decode()


def test_an_old_item_that_was_corrected_is_among_the_newest_again():
    items = many(3 * NEWEST + ARCHIVED - 1)
    old = replace(items[3], corrections=(Correction(date(2026, 11, 20), "Sai số.", at(20)),))
    feed = make_feed_files(*items[:3], old, *items[4:])[ALL]
    assert old.id in entries(feed) and len(entries(feed)) == NEWEST
    newest = {item.id for item in items[-(ARCHIVED - 1) :]}  # on no page of the archive yet
    assert newest <= set(entries(feed))


def test_the_newest_withdrawals_are_announced_not_those_of_the_newest_items():
    items = many(NEWEST + 1)
    gone = [replace(item, state=PublicationState.WITHDRAWN, withdrawn_reason="Nhầm.") for item in items]
    files = {item.source: FileHistory(at(1), 1, at(2), withdrawn=at(2)) for item in gone}
    files[gone[0].source] = FileHistory(at(1), 1, at(9), withdrawn=at(9))  # the oldest item, withdrawn last
    outputs = {output.path: output for output in feed_outputs(catalogue(withdrawn=tuple(gone)), history=History(files))}
    notices = [
        (element.get("ref"), element.get("when"))
        for element in etree.fromstring(bytes_of(outputs[ALL])).iterfind("at:deleted-entry", NS)
    ]
    assert notices[0] == (gone[0].id, at(9).astimezone(UTC).isoformat()) and len(notices) == NEWEST


def test_the_date_of_a_feed_is_its_last_entry_withdrawal_or_departure():
    item = news("mot", date=at(1))
    for departures, expected in (({}, at(5)), ({"tin-tuc": at(8)}, at(8)), ({"van-ban": at(8)}, at(5))):
        history = History({item.source: FileHistory(at(1), 1, at(5))}, departures)
        outputs = {output.path: output for output in feed_outputs(catalogue(item), history=history)}
        feed = etree.fromstring(bytes_of(outputs["feeds/tin-tuc/atom.xml"]))
        assert feed.findtext("a:updated", namespaces=NS) == expected.isoformat()
        assert feed.findtext("a:entry/a:updated", namespaces=NS) == at(1).isoformat()
